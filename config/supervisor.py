"""Keeps the processes of the demo alive, and ends them in order."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.embedded import process

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# After a minute of work an earlier crash no longer counts.
HEALTHY_SECONDS = 60.0


@dataclass
class Child:
    """One program under supervision, with its crashes in a row."""

    program: process.Program
    running: subprocess.Popen[bytes]
    started_at: float
    crashes: int = 0
    start_again_at: float | None = None


@dataclass
class Supervisor:
    """All children, in the order in which they started; they stop in the reverse order.

    Single-threaded on purpose: the kernel ties a child to the thread that started it.
    """

    announce: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def adopt(self, program: process.Program, running: subprocess.Popen[bytes]) -> None:
        """Take care of a program that runs already."""
        self.children.append(Child(program, running, started_at=time.monotonic()))

    def start(self, program: process.Program) -> None:
        """Start a program and take care of it."""
        self.adopt(program, process.start(program))

    def look_after(self) -> bool:
        """Start again what died, after a pause that doubles with each crash.

        Shape: whether a process changed.
        """
        changed = False
        now = time.monotonic()
        for child in self.children:
            if child.start_again_at is None and child.running.poll() is not None:
                self.note_death(child, now)
            if child.start_again_at is not None and now >= child.start_again_at:
                child.running = process.start(child.program)
                child.started_at, child.start_again_at = now, None
                self.announce(f"{child.program.name} started again (process {child.running.pid})")
                changed = True
        return changed

    def note_death(self, child: Child, now: float) -> None:
        """Clear what a dead program left and plan its return."""
        process.end_group(child.running.pid)
        child.crashes = 0 if now - child.started_at > HEALTHY_SECONDS else child.crashes
        pause = min(FIRST_PAUSE_SECONDS * 2**child.crashes, LONGEST_PAUSE_SECONDS)
        child.crashes += 1
        child.start_again_at = now + pause
        program, code = child.program, child.running.returncode
        self.announce(f"{program.name} ended with {code}; again in {pause:.1f} s ({program.log})")

    def pids(self) -> dict[str, int]:
        """Process id of each child by name."""
        return {child.program.name: child.running.pid for child in self.children}

    def stop_all(self) -> None:
        """End every child, the last started first."""
        for child in reversed(self.children):
            process.stop(child.running, child.program)
        self.children.clear()
