"""On a server every key of a depot's table has the depot in it: an engine can spread depots."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from depot.db.schema import alembic_config, migrate
from depot.migrations.depot_keys import SHARED
from depot.models import all_tables
from depot.verify.verify import verify
from tests.builders import World, find_actor
from tests.commands.db.depot_keys import keys_without_depot
from tests.current import at_work, db
from tests.stock_text import rows, set_up, stock

#: The migration that puts the depot into the keys.
_KEYS = "0028"


@pytest.fixture
def connection(postgres_url: str) -> Iterator[Connection]:
    """A server's database with the test world."""
    with at_work(postgres_url) as database, database.engine.connect() as opened:
        yield opened


@pytest.mark.postgres
def test_every_key_has_the_depot_in_it(connection: Connection) -> None:
    assert list(keys_without_depot(connection)) == [], "end the migration with widen_keys()"


def test_the_shared_tables_are_there_and_hold_nothing_of_the_ledger() -> None:
    assert set(all_tables().tables) >= SHARED
    assert {name for name in SHARED if name.startswith(("stock", "crate", "lot", "item"))} == set()


@pytest.mark.postgres
def test_a_key_without_the_depot_is_seen(connection: Connection) -> None:
    for statement in (
        "CREATE TABLE adrift (id bigint PRIMARY KEY)",
        "CREATE TABLE rota (id bigint PRIMARY KEY, depot_id bigint NOT NULL,"
        " lot_id bigint, name text CONSTRAINT named UNIQUE)",
        "ALTER TABLE lot ADD CONSTRAINT alone UNIQUE (id)",
        "ALTER TABLE rota ADD CONSTRAINT leaves FOREIGN KEY (lot_id) REFERENCES lot (id)",
    ):
        connection.execute(text(statement))
    assert list(keys_without_depot(connection)) == [
        "adrift has no depot_id",
        "lot.alone is unique without depot_id",
        "rota has a primary key without depot_id",
        "rota.named is unique without depot_id",
        "rota.leaves points without depot_id",
    ]


@pytest.mark.postgres
def test_no_row_points_into_another_depot(connection: Connection) -> None:
    ben, cleo = find_actor("ben"), find_actor("cleo")
    for who in (ben, cleo):
        set_up(who, "place Shelf B2, crate 7K3M-9QX2 @ Shelf B2")
    statement = text(
        "UPDATE crate SET split_from_id ="
        " (SELECT location_id FROM crate WHERE depot_id = :there) WHERE depot_id = :here"
    )
    with pytest.raises(IntegrityError, match="fk_crate_split_from_id"):
        connection.execute(statement, {"here": ben.depot_id, "there": cleo.depot_id})


def test_a_filled_database_gets_the_keys_and_can_lose_them_again(world: World) -> None:
    set_up(world.ben, "place Shelf B2, 24 Rice @ Shelf B2")
    set_up(world.cleo, "place Porch, 3 Bread @ Porch")
    db.session.remove()
    with db.engine.begin() as connection:
        config = alembic_config(connection)
        before = ScriptDirectory.from_config(config).get_revision(_KEYS).down_revision
        command.downgrade(config, str(before))
    with db.engine.connect() as connection:
        assert inspect(connection).get_pk_constraint("lot")["constrained_columns"] == ["id"]
    migrate(db.engine)
    with db.engine.connect() as connection:
        long = ["id", "depot_id"] if connection.dialect.name == "postgresql" else ["id"]
        assert inspect(connection).get_pk_constraint("lot")["constrained_columns"] == long
    set_up(world.ben, "6 Rice @ Shelf B2")
    assert stock(world.ben) == rows("30 Rice @ Shelf B2")
    for who in (world.ben, world.cleo):
        assert verify(db.session(), who.depot_id) == ()
