"""Everything in one file, from the page and from the command line."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from tests.builders import find_actor, receive
from tests.clients import Client
from tests.exports import parts_of, run_verifier
from tests.serving import depot, settings

ClientFor = Callable[[str], Client]


def test_a_coordinator_takes_everything_along(
    app: Flask, client_for: ClientFor, tmp_path: Path
) -> None:
    with app.app_context():
        receive(find_actor("ada"), 48, "Beans", category="Tins and jars")
        receive(find_actor("cleo"), 3, "Southern rum", category="Drinks")
    ada = client_for("ada")
    assert "Everything in one file" in ada.get("/everything/")
    answer = ada.post("/everything/export.zip", {"command_id": str(uuid4())})
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=north-20")
    file = tmp_path / "north.zip"
    file.write_bytes(answer.data)
    answer.close()
    assert run_verifier(file).code == 0
    assert "Beans" in parts_of(file)["tables/item.csv"]
    assert "Southern rum" not in "".join(parts_of(file).values())
    assert not list(tmp_path.glob("tmp*"))


def test_only_coordinators_do(client_for: ClientFor) -> None:
    ben = client_for("ben")
    assert ben.raw("/everything/").status_code == 403
    assert ben.post("/everything/export.zip", {}).status_code == 403


def test_the_command_writes_it_and_replaces_no_file(tmp_path: Path) -> None:
    environment = settings(tmp_path / "data")
    depot(environment, "init", "--depot-name", "North")
    file = tmp_path / "north.zip"
    assert "Saved" in depot(environment, "export", str(file))
    assert run_verifier(file).code == 0
    with pytest.raises(subprocess.CalledProcessError) as refused:
        depot(environment, "export", str(file))
    assert "is there already" in refused.value.stderr
    assert not file.with_name("north.zip.part").exists()
