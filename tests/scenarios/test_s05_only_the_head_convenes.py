"""S-05: outcome 3 asks the directeur; only the directeur convenes; reminders at 2 and 5 school days."""

from datetime import date

from tests.scenarios.ways import lay, vot_asked


def test_the_request_lies_with_the_head_at_once(route):
    case = vot_asked(route)
    number = case.strip("/").split("/")[-1]
    letters = [mail for mail in route.mails() if mail.to == [route.head.user.email]]
    assert any(f"/casussen/{number}/stap/T-11/" in mail.body for mail in letters)
    assert not any("Noor" in mail.body + mail.subject for mail in letters)
    assert "Roep het VOT bijeen over Noor Veen" in route.head.get("/").text


def test_the_coordinator_lays_the_table_and_may_not_convene(route):
    case = vot_asked(route)
    lay(route, case, "VOT")
    assert route.ib.step(case, "T-11").status == 403
    assert route.teacher.step(case, "T-11").status == 403
    assert route.ib.get(case).here == "VOT gevraagd"
    assert "T-11" not in route.ib.get(case).steps


def test_the_head_convenes_in_one_act(route):
    case = vot_asked(route)
    lay(route, case, "VOT")
    assert "T-11" in route.head.get(case).steps
    page = route.head.step(case, "T-11")
    assert page.here == "VOT"
    invited = {to for mail in route.mails() if "Uitnodiging" in mail.subject for to in mail.to}
    assert {route.teacher.user.email, route.ib.user.email} <= invited
    assert route.head.step(case, "T-11").status == 409


def test_nothing_is_convened_before_there_is_a_table(route):
    case = vot_asked(route)
    page = route.head.step(case, "T-11")
    assert page.status == 409 and page.reasons == {"table_is_laid"}
    assert "De intern begeleider of de directeur kan dat doen." in page.text


def test_the_head_is_reminded_after_two_and_five_school_days(route):
    case = vot_asked(route)
    number = route.ib.get(case).text.split("Casus ")[1].split(" ")[0]
    route.mails()
    told = []
    for _ in range(12):
        route.later(1)
        words = [
            mail.subject + mail.body for mail in route.mails() if mail.to == [route.head.user.email]
        ]
        if any(number in letter for letter in words):
            told.append(route.today)
    # Asked on Monday: Wednesday is the second school day, the Monday after it the fifth.
    assert told == [date(2026, 11, 25), date(2026, 11, 30)]
