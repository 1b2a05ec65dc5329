"""What everybody may read: guidance, the library, the policy."""

from django.urls import path

from waymark.web.pages.reading import consent_notice, guidance, library, policy

urlpatterns = [
    path("about", guidance.about, name="about"),
    path("about/indicators", guidance.indicators, name="about_indicators"),
    path("schools", guidance.schools, name="schools"),
    path("voluntary-organisations", guidance.voluntary, name="voluntary"),
    path("training", guidance.learning, name="learning"),
    path("consent-notice", consent_notice.notice, name="consent_notice"),
    path("consent-notice/paper.pdf", consent_notice.paper, name="consent_notice_pdf"),
    path("send-securely", guidance.send_securely, name="send_securely"),
    path("accessibility", guidance.accessibility, name="accessibility"),
    path("privacy", guidance.privacy, name="privacy"),
    path("library", library.shelves, name="library"),
    path("library/read/<code>", library.text, name="library_text"),
    path("library/<code>", library.shelf, name="library_shelf"),
    path("policy", policy.policy, name="policy"),
    path("policy/definitions", policy.definitions, name="definitions"),
    path("policy/framework", policy.framework, name="framework"),
    path("policy/<page>", policy.texts, name="policy_texts"),
]
