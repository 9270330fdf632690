"""Web and worker own nothing; production's first start makes what the embedded server has."""

import os
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from config.embedded.layout import DATABASE, ROOT, new_passwords
from config.embedded.postgres import EXTENSIONS, Postgres, binaries
from config.embedded.throwaway import layout_in, running, temporary_folder

SCRIPT = ROOT / "config" / "database" / "first_start.sh"


@pytest.fixture(scope="module", params=["embedded", "production"])
def server(request: pytest.FixtureRequest) -> Iterator[Postgres]:
    """A bare server, made ready by our manager or by the script of production."""
    with temporary_folder() as folder:
        postgres = Postgres(layout_in(folder, new_passwords()), durable=False)
        postgres.initialize()
        with running(postgres.start(), postgres.program()):
            if request.param == "embedded":
                postgres.prepare()
            else:
                run_first_start(postgres)
            yield postgres


def run_first_start(postgres: Postgres) -> None:
    passwords = postgres.layout.passwords
    variables = {
        "PATH": f"{binaries()}:{os.environ['PATH']}",
        "PGHOST": str(postgres.layout.postgres_socket),
        "PGPASSWORD": passwords["postgres"],
        "OWNER_PASSWORD": passwords["owner"],
        "APP_PASSWORD": passwords["app_rt"],
        "WORKER_PASSWORD": passwords["worker_rt"],
        "REPORT_PASSWORD": passwords["report_rt"],
        "BACKUP_PASSWORD": passwords["backup_rt"],
    }
    subprocess.run(["sh", str(SCRIPT)], env=variables, check=True, capture_output=True)


def connect(postgres: Postgres, role: str) -> psycopg.Connection:
    return psycopg.connect(postgres.layout.database_url(role), autocommit=True)


def test_the_owner_makes_tables_that_web_and_worker_fill(server: Postgres) -> None:
    with connect(server, "owner") as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS note (id serial PRIMARY KEY, line text)")
    for role in ("app_rt", "worker_rt"):
        with connect(server, role) as login:
            login.execute("INSERT INTO note (line) VALUES ('x')")
            login.execute("UPDATE note SET line = 'y'")
            login.execute("DELETE FROM note")


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE note",
        "DROP TABLE note",
        "ALTER TABLE note DISABLE TRIGGER ALL",
        "CREATE TABLE other ()",
        f"COMMENT ON DATABASE {DATABASE} IS 'ondersteuningsroute:demo'",
        "SET ROLE owner",
        "COPY note TO PROGRAM 'cat'",
    ],
)
@pytest.mark.parametrize("role", ["app_rt", "worker_rt"])
def test_web_and_worker_may_not_change_the_house(
    server: Postgres, role: str, statement: str
) -> None:
    with connect(server, "owner") as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS note (id serial PRIMARY KEY, line text)")
    with connect(server, role) as login, pytest.raises(psycopg.errors.InsufficientPrivilege):
        login.execute(statement)


def test_the_extensions_are_there(server: Postgres) -> None:
    with connect(server, "owner") as owner:
        found = {name for (name,) in owner.execute("SELECT extname FROM pg_extension")}
    assert set(EXTENSIONS) <= found


def test_no_login_without_its_password(server: Postgres) -> None:
    url = server.layout.database_url("app_rt").replace(server.layout.passwords["app_rt"], "guess")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
