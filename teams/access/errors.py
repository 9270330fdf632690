"""The refusals that access and workflow know, and what each becomes on the web."""

from dataclasses import dataclass


class NoActor(RuntimeError):
    """Sensitive rows were asked for while nobody acts; a mistake of ours, never shown."""


class NotVisible(Exception):
    """The reader has no seat here: answers exactly like something that does not exist."""


class NotAllowed(Exception):
    """The reader sees the object, and may not do this to it: 403."""


@dataclass(frozen=True)
class Reason:
    """What is missing before something may happen, and who can supply it (R-6.3).

    `where` is an address at which it can be supplied, or empty; `code` names the guard.
    """

    text: str
    who: str
    code: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.who}".strip()


class Blocked(Exception):
    """The step is refused for now: 409, with every reason at once."""

    def __init__(self, reasons: "list[Reason] | tuple[Reason, ...]") -> None:
        super().__init__("; ".join(reason.code or reason.text for reason in reasons))
        self.reasons = tuple(reasons)


class Conflict(Exception):
    """Someone else saved this text first: 409, with both texts and nothing lost (S-27)."""

    def __init__(self, *, theirs: dict, mine: dict, by: str) -> None:
        super().__init__("saved by someone else")
        self.theirs, self.mine, self.by = theirs, mine, by
