"""A case brought to where a test begins, told through what people really do."""

from datetime import date
from typing import Any

from tests.cast import Cast, acting
from tests.panel_steps import PanelSteps
from tests.retold import steps
from tests.words import FOUND, GATHERED, SUMMED_UP, risk_said
from waymark.assessments import second_risk, signing, writing
from waymark.cases import lead_review, positions
from waymark.cases.known import gathering, risk, unknown
from waymark.cases.models import Case, Stage
from waymark.database.actor import Visitor
from waymark.database.guard import become
from waymark.referrals.deciding import screening
from waymark.referrals.models import Screening, Subject
from waymark.referrals.writing import drafts, sending
from waymark.referrals.writing.sending import PersonFacts, Sending, Sent
from waymark.sharing import checks, replies, requests

HAPPENED = "Sits with older friends now, and says that nobody else listens."
WORRY = [
    {"topic": "concern", "code": "happened", "question": "What happened?", "answer": HAPPENED},
]


@steps
class Story(PanelSteps):
    """`Story(cast).referred().screened()`: each step acts as the person whose step it is."""

    subject: Subject
    sent: Sent
    case: Case

    def __init__(self, cast: Cast, *, born: date = date(2011, 5, 4), surname: str = "Ashdown"):
        self.cast, self.born, self.surname = cast, born, surname

    def referred(self, **said: Any) -> "Story":
        """A member of the public sends a referral."""
        secret = drafts.new_secret()
        visitor = Visitor(drafts.digest_of(secret))
        become(visitor)
        drafts.save(secret, drafts.Written(road="public"))
        birth = {"year": self.born.year, "month": self.born.month, "day": self.born.day}
        person = PersonFacts(forenames="Robin", surname=self.surname, birth=birth)
        words: dict[str, Any] = {
            "road": "public",
            "document": WORRY,
            "people": (person,),
            "referrer": {"name": "Jo Meadow"},
        }
        self.sent = sending.send(secret, Sending(**words | said), by=visitor)
        acting(self.cast.police_lead)
        self.subject = Subject.objects.get(referral__receipt=self.sent.receipt, position=0)
        return self

    def taken(self) -> "Story":
        screening.take(self.subject, by=acting(self.cast.police_officer))
        self.subject.refresh_from_db()
        return self

    def decision(self, outcome: str = "new_case", **words: Any) -> screening.Decision:
        said: dict[str, Any] = {
            "outcome": outcome,
            "why": "A concern that partners should look at together",
            "area": self.cast.area,
            "area_basis": "home",
            "extract": "What was seen and said at school.",
        }
        return screening.Decision(**said | words)

    def screened(self) -> "Story":
        """Referred, taken, and made a new case, which the officer holds."""
        if not hasattr(self, "subject"):
            self.referred()
        self.taken()
        made = screening.decide(self.subject, by=self.cast.police_officer, decision=self.decision())
        assert made.outcome == Screening.Outcome.NEW_CASE
        self.subject.refresh_from_db()
        assert self.subject.case is not None
        self.case = self.subject.case
        return self

    def gathered(self) -> "Story":
        """Enough is known for partners to check their systems."""
        if not hasattr(self, "case"):
            self.screened()
        officer = acting(self.cast.police_officer)
        school = self.cast.partner.organisation
        unknown.write(self.case, by=officer, words="Who the older friend is", organisation=school)
        gathering.finish_gathering(self.case, by=officer, **GATHERED)
        return self.seen_again()

    def risk_assessed(self, **differs: Any) -> "Story":
        """Neither conflict nor major risk: the lead for the person's age reviews."""
        if not hasattr(self, "case") or self.case.stage == Stage.GATHERING:
            self.gathered()
        officer = acting(self.cast.police_officer)
        risk.assess(self.case, by=officer, **risk_said(self.cast, **differs))
        return self.seen_again()

    @property
    def lead(self) -> Any:
        """The Prevent lead whose case it is."""
        return getattr(self.cast, self.case.led_by)

    def reviewed(self) -> "Story":
        """The position on sharing stands, and the lead names the school to be asked."""
        if not hasattr(self, "case") or self.case.stage != Stage.LEAD_REVIEW:
            self.risk_assessed()
        lead = acting(self.lead)
        positions.decide(self.case, by=lead, state="agreed", ground="The family agreed")
        lead_review.review(
            self.case,
            by=lead,
            conversations="With the mother, who knows of the referral",
            harm_suspected=False,
            safeguarding="Nothing beyond what is known",
            recommendation="Ask the school",
            to_ask={self.cast.partner.organisation: "Absence and friends"},
        )
        return self.seen_again()

    def partners_asked(self) -> "Story":
        if not hasattr(self, "case") or self.case.stage != Stage.PARTNER_CHECKS:
            self.reviewed()
        school = self.cast.partner.organisation
        asked = requests.ask(
            self.case,
            by=acting(self.cast.police_officer),
            asking=requests.Asking(
                about=GATHERED["to_check_with"],
                words="To see what support the person may need; no more than is asked",
                items=["Attendance this term", "Friends who worry you"],
            ),
            organisations={school: None},
        )
        self.request = asked[0]
        return self.seen_again()

    def partners_answered(self) -> "Story":
        """The school answers, and the police finish the checks."""
        if not hasattr(self, "request"):
            self.partners_asked()
        partner = acting(self.cast.partner)
        first = self.request.items.all()[0]
        said = replies.Answering(
            state="information",
            held_back=False,
            items=[replies.Answer(first, "Nine days missed", "The register")],
        )
        replies.answer(self.request, by=partner, answering=said)
        officer = acting(self.cast.police_officer)
        checks.finish_checks(
            self.case, by=officer, why="Absence has grown", without_answer={},
            unmarked_why="Weighed with the factors next",
        )  # fmt: skip
        return self.seen_again()

    def assessed(self) -> "Story":
        """The preliminary assessment of the factors is signed."""
        if not hasattr(self, "case") or self.case.stage != Stage.SECOND_RISK:
            self.partners_answered()
        officer = acting(self.cast.police_officer)
        begun = writing.start(self.case, by=officer)
        saved = writing.save(begun, by=officer, written=writing.Written(FOUND, SUMMED_UP))
        self.assessment = signing.sign(saved, by=officer)
        return self.seen_again()

    def second_risk(self, **differs: Any) -> "Story":
        """Conflict minimised: chair and police agree the next step."""
        if not hasattr(self, "assessment"):
            self.assessed()
        again = {"unchanged_why": "The school has shown nothing new"} | differs
        officer = acting(self.cast.police_officer)
        second_risk.assess_again(self.case, by=officer, **risk_said(self.cast, **again))
        return self.seen_again()

    def seen_again(self) -> "Story":
        """Read the case anew, as the police lead, who sees it at every open stage."""
        acting(self.cast.police_lead)
        self.case = Case.objects.select_related("area").get(pk=self.case.pk)
        return self
