"""Asking partners, their answers, and what is made of them."""

from django.urls import path

from waymark.web.pages.sharing import (
    partner_checks,
    positions,
    refused_files,
    replies,
    requests,
    weighing,
)

urlpatterns = [
    path("cases/<reference>/sharing", positions.decide, name="sharing_position"),
    path("cases/<reference>/checks", partner_checks.look_at, name="partner_checks"),
    path("cases/<reference>/checks/ask", partner_checks.ask, name="ask_partners"),
    path("cases/<reference>/checks/finish", partner_checks.finish, name="finish_checks"),
    path("cases/<reference>/checks/<int:key>", replies.read, name="asked_request"),
    path("cases/<reference>/checks/<int:key>/reply", replies.enter, name="enter_reply"),
    path("cases/<reference>/checks/marks", weighing.mark, name="mark_answers"),
    path(
        "cases/<reference>/checks/contradictions/<int:key>",
        weighing.follow,
        name="follow_contradiction",
    ),
    path(
        "cases/<reference>/checks/questions/<int:key>/contradiction",
        weighing.contradicts,
        name="contradiction",
    ),
    path("cases/<reference>/checks/<int:key>/read", replies.read_answer, name="read_answer"),
    path("cases/<reference>/checks/<int:key>/date", replies.move_date, name="move_date"),
    path("cases/<reference>/checks/<int:key>/pass-on", replies.pass_on, name="request_passed_on"),
    path("refused-files/<int:key>", refused_files.read, name="refused_file"),
    path("requests", requests.listed, name="requests"),
    path("requests/<int:key>", requests.answer, name="request"),
    path("requests/<int:key>/documents/<int:document>", requests.document, name="request_document"),
    path(
        "requests/<int:key>/documents/<int:document>/pages/<int:number>",
        requests.picture,
        name="request_picture",
    ),
    path("requests/<int:key>/change", requests.change, name="request_change"),
    path("requests/<int:key>/pass-on", requests.pass_on, name="pass_on"),
]
