"""The people of Southend-on-Sea."""

from waymark.project.demonstration.people import Somebody, Worry

FIRST_RISK = (
    Somebody("Alex", "Pebblesworth", 22, (5, 17), "Cliff Steps", "Pebblesworth Bakery"),
    Worry(
        "unclear",
        "Alex asks customers whether they are ready for what is coming.",
        "“When the lights go out you will wish that you had listened.”",
        "Alex may mean a storm, or a game about the end of the world.",
        "a channel that sells fear of everybody else",
        "the bakery, and a dog",
        "To feel safe", "E2", "health_awareness", "a walking group",
    ),
)  # fmt: skip
SECOND_RISK = (
    Somebody("Toni", "Sandbrook", 15, (12, 3), "Shorefield", "Shorefield Academy"),
    Worry(
        "right_wing",
        "Toni wore a symbol under the blazer and showed it for money.",
        "“It is just a shape. People pay to see me get into trouble.”",
        "It may be a way to earn lunch money and to be noticed.",
        "an account that rewards pupils for dares",
        "drama lessons, and a head of year who knows the family",
        "To be noticed for something good", "E4", "constructive_pursuits", "the school play",
    ),
)  # fmt: skip
SUPPORTED = (
    Somebody("Morgan", "Seaholly", 20, (1, 8), "Pierhead", "Pierhead College"),
    Worry(
        "incel",
        "Morgan left a note in a library book that praised an attacker.",
        "“He did what the rest of us only write about.”",
        "The note may have been copied from a post.",
        "a board where attackers are given scores",
        "chess, and a tutor of mathematics",
        "To have people to talk to", "E3", "cognitive_behavioural", "a chess club at the hub",
    ),
)  # fmt: skip
NO_FURTHER_ACTION = (
    Somebody("Billie", "Gullhaven", 16, (3, 25), "Shorefield", "Shorefield Academy"),
    Worry(
        "islamist",
        "Billie asked in a lesson why some people join a group abroad.",
        "“I want to understand why they went. Nobody explains it.”",
        "It was a question in a lesson about current affairs.",
        "nothing that anybody could name",
        "a family that talks about everything",
        "Answers to honest questions", "E8", "education_skills", "a history society",
    ),
)  # fmt: skip
NOT_APPROPRIATE = (
    Somebody("Harper", "Driftway", 33, (9, 19), "Cliff Steps", "Driftway Signs"),
    Worry(
        "left_anarchist",
        "Harper spoke at a lawful protest and swore at a councillor.",
        "“We will be back every week until you listen.”",
        "It was a protest, and anger at one is lawful.",
        "friends who organise lawful protests",
        "friends, work and a choir",
        "None that is for this panel", "E8", "life_skills", "none",
    ),
)  # fmt: skip
POLICE_HELD = (
    Somebody("Jesse", "Ternwick", 21, (2, 23), "Pierhead", "Ternwick Roofing"),
    Worry(
        "mixed",
        "Jesse asked at work where one could buy a machine that is not for sale.",
        "“Just asking. For a friend of a friend.”",
        "It may have been a joke among roofers.",
        "somebody unknown who writes to Jesse every evening",
        "an apprenticeship",
        "To be free of whoever writes", "E12", "mentoring", "a boxing gym",
    ),
)  # fmt: skip
EXITED = (
    Somebody("Drew", "Saltmarrow", 17, (7, 2), "Shorefield", "Pierhead College"),
    Worry(
        "right_wing",
        "Drew ran an account that mocked neighbours by where they come from.",
        "“It gets likes. I never meant the people next door.”",
        "The account was copied from a bigger one.",
        "the praise of strangers",
        "a gift for film, and the people next door",
        "To be good at something", "E4", "education_skills", "a film course",
    ),
)  # fmt: skip
EXIT_RECOMMENDED = (
    Somebody("Remy", "Cockleford", 15, (10, 10), "Cliff Steps", "Shorefield Academy"),
    Worry(
        "unclear",
        "Remy kept a diary of attacks with the hours and the weather.",
        "“If you know the pattern, nothing can surprise you.”",
        "Remy collects timetables of trains in the same way.",
        "a forum that takes an interest in details for ill",
        "trains, order, and a patient father",
        "To feel safe in a loud world", "E2", "family_support", "a model railway society",
    ),
)  # fmt: skip
WAITS = (
    Somebody("Ellis", "Foamwood", 12, (5, 5), "Shorefield", "Shorefield Academy"),
    Worry(
        "violence",
        "Ellis told the class in detail of a film of a real killing.",
        "“I could not stop looking. Now I see it when I close my eyes.”",
        "An older cousin had shown the film; Ellis is frightened by it.",
        "films that an older cousin shows",
        "a mother who took the telephone away the same day",
        "To be cared for after a fright", "E13", "health_awareness", "a nurse’s lunch club",
    ),
)  # fmt: skip
