"""Servers for one test run: own folder, own sockets, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded import process
from config.embedded.layout import Layout, server_user, throwaway_layout
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey


@contextmanager
def throwaway_servers() -> Iterator[Layout]:
    """A fresh PostgreSQL and Valkey, stopped and deleted afterwards.

    Runs of several people in one checkout share nothing.
    """
    folder = Path(tempfile.mkdtemp(prefix="or-"))
    if user := server_user():
        os.chown(folder, user.pw_uid, user.pw_gid)
    layout = throwaway_layout(folder)
    postgres, valkey = Postgres(layout, durable=False), Valkey(layout)
    started: list[tuple[subprocess.Popen[bytes], process.Program]] = []
    try:
        postgres.initialize()
        started.append((postgres.start(), postgres.program()))
        postgres.prepare(may_create_databases=True)
        started.append((valkey.start(), valkey.program()))
        yield layout
    finally:
        for child, program in reversed(started):
            process.stop(child, program)
        shutil.rmtree(folder, ignore_errors=True)
