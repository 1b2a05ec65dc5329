"""Referring without an account, and coming back with a receipt."""

from django.urls import path

from waymark.web.pages.refer import blank_form, receipts, refer, refer_send, refer_topics

MORE = {"more": True}  # the page of a topic that an answer has opened

urlpatterns = [
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
]
