"""The site map: every address, in the order of the work."""

from django.urls import path

from waymark.web.pages import (
    cases,
    contacts,
    demonstration,
    health,
    home,
    policy,
    sign_in,
)

urlpatterns = [
    path("health", health.health, name="health"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    # refer, without an account
    # the police: what came in, and screening
    # a case
    path("", home.home, name="home"),
    path("late/<area>/<role>", home.late, name="late"),
    path("cases", cases.listed, name="cases"),
    path("cases/<reference>", cases.case, name="case"),
    path("cases/<reference>/what-happened", cases.happened, name="case_timeline"),
    path("cases/<reference>/who-may-see-it", cases.sight, name="case_sight"),
    path("cases/<reference>/accept", cases.accept, name="accept"),
    # information gathering to the next step
    # panel to exit, and the reviews after it
    # directory, policy, what may be read
    path("contacts", contacts.directory, name="contacts"),
    path("policy", policy.policy, name="policy"),
    path("policy/definitions", policy.definitions, name="definitions"),
    path("policy/framework", policy.framework, name="framework"),
    path("policy/<page>", policy.texts, name="policy_texts"),
    path("demonstration/clock", demonstration.clock, name="clock"),
]

handler400 = "waymark.web.pages.errors.not_understood"
handler403 = "waymark.web.pages.errors.not_allowed"
handler404 = "waymark.web.pages.errors.not_found"
handler500 = "waymark.web.pages.errors.broken"
