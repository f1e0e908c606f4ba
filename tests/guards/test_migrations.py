"""Migrations are numbered, so that two written side by side collide in git and not in a depot."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.script import Script, ScriptDirectory

from tests.guards.sources import ROOT

MIGRATIONS = ROOT / "depot" / "migrations"


def revisions() -> list[Script]:
    """Return the revisions, oldest first; Alembic itself refuses a broken chain."""
    return list(ScriptDirectory(MIGRATIONS).walk_revisions())[::-1]


def test_files_are_numbered_without_a_gap_in_the_order_they_run() -> None:
    found = revisions()
    assert found
    for number, script in enumerate(found, start=1):
        name = Path(script.path).name
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", name), f"number {number} is {name}"
        assert script.revision == f"{number:04}"


def test_there_is_one_newest_migration_and_head_txt_names_it() -> None:
    heads = ScriptDirectory(MIGRATIONS).get_heads()
    assert [(MIGRATIONS / "head.txt").read_text().strip()] == heads
    newest = max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert newest.startswith(heads[0])


def test_every_migration_says_in_a_line_what_it_does() -> None:
    silent = [Path(script.path).name for script in revisions() if not (script.doc or "").strip()]
    assert not silent
