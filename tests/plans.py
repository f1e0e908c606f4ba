"""How a database finds the rows of a statement, and which of it grows with the depot."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

#: Tables whose rows do not become more with goods, crates, moves and years: people, settings, and
#: what is promised to the hand-outs that are still to come.
SMALL: Final = frozenset(
    {
        "age_band",
        "agency_link",
        "agency_statement",
        "api_token",
        "category",
        "chain_head",
        "conduct_seen",
        "conduct_wording",
        "confidant",
        "count_sheet",
        "depot",
        "depot_device",
        "depot_link",
        "distribution_event",
        "drop_off",
        "hold",
        "mail_outbox",
        "mail_setting",
        "membership",
        "name_sheet_setting",
        "needs_setting",
        "partner",
        "person",
        "person_session",
        "promise",
        "proposal",
        "proposal_response",
        "proposal_wording",
        "put_away_steps",
        "recall",
        "routine",
        "routine_version",
        "search_stale",
        "second_factor",
        "series_event",
        "series_version",
        "shared_category",
        "temperature_rule",
        "visit_setting",
        "webhook",
    }
)
#: Indexes of which a request may read all that is the depot's, and why that is little.
READ_WHOLE: Final = {
    "ix_activity_open_task": "what is still to be done",
    "ix_assignment_regular": "who comes each time: a few for each routine",
    "ix_crate_split_from_id": "PostgreSQL knows how few are split from others",
    "ix_crate_tag_depot_id_crate_id": "read from its end, some thousand words",
    "ix_discrepancy_open": "what waits for a coordinator",
    "ix_location_default": "one place",
    "ix_lot_produced": "PostgreSQL takes it while nothing was made here, as in the test",
    "ix_location_places": "places, no crates",
    "pk_device_command": "PostgreSQL takes it while nothing was done on a device, as in the test",
    "pk_crate_tag": "as good as ix_crate_tag_depot_id_crate_id where there is but one depot",
    "ix_held_lot_lot_id": "lots that somebody held back: few, and none in most depots",
    "pk_discrepancy": "PostgreSQL may take it while there are none, as in the test",
    "pk_filed_report": "PostgreSQL takes it while few reports were filed, as in the test",
    "pk_held_lot": "as ix_held_lot_lot_id",
    "pk_item_name": "PostgreSQL takes it while no item has another name, as in the test",
    "pk_item_photo": "PostgreSQL takes it while no item has a photo, as in the test",
    "pk_note": "as pk_temperature_reading",
    "pk_temperature_reading": "PostgreSQL takes it while there are no readings, as in the test",
    "pk_temperature_strike": "as pk_temperature_reading",
    "ix_stock_balance_dated": "read up to a day",
    "uq_location_outside": "six of them",
    "uq_stock_entry_depot_id_seq": "read from its end, a few rows",
}
_ALIAS: Final = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO) (\w+)(?: AS (\w+))?")
_STEP: Final = re.compile(r"(SCAN|SEARCH|BLOOM FILTER ON) (\w+)(.*)")
_INDEX: Final = re.compile(r"USING (?:COVERING )?INDEX (\w+)(?: \((.*)\))?")


@dataclass(frozen=True)
class Asked:
    """A statement with the values of one of its runs."""

    statement: str
    values: Any


@contextmanager
def note_statements(engine: Engine) -> Iterator[dict[str, Asked]]:
    """Yield what fills with the statements run meanwhile, each once.

    What inserts rows reads none: SQLite's plans for it are of foreign keys that it holds open.
    """
    seen: dict[str, Asked] = {}

    def note(_c: Any, _cur: Any, statement: str, values: Any, _ctx: Any, _many: bool) -> None:
        if statement.split()[0] in ("SELECT", "WITH", "UPDATE", "DELETE"):
            of_one = values[0] if isinstance(values, list) else values
            seen.setdefault(statement, Asked(statement, of_one))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def growing_reads(connection: Connection, asked: Asked) -> list[str]:
    """Return the steps of a statement's plan that read more the more there is in the depot."""
    if connection.dialect.name == "sqlite":
        return _sqlite_reads(connection, asked)
    return _postgresql_reads(connection, asked)


def _sqlite_reads(connection: Connection, asked: Asked) -> list[str]:
    tables = {alias or table: table for table, alias in _ALIAS.findall(asked.statement)}
    names = _autoindexes(connection)
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked.statement}", asked.values)
    found = []
    for step in [row[3] for row in rows]:
        read = _STEP.match(step)
        if read is None:
            continue
        table = tables.get(read[2], read[2])
        index = _INDEX.search(read[3])
        name = names.get(index[1], index[1]) if index else ""
        if "VIRTUAL TABLE INDEX" in read[3]:  # FTS5: M is words that match, = a row's number
            found += [] if re.search(r"INDEX \d+:\S*[M=]", read[3]) else [step]
            continue
        if table not in SMALL and table in _growing(connection) and name not in READ_WHOLE:
            if read[1] != "SEARCH" or (index and index[2] == "depot_id=?"):
                found.append(step)
    return found


def _growing(connection: Connection) -> set[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def _autoindexes(connection: Connection) -> dict[str, str]:
    """Return the names of constraints by those that SQLite gave their indexes."""
    rows = connection.exec_driver_sql(
        "SELECT l.name, m.name, (SELECT group_concat(i.name, '_') FROM pragma_index_info(l.name) i)"
        " FROM sqlite_master m, pragma_index_list(m.name) l WHERE m.type = 'table'"
    )
    return {
        index: f"uq_{table}_{columns}"
        for index, table, columns in rows
        if index.startswith("sqlite_autoindex_")
    }


def _postgresql_reads(connection: Connection, asked: Asked) -> list[str]:
    # of few rows it would read all: what is asked is whether it could do without
    for way in ("seqscan", "hashjoin", "mergejoin"):
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    row = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {asked.statement}", asked.values).one()
    plan = row[0] if isinstance(row[0], list) else json.loads(row[0])
    known = connection.exec_driver_sql("SELECT indexname, tablename FROM pg_indexes")
    tables = {index: table for index, table in known}
    nodes = _nodes(plan[0]["Plan"])
    return [told for node in nodes if (told := _postgresql_read(node, tables))]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _postgresql_read(node: dict[str, Any], tables: Mapping[str, str]) -> str:
    kind, index = node["Node Type"], node.get("Index Name", "")
    condition = node.get("Index Cond", "")
    table = tables.get(index) or node.get("Relation Name", "")
    if table in SMALL or index in READ_WHOLE:
        return ""
    if kind == "Seq Scan":
        return f"{kind} on {table}"
    sought = re.sub(r"\(?\(?depot_id = [^)]*\)?", "", condition).strip("() ")
    return f"{kind} on {table} using {index} {condition}" if index and not sought else ""
