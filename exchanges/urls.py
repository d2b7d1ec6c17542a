"""Addresses of this room."""

from django.urls import path

from exchanges.views import commitment, judging, ledger, line, mirror, needs, note, panel, portfolio, request, standing

app_name = "exchanges"

urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("mirror/", mirror.mirror, name="mirror"),
    path("mirror/reliability/", mirror.mirror_reliability, name="mirror_reliability"),
    path("mirror/responsiveness/", mirror.mirror_responsiveness, name="mirror_responsiveness"),
    path("needs/", needs.need_efforts, name="need_efforts"),
    path("note/", note.note, name="note"),
    path("note/interaction/", note.interaction_create, name="interaction_create"),
    path("note/promise/", note.commitment_create, name="commitment_create"),
    path("note/request/", note.request_create, name="request_create"),
    path("networks/", portfolio.portfolio, name="portfolio"),
    path("networks/<int:pk>/", portfolio.network_panel, name="network_panel"),
    path("networks/<int:pk>/why/<str:indicator>/", judging.network_why, name="network_why"),
    path("contacts/<int:pk>/rules/", judging.contact_rules, name="contact_rules"),
    path("contacts/<int:pk>/", panel.contact_panel, name="contact_panel"),
    path("contacts/<int:pk>/why/<str:score>/", standing.why, name="why"),
    path("contacts/<int:pk>/count/", standing.relationship_count, name="relationship_count"),
    path("contacts/<int:pk>/uncount/", standing.relationship_uncount, name="relationship_uncount"),
    path("notice/close/", standing.notice_close, name="notice_close"),
    path("<int:pk>/edit/", line.exchange_edit, name="exchange_edit"),
    path("<int:pk>/delete/", line.exchange_delete, name="exchange_delete"),
    path("interactions/<int:pk>/edit/", line.interaction_edit, name="interaction_edit"),
    path("interactions/<int:pk>/delete/", line.interaction_delete, name="interaction_delete"),
    path("commitments/<int:pk>/edit/", line.commitment_edit, name="commitment_edit"),
    path("commitments/<int:pk>/delete/", line.commitment_delete, name="commitment_delete"),
    path("commitments/<int:pk>/keep/", commitment.commitment_keep, name="commitment_keep"),
    path("commitments/<int:pk>/break/", commitment.commitment_break, name="commitment_break"),
    path("commitments/<int:pk>/cancel/", commitment.commitment_cancel, name="commitment_cancel"),
    path("commitments/<int:pk>/notify/", commitment.commitment_notify, name="commitment_notify"),
    path("commitments/<int:pk>/reopen/", commitment.commitment_reopen, name="commitment_reopen"),
    path("commitments/<int:pk>/postpone/", commitment.commitment_postpone, name="commitment_postpone"),
    path("requests/<int:pk>/edit/", line.request_edit, name="request_edit"),
    path("requests/<int:pk>/delete/", line.request_delete, name="request_delete"),
    path("requests/<int:pk>/answer/", request.request_answer, name="request_answer"),
    path("requests/<int:pk>/close/", request.request_close, name="request_close"),
    path("requests/<int:pk>/reopen/", request.request_reopen, name="request_reopen"),
    path("replies/<int:pk>/edit/", request.reply_edit, name="reply_edit"),
    path("replies/<int:pk>/delete/", request.reply_delete, name="reply_delete"),
]
