"""Starting and stopping child processes so that none outlives its parent."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Program:
    """What to run, as whom, and which signal ends it in good order."""

    name: str
    argv: Sequence[str]
    log: Path
    cwd: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    user: pwd.struct_passwd | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, its output appended to its log.

    The kernel sends it the stop signal when this process dies, also by a kill that nobody can catch.
    """
    program.log.parent.mkdir(parents=True, exist_ok=True)
    identity: dict[str, Any] = {}
    if program.user:
        identity = {
            "user": program.user.pw_uid,
            "group": program.user.pw_gid,
            "extra_groups": [],
        }
    with program.log.open("ab") as log:
        return subprocess.Popen(
            list(program.argv),
            cwd=program.cwd,
            env=os.environ | dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(program.stop_signal),
            **identity,
        )


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A hook for the child: receive a signal when the parent is gone. Linux only."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    return lambda: library.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)


def stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """End a program in good order, and by force when it takes too long; its children go with it."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)
        try:
            process.wait(program.stop_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    end_group(process.pid)


def end_group(pid: int) -> None:
    """End the remaining members of a program's process group."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
