"""The migrations make what the models say, triggers included, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, create_engine, insert, inspect, text
from sqlalchemy.exc import IntegrityError

from depot.base.kinds import (
    CRATE_STATES,
    DATE_KINDS,
    DATE_PRECISIONS,
    DISCREPANCY_KINDS,
    ENTRY_KINDS,
    EVENT_STATES,
    FLOW_KINDS,
    LOCATION_KINDS,
    SOURCE_KINDS,
)
from depot.db.database import prepare_engine
from depot.db.schema import (
    alembic_config,
    current_revision,
    migrate,
    newest_revision,
)
from depot.models import all_tables
from tests.builders import NOW
from tests.commands.db.depot_keys import with_depot_keys
from tests.databases import Server

DAY = date(2027, 5, 21)
#: The lists of words that the database checks, by the name of the check.
WORDS: dict[str, Sequence[str]] = {
    "ck_stock_entry_kind": ENTRY_KINDS,
    "ck_discrepancy_kind": DISCREPANCY_KINDS,
    "ck_distribution_event_state": EVENT_STATES,
    "ck_location_kind": LOCATION_KINDS,
    "ck_crate_state": CRATE_STATES,
    "ck_partner_source_kind": SOURCE_KINDS,
    "ck_lot_date_kind": DATE_KINDS,
    "ck_lot_date_precision": DATE_PRECISIONS,
    "ck_day_total_flow": FLOW_KINDS,
}
#: The tables to which rows are only added: each refuses to change and to delete one.
APPEND_ONLY: Final = (
    "stock_entry",
    "stock_move",
    "crate_placement",
    "people_count",
    "command_log",
    "crate_label",
    "filed_report",
    "counted_stock",
    "weighing",
    "temperature_reading",
    "temperature_strike",
    "held_lot",
    "recipe_version",
    "recipe_line",
    "recipe_use",
    "taken_apart",
    "parcel_version",
    "parcel_line",
    "parcel_amount",
    "parcel_item",
    "reservation",
    "device_command",
    "handbook_page",
    "role_change",
    "setting_change",
    "acknowledgement",
    "asked_act",
    "asked_answer",
    "pick",
    "agency_statement",
    "hand_over_signature",
    "recall_finding",
    "recall_notice",
    "series_version",
    "routine_version",
    "visit",
    "transfer_arrival",
    "visit_card",
    "transfer_entry",
    "age_band",
    "band_count",
    "proposal_wording",
    "proposal_response",
    "proposal_review",
    "conduct_wording",
)
#: What a row with a date holds beside it.
_DATED: dict[str, dict[str, object]] = {
    "lot": {"depot_id": 1, "item_id": 1, "origin_kind": "donation", "first_received_on": DAY},
    "count_tally": {
        "depot_id": 1,
        "line_id": 1,
        "counter": 1,
        "counted_at": NOW,
        "recorded_at": NOW,
    },
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it, once on SQLite and once on PostgreSQL."""
    server: Server | None = None
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        url = server.create()
    engine = create_engine(url)
    prepare_engine(engine)
    yield engine
    engine.dispose()
    if server is not None:
        server.drop(url)


# of SQLite's indexes of expressions only the plans speak (tests/web/frame/test_plans.py)
@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_migrated_schema_equals_the_models(empty_database: Engine) -> None:
    migrate(empty_database)
    with empty_database.connect() as connection:
        opts = {"compare_type": True, "include_object": _is_no_index_of_words}
        context = MigrationContext.configure(connection, opts=opts)
        on_server = connection.dialect.name == "postgresql"
        models = with_depot_keys(all_tables()) if on_server else all_tables()
        assert compare_metadata(context, models) == []
        assert _checks(connection) == _checks_of_the_models()


def _is_no_index_of_words(_thing: object, name: str | None, *_more: object) -> bool:
    """Leave out the tables that FTS5 makes for itself, and the index in the place of them."""
    return not str(name).startswith("search_words") and name != "ix_search_entry_keys"


def test_the_migrated_checks_hold_the_words_of_the_lists(empty_database: Engine) -> None:
    migrate(empty_database)
    with empty_database.connect() as connection:
        found = inspect(connection)
        checks = {
            check["name"]: check["sqltext"]
            for table in all_tables().tables
            for check in found.get_check_constraints(table)
        }
    held = {name: set(re.findall(r"'(\w*)'", checks[name])) for name in WORDS}
    assert held == {name: set(words) for name, words in WORDS.items()}


def test_every_append_only_table_has_its_triggers(empty_database: Engine) -> None:
    migrate(empty_database)
    with empty_database.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(
                text(
                    "SELECT tbl_name, count(*) FROM sqlite_master"
                    " WHERE type = 'trigger' AND name LIKE '%_no_%' GROUP BY 1"
                )
            )
        else:
            found = connection.execute(
                text(
                    "SELECT event_object_table, count(DISTINCT event_manipulation)"
                    " FROM information_schema.triggers"
                    " WHERE trigger_name LIKE '%_append_only' GROUP BY 1"
                )
            )
        guarded = {name: count for name, count in found}
    assert guarded == dict.fromkeys(APPEND_ONLY, 2)


def test_a_migration_down_and_up_again_ends_where_it_began(empty_database: Engine) -> None:
    migrate(empty_database)
    with empty_database.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate(empty_database)
    with empty_database.connect() as connection:
        assert current_revision(connection) == newest_revision()


@pytest.mark.parametrize("said", ["2027-05", "2027-Q2", "2027"])
def test_the_database_takes_no_use_by_date_without_its_day(
    empty_database: Engine, said: str
) -> None:
    migrate(empty_database)
    for table, columns in _DATED.items():
        with empty_database.connect() as connection:
            for text_of_date, may in ((said, False), ("2027-05-21", True)):
                values = dict(columns, date_kind="use_by", date_text=text_of_date)
                if table == "lot":
                    values |= {"date_precision": "day" if may else "month", "date_on": DAY}
                assert (_why_not(connection, table, values) != "use_by_day") == may


def _why_not(connection: Connection, table: str, values: dict[str, object]) -> str:
    """Return which of our checks refuses the row; what it refers to is looked at last."""
    row = all_tables().tables[table]
    try:
        with connection.begin_nested():
            connection.execute(insert(row).values(values))
    except IntegrityError as error:
        return "use_by_day" if "use_by_day" in str(error.orig) else "something else"
    return ""


def _checks(connection: Connection) -> dict[str, set[str | None]]:
    """Return the names of the CHECK constraints the database knows, by table."""
    found = inspect(connection)
    return {
        table: {check["name"] for check in found.get_check_constraints(table)}
        for table in all_tables().tables
    }


def _checks_of_the_models() -> dict[str, set[str | None]]:
    return {
        name: {
            str(constraint.name)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        for name, table in all_tables().tables.items()
    }
