"""Whole exports for tests: written, taken apart, changed, put together again, checked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from depot.base.actors import DepotView
from depot.db.transaction import snapshot_session
from depot.exporting import verify_export
from depot.exporting.whole import write_export

#: The program as it is put into exports; whether it is, test_export.py asks.
VERIFIER = Path(verify_export.__file__)


def export_depot(depot: DepotView, folder: Path) -> Path:
    """Write a depot's export into the folder and return its path (in an app context)."""
    file = folder / f"{depot.slug}.zip"
    write_export(snapshot_session(), depot, file)
    return file


def parts_of(file: Path) -> dict[str, str]:
    """Return the files of an export by name."""
    with ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_of(parts: dict[str, str], table: str) -> list[dict[str, str]]:
    """Return the rows of a table of an export."""
    return list(csv.DictReader(io.StringIO(parts[f"tables/{table}.csv"], newline="")))


def lines_of(parts: dict[str, str], name: str = "ledger.jsonl") -> list[dict[str, Any]]:
    """Return the lines of one of the two chains."""
    return [json.loads(line) for line in parts[name].splitlines()]


@dataclass(frozen=True)
class VerifierAnswer:
    """What verify.py said, and its exit code."""

    code: int
    text: str


def run_verifier(file: Path, *words: str) -> VerifierAnswer:
    """Run the verify.py that exports bear, with Python's standard library alone."""
    program = file.with_suffix(".verify.py")
    program.write_text(VERIFIER.read_text())
    done = subprocess.run(
        [sys.executable, "-I", "-S", program, file, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=file.parent,
    )
    assert not done.stderr, done.stderr
    return VerifierAnswer(done.returncode, done.stdout)


def change_export(
    file: Path, change: Callable[[dict[str, str]], None], *, cover_up: bool = True
) -> Path:
    """Return a copy of the export in which `change` has changed some files.

    With `cover_up` the manifest gets the new digests, as a forger would see to.
    """
    parts = parts_of(file)
    change(parts)
    if cover_up:
        manifest = json.loads(parts["manifest.json"])
        for name in manifest["files"]:
            digest = hashlib.sha256(parts[name].encode()).hexdigest() if name in parts else "0"
            manifest["files"][name]["sha256"] = digest
        parts["manifest.json"] = json.dumps(manifest)
    other = file.with_name("changed.zip")
    with ZipFile(other, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return other
