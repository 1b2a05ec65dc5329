"""People whose stories began a year and more ago, or took a turn that is rare."""

from waymark.project.demonstration.people import Somebody, Worry

BEREAVED = (
    Somebody("Linden", "Harrowmoss", 16, (4, 9), "Millpond", "Marlbrook Academy"),
    Worry(
        "islamist",
        "Linden left the classroom when a lesson came to the war in which an uncle had died.",
        "“They count their own dead. Nobody counts ours.”",
        "Linden was mourning, and had told nobody at school.",
        "a preacher on the telephone’s screen who says what grief is for",
        "a mother who talks, and a football team",
        "To mourn with somebody", "E1", "family_support", "a group for bereaved young people",
    ),
)  # fmt: skip
LONELY = (
    Somebody("Merrill", "Coppergate", 71, (11, 2), "Cliff Steps", "retired"),
    Worry(
        "right_wing",
        "Merrill brought a folder of leaflets to the library and asked for them to be laid out.",
        "“On there they answer me. Nobody else has rung since the spring.”",
        "Merrill is alone since a partner died, and may have wanted somebody to talk with.",
        "a page whose readers write to each other all night",
        "the library’s staff, and a daughter far away",
        "Company", "E3", "constructive_pursuits", "a lunch club by the pier",
    ),
)  # fmt: skip
MISTAKEN = (
    Somebody("Teddy", "Larkspur-Vale", 9, (6, 30), "Orchard Reach", "Orchard Reach Academy"),
    Worry(
        "other",
        "Teddy told the class that the family makes bombs at home.",
        "“We made six bombs and they all went off in the bath.”",
        "The family makes bath bombs and sells them at the market.",
        "nothing at all",
        "a family who laughed, and then were hurt",
        "None", "E13", "life_skills", "none",
    ),
)  # fmt: skip
REOPENED = (
    Somebody("Ashby", "Wrenfield", 29, (1, 23), "Heronsgate", "Wrenfield Glazing"),
    Worry(
        "right_wing",
        "Ashby asked colleagues to come to a march with masks in their pockets.",
        "“If it is not us, who will it be?”",
        "Ashby says that the masks were for the dust on a building site.",
        "a group that trains in a wood at weekends",
        "two small children, and a foreman who gives time off",
        "To be looked up to", "E4", "mentoring", "a place among the lifeboat’s volunteers",
    ),
)  # fmt: skip
EXIT_REFUSED = (
    Somebody("Bryn", "Marramside", 19, (12, 12), "Shorefield", "Pierhead College"),
    Worry(
        "mixed",
        "Bryn wrote to a teacher that all sides are liars and that only fire is honest.",
        "“I have read them all. Burn it and start again.”",
        "Bryn had failed an examination that week.",
        "a channel that sells despair as wit",
        "a grandfather’s workshop",
        "To finish something", "E11", "education_skills", "an evening course in engines",
    ),
)  # fmt: skip
MOVED_FOR_A_TIME = (
    Somebody("Sorrel", "Wickenby", 20, (8, 25), "Fenmoor", "University of the Saltings"),
    Worry(
        "left_anarchist",
        "Sorrel described to a housemate how a bank’s windows could be set alight.",
        "“It is only glass. They understand nothing else.”",
        "Sorrel studies film and was writing a scene.",
        "a friend who calls every doubt a betrayal",
        "a choir, and a tutor",
        "To be angry without harm", "I1", "cognitive_behavioural", "a student newspaper",
    ),
)  # fmt: skip
STAYS_HERE = (
    Somebody("Flynn", "Barleycote", 17, (7, 16), "Riverside Row", "Grebe Lane College"),
    Worry(
        "violence",
        "Flynn keeps a list of attacks, with the number of the dead beside each.",
        "“I know more about it than the police do.”",
        "Flynn also keeps lists of trains, storms and football results.",
        "a forum that rewards whoever finds the worst picture",
        "a love of numbers, and a patient aunt",
        "To be good at something that others share", "E2", "mentoring", "a club for young coders",
    ),
)  # fmt: skip
WANTS_TO_MOVE = (
    Somebody("Tamsin", "Ebbwater", 23, (2, 6), "Pierhead", "Ebbwater Nets"),
    Worry(
        "incel",
        "Tamsin told a sister of writing to a man in prison who had killed women.",
        "“He is the only one who writes back.”",
        "Tamsin writes to several prisoners for a charity.",
        "letters that turn from kindness to orders",
        "a sister, and work on the boats",
        "To be wanted", "E6", "mentoring", "a women’s and men’s boat club",
    ),
)  # fmt: skip
TWO_ANSWERS = (
    Somebody("Ivo", "Thornleigh-Marsh", 16, (9, 14), "Blackwater", "Fenmoor College"),
    Worry(
        "unclear",
        "Ivo said at a careers day that there would be no need of a career.",
        "“It will all be over before I would have finished.”",
        "Ivo fears for the climate, as many do.",
        "a stranger who sets tasks and calls them tests",
        "an interest in rivers, and two friends",
        "To see a future", "E11", "life_skills", "a group that restores a river",
    ),
)  # fmt: skip
EXTENDED = (
    Somebody("Gale", "Pollardstone", 34, (3, 31), "Mardyke", "Pollardstone Depot"),
    Worry(
        "islamist",
        "Gale sold everything and told neighbours of going where the law is true.",
        "“I have been made a fool of here for the last time.”",
        "A marriage had ended, and the house with it.",
        "somebody who offers a new name and a wife",
        "a brother with a spare room",
        "A home", "E3", "housing", "a flat near the brother",
    ),
)  # fmt: skip
PLANNED_ANEW = (
    Somebody("Hollin", "Dockray-Moss", 26, (10, 8), "Barge Street", "Dockray-Moss Carpets"),
    Worry(
        "right_wing",
        "Hollin shouted a slogan at a bus driver and filmed it.",
        "“A thousand people liked it before lunch.”",
        "Hollin had been drinking, as on most days that month.",
        "the number of strangers who cheer",
        "a drummer’s ear, and a sober cousin",
        "To be liked for something better", "E7", "drugs_alcohol", "a samba band",
    ),
)  # fmt: skip
SERVED = (
    Somebody("Rafferty", "Stonechat-Hill", 46, (5, 24), "Heronsgate", "looking for work"),
    Worry(
        "other",
        "Rafferty told a charity’s helper of dreams about a shopping street and of sleeping armed.",
        "“I keep watch. Somebody has to.”",
        "Rafferty served abroad, and wakes at night as many who served do.",
        "memories that come back at night",
        "comrades who still meet, and a dog",
        "Treatment, and a safe place to sleep", "E13", "health_awareness", "a service for veterans",
    ),
)  # fmt: skip
