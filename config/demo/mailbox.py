"""Reads the mails that the sink of the demo kept."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

LINK = re.compile(r"https?://[^\s<>\"')]+[^\s<>\"').,;:!?]")


@dataclass(frozen=True)
class Mail:
    """One kept mail."""

    key: str
    sent_at: datetime
    to: list[str]
    subject: str
    text: str
    links: list[str]
    attachments: list[str]


def read_mails(folder: Path, *, newest: int | None = None) -> list[Mail]:
    """The kept mails, oldest first; with `newest` only so many of the latest."""
    paths = sorted(folder.glob("*.eml"))
    return [read_mail(path) for path in (paths if newest is None else paths[-newest:])]


def read_mail(path: Path) -> Mail:
    """Parse one mail; its file name says when it came."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    plain = message.get_body(("plain", "html"))
    text = str(plain.get_content()).replace("\r\n", "\n") if plain else ""
    return Mail(
        key=path.stem,
        sent_at=datetime.fromtimestamp(int(path.stem.split("-")[0]) / 1e9, tz=UTC),
        to=[address.strip() for address in str(message["X-Envelope-To"]).split(",")],
        subject=str(message["Subject"] or ""),
        text=text,
        links=list(dict.fromkeys(LINK.findall(text))),
        attachments=[part.get_filename() or "" for part in message.iter_attachments()],
    )
