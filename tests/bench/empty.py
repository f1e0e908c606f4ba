"""The floor: an empty Flask view, served as the depot is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from depot.serving.edge.app import Edge
from depot.serving.worker import run_edge
from tests.serving import START_SECONDS, Running, settings, wait_for

ROOT = Path(__file__).resolve().parents[2]


def make_app() -> Flask:
    """Return an application with one view that says nothing."""
    app = Flask("empty")

    @app.get("/")
    def show() -> str:
        return ""

    return app


@contextmanager
def serve_nothing(folder: Path) -> Iterator[Running]:
    """Serve the empty view, yield once it listens, and stop it."""
    with serve_module(folder, "tests.bench.empty") as running:
        yield running


@contextmanager
def serve_module(folder: Path, module: str, *more: str) -> Iterator[Running]:
    """Run a module that serves at the port it is told, and stop it."""
    environment = settings(folder)
    folder.mkdir(parents=True, exist_ok=True)
    port, log = int(environment["DEPOT_PORT"]), folder / "serve.log"
    words = [sys.executable, "-m", module, str(port), *more]
    with log.open("wb") as out:
        process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(port, process, log)
        yield Running(f"http://127.0.0.1:{port}", environment, log, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def run(port: int) -> None:
    """Serve with the depot's own edge and its own settings of granian."""
    edge = Edge(make_app(), lambda _method, _path: 0)
    run_edge(edge, "127.0.0.1", port)


if __name__ == "__main__":
    run(int(sys.argv[1]))
