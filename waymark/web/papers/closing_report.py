"""The closing report in sections: the same words on the page and on paper (2.8.14, 2.8.15)."""

from waymark.cases.models import Case, Signpost
from waymark.panels.reading.closing import Closing
from waymark.panels.reading.reviews import in_words
from waymark.policy.lateness import day_in_words
from waymark.support.models import Need
from waymark.support.reading.plans import need_named
from waymark.ui.words import day
from waymark.web.papers.sections import PaperSection, Row, row

NO_PLAN = "No plan was agreed."


def closing_sections(case: Case, closing: Closing) -> list[PaperSection]:
    return [
        PaperSection("How it ended", _end(case, closing)),
        PaperSection("What was done", _plan(closing)),
        PaperSection("What changed", _changed(closing),
                     lead="Each assessment apart: nothing is added up."),
        *([PaperSection("Endorsed by two", _opinions(closing))] if closing.opinions else []),
        PaperSection("What was settled before the end", _settled(closing)),
        PaperSection("What follows", _after(closing)),
    ]  # fmt: skip


def _end(case: Case, closing: Closing) -> list[Row]:
    rows = [
        row("Stage", closing.end.get_to_display()),
        row("From and until", f"{day(case.opened_at)} to {day(closing.end.at)}"),
        row("Why", closing.end.why),
    ]
    if closing.proposal:
        rows.append(row("The recommendation", closing.proposal.reasons))
    if closing.decision:
        minuted = f"Meeting {closing.decision.meeting.reference}, {day(closing.decision.at)}"
        rows.append(row("Minuted", minuted))
    return rows


def _plan(closing: Closing) -> list[Row]:
    if closing.plan is None:
        return [row("Plan", NO_PLAN)]
    whole = closing.plan
    pieces = [
        row(one.kind, f"{one.count.held} of {one.count.ordered} sessions held."
            f" Given by {one.piece.provider.name}.")
        for one in whole.pieces
    ]  # fmt: skip
    return [*pieces, *(row(need_named(need), _became(need)) for need in whole.needs)]


def _became(need: Need) -> str:
    last = need.disposals.last()
    return f"{last.get_outcome_display()}: {last.words}" if last else "Nothing is said of it"


def _changed(closing: Closing) -> list[Row]:
    rows = [row(f"Assessed, {day(one.signed_at)}", one.conclusion) for one in closing.assessments]
    if closing.decision:
        rows += [
            row("What changed", closing.decision.changed),
            row("What remains", closing.decision.remains),
        ]
    return rows or [row("Assessment", "None was signed.")]


def _opinions(closing: Closing) -> list[Row]:
    return [
        row(f"{one.get_post_display()}: {one.by.name}, {day(one.at)}",
            [one.why, f"What is left open: {one.left_open}" if one.left_open else ""])
        for one in closing.opinions
    ]  # fmt: skip


def _settled(closing: Closing) -> list[Row]:
    check = closing.check
    if check is None:
        return [row("Before the end", "Nothing is written.")]
    return [
        row("Significant harm", [check.harm_considered, check.harm_raised_by,
                                 check.unacknowledged]),
        row("Other help", [check.signposted, *map(signpost_in_words, closing.signposts)]),
        row("Told to the person", [each.words for each in closing.told if each.told]
            or "Not told yet"),
    ]  # fmt: skip


def signpost_in_words(one: Signpost) -> str:
    told = f"{one.get_kind_display()}: {one.to}, told by {one.by_whom} on {day(one.on_date)}."
    if one.received_date:
        return f"{told} Received by {one.received_by} on {day(one.received_date)}."
    return f"{told} Nobody there has said yet that they have it."


def _after(closing: Closing) -> list[Row]:
    reviews = [
        row(f"Review {one.number}, due {day_in_words(one.due_date)}",
            [in_words(one), one.words, one.referrer_told and
             f"What the referrer may be told: {one.referrer_told}"])
        for one in closing.reviews
    ]  # fmt: skip
    return reviews or [row("Reviews", "None is due after this end.")]
