"""The plan of support, and consent to it."""

from django.urls import path

from waymark.web.pages.plans import (
    ahead,
    briefs,
    consent,
    consent_after,
    consent_asking,
    person_words,
    plan_outcomes,
    plan_papers,
    plans,
    stops,
)

urlpatterns = [
    path(
        "cases/<reference>/social-care/<int:key>/read",
        consent_after.read,
        name="safeguarding_read",
    ),
    path("cases/<reference>/plan", plans.plan, name="plan"),
    path("cases/<reference>/plan/write", plans.write, name="plan_write"),
    path("cases/<reference>/plan/sessions/<int:piece>", plan_outcomes.reconcile, name="reconcile"),
    path("cases/<reference>/plan/words", person_words.words, name="person_words"),
    path("cases/<reference>/plan/wish/<int:piece>", person_words.wish, name="piece_wish"),
    path("cases/<reference>/plan/another/<int:piece>", person_words.another, name="piece_another"),
    path("cases/<reference>/plan/given", plan_papers.give, name="plan_given"),
    path("cases/<reference>/plan/given/paper.pdf", plan_papers.paper, name="plan_paper"),
    path("cases/<reference>/plan/worker/<int:piece>", briefs.name, name="name_worker"),
    path("cases/<reference>/plan/stopped", stops.confirm, name="support_stopped"),
    path("cases/<reference>/plan/goes-on/<int:piece>", stops.go_on, name="support_goes_on"),
    path("cases/<reference>/plan/needs/<int:need>", plan_outcomes.need, name="need"),
    path("cases/<reference>/consent", consent.consent, name="consent"),
    path("cases/<reference>/consent/arrange", consent_asking.arrange, name="consent_arrange"),
    path("cases/<reference>/consent/asked", consent_asking.asked, name="consent_asked"),
    path("cases/<reference>/consent/help", consent_after.offer_help, name="consent_help"),
    path("cases/<reference>/consent/apart", consent_after.set_apart, name="consent_apart"),
    path("cases/<reference>/consent/as-adult", ahead.answer, name="consent_ahead"),
    path("cases/<reference>/consent/no-answer", consent.unanswered, name="consent_unanswered"),
    path("cases/<reference>/consent/withdraw", consent.withdraw, name="withdraw_consent"),
    path("support/<int:key>/cannot", briefs.decline, name="piece_decline"),
]
