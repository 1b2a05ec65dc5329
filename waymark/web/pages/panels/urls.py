"""A panel, its meetings, its decisions and its minutes."""

from django.urls import path

from waymark.web.pages.panels import (
    agendas,
    attendance,
    case_attendance,
    confidentiality,
    corrections,
    decisions,
    hearing,
    invitations,
    meeting_days,
    meeting_papers,
    meetings,
    minutes,
    panel_actions,
    panel_days,
    panels,
)

urlpatterns = [
    path("cases/<reference>/panel", decisions.at_the_panel, name="case_panel"),
    path("panels", panels.panels, name="panels"),
    path("panels/areas/<area>", panels.panel, name="panel"),
    path("panels/areas/<area>/call", panels.call, name="panel_call"),
    path("panels/areas/<area>/days", panel_days.days, name="panel_days"),
    path("panels/areas/<area>/attendance", panels.over_time, name="panel_over_time"),
    path("panels/areas/<area>/signed-on-paper", confidentiality.on_paper, name="panel_on_paper"),
    path("panels/confidentiality/<area>", confidentiality.agree, name="panel_confidentiality"),
    path("panels/<int:key>", meetings.meeting, name="meeting"),
    path("panels/<int:key>/open", meetings.begin, name="meeting_open"),
    path("panels/<int:key>/move", meeting_days.move, name="meeting_move"),
    path("panels/<int:key>/call-off", meeting_days.call_off, name="meeting_call_off"),
    path("panels/<int:key>/invite", attendance.invite, name="meeting_invite"),
    path("panels/<int:key>/who-came", attendance.take, name="meeting_register"),
    path("panels/<int:key>/who-came/<int:item>", case_attendance.heard, name="meeting_heard"),
    path("panels/<int:key>/answer", invitations.answer, name="meeting_answer"),
    path("deputies/<int:key>", invitations.deputy, name="deputy"),
    path("panels/<int:key>/agenda", agendas.arrange, name="meeting_order"),
    path("panels/<int:key>/agenda/add", agendas.bring_up_to_date, name="meeting_put_on"),
    path("panels/<int:key>/statement", agendas.statement, name="meeting_statement"),
    path("panels/<int:key>/papers", meeting_papers.papers_of, name="meeting_papers"),
    path("panels/<int:key>/papers/pdf", meeting_papers.pdf, name="meeting_papers_pdf"),
    path("panels/<int:key>/papers/<int:number>", meeting_papers.paper, name="meeting_paper"),
    path("panels/<int:key>/cases/<int:number>", hearing.hear, name="meeting_case"),
    path("panels/<int:key>/cases/<int:number>/interest", agendas.interest, name="meeting_interest"),
    path("panels/<int:key>/cases/<int:number>/away", case_attendance.away, name="meeting_away"),
    path(
        "panels/<int:key>/cases/<int:number>/discussed", hearing.discussed, name="meeting_discussed"
    ),
    path("panels/<int:key>/adjourn", meetings.adjourn, name="meeting_adjourn"),
    path("panels/<int:key>/end", meetings.end, name="meeting_end"),
    path("panels/<int:key>/minutes", minutes.minutes, name="meeting_minutes"),
    path("panels/<int:key>/minutes/<int:number>", minutes.minute, name="meeting_minute"),
    path("panels/<int:key>/minutes/pdf", minutes.pdf, name="meeting_minutes_pdf"),
    path("panels/<int:key>/minutes/<int:number>/pdf", minutes.pdf, name="meeting_minute_pdf"),
    path(
        "panels/<int:key>/minutes/<int:number>/propose", corrections.propose, name="meeting_propose"
    ),
    path("panels/<int:key>/corrections/<int:number>", corrections.answer, name="meeting_proposed"),
    path("panels/<int:key>/sign", minutes.sign, name="meeting_sign"),
    path("actions/<int:key>", panel_actions.action, name="panel_action"),
]
