"""Serving: one process with threads; with PostgreSQL more of them, on the same port."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from depot.config import Config
from depot.serving.setup_server import SetupServer


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
    """Serve until stopped. Further processes read the same environment as this one.

    With a `certificate` (a file with key and certificate) it is https, and `beside` is started too.
    """
    set_up_logging(config.log)
    if beside is not None:
        beside.start()
    if workers == 1:
        from depot.serving.worker import serve

        serve(host, port, certificate)
    else:
        from depot.serving.workers import serve_together

        serve_together(host, port, workers, certificate)
