"""What is drawn and printed for people, on a machine without any typeface."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import text

from depot.cli import cli
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.commands.printer_fixtures import add_printer, zebra_command
from tests.commands.shelves import put_crate
from tests.current import db

CODE = "7K3M-9QX2"
ITEM = "Цукор בנק سكر"

pytestmark = pytest.mark.usefixtures("no_system_typefaces")


@pytest.fixture
def ben(app: Flask, client_for: Callable[[str], Client]) -> Client:
    with app.app_context():
        actor = find_actor("ben")
        put_crate(actor, CODE, at="Arrivals")
        receive(actor, 8, ITEM, crate_code=CODE)
    return client_for("ben")


def test_a_crates_label_is_shown_and_printed(ben: Client) -> None:
    assert "label.png" in ben.get(f"/crates/{CODE}/label")
    assert ben.raw(f"/crates/{CODE}/label.png").data.startswith(b"\x89PNG")
    pdf = ben.raw(f"/crates/{CODE}/label.pdf").data
    assert pdf.startswith(b"%PDF")
    assert b"DejaVuSans" in pdf
    assert b"DejaVuSans" in ben.raw("/papers/stock.pdf").data


KINDS: dict[str, dict[str, Any]] = {
    "Zebra": {},
    "Zebra, drawn by itself": {"is_native": True},
    "Brother": {
        "kind": "brother",
        "model": "QL-700",
        "dpi": 300,
        "label_width_tenths": 620,
        "label_height_tenths": 290,
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_depot_labels_draws_for_every_printer(
    app: Flask, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        add_printer(find_actor("ada"), zebra_command("Door", **KINDS[kind]))
    config = app.config["DEPOT"]
    monkeypatch.setenv("DEPOT_DATA", str(config.data))
    monkeypatch.setenv("DEPOT_DATABASE_URL", config.database_url)
    for words in (["--printer", "Door"], ["--sheet", "L7160"]):
        file = tmp_path / "labels.out"
        command = ["labels", "--depot", "north", "--count", "2", *words, "--output", str(file)]
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 0, done.output
        assert file.stat().st_size > 200


def test_a_language_without_a_typeface_is_told_and_not_printed_as_question_marks(
    ben: Client,
) -> None:
    page = ben.get(f"/crates/{CODE}/label")
    assert "No typeface of this machine" not in page
    assert '<option value="en" selected>' in page
    sent = {"command_id": str(uuid4()), "kind": "crates", "times": "1", "start_at": "1"}
    refused = ben.post(f"/crates/{CODE}/label", sent | {"language": "zh_Hans"})
    assert refused.status_code == 422
    assert "No typeface of this machine has the letters" in refused.text
    printed = ben.post(f"/crates/{CODE}/label", sent | {"language": "ar"})
    assert printed.status_code in (200, 303)


def test_a_depot_whose_language_lacks_a_typeface_is_told_beforehand(
    app: Flask, ben: Client
) -> None:
    with app.app_context():
        db.session.execute(text("update depot set language = 'zh_Hans'"))
        db.session.commit()
    for address in (f"/crates/{CODE}/label", f"/crates/ticked/labels?code={CODE}"):
        page = ben.get(f"{address}{'&' if '?' in address else '?'}language=en")
        assert "No typeface of this machine has the letters" in page
