"""From information gathering to the next step."""

from django.urls import path

from waymark.web.pages.gathering import (
    before_an_end,
    case_needs,
    gathering,
    interim_steps,
    lead_review,
    next_steps,
    risen,
    risk,
    unknown,
)

urlpatterns = [
    path("cases/<reference>/gathering", gathering.gather, name="gather"),
    path("cases/<reference>/unknown", unknown.listed, name="unknown"),
    path("cases/<reference>/unknown/<int:key>/close", unknown.end, name="question_end"),
    path("cases/<reference>/unknown/<int:key>/ask", unknown.ask, name="question_ask"),
    path("cases/<reference>/needs", case_needs.listed, name="case_needs"),
    path("cases/<reference>/needs/<int:key>/follow", case_needs.follow, name="need_follow"),
    path("cases/<reference>/risk", risk.assess, name="assess_risk"),
    path("cases/<reference>/risk/record", risk.record, name="risk_record"),
    path("cases/<reference>/risk/risen", risen.say, name="risk_risen"),
    path("cases/<reference>/risk/considered", risen.considered, name="considered"),
    path("cases/<reference>/risk/conflict", risen.check, name="conflict"),
    path("cases/<reference>/review", lead_review.review, name="lead_review"),
    path("cases/<reference>/next-step", next_steps.choose, name="next_step"),
    path("cases/<reference>/next-step/<outcome>", next_steps.say, name="next_step_said"),
    path("cases/<reference>/before-an-end", before_an_end.checks, name="before_an_end"),
    path("cases/<reference>/told", before_an_end.tell, name="told"),
    path("cases/<reference>/interim-steps", interim_steps.steps, name="interim_steps"),
    path(
        "cases/<reference>/interim-steps/<int:key>",
        interim_steps.answer,
        name="interim_step_answer",
    ),
]
