"""The site map: every address, in the order of the work. Each folder of pages has its own part."""

from django.urls import path

from waymark.web.pages import demonstration, health
from waymark.web.pages.access import urls as access
from waymark.web.pages.assessments import urls as assessments
from waymark.web.pages.cases import urls as cases
from waymark.web.pages.directory import urls as directory
from waymark.web.pages.endings import urls as endings
from waymark.web.pages.gathering import urls as gathering
from waymark.web.pages.panels import urls as panels
from waymark.web.pages.plans import urls as plans
from waymark.web.pages.reading import urls as reading
from waymark.web.pages.refer import urls as refer
from waymark.web.pages.referrals import urls as referrals
from waymark.web.pages.sharing import urls as sharing
from waymark.web.pages.signing_in import urls as signing_in
from waymark.web.pages.support import urls as support

urlpatterns = [
    path("health", health.health, name="health"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    *signing_in.urlpatterns,
    *refer.urlpatterns,
    *reading.urlpatterns,
    *referrals.urlpatterns,
    *cases.urlpatterns,
    *access.urlpatterns,
    *gathering.urlpatterns,
    *sharing.urlpatterns,
    *assessments.urlpatterns,
    *panels.urlpatterns,
    *plans.urlpatterns,
    *support.urlpatterns,
    *endings.urlpatterns,
    *directory.urlpatterns,
    path("demonstration/clock", demonstration.clock, name="clock"),
]

handler400 = "waymark.web.pages.errors.not_understood"
handler403 = "waymark.web.pages.errors.not_allowed"
handler404 = "waymark.web.pages.errors.not_found"
handler500 = "waymark.web.pages.errors.broken"
