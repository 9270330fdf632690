"""S-06: a VOT with nine invitees needs a confirmed reason; a leerplichtambtenaar without ground is refused."""

import pytest

from teams.enums import Role
from teams.models import Assignment, SupportTeam, SupportTeamMember
from tests.scenarios.ways import lay, vot_asked
from tests.world import YEAR_START, add_person


@pytest.fixture
def crowded(route):
    """Seven more teachers of the same group: nine professionals within school."""
    for number in range(7):
        add_person(route.world, f"collega-{number}", Role.TEACHER, "kade-5a", employer="kade")
    return route


def _all_seats(route, case):
    page = route.ib.get(f"{case}tafel/VOT/")
    people = set(Assignment.objects.filter(role=Role.TEACHER).values_list("person_id", flat=True))
    people.add(route.ib.user.pk)
    ticks = [name for name in page.names("in-person:") if name.split(":")[1] in map(str, people)]
    return dict.fromkeys(ticks, "on") | {
        name.replace("in-", "why-", 1): "geeft les aan dit kind" for name in ticks
    }


def test_nine_people_need_a_reason_of_the_head(crowded):
    case = vot_asked(crowded)
    page = lay(crowded, case, "VOT", **_all_seats(crowded, case))
    assert "9 professionals" in page.text
    refused = crowded.head.step(case, "T-11")
    assert refused.status == 409 and refused.reasons == {"table_is_small_or_explained"}
    assert "Aan tafel zitten 9 professionals; 6 is de bedoeling." in refused.text
    assert crowded.ib.step(case, "T-11", size_reason="Toch allemaal.").status == 403
    assert crowded.head.step(case, "T-11", size_reason="Allen geven les.").here == "VOT"


def test_each_professional_needs_one_line_why(route):
    case = vot_asked(route)
    lay(route, case, "VOT", **{f"why-person:{route.teacher.user.pk}": ""})
    refused = route.head.step(case, "T-11")
    assert refused.status == 409 and refused.reasons == {"each_professional_has_a_reason"}
    assert "Teacher Kade" in refused.text


def test_no_leerplichtambtenaar_without_recorded_absence(route):
    officer = Assignment.objects.get(person=route.world.people["attendance-piet"])
    team = SupportTeam.objects.get(organization=route.world.organizations["kade"])
    SupportTeamMember.objects.create(team=team, assignment=officer, since=YEAR_START)
    case = vot_asked(route)
    seat = f"person:{officer.person_id}"
    lay(route, case, "VOT", **{f"in-{seat}": "on", f"why-{seat}": "kent het gezin"})
    refused = route.head.step(case, "T-11", size_reason="Toch nodig.")
    assert refused.status == 409 and "attendance_officer_has_a_ground" in refused.reasons
    assert "De leerplichtambtenaar kan alleen komen als" in refused.text
    lay(route, case, "VOT", **{f"in-{seat}": None})
    assert route.head.step(case, "T-11").here == "VOT"
