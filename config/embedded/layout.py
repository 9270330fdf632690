"""Where a checkout keeps its state: folders, sockets, passwords.

Two clones never share data: each state folder carries an identity of its own, and a copied one gets a new identity.
"""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
SYSTEM_USER = "ondersteuningsroute"
SYSTEM_STATE = Path("/var/lib") / SYSTEM_USER
DATABASE = "ondersteuningsroute"
# Superuser, migrations, web, worker, figures without persons, and backups.
ROLES = ("postgres", "owner", "app_rt", "worker_rt", "report_rt", "backup_rt")

# The kernel refuses a socket path of 108 bytes or more; the longest name below the folder takes 18.
LONGEST_SOCKET_FOLDER = 88


@dataclass(frozen=True)
class Layout:
    """The folders and passwords of one set of servers."""

    home: Path
    postgres: Path
    sockets: Path
    passwords: dict[str, str]

    @property
    def valkey(self) -> Path:
        """Folder of the broker's append-only file."""
        return self.home / "valkey"

    @property
    def valkey_socket(self) -> Path:
        """Socket of the broker."""
        return self.sockets / "valkey.sock"

    @property
    def logs(self) -> Path:
        """Folder with one log file a process."""
        return self.home / "log"

    def database_url(self, role: str, name: str = DATABASE) -> str:
        """Address of the database for one login, in the form Django's reader takes."""
        query = urlencode({"host": str(self.postgres_socket)}, safe="/")
        return f"postgres://{role}:{self.passwords[role]}@/{name}?{query}"

    @property
    def postgres_socket(self) -> Path:
        """Folder of the database's socket, open to the user who runs the server."""
        return self.sockets / "pg"

    def broker_url(self, number: int = 0) -> str:
        """Address of one numbered database of the broker, for Celery and the cache."""
        return f"redis+socket://{self.valkey_socket}?virtual_host={number}"


def checkout_layout(root: Path = ROOT) -> Layout:
    """The lasting state of a checkout, in `.data`; made on first use."""
    home = private_folder(root / ".data")
    identity = read_identity(home, root)
    name = str(identity["id"])
    postgres = SYSTEM_STATE / name / "postgres" if os.geteuid() == 0 else home / "postgres"
    return Layout(home, postgres, socket_folder(home, name), dict(identity["passwords"]))


def read_identity(home: Path, root: Path) -> dict:
    """Name and passwords of this state; new ones when the folder was copied from elsewhere."""
    path = home / "identity.json"
    if path.exists():
        identity = json.loads(path.read_text())
        if identity["root"] == str(root) and set(identity["passwords"]) == set(ROLES):
            return identity
        # Data of another checkout: its passwords and sockets must not be shared.
        shutil.rmtree(home / "postgres", ignore_errors=True)
        shutil.rmtree(home / "valkey", ignore_errors=True)
    identity = {
        "id": secrets.token_hex(4),
        "root": str(root),
        "passwords": new_passwords(),
    }
    draft = path.with_name(f"identity.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(identity, file)
    draft.replace(path)
    return identity


def new_passwords() -> dict[str, str]:
    """A random password for every login of the database."""
    return {role: secrets.token_hex(16) for role in ROLES}


def socket_folder(home: Path, name: str) -> Path:
    """A folder whose path is short enough for a socket: in the state, or else in the temporary folder.

    Errors: PermissionError when the temporary folder of that name belongs to someone else.
    """
    if os.geteuid() == 0:
        return SYSTEM_STATE / name / "run"
    inside = home / "run"
    if len(str(inside).encode()) <= LONGEST_SOCKET_FOLDER:
        return inside
    return Path(tempfile.gettempdir()) / f"or-{os.geteuid()}-{name}"


def private_folder(path: Path) -> Path:
    """A folder for its owner only.

    Errors: PermissionError when it exists and belongs to someone else.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid != os.geteuid():
        raise PermissionError(f"{path} belongs to another user.")
    return path


def own_folder(path: Path) -> None:
    """A folder for the user that runs the server, with parents that let that user through where we made them."""
    user = server_user()
    for folder in [*reversed(path.parents), path]:
        if folder.exists() and folder != path:
            continue
        folder.mkdir(mode=0o700, exist_ok=True)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)


def server_user() -> pwd.struct_passwd | None:
    """The user that runs PostgreSQL, which refuses root: a system user for root, otherwise the present one.

    Shape: None when the present user can run it.
    """
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            [
                "useradd",
                "--system",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                SYSTEM_USER,
            ],
            check=False,
            capture_output=True,
        )
    return pwd.getpwnam(SYSTEM_USER)
