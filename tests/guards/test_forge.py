"""What outsiders meet before the code: the workflow, the forms, and how to report a hole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.guards.sources import ROOT, relative_name

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
#: An action by a whole version: a branch or `v5` alone is another program tomorrow.
_PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+")


def problems_of(workflow: Mapping[Any, Any]) -> list[str]:
    """Return what is wrong with a workflow that is to do what CI does everywhere."""
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    found = []
    if not any(re.search(r"\bbash \.ci/run\b", step.get("run", "")) for step in steps):
        found.append("no step runs .ci/run")
    used = [step["uses"] for step in steps if "uses" in step]
    found += [f"{action} is not pinned" for action in used if not _PINNED.fullmatch(action)]
    if workflow.get("permissions") != {"contents": "read"}:
        found.append("it may do more than read")
    return found


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(GITHUB.rglob("*.yml")), ids=relative_name)
def test_every_file_of_the_forge_is_yaml(path: Path) -> None:
    assert isinstance(read(path), dict)


@pytest.mark.parametrize("path", sorted((GITHUB / "workflows").glob("*.yml")), ids=relative_name)
def test_the_workflow_runs_what_ci_runs(path: Path) -> None:
    assert problems_of(read(path)) == []


def test_the_oldest_and_the_newest_python_are_tried() -> None:
    matrix = read(GITHUB / "workflows" / "check.yml")["jobs"]["check"]["strategy"]["matrix"]
    declared = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert declared is not None
    assert matrix["python"] == [declared[1], "3.x"]


def test_the_guard_speaks_up() -> None:
    steps = [{"uses": "actions/checkout@main"}, {"run": "make test"}]
    wrong = {"jobs": {"check": {"steps": steps}}, "permissions": "write-all"}
    assert problems_of(wrong) == [
        "no step runs .ci/run",
        "actions/checkout@main is not pinned",
        "it may do more than read",
    ]


@pytest.mark.parametrize("path", FORMS, ids=relative_name)
def test_each_form_asks_with_a_name_for_each_answer(path: Path) -> None:
    form = read(path)
    assert form["name"]
    assert form["description"]
    asked = [part for part in form["body"] if part["type"] != "markdown"]
    ids = [part["id"] for part in asked]
    assert len(set(ids)) == len(ids)
    assert all(part["attributes"]["label"] for part in asked)
    assert any(part.get("validations", {}).get("required") for part in asked)


def test_there_are_forms_for_a_bug_an_idea_and_a_spreadsheet() -> None:
    assert [path.stem for path in FORMS] == ["bug", "idea", "spreadsheet"]


def test_dependabot_watches_every_kind_of_pin() -> None:
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {row["package-ecosystem"] for row in updates} == {"pip", "npm", "github-actions"}


def test_a_hole_is_reported_in_private_and_to_no_address() -> None:
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in policy
    assert not re.search(r"https?://|[\w.]+@[\w.]+", policy)
