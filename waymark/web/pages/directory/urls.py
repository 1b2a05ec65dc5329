"""Organisations, contacts, accounts, appointments and those who hold them."""

from django.urls import path

from waymark.web.pages.directory import (
    account_openings,
    accounts,
    appointments,
    contacts,
    directory,
    leavers,
    messages,
    organisations,
    staff,
)

urlpatterns = [
    path("contacts", directory.directory, name="contacts"),
    path("contacts/add", contacts.add, name="contact_add"),
    path("contacts/<int:line>", contacts.contact, name="contact"),
    path("contacts/<int:line>/change", contacts.change, name="contact_change"),
    path("contacts/<int:line>/confirm", contacts.confirm, name="contact_confirm"),
    path("contacts/<int:line>/take-out", contacts.take_out, name="contact_take_out"),
    path("organisations/add", organisations.add, name="organisation_add"),
    path("organisations/<int:key>", organisations.organisation, name="organisation"),
    path("organisations/<int:key>/change", organisations.change, name="organisation_change"),
    path("accounts", accounts.listed, name="accounts"),
    path("accounts/messages", messages.undelivered, name="messages"),
    path("accounts/open", account_openings.open_one, name="account_open"),
    path("accounts/<int:key>", accounts.account, name="account"),
    path("accounts/<int:key>/suspend", leavers.suspend, name="account_suspend"),
    path("accounts/<int:key>/close", leavers.close, name="account_close"),
    path("accounts/<int:key>/wake", leavers.wake, name="account_wake"),
    path("accounts/<int:key>/invite", account_openings.invite, name="account_invite"),
    path("accounts/<int:key>/e-mail", account_openings.change_email, name="account_email"),
    path("accounts/<int:key>/lost", account_openings.say_lost, name="account_lost"),
    path(
        "accounts/<int:key>/lost/confirm",
        account_openings.confirm_lost,
        name="account_lost_confirm",
    ),
    path("accounts/<int:key>/give", appointments.give, name="appointment_give"),
    path("appointments/<int:key>", appointments.appointment, name="appointment"),
    path("appointments/<int:key>/approve", appointments.approve, name="appointment_approve"),
    path("appointments/<int:key>/end", appointments.end, name="appointment_end"),
    path("people", staff.listed, name="staff"),
    path("people/<int:key>", staff.member, name="staff_member"),
    path("people/<int:key>/training", staff.note_training, name="staff_training"),
    path("people/<int:key>/clearance", staff.note_clearance, name="staff_clearance"),
]
