"""Support as its providers do it, and what is known of them."""

from django.urls import path

from waymark.web.pages.support import (
    alarms,
    deliveries,
    provider_checks,
    providers,
    sessions,
    support,
    suspensions,
)

urlpatterns = [
    path(
        "cases/<reference>/plan/silence/<int:piece>",
        deliveries.silence_of_case,
        name="plan_silence",
    ),
    path("panels/areas/<area>/providers", providers.listed, name="providers"),
    path("panels/areas/<area>/providers/<int:key>", provider_checks.provider, name="provider"),
    path(
        "panels/areas/<area>/providers/<int:key>/checks/<what>",
        provider_checks.renew,
        name="provider_renew",
    ),
    path(
        "panels/areas/<area>/providers/<int:key>/suspend",
        suspensions.suspend,
        name="provider_suspend",
    ),
    path("panels/areas/<area>/providers/<int:key>/lift", suspensions.ask, name="suspension_ask"),
    path(
        "panels/areas/<area>/providers/<int:key>/lift/agree",
        suspensions.lift,
        name="suspension_lift",
    ),
    path(
        "panels/areas/<area>/providers/<int:key>/goes-on",
        suspensions.go_on,
        name="provider_goes_on",
    ),
    path("providers/<int:key>", providers.standing, name="provider_standing"),
    path("support", support.listed, name="support"),
    path("support/<int:key>", support.piece, name="piece"),
    path("support/<int:key>/arranged", deliveries.arrange, name="piece_arrange"),
    path("support/<int:key>/progress", deliveries.progress, name="piece_progress"),
    path("support/<int:key>/silence", deliveries.silence, name="piece_silence"),
    path("support/<int:key>/danger", alarms.danger, name="piece_danger"),
    path("support/<int:key>/change", alarms.change, name="piece_change"),
    path("support/<int:key>/accept", support.accept, name="piece_accept"),
    path("support/<int:key>/ended", support.ended, name="piece_ended"),
    path("support/<int:key>/log", sessions.log, name="piece_log"),
    path("support/<int:key>/stop", support.stop, name="piece_stop"),
    path("support/<int:key>/stopped", support.stopped, name="piece_stopped"),
]
