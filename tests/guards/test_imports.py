"""Imports point downwards, and slices do not know each other (.importlinter)."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path

from tests.guards.sources import ROOT

CONTRACTS = ROOT / ".importlinter"
#: Not a slice of the menu: what all pages share.
SHARED = {"browser", "frame", "words"}


def lint(config: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with `config` on the project."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", config, "--no-cache"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_contracts_are_kept() -> None:
    result = lint(CONTRACTS)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_guard_sees_an_import_upwards(tmp_path: Path) -> None:
    upside_down = tmp_path / "upside_down"
    upside_down.write_text(
        "[importlinter]\nroot_package = depot\n"
        "[importlinter:contract:1]\nname = Upside down\ntype = layers\n"
        "layers =\n    depot.db.columns\n    depot.models\n"
    )
    result = lint(upside_down)
    assert result.returncode == 1
    assert "Upside down BROKEN" in re.sub(r"\x1b\[\d+m", "", result.stdout)


def test_every_slice_is_in_the_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(CONTRACTS)
    listed = contracts["importlinter:contract:slices"]["modules"].split()
    folders = (path.parent.name for path in (ROOT / "blueprints").glob("*/__init__.py"))
    assert sorted(listed) == sorted(f"blueprints.{name}" for name in set(folders) - SHARED)
