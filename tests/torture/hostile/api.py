"""schemathesis against a real server: every operation of the API's own description.

Its library is installed by `make torture` alone.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from tests.programs import Missing
from tests.serving import serve_depot
from tests.torture.ground import Ground, made_in
from tests.torture.hostile.forms import look_after
from tests.torture.result import Result, tell

#: Checks that are left out, each with the reason.
LEFT_OUT: Final = {
    "positive_data_acceptance": "a right form says nothing of whether such goods are there",
    "allow_header_conformance": "/crates/pack may also be read, as the crate of a code",
}
_PHASES: Final = "examples,coverage,fuzzing,stateful"


def run(ground: Ground, cases: int, report: Path) -> str:
    """Let schemathesis send about so many requests to each operation; return what it says."""
    words = ["run", f"{ground.environment['DEPOT_BASE_URL']}/api/v1/openapi.json"]
    options = {
        "--checks": "all",
        "--exclude-checks": ",".join(LEFT_OUT),
        "--phases": _PHASES,
        "--max-examples": str(cases),
        "--request-timeout": "60",
        "--suppress-health-check": "all",
        "--report": "json",
        "--report-json-path": str(report),
        "--header": f"Authorization: {ground.headers['Authorization']}",
    }
    given = [word for pair in options.items() for word in pair]
    program = str(Path(sys.executable).with_name("schemathesis"))
    done = subprocess.run(
        [program, *words, *given, "--continue-on-failure"],
        cwd=report.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def counted(report: Path) -> tuple[int, list[str]]:
    """Return how many requests a report tells of, and a sentence for each kind of failure."""
    told: dict[str, Any] = json.loads(report.read_text())
    wrong = [
        f"{one['title']} ({one['code']}), {one['count']} times: {', '.join(one['operations'][:5])}"
        for one in [*told["failures"], *told["errors"]]
    ]
    return int(told["test_cases"]["generated"]), wrong


def torture(cases: int) -> Iterator[Result]:
    """Send so many requests to each operation. Raises Missing without schemathesis."""
    if importlib.util.find_spec("schemathesis") is None:
        raise Missing("schemathesis is missing (`make torture` installs it)")
    with made_in() as ground, tempfile.TemporaryDirectory(prefix="depot-api-") as folder:
        with serve_depot(ground.environment):
            said = run(ground, cases, Path(folder) / "report.json")
        sent, wrong = counted(Path(folder) / "report.json")
        if wrong:
            tell(said)
        wrong += look_after(ground)
    checks = f"all checks but {', '.join(LEFT_OUT)}; {_PHASES}"
    seen = "answers are as described, no 5xx; verify is content"
    yield Result("schemathesis", f"{sent:,} requests; {checks}", seen, wrong)
