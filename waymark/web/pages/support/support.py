"""One's own pieces of support, for their lead and their provider: never the case (2.8.6, 2.9.4)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.directory.permission import permits, refusal
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.support import alarms, reports, sessions, silences, stops
from waymark.support import pieces as work
from waymark.support.ended import have_read, may_read, told
from waymark.support.models import Piece, Session
from waymark.support.reading import pieces as reading
from waymark.support.reading.delivery import delivered, held_in_words
from waymark.support.reading.plans import kind_named
from waymark.web.access import AskedBy, signed_in
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.frames.piece import piece_act, piece_page
from waymark.web.page import show
from waymark.web.rows.beside import beside_shelf

TAGS = {"offered": "active", "running": "done", "held": "soon", "ended": "plain"}


@signed_in
@require_safe
def listed(request: AskedBy) -> HttpResponse:
    rows = [_row(one) for one in reading.mine(request.user)]
    return show(request, "support/list.html", {"rows": rows, "section": "support"})


def _row(one: reading.Mine) -> dict[str, Any]:
    piece, count = one.piece, one.count
    return {
        "kind": {
            "text": kind_named(piece.kind)[0],
            "href": reverse("piece", args=[piece.pk]),
        },
        "reference": piece.reference,
        "state": {"text": piece.get_state_display(), "tag": TAGS[piece.state]},
        "held": held_in_words(piece, count),
        "until": day_in_words(piece.until_date),
    }


@piece_page
@require_safe
def piece(request: AskedBy, piece: Piece) -> HttpResponse:
    user = request.user
    done = delivered(piece)
    context = {
        "section": "support",
        "read_beside": beside_shelf("supporting"),
        "piece": piece,
        "kind": kind_named(piece.kind)[0],
        "state": {"text": piece.get_state_display(), "kind": TAGS[piece.state]},
        "rows": _rows(piece),
        "delivered": done,
        "sessions": [_session(one) for one in reading.held_so_far(piece)],
        "starting": refusal(work.may_start, user, piece),
        "logging": refusal(sessions.may_log_session, user, piece),
        "leads": permits(reports.may_arrange, user, piece),
        "may_report": permits(reports.may_report, user, piece),
        "silent": permits(silences.may_say, user, piece),
        "may_tell": permits(alarms.may_tell, user, piece),
        "may_stop": permits(stops.may_stop_as_asked, user, piece),
        "told_to_stop": permits(stops.may_say_stopped, user, piece),
        "signs": in_force().text("signs_and_engaging"),
        "acts": {
            name: reverse(f"piece_{name}", args=[piece.pk])
            for name in (
                *("accept", "decline", "log", "stop", "stopped"),
                *("arrange", "progress", "silence", "danger", "change"),
            )
        },
    }
    return show(request, "support/piece.html", context)


def _rows(piece: Piece) -> list[dict[str, Any]]:
    worker = f", {piece.provider_user.name}" if piece.provider_user else ""
    rows = [
        ("What it is", kind_named(piece.kind)[1]),
        ("What you are asked to do", piece.brief),
        ("Risk to whoever gives it", piece.risk_to_worker),
        ("Safe way to make contact", piece.safe_contact),
        ("Led by", piece.lead.name),
        ("Given by", f"{piece.provider.name}{worker}"),
        ("When", f"{piece.get_rhythm_display()}, {day_in_words(piece.from_date)} to"
         f" {day_in_words(piece.until_date)}"),
    ]  # fmt: skip
    return [{"question": asked, "answer": text} for asked, text in rows]


def _session(one: Session) -> dict[str, Any]:
    return {
        "on": day_in_words(one.happened_date),
        "state": ": ".join(
            part for part in (one.get_state_display(), one.get_missed_why_display()) if part
        ),
        "words": _said_of(one),
        "by": one.by.name,
    }


def _said_of(one: Session) -> str:
    offered = f"Offered: {one.offered}" if one.offered else ""
    progress = f"Progress: {one.progress}" if one.progress else ""
    return "\n\n".join(part for part in (one.words, offered, progress) if part)


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: AskedBy, piece: Piece) -> HttpResponse:
    return piece_act(
        request, piece, PlainForm(sent(request)),
        lambda _: work.accept_brief(piece, by=request.user),
        rule=work.may_start,
        title="Accept the brief",
        button="Accept the brief",
        lead="The support starts when you accept what is asked of you in writing.",
        lead_clause="2.8.6",
        said="You have accepted the brief: the support starts.",
    )  # fmt: skip


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AskedBy, piece: Piece) -> HttpResponse:
    """The person asked whoever gives the support to stop: at once."""
    return piece_act(
        request, piece, PlainForm(sent(request)),
        lambda _: stops.stop_as_asked(piece, by=request.user),
        rule=stops.may_stop_as_asked,
        title="Stop, because the person asked for it",
        button="Stop this support now",
        danger=True,
        lead="Taking part is voluntary: it stops now, and the chair is told today and asks what the"
        " person wants.",
        lead_clause="1.1.4",
        said="This support is stopped, and the chair is told.",
    )  # fmt: skip


@piece_page
@require_http_methods(["GET", "HEAD", "POST"])
def stopped(request: AskedBy, piece: Piece) -> HttpResponse:
    """Whoever was told to stop says that they have."""
    return piece_act(
        request, piece, PlainForm(sent(request)),
        lambda _: stops.say_stopped(piece, by=request.user),
        rule=stops.may_say_stopped,
        title="Say that you have stopped",
        button="I have stopped",
        lead="This support is stopped. Do not meet, ring or write to the person for it, unless you"
        " are told that it goes on.",
        lead_clause="1.1.4",
        said="It is written down that you have stopped.",
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ended(request: AskedBy, key: int) -> HttpResponse:
    """All that is left to see of support that one led or gave: that it has ended, and when."""
    notice = told(key, by=request.user)
    if notice is None:
        raise Http404
    read = notice.done_at is not None
    return act_page(
        request, PlainForm(sent(request)),
        lambda _: have_read(notice, by=request.user),
        done=reverse("piece_ended", args=[key]) if read else "/",
        said="You have read that the support has ended.",
        context={
            "section": "support",
            "title": "This support has ended",
            "button": "I have read this",
            "lead": f"{notice.why} It ended on {day_in_words(notice.made_at.date())}. You do not"
            " see the brief or the sessions any more.",
            "lead_clause": notice.clause,
            "back": reverse("support"),
            "refusal": None if request.method == "POST"
            else refusal(may_read, request.user, notice),
        },
    )  # fmt: skip
