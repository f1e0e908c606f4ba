"""What tests share is what each would have made: no test sees another one's template or rows."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, render_template
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select

from tests.compiled import MOST, Statements, quicken, share_templates


class Small(Flask):
    """An application with a template of its own."""


def said(folder: Path) -> str:
    app = Small("small", template_folder=folder)
    with app.test_request_context():
        return render_template("page.html")


def test_a_template_that_was_changed_is_compiled_again(tmp_path: Path) -> None:
    share_templates(Small)
    page = tmp_path / "page.html"
    page.write_text("one {{ 1 + 1 }}")
    assert said(tmp_path) == "one 2"
    page.write_text("two {{ 1 + 2 }}")
    assert said(tmp_path) == "two 3"
    page.write_text("one {{ 1 + 1 }}")
    assert said(tmp_path) == "one 2"
    assert Flask.jinja_options == {}


def test_engines_share_statements_and_no_rows(tmp_path: Path) -> None:
    table = Table("of_this_test", MetaData(), Column("number", Integer))
    found: list[int] = []
    for number in (1, 2):
        engine = create_engine(f"sqlite:///{tmp_path / str(number)}.sqlite3")
        quicken(engine)
        with engine.begin() as connection:
            table.create(connection)
            connection.execute(insert(table), {"number": number})
            found += connection.scalars(select(table.c.number).where(table.c.number > 0))
            kept = connection.get_execution_options()["compiled_cache"]
        engine.dispose()
    assert found == [1, 2]
    assert isinstance(kept, Statements)
    assert len([key for key in kept if "of_this_test" in str(kept[(None, *key)])]) == 2


def test_statements_do_not_pile_up() -> None:
    kept = Statements()
    for number in range(2 * MOST):
        kept["dialect", number] = str(number)
        assert kept.get(("another", number)) == str(number)
    assert len(kept) == MOST
