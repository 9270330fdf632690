"""The worker and commands leave lines too: the work, and whoever caused it (AR-38)."""

import pytest
from django.http import QueryDict

from cases.actions.documents import RENDER, ask_document
from cases.enums import DocumentAudience, DocumentKind
from cases.models import Document
from cases.pages.looked import looked_page
from teams import outbox
from teams.access.actor import acting_as, as_system
from teams.audit.answers import Answer, traced
from teams.audit.words import WORK_FOLLOWS
from teams.models import AccessEntry, OutboxEntry
from tests.cases import papers
from tests.cases.ladder import signaling_case
from tests.world import NOW


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("teams.clock.now", lambda: NOW)


def test_a_document_that_the_worker_makes_leaves_a_line_with_its_cause(world):
    desk = papers.reported(world)
    asker = world.actor("head-kade", now=NOW)
    with acting_as(asker):
        ask_document(
            desk.case,
            DocumentKind.OT_REPORT,
            DocumentAudience.PARTICIPANTS,
            actor=asker,
            now=NOW,
            meeting=desk.meeting,
        )
    with as_system("test"):
        document = Document.unscoped.latest("created_at")
    entry = OutboxEntry.objects.filter(kind=RENDER, subject_id=document.pk).get()
    before = set(AccessEntry.objects.values_list("pk", flat=True))
    outbox.run(entry)
    (line,) = AccessEntry.objects.exclude(pk__in=before)
    assert (line.actor_id, line.actor_name, line.action) == (None, "systeem", RENDER)
    assert (line.object_type, line.object_id) == ("document", document.pk)
    assert line.on_behalf_id == document.created_by_id
    assert line.dossier_id == desk.case.dossier_id and line.rule == "AR-38"
    with acting_as(asker):
        told = {row.name: row.ground for row in looked_page(desk.case, QueryDict()).lines}
    assert told["systeem"] == WORK_FOLLOWS


def test_a_command_that_answers_as_someone_leaves_their_line(world):
    case = signaling_case(world)
    for key, outcome in (("ib-kade", "200"), ("ib-werf", "404")):
        actor = world.actor(key, now=NOW)
        with traced(Answer("case_json", "200", "case", case.pk), actor=actor, now=NOW):
            list(type(case).objects.filter(pk=case.pk))
        line = AccessEntry.objects.get(actor_id=actor.person_id)
        assert (line.outcome, line.dossier_id) == (outcome, case.dossier_id)
        assert line.rules == (["AR-4"] if outcome == "200" else [])
