"""Exit, reviews after it, transfer to another panel."""

from django.urls import path

from waymark.web.pages.endings import (
    closing_reports,
    exits,
    reviews,
    signposts,
    transfers,
    transfers_out,
)

urlpatterns = [
    path("cases/<reference>/exit", exits.decide, name="exit"),
    path("cases/<reference>/exit/words", exits.restate, name="restate_exit"),
    path("cases/<reference>/exit/take-back", exits.withdraw, name="withdraw_endorsement"),
    path("cases/<reference>/other-help", signposts.of_case, name="signposts"),
    path("other-help/<int:key>", signposts.receipt, name="signpost"),
    path("cases/<reference>/closing-report", closing_reports.report, name="closing_report"),
    path("cases/<reference>/closing-report.pdf", closing_reports.paper, name="closing_pdf"),
    path("cases/<reference>/review-after-exit", reviews.review, name="review_after_exit"),
    path("cases/<reference>/review-after-exit/told", reviews.announce, name="announce_reviews"),
    path("cases/<reference>/review-after-exit/further", reviews.extension, name="review_extension"),
    path("cases/<reference>/transfer", transfers.transfer, name="transfer"),
    path("cases/<reference>/transfer/stays", transfers.stays, name="transfer_stays"),
    path("cases/<reference>/transfer/package", transfers_out.package, name="transfer_package"),
    path("cases/<reference>/transfer/receipt", transfers_out.receipt, name="transfer_receipt"),
    path("cases/<reference>/transfer/out", transfers_out.agree_out, name="transfer_out"),
    path("transfers", transfers.listed, name="transfers"),
]
