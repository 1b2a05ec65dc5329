"""Who has an account: a cast for each area, and those beside them, most of whom serve all areas."""

from dataclasses import dataclass

from waymark.directory.models import Role
from waymark.project.demonstration.places import POLICE, REGIONAL


@dataclass(frozen=True)
class Account:
    """Somebody with an account. `of`: a kind of body of their area, or a body's name.

    `area`: none where the post serves every area. `role`: none for who was never appointed.
    """

    username: str
    name: str
    role: Role | None
    of: str
    area: str = ""

    @property
    def password_of(self) -> str:
        """Whose password it is: the area's cast shares one."""
        return self.area or self.username


BESIDE_THE_CASTS = (
    Account("admin.one", "Nerys Coppergate", Role.ADMINISTRATOR, "Essex County Council"),
    Account("admin.two", "Bola Winterbrook", Role.ADMINISTRATOR, "Thurrock Council"),
    Account("officer.one", "Tamsin Kestrelby", Role.POLICE_OFFICER, POLICE),
    Account("officer.two", "Idris Larkmoor", Role.POLICE_OFFICER, POLICE),
    Account("lead.one", "Maeve Stonecrop", Role.POLICE_LEAD, POLICE),
    Account("lead.two", "Anand Whitethorne", Role.POLICE_LEAD, REGIONAL),
    Account(
        "governance",
        "Cerys Inkwell",
        Role.INFORMATION_GOVERNANCE,
        "Southend-on-Sea Borough Council",
    ),
    Account("safety.essex", "Desmond Tollbridge", Role.PANEL_MEMBER, "community_safety", "essex"),
    Account("auditor", "Pavel Evenhand", Role.AUDITOR, "Essex County Council"),
    Account("outsider", "Jody Farfield", None, "Thurrock Council"),
)
# what somebody does in each area: a name for the account, the role, the kind of body
POSTS = (
    ("chair", Role.CHAIR, "council"),
    ("vicechair", Role.VICE_CHAIR, "council"),
    ("coordinator", Role.COORDINATOR, "council"),
    ("adults", Role.ADULT_LEAD, "adult_social_care"),
    ("families", Role.FAMILIES_LEAD, "children_social_care"),
    ("health", Role.PANEL_MEMBER, "health"),
    ("school", Role.PARTNER, "school"),
    ("clinic", Role.PARTNER, "child_mental_health"),
    ("adultcare", Role.PARTNER, "adult_social_care"),
    ("childcare", Role.PARTNER, "children_social_care"),
    ("teacher", Role.REFERRER, "school"),
    ("support", Role.SUPPORT_LEAD, "early_help"),
    ("mentor", Role.PROVIDER, "voluntary"),
)
NAMES = {
    "essex": (
        "Rosalind Fairwater", "Kwame Bellhouse", "Ines Quillfeather", "Gareth Oakengate",
        "Sunita Brightwell", "Oona Marshlight", "Harriet Blackboard",
        "Yusuf Calmwater", "Lindsay Hearthstone", "Mirela Softley", "Colin Chalkdust",
        "Adaeze Lampwick", "Fergus Steppingstone",
    ),
    "southend": (
        "Callum Pierpoint", "Shabnam Cloudesley", "Wilf Sandalwood", "Joanna Driftwood",
        "Emeka Shoreditcham", "Bethan Cockleshell", "Ruth Pencilcase",
        "Simone Stillwater", "Arthur Harbourlight", "Nadia Featherbed", "Lorna Inkpot",
        "Tobias Compasso", "Zainab Openfield",
    ),
    "thurrock": (
        "Philippa Orchardson", "Marek Bargeman", "Chidi Reedbed", "Valerie Millrace",
        "Hassan Dovecote", "Freya Nightlight", "Imogen Satchel",
        "Ravi Quietways", "Glenda Hearthrug", "Leszek Quiltmaker", "Naomi Blotter",
        "Patience Signpost", "Dominic Greenlight",
    ),
}  # fmt: skip
ACCOUNTS = BESIDE_THE_CASTS + tuple(
    Account(f"{post}.{area}", name, role, of, area)
    for area, names in NAMES.items()
    for (post, role, of), name in zip(POSTS, names, strict=True)
)
