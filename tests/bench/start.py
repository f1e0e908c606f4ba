"""What a start costs, in CPU and in memory. `make bench` prints it.

`depot --version` is told as a ratio to `import click`, a thousand labels from the command to the
file as a ratio to the same labels made once more in a process that runs already. All find the
program's bytecode, as they do wherever it was started once: the quickest of several runs counts.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.load import Ask, cpu_seconds, measure_requests
from tests.serving import depot, serve_depot, settings
from tests.stalling import resident_mb

LABELS = 1000
TIMES = 5
#: After so many of them what is going to be kept is kept.
REQUESTS = 50_000
VERSION_AIM = 1.5
LABELS_AIM = 2.0
#: Draws as many labels twice and prints what the second time took; all is loaded by then.
_RUNNING = f"""
import random, time
from depot.printing.blanks import blank_label
from depot.printing.jobs import make_job
from labels.sheets.sheets import find_sheet
from labels.symbols.codes import new_code

def drawn():
    chance = random.Random(1)
    codes = [new_code(chance) for _ in range({LABELS})]
    labels = [blank_label(code, "My depot", "http://127.0.0.1:8000") for code in codes]
    return make_job(labels, None, find_sheet("L7160")).content

drawn()
before = time.process_time()
drawn()
print(time.process_time() - before)
"""


def main() -> None:
    """Print both ratios."""
    with tempfile.TemporaryDirectory(prefix="depot-bench-") as folder:
        print(version_line(Path(folder) / "version"))
        print(labels_line(Path(folder) / "labels"))
        print(serve_line(Path(folder) / "serve"))


def version_line(folder: Path) -> str:
    """Say what `depot --version` costs beside loading click alone."""
    environment = _settings(folder)
    click = min(_cpu(lambda: _python("import click", environment)) for _ in range(TIMES))
    version = min(_cpu(lambda: depot(environment, "--version")) for _ in range(TIMES))
    return (
        f"depot --version: {version / click:.2f} x the CPU of importing click"
        f" ({version * 1000:.0f} ms and {click * 1000:.0f} ms), aim < {VERSION_AIM}"
    )


def labels_line(folder: Path) -> str:
    """Say what LABELS labels cost from the command to the file beside drawing them alone."""
    environment = _settings(folder)
    depot(environment, "init")
    words = ("labels", "--count", str(LABELS), "--output", str(folder / "labels.pdf"))
    command = min(_cpu(lambda: depot(environment, *words)) for _ in range(TIMES))
    running = min(float(_python(_RUNNING, environment)) for _ in range(TIMES))
    return (
        f"{LABELS:,} labels by `depot labels`: {command / running:.2f} x the CPU of drawing them in"
        f" a running process ({command:.2f} s and {running:.2f} s), aim < {LABELS_AIM:.0f}"
    )


def serve_line(folder: Path) -> str:
    """Say what `depot serve` takes until its first answer, and how much memory it then holds."""
    environment = settings(folder)
    depot(environment, "init")
    page = Ask("GET", "/sign-in", {"Accept-Encoding": "gzip"})
    with serve_depot(environment) as running:
        first = measure_requests(running.base_url, running.pid, [page], clients=1)
        until_first = cpu_seconds(running.pid)
        idle = resident_mb(running.pid)
        measure_requests(running.base_url, running.pid, [page] * REQUESTS)
        after = resident_mb(running.pid)
    return (
        f"depot serve: {until_first:.2f} s of CPU until the first answer (aim < 1.5), which itself"
        f" took {first.wall_ms:.0f} ms; {idle:.0f} MB idle (aim < 90),"
        f" {after:.0f} MB after {REQUESTS:,} requests (aim < 130)"
    )


def _cpu(work: Callable[[], object]) -> float:
    """Return the seconds of CPU that the processes started by `work` took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _settings(folder: Path) -> dict[str, str]:
    """Return an environment in which Python keeps its bytecode, whatever the shell says."""
    return settings(folder, PYTHONDONTWRITEBYTECODE="")


def _python(program: str, environment: dict[str, str]) -> str:
    words = [sys.executable, "-c", program]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    main()
