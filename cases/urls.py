"""Addresses of the route: Dutch and stable."""

from django.urls import path

from cases.views import (
    absence,
    agreements,
    case,
    consents,
    consults,
    documents,
    drafts,
    glass,
    leads,
    lists,
    meetings,
    plans,
    quick,
    rounds,
    sessions,
    steps,
    tables,
    today,
)

ITEM = "overleg/<uuid:session_id>/casus/<uuid:meeting_id>"

urlpatterns = [
    path("", today.show_today, name="today"),
    path("signalen/", quick.show_unlinked, name="signals"),
    path("signalen/nieuw/", quick.note_signal, name="signal-new"),
    path("signalen/<uuid:signal_id>/koppelen/", quick.link, name="signal-link"),
    path("snel/", quick.note_on_phone, name="quick-note"),
    path("notities/nieuw/", quick.note_contact, name="note-new"),
    path("groepsbespreking/", rounds.list_groups, name="group-rounds"),
    path("groepsbespreking/<uuid:group_id>/", rounds.walk_group, name="group-round"),
    path("concepten/<path:key>", drafts.draft, name="draft"),
    path("consulten/<uuid:consult_id>/", consults.show_consult, name="consult"),
    path("afspraken/<uuid:agreement_id>/akkoord/", agreements.accept, name="agreement-accept"),
    path(
        "afspraken/<uuid:agreement_id>/evalueren/", agreements.evaluate, name="agreement-evaluate"
    ),
    path("casussen/", lists.list_cases, name="cases"),
    path("casussen/<uuid:case_id>/", case.show_case, name="case"),
    path("casussen/<uuid:case_id>/meekijken/", case.show_viewers, name="viewers"),
    path("casussen/<uuid:case_id>/gekeken/", case.show_looked, name="looked"),
    path("casussen/<uuid:case_id>/gekeken/letten/", case.watch, name="looked-watch"),
    path("casussen/<uuid:case_id>/stukken/", documents.show_documents, name="documents"),
    path("stukken/<uuid:document_id>/", documents.read_document, name="document"),
    path("casussen/<uuid:case_id>/stap/<str:code>/", steps.take_step, name="case-step"),
    path("casussen/<uuid:case_id>/overleg/", plans.show_meetings, name="case-meetings"),
    path("casussen/<uuid:case_id>/tafel/<str:kind>/", tables.show_table, name="table"),
    path("casussen/<uuid:case_id>/plan/", plans.show_plan, name="plan"),
    path("casussen/<uuid:case_id>/plan/schrijven/", plans.edit_plan, name="plan-edit"),
    path("casussen/<uuid:case_id>/regie/", leads.show_lead, name="lead"),
    path("casussen/<uuid:case_id>/regie/antwoord/", leads.answer_lead, name="lead-answer"),
    path("casussen/<uuid:case_id>/verzuim/", absence.show_absence, name="absence"),
    path("verzuim/", absence.list_absences, name="absences"),
    path("noodtoegang/casus/", glass.find_case, name="glass-find"),
    path("verzuim/<uuid:ground_id>/", absence.show_for_officer, name="absence-officer"),
    path("casussen/<uuid:case_id>/toestemming/", consents.show_consents, name="consent"),
    path("toestemming/<uuid:consent_id>/", consents.show_consent, name="consent-answer"),
    path("toestemming/<uuid:consent_id>/concept/", consents.settle_draft, name="consent-draft"),
    path("toestemming/<uuid:consent_id>/herinneren/", consents.remind, name="consent-remind"),
    path("toestemming/scan/<uuid:scan_id>/", consents.read_scan, name="consent-scan"),
    path("overleg/", sessions.show_sessions, name="sessions"),
    path("overleg/<uuid:session_id>/", sessions.show_session, name="session"),
    path(
        "overleg/<uuid:session_id>/bijeenroepen/", sessions.convene_session, name="session-convene"
    ),
    path(f"{ITEM}/", meetings.show_meeting, name="meeting"),
    path(f"{ITEM}/aanwezig/", meetings.show_attendance, name="meeting-held"),
    path(f"{ITEM}/verslag/", meetings.show_minutes, name="meeting-minutes"),
    path(f"{ITEM}/definitief/", meetings.finalize_meeting, name="meeting-final"),
    path(f"{ITEM}/inbreng/", meetings.show_contribution, name="meeting-contribution"),
    path(f"{ITEM}/overlegblad/", meetings.show_sheet, name="meeting-sheet"),
    path(f"{ITEM}/agenda.ics", meetings.give_calendar, name="meeting-calendar"),
]
