"""What a database is told about its tables, and how it is told to work."""

from __future__ import annotations

from sqlalchemy import text

from depot.db.statistics import renew_on_sqlite, renew_statistics
from tests.builders import World, receive


def test_few_rows_are_not_taken_for_a_sign_of_few_rows_tomorrow(world: World) -> None:
    receive(world.ben, 5, "Rice")
    renew_statistics()
    if world.session.get_bind().dialect.name == "sqlite":
        assert world.session.execute(text("SELECT tbl FROM sqlite_stat1")).all() == []
    else:
        wanted = text("SELECT reltuples FROM pg_class WHERE relname = 'stock_move'")
        assert world.session.scalar(wanted) == 1


def test_the_round_leaves_postgresql_to_itself(world: World) -> None:
    renew_on_sqlite()
    if world.session.get_bind().dialect.name == "sqlite":
        known = text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
        assert world.session.scalar(known) == 1
    else:
        wanted = text("SELECT reltuples FROM pg_class WHERE relname = 'stock_move'")
        assert world.session.scalar(wanted) == -1


def test_postgresql_compiles_no_statement(world: World) -> None:
    if world.session.get_bind().dialect.name == "postgresql":
        assert world.session.scalar(text("SHOW jit")) == "off"
        world.session.rollback()
        assert world.session.scalar(text("SHOW jit")) == "off"
