"""Serving: one process with threads; with PostgreSQL more of them, on the same port."""

from __future__ import annotations

from pathlib import Path

from depot.config import Config
from depot.serving.logs import set_up_logging
from depot.serving.setup_server import SetupServer


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
