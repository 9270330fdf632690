"""S-29: a directeur convenes a VOT for a pupil of another school by a guessed id: 404, and logged."""

from uuid import uuid4

from teams.models import AccessEntry
from tests.scenarios.ways import lay, vot_asked


def test_another_schools_case_does_not_exist_for_this_head(route):
    case = vot_asked(route)
    lay(route, case, "VOT")
    stranger = route.person("head-werf")
    guessed, absent = f"{case}stap/T-11/", f"/casussen/{uuid4()}/stap/T-11/"
    answers = [stranger.send(guessed), stranger.send(absent)]
    assert [page.status for page in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    for path in (guessed, case, f"{case}tafel/VOT/", f"{case}overleg/"):
        assert stranger.get(path).status == 404
    assert route.head.get(case).here == "VOT gevraagd"


def test_the_refused_look_is_logged(route):
    case = vot_asked(route)
    route.person("head-werf").send(f"{case}stap/T-11/")
    entry = AccessEntry.objects.get(outcome="404")
    assert entry.actor_id == route.world.people["head-werf"].pk
    assert entry.acting_role == "HEAD"
    assert str(entry.object_id) in case
    assert entry.at.date() == route.today


def test_nor_by_the_list_of_a_session(route):
    case = vot_asked(route)
    lay(route, case, "VOT")
    session = route.ib.get(f"{case}overleg/").link("/casus/").split("casus/")[0]
    stranger = route.person("head-werf")
    assert stranger.send(f"{session}bijeenroepen/").status == 404
    assert stranger.get(session).status == 404
    assert route.head.get(case).here == "VOT gevraagd"
