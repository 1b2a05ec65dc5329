"""The people of Essex."""

from waymark.project.demonstration.people import Somebody, Worry

GATHERING = (
    Somebody("Rowan", "Willowmere", 15, (3, 9), "Marlbrook", "Marlbrook Academy"),
    Worry(
        "unclear",
        "Rowan has begun to sleep in lessons and talks of a group in an online game.",
        "“They get me. Everybody in this town is half asleep and they are awake.”",
        "Long nights of gaming explain the tiredness; the group may be nothing but a game.",
        "a group in an online game whose older members share angry videos",
        "a form tutor and a younger brother whom Rowan looks after",
        "To belong somewhere", "E3", "mentoring", "a place in the robotics club",
    ),
)  # fmt: skip
LEAD_REVIEW = (
    Somebody("Ash", "Cloudfield", 16, (7, 21), "Fenmoor", "Fenmoor College"),
    Worry(
        "violence",
        "Ash filled a sketchbook with scenes of an attack in another country.",
        "“Somebody had to wake them up. Nobody listens before it hurts.”",
        "Ash studies art and was asked to draw something from the news.",
        "videos of attacks, watched alone at night",
        "drawing, and a grandmother who listens",
        "To be heard", "E1", "cognitive_behavioural", "an art group at the community hub",
    ),
)  # fmt: skip
PARTNER_CHECKS = (
    Somebody("Jules", "Frostwick", 17, (1, 30), "Heronsgate", "Marlbrook Academy"),
    Worry(
        "right_wing",
        "Jules put stickers of a group on the doors of the sixth form.",
        "“We are only saying aloud what everybody thinks.”",
        "The stickers may have been found and put up as a dare.",
        "an older friend who brings leaflets to the bus stop",
        "football on Saturdays and a coach whom Jules respects",
        "To stand for something without hurting others", "E8", "mentoring",
        "a debating club with people of many views",
    ),
)  # fmt: skip
NEXT_STEP = (
    Somebody("Kit", "Amberleaf", 24, (9, 2), "Millpond", "Amberleaf Joinery"),
    Worry(
        "incel",
        "Kit reads hateful posts about women aloud at work and laughs.",
        "“They decided that I am nothing. Then I owe them nothing.”",
        "A relationship had just ended badly; some of it was said in anger.",
        "a forum where hatred of women is the rule",
        "skilled hands, and an employer who wants to keep Kit",
        "To be respected", "E4", "cognitive_behavioural", "a course to become a joiner",
    ),
)  # fmt: skip
PANEL = (
    Somebody("Frankie", "Mistlewood", 14, (11, 5), "Marlbrook", "Marlbrook Academy"),
    Worry(
        "islamist",
        "Frankie played a recruiting song to classmates and knew every word of it.",
        "“In the videos they are all brothers. Here nobody sits with me.”",
        "Frankie likes the tune and may not have known what the words mean.",
        "short videos which an account that nobody knows keeps sending",
        "an aunt, and a teacher of music",
        "To have friends", "E3", "constructive_pursuits", "the school’s choir and its trips",
    ),
)  # fmt: skip
SUPPORTED = (
    Somebody("Skyler", "Hazelbrook", 16, (4, 18), "Heronsgate", "Fenmoor College"),
    Worry(
        "mixed",
        "Skyler shares posts of groups that contradict each other, all of them angry.",
        "“It does not matter which side. Somebody has to break it all.”",
        "Skyler’s parents had parted that month.",
        "a chat in which strangers praise each other for being extreme",
        "swimming, and an older cousin",
        "To find calm after the family broke up", "E11", "mentoring",
        "a swimming coach’s course for young people",
    ),
)  # fmt: skip
EXIT_RECOMMENDED = (
    Somebody("Robin", "Elmwater", 19, (2, 12), "Blackwater", "University of the Saltings"),
    Worry(
        "left_anarchist",
        "Robin told a hall of residence that a laboratory ought to burn.",
        "“Words did nothing. Fire they will understand.”",
        "Robin had just seen a film about animals in laboratories and was upset.",
        "a small group that praises damage to property",
        "a sister, and work with rescued animals",
        "To work for a cause by lawful means", "E8", "mentoring",
        "volunteering at an animal shelter",
    ),
)  # fmt: skip
SEEKING_CONSENT = (
    Somebody("Charlie", "Rowandale", 13, (10, 27), "Millpond", "Marlbrook Academy"),
    Worry(
        "no_ideology",
        "Charlie wrote a list of schoolmates and called it the last day.",
        "“It is only a story. In the story they are sorry.”",
        "Charlie writes stories all the time and was bullied that term.",
        "a site that collects accounts of attacks in schools",
        "writing, and a librarian who reads the stories",
        "To be safe at school", "E2", "life_skills", "a writing workshop",
    ),
)  # fmt: skip
DECLINED = (
    Somebody("Sam", "Greyling", 27, (8, 14), "Blackwater", "looking for work"),
    Worry(
        "islamist",
        "Sam told a job adviser of watching speeches that call for leaving the country.",
        "“There, at least, they would need me.”",
        "Sam has been out of work for two years and may mean any other place.",
        "speeches that promise a task and a wage",
        "a neighbour with whom Sam repairs bicycles",
        "To be needed", "E3", "careers", "a bicycle repair scheme",
    ),
)  # fmt: skip
AGE_DISPUTED = (
    Somebody("Sami", "Larkhollow", 19, (2, 11), "Heronsgate", "Fenmoor College"),
    Worry(
        "unclear",
        "Sami showed classmates a map with a town ringed in red.",
        "“There I would be somebody. Here I wait.”",
        "The town is where Sami was born.",
        "a stranger who offers to pay for a journey",
        "an English class, and a foster brother",
        "To have a place in the world", "E3", "education_skills", "an evening class",
    ),
)  # fmt: skip
