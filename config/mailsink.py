"""A local SMTP server that keeps every mail as a file: `python -m config.mailsink --port N --folder DIR`.

No mail leaves the machine. While a file named `refuse` lies in the folder, every mail is refused for now, as a
server in trouble would.
"""

import argparse
import signal
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

REFUSE = "refuse"
TRY_LATER = "451 4.3.0 Not now, try again later"


class Folder:
    """Stores each mail under the time at which it came."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep one mail, or refuse it for now."""
        if (self.path / REFUSE).exists():
            return TRY_LATER
        self.count += 1
        name = f"{time.time_ns():020d}-{self.count:05d}"
        draft = self.path / f"{name}.draft"
        recipients = ", ".join(envelope.rcpt_tos).encode()
        content = envelope.original_content or b""
        draft.write_bytes(b"X-Envelope-To: " + recipients + b"\r\n" + content)
        draft.rename(self.path / f"{name}.eml")
        return "250 2.0.0 Kept"


def main() -> None:
    """Listen on this machine until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The waiting thread takes the signals; blocked first, so that the server's thread inherits that.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    controller = Controller(Folder(options.folder), hostname="127.0.0.1", port=options.port)
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    main()
