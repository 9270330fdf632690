"""Addresses of people."""

from django.urls import path

from teams.views import alarms, glass, oversight, people, phones, rights, sessions

urlpatterns = [
    path("toezicht/", oversight.show_oversight, name="oversight"),
    path("toezicht/<uuid:flag_id>/", oversight.answer_flag, name="oversight-answer"),
    path("mensen/mijn-kaart/", people.edit_card, name="card-edit"),
    path("mensen/<uuid:person_id>/", people.show_card, name="person"),
    path("rol/", people.choose_role, name="role-switch"),
    path("alarmen/", alarms.list_alarms, name="alarms"),
    path("alarmen/<uuid:alarm_id>/gezien/", alarms.see_alarm, name="alarm-seen"),
    path("noodtoegang/", glass.list_glass, name="glass-list"),
    path("noodtoegang/<uuid:glass_id>/", glass.show, name="glass"),
    path("noodtoegang/<uuid:glass_id>/openen/", glass.approve, name="glass-approve"),
    path("noodtoegang/<uuid:glass_id>/nakijken/", glass.review, name="glass-review"),
    path("dossiers/<uuid:dossier_id>/noodtoegang/", glass.ask, name="glass-ask"),
    path("bevestigen/", sessions.confirm, name="confirm"),
    path("verder/<uuid:kept_id>/", sessions.show_kept, name="kept"),
    path("sessies/", sessions.show_sessions, name="own-sessions"),
    path("sessies/eindigen/", sessions.end_all, name="sessions-end"),
    path("sessies/<uuid:handle>/eindigen/", sessions.end, name="session-end"),
    path("sessies/telefoon/", phones.register, name="phone-register"),
    path("sessies/telefoon/<uuid:phone_id>/intrekken/", phones.revoke, name="phone-revoke"),
    path("beheer/", rights.show_rights, name="rights"),
    path("beheer/nakijken/", rights.show_review, name="rights-review"),
    path("beheer/mensen/nieuw/", rights.add_person, name="rights-person-new"),
    path("beheer/mensen/<uuid:person_id>/", rights.show_person, name="rights-person"),
    path("beheer/mensen/<uuid:person_id>/tweede-stap/", rights.ask_reset, name="rights-reset"),
    path("beheer/taken/<uuid:assignment_id>/", rights.show_task, name="rights-task"),
    path("beheer/voorstellen/<uuid:proposal_id>/", rights.decide, name="rights-decide"),
    path("sessie/", sessions.show_left, name="session-left"),
    path("sessie/door/", sessions.stay, name="session-stay"),
]
