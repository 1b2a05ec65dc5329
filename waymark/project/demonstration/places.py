"""The partnership: councils and police of the policy, and invented bodies of every kind (2.9.1)."""

from waymark.database.actor import Actor
from waymark.directory import offices
from waymark.directory.keeping import enter_area, enter_organisation
from waymark.directory.models import Area, Organisation
from waymark.directory.offices import FORM_MAILBOX, Reached
from waymark.policy.pack import in_force

POLICE, REGIONAL = "Essex Police", "Eastern Region Special Operations Unit"
COUNCILS = {
    "essex": "Essex County Council",
    "southend": "Southend-on-Sea Borough Council",
    "thurrock": "Thurrock Council",
}
# kind of 2.9.1: its body in Essex, in Southend-on-Sea, in Thurrock; one name serves all three
BODIES: dict[str, tuple[str, ...]] = {
    "adult_social_care": (
        "Essex Adult Social Care",
        "Southend Adult Social Care",
        "Thurrock Adult Social Care",
    ),
    "children_social_care": (
        "Essex Children’s Social Care",
        "Southend Children’s Social Care",
        "Thurrock Children’s Social Care",
    ),
    "youth_offending": (
        "Essex Youth Justice Service",
        "Southend Youth Justice Service",
        "Thurrock Youth Justice Service",
    ),
    "probation": ("Estuary Probation Unit",),
    "prison": ("Saltmarsh Prison",),
    "young_offender_institution": ("Samphire House Young Offender Institution",),
    "child_mental_health": (
        "Lantern Child and Adolescent Mental Health Service",
        "Sandpiper Child and Adolescent Mental Health Service",
        "Curlew Child and Adolescent Mental Health Service",
    ),
    "adult_mental_health": ("Tidewater Adult Mental Health Trust",),
    "health": (
        "Avocet Community Health Trust",
        "Cockle Row Community Health Trust",
        "Reedmace Community Health Trust",
    ),
    "early_help": ("Essex Early Help", "Southend Early Help", "Thurrock Early Help"),
    "community_safety": (
        "Essex Community Safety",
        "Southend Community Safety",
        "Thurrock Community Safety",
    ),
    "school": ("Marlbrook Academy", "Shorefield Academy", "Orchard Reach Academy"),
    "college": ("Fenmoor College", "Pierhead College", "Grebe Lane College"),
    "university": ("University of the Saltings",),
    "community": (
        "Millpond Community Hub",
        "Cliff Steps Community Hub",
        "Riverside Row Community Hub",
    ),
    "voluntary": ("Stepping Stones Mentoring", "Open Tide Mentoring", "Greenlight Mentoring"),
    "youth": ("Heronsgate Youth Club", "Sandcastle Youth Club", "Barge Street Youth Club"),
    "faith": (
        "Blackwater Interfaith Forum",
        "Estuary Interfaith Forum",
        "Mardyke Interfaith Forum",
    ),
}
POLICIES = {
    "council": "The council’s own social care recording policy applies to what its staff write.",
    "police": "Police records are kept under police retention rules.",
}


class Places:
    """The areas by their codes, and the bodies by their names."""

    def __init__(self) -> None:
        self.areas: dict[str, Area] = {}
        self.bodies: dict[str, Organisation] = {}

    def enter_areas(self, *, by: Actor) -> None:
        """The areas of the policy pack."""
        for panel in in_force().panels:
            self.areas[panel.area] = enter_area(by=by, code=panel.area, name=panel.area_name)

    def enter_council(self, code: str, *, by: Actor) -> None:
        self.bodies[COUNCILS[code]] = enter_organisation(
            by=by, name=COUNCILS[code], kind="council", areas=[self.areas[code]],
            recording_policy=POLICIES["council"],
        )  # fmt: skip

    def enter_bodies(self, *, by: Actor) -> None:
        """The police, and a body of every other kind of the policy in each area."""
        for name in (POLICE, REGIONAL):
            self.bodies[name] = enter_organisation(
                by=by, name=name, kind="police", recording_policy=POLICIES["police"]
            )
        for kind, names in BODIES.items():
            public = in_force().organisation_kind(kind).public
            for position, name in enumerate(names):
                areas = list(self.areas.values())
                self.bodies[name] = enter_organisation(
                    by=by, name=name, kind=kind, public_body=public,
                    areas=areas if len(names) == 1 else [areas[position]],
                )  # fmt: skip

    def of_kind(self, kind: str, area: str) -> Organisation:
        """The body of that kind that works in the area."""
        if kind == "council":
            return self.bodies[COUNCILS[area]]
        names = BODIES[kind]
        return self.bodies[names[0] if len(names) == 1 else names[list(self.areas).index(area)]]

    def enter_contacts(self, *, by: Actor) -> None:
        """Every office of Annex B, with an address and a number that reach nobody."""
        number = 100
        for office in in_force().offices:
            everywhere = len(office.areas) == len(self.areas)
            where = None if everywhere else self.areas[office.areas[0]]
            for holder in range(office.holders):
                number += 1
                mailbox = office.code.replace("_", ".") + (f".{holder + 1}" if holder else "")
                offices.enter(by=by, reached=Reached(
                    office=office.name, organisation=self.bodies[office.organisation],
                    area=where, email=f"{mailbox}@example.org", telephone=f"01632 960{number}",
                    shared=office.address == "shared", secure=office.secure,
                    published=office.address == "shared" or office.code.endswith("panel_chair"),
                ))  # fmt: skip
        self._enter_mailboxes(by=by)

    def _enter_mailboxes(self, *, by: Actor) -> None:
        """Where anybody sends the form, or asks for it or for advice (2.5.15, 2.5.16)."""
        team = in_force().secure_address.name
        offices.enter(by=by, reached=Reached(
            office=team, organisation=self.bodies[POLICE], email="prevent.team@example.org",
            telephone="01632 960210", secure=True, published=True,
        ))  # fmt: skip
        offices.enter(by=by, reached=Reached(
            office=FORM_MAILBOX, organisation=self.bodies[COUNCILS["essex"]],
            email="prevent.form@example.org", telephone="01632 960211", published=True,
        ))  # fmt: skip
        for position, (code, area) in enumerate(self.areas.items()):
            offices.enter(by=by, reached=Reached(
                office=FORM_MAILBOX, organisation=self.bodies[COUNCILS[code]], area=area,
                email=f"prevent.{code}@example.org", telephone=f"01632 96020{position}",
                published=True,
            ))  # fmt: skip
