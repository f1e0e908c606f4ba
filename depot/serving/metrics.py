"""What a Prometheus server may ask for: requests by route, what waits, and how the depot stands.

Loaded where DEPOT_METRICS_TOKEN is set, and nowhere else: the library takes memory. No label names
a person, a depot, a path or a thing; each is one of a few words that the program itself has.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text

from blueprints.shell.metrics import EXTENSION
from depot import __version__
from depot.backups.status import read_status
from depot.base.clock import utc_now
from depot.config import Config
from depot.db.database import current_session
from depot.db.folder_lock import database_file
from depot.mail.queries import mails_waiting
from depot.serving.edge.app import Edge

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"})
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
#: Together with others on the same port each keeps its counts in files of one folder.
FOLDER_VARIABLE: Final = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The counts of a serving process; `render` adds those of the others on the same port."""

    def __init__(self, config: Config, edge: Edge, *, is_one_of_several: bool) -> None:
        self._config, self._edge = config, edge
        self._lock = threading.Lock()
        self._refused_so_far = 0
        own = CollectorRegistry()
        labels = ("route", "method")
        self._requests = Counter(
            "depot_requests", "Requests answered.", (*labels, "status"), registry=own
        )
        self._seconds = Histogram(
            "depot_request_seconds",
            "Seconds from a thread's taking a request to its answer.",
            labels,
            buckets=_SECONDS,
            registry=own,
        )
        self._waiting = Gauge(
            "depot_requests_waiting",
            "Requests that wait for a thread.",
            ("lane",),
            multiprocess_mode="livesum",
            registry=own,
        )
        self._refused = Counter(
            "depot_busy_refusals", "Requests refused as there was too much to do.", registry=own
        )
        self._jumps = Counter(
            "depot_clock_jumps", "Jumps of the machine's clock while serving.", registry=own
        )
        self._shown = CollectorRegistry() if is_one_of_several else own
        if is_one_of_several:
            MultiProcessCollector(self._shown)  # type: ignore[no-untyped-call]  # it has no types
        else:
            ProcessCollector(registry=own)
        self._shown.register(_Standing(config))

    def watch(self, app: Flask) -> None:
        """Count the requests of an application, and answer at its /metrics."""
        app.after_request(self._count)
        app.extensions[EXTENSION] = self.render

    def note_jump(self) -> None:
        """Count a jump of the clock."""
        self._jumps.inc()

    def render(self) -> bytes:
        """Return it all in Prometheus' own text; needs the database at work."""
        self._look_at_edge()
        return generate_latest(self._shown)

    def _count(self, response: Response) -> Response:
        method = request.method if request.method in _METHODS else "other"
        labels = (request.endpoint or "none", method)
        self._requests.labels(*labels, f"{response.status_code // 100}xx").inc()
        began = g.get("request_began")
        if began is not None:
            self._seconds.labels(*labels).observe(time.perf_counter() - began)
        self._look_at_edge()
        return response

    def _look_at_edge(self) -> None:
        for lane, waiting in self._edge.waiting.items():
            self._waiting.labels(lane).set(waiting)
        with self._lock:
            refused = self._edge.refused
            self._refused.inc(refused - self._refused_so_far)
            self._refused_so_far = refused


class _Standing:
    """What is the same whichever process is asked: the database, the outbox, backups."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def collect(self) -> Iterator[Metric]:
        """Yield what is so now."""
        yield InfoMetricFamily("depot_build", "The program.", {"version": __version__})
        yield _gauge(
            "depot_mails_waiting", "Mails that are not sent yet.", mails_waiting(current_session())
        )
        yield _gauge("depot_database_bytes", "The database's size.", self._database_bytes())
        good_at = read_status(self._config.data).good_at
        if good_at is not None:
            age = (utc_now() - good_at).total_seconds()
            yield _gauge("depot_last_backup_age_seconds", "Since the last good backup.", age)

    def _database_bytes(self) -> int:
        file = database_file(self._config.database_url)
        if file is None:
            asked = text("SELECT pg_database_size(current_database())")
            return int(current_session().execute(asked).scalar_one())
        parts = (file, file.with_name(file.name + "-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, value)
