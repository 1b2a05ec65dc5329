"""The assessment of 22 factors."""

from django.urls import path

from waymark.web.pages.assessments import assessment_papers, assessments, changes, factors

urlpatterns = [
    path("cases/<reference>/assessment", assessments.overview, name="assessment"),
    path("cases/<reference>/assessment/paper.pdf", assessment_papers.latest, name="assessment_pdf"),
    path("cases/<reference>/assessment/changes", changes.changes, name="assessment_changes"),
    path("cases/<reference>/assessment/begin", assessments.start, name="assessment_start"),
    path("cases/<reference>/assessment/whole", assessments.whole, name="assessment_whole"),
    path("cases/<reference>/assessment/own", factors.own, name="assessment_own"),
    path("cases/<reference>/assessment/sign", assessments.sign, name="assessment_sign"),
    path("cases/<reference>/assessment/factors/<code>", factors.factor, name="factor"),
    path(
        "cases/<reference>/assessment/factors/<code>/unchanged",
        factors.unchanged,
        name="factor_unchanged",
    ),
    path("policy/framework/blank.pdf", assessment_papers.blank, name="framework_blank"),
]
