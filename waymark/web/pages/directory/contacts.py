"""Contacts: how an office is reached, kept up by those whose task it is (B.1, B.2)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from waymark.database.clock import today
from waymark.directory import contacts, offices
from waymark.directory.models import Area, Contact, Role, areas_by_code
from waymark.directory.permission import permits, refusal
from waymark.oversight import upkeep
from waymark.policy.lateness import day_in_words
from waymark.policy.pack import in_force
from waymark.web.access import AskedBy, post_holders, signed_in
from waymark.web.forms.contact import ContactForm, as_it_is
from waymark.web.frames.acts import act_page
from waymark.web.frames.case_act import PlainForm, sent
from waymark.web.page import show
from waymark.web.rows.contact import address_of

KEEP = (Role.ADMINISTRATOR, Role.COORDINATOR)


@signed_in
@require_safe
def contact(request: AskedBy, line: int) -> HttpResponse:
    """One contact: as it is, who confirmed it when, and what it was before."""
    found = _found(line)
    keeps = found.replaced_at is None and permits(
        offices.may_keep_contact, request.user, found.area
    )
    limit = in_force().limit("contact_confirmed")
    context = {
        "section": "contacts",
        "contact": found,
        "rows": _facts(found),
        "late": found.replaced_at is None and offices.needs_confirming(found, today()),
        "months": limit.amount,
        "keeps": keeps,
        "before": [_earlier(one) for one in contacts.before(found) if one != found],
    }
    return show(request, "directory/contact.html", context)


def _facts(one: Contact) -> list[dict[str, Any]]:
    confirmed = day_in_words(one.confirmed_date) if one.confirmed_date else "Not yet"
    by = f", by {one.confirmed_by.name}" if one.confirmed_by else ""
    return [
        {"question": "Organisation", "answer": one.organisation.name},
        {"question": "Area", "answer": one.area.name if one.area else "All areas"},
        {"question": "Held by", "answer": one.held_by},
        {"question": "E-mail", "answer": address_of(one)},
        {"question": "Telephone", "answer": one.telephone},
        {"question": "Published", "answer": "Yes: everybody sees it" if one.published else "No"},
        {"question": "Kept up by", "answer": _keepers(one)},
        {"question": "Last confirmed", "answer": f"{confirmed}{by}"},
    ]


def _keepers(one: Contact) -> str:
    post = Role(upkeep.keeper_of(one)).label
    return f"{post}: {', '.join(who.name for who in upkeep.keepers_of(one)) or 'nobody today'}"


def _earlier(one: Contact) -> dict[str, Any]:
    until = day_in_words(one.replaced_at.date()) if one.replaced_at else ""
    by = f", by {one.replaced_by.name}" if one.replaced_by else ""
    return {
        "until": until + by,
        "held_by": one.held_by,
        "email": address_of(one),
        "telephone": one.telephone,
        "office": f"{one.office}, {one.organisation.name}",
    }


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedBy) -> HttpResponse:
    """Enter a contact."""
    return act_page(
        request,
        ContactForm(sent(request), **_may_choose(request)),
        lambda said: offices.enter(by=request.user, reached=said.reached(), confirmed=True),
        done=lambda made: reverse("contact", args=[made.line]),
        said="The contact is entered.",
        context={
            "section": "contacts",
            "title": "Add a contact",
            "button": "Add the contact",
            "lead": "It counts as confirmed today.",
            "lead_clause": "B.1",
            "back": reverse("contacts"),
        },
    )


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedBy, line: int) -> HttpResponse:
    """Change a contact: what it was before is kept."""
    found = _found(line)
    form = ContactForm(
        sent(request),
        initial=as_it_is(found),
        version=offices.version_of(found),
        **_may_choose(request),
    )
    return act_page(
        request,
        form,
        lambda said: upkeep.change(
            found, by=request.user, reached=said.reached(), version=said.seen_version
        ),
        done=reverse("contact", args=[line]),
        said="The contact is changed. What it was before is kept.",
        context=_of(request, found)
        | {
            "title": "Change a contact",
            "button": "Save the contact",
            "lead": "Saving it confirms it: ask whoever holds the office about all of it.",
            "lead_clause": "B.1",
        },
    )


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: AskedBy, line: int) -> HttpResponse:
    """Say that a contact is still right."""
    found = _found(line)
    return act_page(
        request,
        PlainForm(sent(request)),
        lambda _: upkeep.confirm(found, by=request.user),
        done=reverse("contact", args=[line]),
        said="The contact is confirmed.",
        context=_of(request, found)
        | {
            "title": "Confirm a contact",
            "button": "Confirm that it is right",
            "lead": f"{found.office}, {found.organisation.name}: whoever holds the office has told"
            " you today that all of it is right.",
            "lead_clause": "B.1",
        },
    )


@post_holders(*KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: AskedBy, line: int) -> HttpResponse:
    """Take a contact out of the directory."""
    found = _found(line)
    return act_page(
        request,
        PlainForm(sent(request)),
        lambda _: upkeep.take_out(found, by=request.user),
        done=reverse("contacts"),
        said="The contact is taken out. What it was is kept.",
        context=_of(request, found)
        | {
            "title": "Take a contact out",
            "button": "Take it out",
            "danger": True,
            "lead": f"{found.office}, {found.organisation.name}: nobody finds it any more, and a"
            " published one is no longer shown to everybody.",
            "lead_clause": "B.1",
        },
    )


def _found(line: int) -> Contact:
    found = contacts.contact_of(line)
    if found is None:
        raise Http404
    return found


def _of(request: AskedBy, found: Contact) -> dict[str, Any]:
    """What the acts on one contact have in common."""
    return {
        "section": "contacts",
        "back": reverse("contact", args=[found.line]),
        "refusal": None
        if request.method == "POST"
        else refusal(offices.may_act_on, request.user, found),
    }


def _may_choose(request: AskedBy) -> dict[str, Any]:
    """The areas that the reader may enter contacts for."""
    areas: list[Area] = list(areas_by_code().values())
    if Role.ADMINISTRATOR in request.user.roles_in():
        return {"areas": areas, "everywhere": True}
    mine = request.user.areas_of(frozenset({Role.COORDINATOR}))
    return {"areas": [one for one in areas if one.pk in mine], "everywhere": False}
