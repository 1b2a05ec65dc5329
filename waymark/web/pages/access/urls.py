"""Who sees a case, and what was seen."""

from django.urls import path

from waymark.web.pages.access import (
    access_reviews,
    before_opening,
    confirmations,
    emergencies,
    kept_out,
    own_looks,
    restrictions,
    sampled,
    seen,
    sight,
)

urlpatterns = [
    path("cases/<reference>/before-opening", before_opening.answer, name="before_opening"),
    path("cases/<reference>/who-may-see-it", sight.sight, name="case_sight"),
    path("cases/<reference>/who-may-see-it/give", sight.give, name="give_sight"),
    path("cases/<reference>/who-may-see-it/end/<int:key>", sight.end, name="end_sight"),
    path("cases/<reference>/restrict", restrictions.restrict, name="restrict"),
    path("cases/<reference>/restricted/answer", restrictions.agree, name="agree_restriction"),
    path("cases/<reference>/restricted/lift", restrictions.lift, name="lift_restriction"),
    path("cases/<reference>/restricted/name", restrictions.name, name="name_person"),
    path("cases/<reference>/restricted/take-off/<int:key>", restrictions.un_name, name="un_name"),
    path("cases/<reference>/keep-out", kept_out.propose, name="keep_out"),
    path("cases/<reference>/keep-out/<int:key>", kept_out.one, name="kept_out"),
    path("cases/<reference>/i-know-this-person", kept_out.knows, name="knows"),
    path("cases/<reference>/known/<int:key>", kept_out.known, name="known_read"),
    path("what-was-seen", seen.index, name="seen"),
    path("what-was-seen/by/<int:key>", seen.by_person, name="seen_by"),
    path("what-was-seen/of/<reference>", seen.of_case, name="seen_of_case"),
    path("what-was-seen/many-cases", seen.very_many, name="seen_many"),
    path("what-was-seen/searches", seen.searches, name="seen_searches"),
    path("what-was-seen/list/<name>", seen.listed, name="seen_list"),
    path("what-you-looked-at", own_looks.listed, name="own_looks"),
    path("sampled-looks", sampled.listed, name="sampled_looks"),
    path("sampled-looks/<int:key>", sampled.one, name="sampled_look"),
    path("emergencies", emergencies.listed, name="emergencies"),
    path("emergencies/open", emergencies.open_one, name="emergency_open"),
    path("emergencies/<int:key>", emergencies.one, name="emergency"),
    path("confirmations", confirmations.listed, name="confirmations"),
    path("organisations/<int:key>/people", confirmations.people, name="confirm_people"),
    path("organisations/<int:key>/confirming", confirmations.name, name="name_confirming"),
    path("access-reviews", access_reviews.listed, name="access_reviews"),
    path("access-reviews/<area>", access_reviews.review, name="access_review"),
]
