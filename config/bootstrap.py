"""What `demo`, `test`, `quality` and the demo commands need before Django can be imported.

Standard library only: it runs on a machine with nothing but Python 3.11. Every other command is plain Django;
production settings or `BOOTSTRAP=0` switch the set-up off.
"""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "lock.sha256"
PRODUCTION = "config.settings.prod"

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
DEMO_COMMANDS = {
    "demo",
    "demo_personas",
    "demo_status",
    "demo_clock",
    "demo_mails",
    "drain",
    "case_json",
    "route",
}
TEST_COMMANDS = {"test", "quality", "bench"}

EXIT_NEEDS_ROOT = 3
PACKAGE_FILES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
}


def prepare(argv: list[str]) -> None:
    """Make the virtual environment for the commands that may set things up, and continue inside it.

    Shape:  returns inside the virtual environment, or at once for every other command.
    Errors: SystemExit(3) with one apt line when root must install something first.
    """
    command = argv[1] if len(argv) > 1 else ""
    if command not in DEMO_COMMANDS | TEST_COMMANDS or is_switched_off():
        return
    started = float(os.environ.setdefault("BOOTSTRAP_STARTED", str(time.time())))
    is_test = command in TEST_COMMANDS
    if command in {"demo", "test"}:
        install_packages(missing_packages(with_browser=is_test))
    make_environment(TEST_LOCK if is_test else RUNTIME_LOCK)
    write_dotenv()
    if Path(sys.prefix).resolve() != VENV.resolve():
        if command == "demo":
            print(f"{time.time() - started:6.1f} s  packages are in place", flush=True)
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, *argv])


def is_switched_off() -> bool:
    """Whether this process must leave the machine alone."""
    return (
        os.environ.get("BOOTSTRAP") == "0" or os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION
    )


def missing_packages(*, with_browser: bool) -> list[str]:
    """Debian packages that the house cannot bring along itself.

    Shape: package names, empty when all are there.
    """
    missing = [] if has_venv() else ["python3-venv"]
    known = subprocess.run(
        ["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False
    ).stdout
    missing += [package for package, library in PACKAGE_FILES.items() if library not in known]
    if with_browser and not shutil.which("chromium"):
        missing.append("chromium")
    return missing


def has_venv() -> bool:
    """Whether this Python can make a virtual environment (Debian splits that off)."""
    if (VENV / "bin" / "python").exists():
        return True
    probe = subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"],
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


def install_packages(missing: list[str]) -> None:
    """Install with apt as root or with a sudo that asks nothing; otherwise print the line and stop.

    Errors: SystemExit(3) when neither is possible or apt fails.
    """
    if not missing:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(missing)
    prefix = apt_prefix()
    if prefix is not None:
        print(f"          installing {' '.join(missing)}", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update", line):
            done = subprocess.run(
                [*prefix, *command.split()],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode == 0:
            return
        print(done.stderr.strip(), file=sys.stderr)
    print("Run this line as root, then start again:", file=sys.stderr)
    print(f"    {line}", file=sys.stderr, flush=True)
    sys.exit(EXIT_NEEDS_ROOT)


def apt_prefix() -> list[str] | None:
    """How apt can be called without asking: nothing for root, `sudo -n`, or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def make_environment(lock: str) -> None:
    """Create `.venv` and install the lock, only when its content changed.

    Errors: SystemExit(1) when pip fails; its own words are shown.
    """
    if is_installed(lock):
        return
    with (ROOT / ".venv.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if is_installed(lock):
            return
        if not all((VENV / "bin" / program).exists() for program in ("python", "pip")):
            # Also when the Python it was made with is gone.
            run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)])
        print(f"          installing the packages of {lock}", flush=True)
        pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        # Compiling on first import takes a third off the installation (18 instead of 31 seconds).
        pip += ["--disable-pip-version-check", "--no-compile"]
        run_quietly([*pip, "--require-hashes", "-r", str(ROOT / lock)])
        STAMP.write_text(digest(lock) + "\n")


def is_installed(lock: str) -> bool:
    """Whether the environment holds this lock; the test lock holds all of the runtime one."""
    if not (STAMP.exists() and (VENV / "bin" / "python").exists()):
        return False
    return STAMP.read_text().strip() in {digest(lock), digest(TEST_LOCK)}


def digest(lock: str) -> str:
    """Fingerprint of a lock file."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def run_quietly(command: list[str]) -> None:
    """Run one set-up step; show its output only when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)
        sys.exit(1)


def write_dotenv() -> None:
    """Write `.env` once, readable by its owner only, with a secret key of this checkout."""
    path = ROOT / ".env"
    if path.exists():
        return
    # Written aside and linked, so that of two first starts only one key survives.
    draft = path.with_name(f".env.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
