"""schemathesis against a real server: every operation of the API's own description, all checks.

    python -m tests.torture.hostile.api is not needed: `make torture PARTS=api CASES=500`

Its library is installed by `make torture` alone. Tokens that end themselves are not in reach: the
API has no operation that ends one.
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

#: A right form says nothing of whether the goods are there, or a crate has that code.
LEFT_OUT: Final = ("positive_data_acceptance",)
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
