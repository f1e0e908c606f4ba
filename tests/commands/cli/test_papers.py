"""`depot papers` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from depot.base.clock import utc_now
from depot.base.errors import Invalid
from depot.cli import cli
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from tests.builders import World
from tests.current import db
from tests.unit.papers.shown import text_of

YEAR = utc_now().year


@pytest.fixture
def run(world: World, database_url: str, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs `depot papers` on the world's database, with two donors."""
    for name in ("Bakery Lindt", "Kestrel Farm"):
        line = ReceiptLine(item="Beans", quantity=3, category="Tins and jars")
        receive_goods(ReceiveGoods(command_id=uuid4(), lines=(line,), partner=name), world.ada)
    db.session.remove()
    environment = {"DEPOT_DATA": str(tmp_path), "DEPOT_DATABASE_URL": database_url}
    return lambda *words: CliRunner().invoke(cli, ["papers", *words], env=environment)


def test_all_statements_of_a_year_are_one_pdf(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "statements.pdf"
    words = ("statements", "--depot", "north", "--year", str(YEAR), "--output", str(file))
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert f"2 statements of {YEAR}" in result.output
    text = text_of(file.read_bytes())
    assert "Bakery Lindt" in text
    assert "Kestrel Farm" in text
    assert text.count("page 1 of 1") == 2


def test_a_year_without_donors_is_a_sentence_and_no_file(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "statements.pdf"
    result = run("statements", "--depot", "south", "--output", str(file))
    assert isinstance(result.exception, Invalid)
    assert not file.exists()
