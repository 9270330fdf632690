"""An import carried by a real worker, from upload to pupils."""

import io
import time

import pytest
from django.test import Client
from django.urls import reverse

from schools.enums import ImportState
from schools.models import Enrollment, ImportRun
from teams import clock
from teams.enums import Role
from tests import processes
from tests.schools import world

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PATIENCE_SECONDS = 30


def wait_for(state: ImportState) -> ImportRun:
    """The only import, once it is in this state."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        run = ImportRun.unscoped.get()
        if run.state == state:
            return run
        time.sleep(0.1)
    raise AssertionError(f"still {run.state}")


def test_a_worker_commits_a_thousand_pupils(
    celery_worker: processes.Service, client: Client
) -> None:
    school = world.make_school()
    client.force_login(world.make_person(Role.HEAD, school.organization))
    file = io.BytesIO(world.file_of(world.content_of(1000, today=clock.today())))
    file.name = "school.xml"
    client.post(reverse("import", args=[school.pk]), {"kind": "EDEXML", "file": file})
    run = ImportRun.unscoped.get()
    assert run.state == ImportState.READY
    started = time.monotonic()
    client.post(reverse("import-run", args=[school.pk, run.pk]))
    assert wait_for(ImportState.COMMITTED).done_rows == 1000
    assert time.monotonic() - started < 10
    assert Enrollment.unscoped.count() == 1000
