"""Whether what was written may be sent, and what it becomes when it is (2.4.1, 2.5.3)."""

from waymark.database.clock import today
from waymark.directory.permission import Refused
from waymark.policy.pack import in_force
from waymark.referrals.writing import given
from waymark.referrals.writing.answers import Row, in_words, is_answered, length_in_all, rows_of
from waymark.referrals.writing.drafts import Answer, Written
from waymark.referrals.writing.sending import PersonFacts, Sending

LONGEST_IN_ALL = 100_000
ABOUT_THE_REFERRER = ("referrer", "noticer")  # readers: what is sealed with who sent it
APART = "apart"
SOLO = "self"  # the road of somebody who writes about themselves


def may_send(written: Written) -> None:
    """Gaps hold nothing back; but an inference never stands alone (R29), nor does an empty form."""
    matter = written.matter
    said = {code: bool(str(matter.get(code, "")).strip()) for code in matter}
    if not (said.get("how_noticed") or said.get("exact_words")):
        raise Refused(
            "Nothing has been written of what happened",
            clause="2.4.1",
            until=f"Answer in “What happened”: {_or(written.road, 'how_noticed', 'exact_words')}.",
        )
    if is_too_long(written):
        raise Refused(
            f"You have typed {length_in_all(written):,} characters in all,"
            f" and we can take {LONGEST_IN_ALL:,}",
            clause="2.5.4",
            until="Shorten what you can. The officer can ask you for more.",
        )
    if written.road != SOLO and said.get("inference"):
        _not_inference_alone(written)


def _not_inference_alone(written: Written) -> None:
    """The words or acts, who saw them, and the ordinary explanation stand beside it (R29)."""
    pack, matter = in_force(), written.matter
    beside = [pack.question(c) for c in ("exact_words", "who_saw", "ordinary_explanation")]
    open_ = [one for one in beside if not is_answered(one, matter)]
    if open_:
        asked = "; ".join(f"“{one.text_for(written.road)}”" for one in open_)
        raise Refused(
            "What you make of it cannot be sent without what it rests on",
            clause="2.4.1",
            until=f"Answer in “What happened”: {asked}. “I do not know” is an answer.",
        )
    if not any(in_words(one, matter) for one in beside[:2]):
        raise Refused(
            "What you make of it cannot stand alone",
            clause="2.4.1",
            until=f"Answer in “What happened”: {_or(written.road, 'exact_words', 'who_saw')}.",
        )


def is_too_long(written: Written) -> bool:
    """Whether there is more than we can take: no single answer is at fault then."""
    return length_in_all(written) > LONGEST_IN_ALL


def _or(road: str, *codes: str) -> str:
    """The questions of these codes, as this road is asked them."""
    return " or ".join(f"“{in_force().question(code).text_for(road)}”" for code in codes)


def as_sending(written: Written) -> Sending:
    """The referral that was written, ready to be sent."""
    rows, matter = rows_of(written), written.matter
    telling = [row for row in rows if row["reader"] in ABOUT_THE_REFERRER]
    return Sending(
        road=written.road,
        document=[row for row in rows if row not in telling and row["reader"] != APART],
        people=tuple(_facts(number, written, rows) for number in range(len(written.people))),
        referrer=_referrer(written, telling),
        stays_unknown=_stays_unknown(written),
        unknown_by_wish=_wishes_to_stay_unknown(written),
        lead_first=any(person.get("insider") == "yes" for person in written.people),
        concern_date=given.day_meant(str(matter.get("first_noticed_date", "")), today()),
        organisation_name=str(matter.get("referrer_organisation", "")).strip()[:200],
        marked=written.marked,
    )


def _facts(number: int, written: Written, rows: list[Row]) -> PersonFacts:
    said = written.people[number]
    birth = said.get("birth") or []
    places = [("work", "occupation"), ("school", "school")]
    return PersonFacts(
        forenames=_line(said, "forenames", 200),
        surname=_line(said, "surname", 200),
        other_names=_lines(said, "other_names", 200),
        birth=given.birth(birth) if isinstance(birth, list) else None,
        addresses=tuple(filter(None, [str(said.get("address", "")).strip()])),
        telephones=_lines(said, "telephones", 40),
        emails=_lines(said, "emails", 200),
        places=tuple((kind, name) for kind, code in places if (name := _line(said, code, 300))),
        apart=tuple(row for row in rows if row["person"] == number and row["reader"] == APART),
    )


def _line(said: dict[str, Answer], code: str, longest: int) -> str:
    """One line for a list; what is longer stands in the referral only, whole."""
    text = " ".join(str(said.get(code, "")).split())
    return text if len(text) <= longest else ""


def _lines(said: dict[str, Answer], code: str, longest: int) -> tuple[str, ...]:
    text = str(said.get(code, "")).replace(",", "\n")
    parts = (" ".join(part.split()) for part in text.split("\n"))
    return tuple(part for part in parts if part and len(part) <= longest)


def _referrer(written: Written, telling: list[Row]) -> Row:
    """Who sent it, by what it is, and all that they were asked about themselves."""
    if written.road == SOLO:
        first = written.people[0]
        name = " ".join(str(first.get(code, "")) for code in ("forenames", "surname")).strip()
        return {"name": name, "relationship": "The person themselves", "document": telling}
    kinds = ("name", "role", "organisation", "relationship", "telephone", "email")
    said = {kind: str(written.matter.get(f"referrer_{kind}", "")) for kind in kinds}
    return {**said, "document": telling}


def _stays_unknown(written: Written) -> bool:
    """Unless they said that others may learn the name, theirs or that of who noticed first."""
    if written.road == SOLO:
        return False
    matter = written.matter
    noticer = matter.get("noticed_by") == "somebody_else" and matter.get("noticer_unknown") != "no"
    return matter.get("referrer_unknown") != "named" or noticer


def _wishes_to_stay_unknown(written: Written) -> bool:
    """Whether somebody said so, as against having said nothing of it."""
    matter = written.matter
    noticer = matter.get("noticed_by") == "somebody_else" and matter.get("noticer_unknown") == "yes"
    return matter.get("referrer_unknown") == "unknown" or noticer
