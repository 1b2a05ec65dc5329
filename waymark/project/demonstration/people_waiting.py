"""The people of whom the police have heard, and of whom no case was opened, or not yet."""

from waymark.project.demonstration.people import Somebody, Worry

NEW = (
    Somebody("Rory", "Bluebellwood", 19, (4, 2), "Heronsgate", "Heronsgate Market"),
    Worry(
        "unclear",
        "Somebody on the market handed me a leaflet and asked me to a meeting.",
        "“Come on Thursday. Bring nobody who talks.”",
        "It may have been a club or a band.",
        "whoever prints the leaflets", "not known", "Not known", "E3", "mentoring", "none",
    ),
)  # fmt: skip
PAIR = (
    Somebody("Shay", "Moonhill", 14, (6, 20), "Orchard Reach", "Orchard Reach Academy"),
    Worry(
        "right_wing",
        "Two pupils greeted each other with a sign, and others copied it.",
        "“It is a joke. You are all too soft.”",
        "It may have been copied from a film that was shown that week.",
        "a channel that both follow", "sport", "To be noticed", "E4", "mentoring", "none",
    ),
)  # fmt: skip
WITH_SHAY = Somebody(
    "Blake", "Starlinghurst", 15, (1, 12), "Orchard Reach", "Orchard Reach Academy"
)
STAFF = (
    Somebody("Reese", "Paperfield", 38, (5, 28), "Cliff Steps", "the council’s parks"),
    Worry(
        "other",
        "A colleague talks in the van of a day on which everything will be settled.",
        "“Keep your family indoors that day.”",
        "It may be about a strike or a storm.",
        "a radio show", "work outdoors", "Not known", "E1", "mentoring", "none",
    ),
)  # fmt: skip
LATE = (
    Somebody("Hollis", "Brackenbury-Dew", 45, (3, 3), "Blackwater", "Brackenbury-Dew Boats"),
    Worry(
        "left_anarchist",
        "A customer has maps of a power station on the wall of the workshop.",
        "“One day somebody will switch it all off.”",
        "The customer may have worked there.",
        "not known", "boats", "Not known", "E8", "mentoring", "none",
    ),
)  # fmt: skip
BY_EMAIL = (
    Somebody("Arden", "Nightingale-Fen", 16, (8, 8), "Fenmoor", "Fenmoor College"),
    Worry(
        "incel",
        "A student wrote to a teacher that girls ought not to be in the workshop.",
        "“It was better before you let them in.”",
        "A quarrel over a tool had gone before.",
        "a podcast", "a gift for engines", "To be at ease", "E1", "life_skills", "none",
    ),
)  # fmt: skip
MISTAKEN = (
    Somebody("Sage", "Lanternfield", 11, (2, 17), "Shorefield", "Shorefield Academy"),
    Worry(
        "not_sure",
        "A pupil wrote of living in a terrible house.",
        "“I live in a terrorist house.”",
        "It was meant to be “terraced house”.",
        "nothing", "a family that laughed about it", "None", "E3", "life_skills", "none",
    ),
)  # fmt: skip
PASSED_ON = (
    Somebody("Wynn", "Rushlight", 13, (9, 30), "Millpond", "Marlbrook Academy"),
    Worry(
        "no_ideology",
        "A pupil is out until midnight with adults who pay for everything.",
        "“They are my real family now.”",
        "They may be relatives.",
        "adults who give presents", "a dance teacher", "To be safe", "E12", "life_skills", "none",
    ),
)  # fmt: skip
SENT_BACK = (
    Somebody("Darcy", "Hollowbrook", 52, (12, 20), "Mardyke", "Hollowbrook Tyres"),
    Worry(
        "right_wing",
        "A man plays marching songs in his workshop with the door open.",
        "“Let them hear it, all of them.”",
        "He may simply like the music.",
        "records of marching songs", "a workshop full of friends", "Not known", "E8",
        "life_skills", "none",
    ),
)  # fmt: skip
MALICIOUS = (
    Somebody("Lennox", "Copperhill", 31, (7, 7), "Cliff Steps", "Copperhill Flooring"),
    Worry(
        "islamist",
        "My neighbour is planning something, ask anybody.",
        "“He said that he would get me, so he must be one.”",
        "We are at court about a fence.",
        "nothing that anybody else saw", "a shop and a family", "None", "E1", "life_skills", "none",
    ),
)  # fmt: skip
FOR_THEMSELVES = {
    "forenames": "Emery",
    "surname": "Lakewood",
    "birth": ["", "", "", "20"],
    "safe_contact": "By text message, after six in the evening.",
    "insider": "no",
}
