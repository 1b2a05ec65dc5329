"""The people of Thurrock."""

from waymark.project.demonstration.people import Somebody, Worry

OTHER_SUPPORT = (
    Somebody("Dale", "Orchardby", 41, (4, 4), "Mardyke", "Orchardby Haulage"),
    Worry(
        "other",
        "Dale told a nurse that the hospital works for a secret court.",
        "“They have written my name into their book.”",
        "Dale had not slept for a week and had stopped taking medicine.",
        "fears that come with an illness",
        "a brother who visits each evening",
        "Treatment", "E13", "health_awareness", "a mental health team",
    ),
)  # fmt: skip
LEFT_CHANNEL = (
    Somebody("Casey", "Flintwell", 26, (11, 28), "Barge Street", "Flintwell Scaffolding"),
    Worry(
        "right_wing",
        "Casey offered a colleague leaflets which the law does not allow.",
        "“Pass them on. There are more where these are from.”",
        "None was found.",
        "a group with which Casey travels at weekends",
        "work, and a child every second weekend",
        "None that support can meet now", "E10", "mentoring", "none",
    ),
)  # fmt: skip
HELD_WITH_SUPPORT = (
    Somebody("Nico", "Lockfield", 20, (6, 15), "Riverside Row", "Grebe Lane College"),
    Worry(
        "mixed",
        "Nico asked to leave college for a camp that nobody could find on a map.",
        "“They train you there. You come back somebody.”",
        "It may have been an offer of work abroad.",
        "a recruiter who writes under several names",
        "a stepfather, and cooking",
        "To become somebody", "E4", "careers", "a place in a restaurant’s kitchen",
    ),
)  # fmt: skip
NO_LONGER_POSSIBLE = (
    Somebody("Perry", "Bargeway", 30, (1, 19), "Barge Street", "Bargeway Cleaning"),
    Worry(
        "islamist",
        "Perry praised an attack to a fellow passenger on the ferry.",
        "“They had it coming.”",
        "It was late and Perry had been drinking.",
        "nobody who is known",
        "a partner abroad",
        "Not known", "E1", "drugs_alcohol", "none",
    ),
)  # fmt: skip
DISAGREED = (
    Somebody("Jude", "Saltmarsh", 19, (5, 6), "Riverside Row", "Grebe Lane College"),
    Worry(
        "unclear",
        "Jude left notes in library books about a day on which all will be settled.",
        "“On that day they will wish that they had listened.”",
        "The notes may be lines of a song that the college’s band has written.",
        "a page whose readers dare each other",
        "the band, and an uncle who drives the van",
        "To be listened to", "E4", "constructive_pursuits", "the band’s next two concerts",
    ),
)  # fmt: skip
LEAD_REVIEW = (
    Somebody("Lou", "Reedmoor", 35, (8, 30), "Mardyke", "Reedmoor Nursery"),
    Worry(
        "left_anarchist",
        "Lou keeps photographs of the homes of people who run a company.",
        "“They should know what it is like when somebody watches.”",
        "The photographs may have been taken from a newspaper.",
        "a group that shames people at home",
        "plants, patience and two good friends",
        "To protest without frightening people", "E8", "mentoring", "a conservation group",
    ),
)  # fmt: skip
PARTNER_CHECKS = (
    Somebody("Quinn", "Mallowby", 14, (2, 2), "Orchard Reach", "Orchard Reach Academy"),
    Worry(
        "no_ideology",
        "Quinn looked up in the school’s library how attacks were planned.",
        "“I am writing about it. I am the only one who dares to.”",
        "Quinn is writing a crime story for a competition.",
        "a site that treats attackers as heroes",
        "an English teacher",
        "To be taken seriously", "E4", "education_skills", "a young writers’ group",
    ),
)  # fmt: skip
PANEL = (
    Somebody("Avery", "Teasel", 16, (9, 9), "Orchard Reach", "Grebe Lane College"),
    Worry(
        "unclear",
        "Avery told the nurse of voices of the internet that give orders.",
        "“I know that they are only posts. They feel like orders.”",
        "Avery is anxious and sleeps little.",
        "accounts that set dares",
        "a nurse at college, and baking",
        "Help with fear", "E13", "health_awareness", "a quiet room at college",
    ),
)  # fmt: skip
SUPPORTED = (
    Somebody("Corey", "Quaymoor", 23, (3, 14), "Barge Street", "looking for work"),
    Worry(
        "islamist",
        "Corey gave away a telephone and all photographs and spoke of a journey.",
        "“Where I go nobody needs pictures.”",
        "Corey may have meant a pilgrimage, which is no concern at all.",
        "a man who lends money and asks for favours",
        "a grandfather, and mending engines",
        "To be free of a debt and of the man behind it", "E9", "housing",
        "an engine repair course",
    ),
)  # fmt: skip
SOON_18 = (
    Somebody("Remy", "Osierbank", 17, (1, 1), "Riverside Row", "Grebe Lane College", adult_in=58),
    Worry(
        "right_wing",
        "Remy wrote a threat in the margin of a history paper.",
        "“They take everything. Somebody has to take it back.”",
        "Remy’s father had just lost his work.",
        "a cousin who sends songs of hatred",
        "a place at the boxing club, where Remy helps to train children",
        "To feel that life is fair", "E1", "mentoring", "a course for young trainers",
    ),
)  # fmt: skip
REVIEWED = (
    Somebody("Marley", "Wharfdale-Reed", 17, (10, 1), "Orchard Reach", "Grebe Lane College"),
    Worry(
        "mixed",
        "Marley scratched the sign of a group into a desk at college.",
        "“It means that I was here. That is all.”",
        "Several pupils scratch signs into desks.",
        "a band of pupils that copies each other",
        "rowing, and a mother who comes to every race",
        "To find other company", "E3", "constructive_pursuits", "a rowing crew",
    ),
)  # fmt: skip
