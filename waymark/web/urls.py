"""The site map: every address, in the order of the work."""

from django.urls import path

from waymark.web.pages import (
    advice,
    blank_form,
    cases,
    confirmation,
    contacts,
    demonstration,
    form_requests,
    guidance,
    health,
    home,
    intake,
    known,
    not_prevent,
    papers,
    policy,
    receipts,
    refer,
    refer_send,
    refer_topics,
    referrals,
    rerouting,
    safeguarding,
    screening,
    sign_in,
)

MORE = {"more": True}  # the page of a topic that an answer has opened

urlpatterns = [
    path("health", health.health, name="health"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    # refer, without an account
    path("refer", refer.refer, name="refer"),
    path("refer/crime", refer.refer, {"number": 1}, name="refer_crime"),
    path("refer/police/<code>", refer.police, name="refer_police"),
    path("refer/read/<code>", refer.read, name="refer_read"),
    path("refer/road", refer.road, name="refer_road"),
    path("refer/list", refer_topics.tasks, name="refer_list"),
    path("refer/topic/<code>", refer_topics.topic, name="refer_topic"),
    path("refer/topic/<code>/keep", refer_topics.keep_typing),
    path("refer/topic/<code>/more", refer_topics.topic, MORE, name="refer_topic_more"),
    path("refer/topic/<code>/more/keep", refer_topics.keep_typing, MORE),
    path("refer/person/<int:number>/<code>", refer_topics.topic, name="refer_person_topic"),
    path("refer/person/<int:number>/<code>/keep", refer_topics.keep_typing),
    path(
        "refer/person/<int:number>/<code>/more",
        refer_topics.topic,
        MORE,
        name="refer_person_topic_more",
    ),
    path("refer/person/<int:number>/<code>/more/keep", refer_topics.keep_typing, MORE),
    path("refer/add-person", refer_topics.add, name="refer_add"),
    path("refer/take-out/<int:number>", refer_topics.remove, name="refer_remove"),
    path("refer/check", refer_send.check, name="refer_check"),
    path("refer/received", refer_send.sent, name="refer_sent"),
    path("refer/another", refer_send.another, name="refer_another"),
    path("refer/code", refer_send.come_back_code, name="refer_code"),
    path("refer/come-back", refer_send.come_back, name="refer_come_back"),
    path("refer/delete", refer_send.delete, name="refer_delete"),
    path("refer/deleted", refer_send.deleted, name="refer_deleted"),
    path("refer/form.pdf", blank_form.form, name="refer_form"),
    path("leave", refer.leave, name="leave"),
    path("receipt", receipts.receipt, name="receipt"),
    path("receipt/state", receipts.state, name="receipt_state"),
    path("receipt/answer/<int:number>", receipts.answer, name="receipt_answer"),
    path("receipt/add", receipts.add, name="receipt_add"),
    path("about", guidance.about, name="about"),
    path("about/indicators", guidance.indicators, name="about_indicators"),
    path("schools", guidance.schools, name="schools"),
    path("voluntary-organisations", guidance.voluntary, name="voluntary"),
    path("training", guidance.learning, name="learning"),
    path("send-securely", guidance.send_securely, name="send_securely"),
    path("accessibility", guidance.accessibility, name="accessibility"),
    path("privacy", guidance.privacy, name="privacy"),
    # what came by another way, and who asked for the form
    path("referrals/enter", intake.intake, name="intake"),
    path("form-requests", form_requests.listed, name="form_requests"),
    path("form-requests/note", form_requests.note, name="note_form_request"),
    path("form-requests/<int:key>/answer", form_requests.answer, name="answer_form_request"),
    # the police: what came in, and screening
    path("referrals", referrals.listed, name="referrals"),
    path("referrals/not-prevent", not_prevent.listed, name="not_prevent"),
    path("referrals/next/<int:subject_id>", referrals.following, name="screening"),
    path("referrals/added/<int:subject_id>", referrals.added_to, name="additions_of"),
    path("referrals/<reference>", referrals.referral, name="referral"),
    path("referrals/<reference>/referrer", referrals.referrer, name="referral_referrer"),
    path("referrals/<reference>/additions", referrals.added, name="referral_additions"),
    path("referrals/<reference>/ask", referrals.ask, name="referral_ask"),
    path("referrals/<reference>/<int:number>/take", screening.take, name="screening_take"),
    path("referrals/<reference>/<int:number>/give", screening.assign, name="screening_assign"),
    path("referrals/<reference>/<int:number>/let", screening.release, name="screening_release"),
    path("referrals/<reference>/<int:number>/known", known.listed, name="screening_known"),
    path(
        "referrals/<reference>/<int:number>/known/<int:other>", known.say, name="screening_same"
    ),
    path("referrals/<reference>/<int:number>/decide", screening.choose, name="screening_decide"),
    path(
        "referrals/<reference>/<int:number>/decide/<outcome>",
        screening.decide,
        name="screening_outcome",
    ),
    path(
        "referrals/<reference>/<int:number>/confirm",
        confirmation.confirm,
        name="screening_confirm",
    ),
    path("referrals/<reference>/<int:number>/read", not_prevent.read, name="screening_read"),
    path(
        "referrals/<reference>/<int:number>/social-care",
        safeguarding.refer,
        name="subject_safeguarding",
    ),
    path("safeguarding/<int:key>", safeguarding.accept, name="safeguarding"),
    path("papers", papers.listed, name="papers"),
    path("papers/note", papers.note, name="paper_note"),
    path("papers/<int:key>", papers.paper, name="paper"),
    path("papers/<int:key>/hand-over", papers.hand_over, name="paper_hand_over"),
    path("advice", advice.listed, name="advice"),
    path("advice/note", advice.note, name="advice_note"),
    path("cases/<reference>/area", rerouting.reroute, name="reroute"),
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
