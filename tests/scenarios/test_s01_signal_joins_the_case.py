"""S-01: a teacher logs a signal, the IB sees a task; a second signal joins the same case."""


def test_a_signal_opens_a_case_and_waits_on_the_coordinator(route):
    page = route.teacher.note("Noor Veen", "Bleef vanochtend lang bij de deur staan.")
    case = page.path
    assert page.status == 200 and page.here == "Signaal"
    assert "Bleef vanochtend lang bij de deur staan." in page.text
    today = route.ib.get("/")
    assert "Noor Veen" in today.text
    assert today.link(case)


def test_a_second_signal_joins_the_case_whoever_notes_it(route):
    case = route.teacher.note("Noor Veen", "Bleef bij de deur staan.").path
    page = route.ib.note("Noor Veen", "Huilde in de gang.")
    assert page.path == case
    assert "Bleef bij de deur staan." in page.text and "Huilde in de gang." in page.text
    assert "1 casus" in route.ib.get("/casussen/").text
    other = route.teacher.note("Daan Kok", "Maakt zijn werk niet af.").path
    assert other != case
    assert "2 casussen" in route.ib.get("/casussen/").text


def test_the_coordinator_hears_of_it_by_mail_without_a_name(route):
    route.teacher.note("Noor Veen", "Bleef bij de deur staan.")
    route.later(1)
    letters = [mail for mail in route.mails() if mail.to == [route.ib.user.email]]
    assert len(letters) == 1
    assert "Noor" not in letters[0].body and "Veen" not in letters[0].body
    assert "Noor" not in letters[0].subject
