"""Serving with granian: one process with threads on SQLite, more workers on PostgreSQL."""

from __future__ import annotations

import json
import logging
import multiprocessing
import sys
from pathlib import Path
from typing import Any

from granian.constants import Interfaces, SSLProtocols
from granian.server import Server

from depot.config import Config
from depot.serving.setup_server import SetupServer

#: Blocking threads of a worker: writers queue at one lock, readers do not.
THREADS = 4
#: So long may a worker finish what it is at; then it is ended: every write is a transaction.
END_SECONDS = 10


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields)


class _Granian(Server):  # type: ignore[misc, valid-type]  # granian chooses it
    """granian's server, which two signals at once must not stop for good.

    It sets an event in its handler; a second signal in the midst of that would wait for itself.
    """

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Begin to end, once."""
        if not self.interrupt_signal:
            super().signal_handler_interrupt(*args, **kwargs)

    def shutdown(self, exit_code: int = 0) -> None:
        """End the workers; who was asked to end has not failed.

        A terminal tells the workers too, and one that ends sooner than it is told to is no crash.
        """
        try:
            super().shutdown(exit_code)
        except SystemExit:
            if not self.interrupt_signal:
                raise


def set_up_logging(kind: str) -> None:
    """Send the program's log to standard error, as text or as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    if kind == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def run_server(
    host: str,
    port: int,
    workers: int,
    config: Config,
    certificate: Path | None = None,
    beside: SetupServer | None = None,
) -> None:
    """Serve until stopped. The workers read the same environment as this process.

    With a `certificate` (a file with key and certificate) it is https, and `beside` is started too.
    """
    set_up_logging(config.log)
    if beside is not None:
        # a forked worker would inherit the other server's port and half of its threads' locks
        multiprocessing.set_start_method("spawn", force=True)
        beside.start()
    server: Any = _Granian(
        "depot.serving.server:make_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        workers_kill_timeout=END_SECONDS,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=certificate,
        ssl_protocol_min=SSLProtocols.tls12,  # whatever phone people own
    )
    server.serve()


def make_app() -> Any:
    """Return the application in a worker process, with the thread of its rounds."""
    from depot.app import create_app
    from depot.config import from_environment
    from depot.serving.rounds import start_rounds

    config = from_environment()
    set_up_logging(config.log)
    app = create_app(config)
    start_rounds(config)
    return app
