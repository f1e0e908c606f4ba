"""The book as people read it: entries, newest first, filtered, with their undo pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.kinds import EntryKind, ReasonOfEntry, SourceOfEntry
from depot.entries.queries.entry_filters import EntryFilter, entry_conditions
from depot.entries.queries.entry_lines import (
    LineRow,
    PeopleRow,
    PlacementRow,
    lines_of,
    people_of,
    placements_of,
)
from depot.entries.queries.figures import Figure, figure_of
from depot.ledger.undo import may_undo
from depot.models import (
    ApiToken,
    DepotDevice,
    DeviceCommand,
    DistributionEvent,
    Partner,
    Person,
    StockEntry,
)

_Reversal = aliased(StockEntry)
_Original = aliased(StockEntry)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry with all that is said of it. Words are made of it at the edge."""

    entry_id: int
    seq: int
    kind: EntryKind
    #: What it is about: `kind`, or of a reversal the kind of the entry it undoes.
    act: str
    occurred_at: datetime
    occurred_on: date
    recorded_at: datetime
    #: Written on a later day of the depot than it happened on.
    is_late: bool
    #: Empty for what the command line wrote.
    actor_name: str
    #: The device of the depot's own on which it was done, if it was.
    device: str
    source_kind: SourceOfEntry
    partner: str | None
    event_id: int | None
    event: str | None
    reason: ReasonOfEntry
    note: str
    #: What the entry said that this one undoes.
    undone_note: str
    seal: str
    reverses_id: int | None
    reverses_seq: int | None
    reversed_by_id: int | None
    reversed_by_seq: int | None
    can_undo: bool
    figure: Figure
    lines: tuple[LineRow, ...]
    placements: tuple[PlacementRow, ...]
    people: PeopleRow | None

    @property
    def is_undone(self) -> bool:
        return self.reversed_by_seq is not None


def recent_entries(
    session: Session, actor: Actor, limit: int = 10, clock: Clock = utc_now
) -> list[EntryRow]:
    """Return the last `limit` entries of the actor's depot, the newest first."""
    asked = {"depot": actor.depot_id, "limit": limit}
    return entry_rows(session, actor, _newest(), clock, asked)


@cache
def _newest() -> Select[*tuple[Any, ...]]:
    """Return the statement for the last :limit entries of :depot."""
    ours = StockEntry.depot_id == bindparam("depot")
    return all_headers().where(ours).limit(bindparam("limit", type_=Integer))


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some entries, the newest first, and the cursor of the next page (None: this is the last)."""

    rows: tuple[EntryRow, ...]
    next: int | None


def list_entries(
    session: Session,
    actor: Actor,
    wanted: EntryFilter,
    after: int | None = None,
    limit: int = 50,
    clock: Clock = utc_now,
) -> EntryPage:
    """Return the wanted entries of the actor's depot, `after` being a page's cursor.

    The cursor is a number in the book, so entries written meanwhile shift nothing.
    """
    statement = entry_headers(actor).where(*entry_conditions(actor.depot_id, wanted))
    if after is not None:
        statement = statement.where(StockEntry.seq < after)
    rows = entry_rows(session, actor, statement.limit(limit + 1), clock)
    more = len(rows) > limit
    return EntryPage(tuple(rows[:limit]), rows[limit - 1].seq if more else None)


def all_entries(
    session: Session, actor: Actor, wanted: EntryFilter, clock: Clock = utc_now, at_once: int = 500
) -> Iterator[EntryRow]:
    """Yield all wanted entries of the actor's depot, the newest first, read `at_once` by page."""
    conditions = entry_conditions(actor.depot_id, wanted)
    yield from each_entry(session, actor, *conditions, clock=clock, at_once=at_once)


def each_entry(
    session: Session,
    actor: Actor,
    *conditions: ColumnElement[bool],
    clock: Clock = utc_now,
    at_once: int = 500,
) -> Iterator[EntryRow]:
    """Yield the entries of the actor's depot that meet all conditions, the newest first."""
    wanted = entry_headers(actor).where(*conditions).limit(at_once)
    rows = entry_rows(session, actor, wanted, clock)
    yield from rows
    while len(rows) == at_once:
        rows = entry_rows(session, actor, wanted.where(StockEntry.seq < rows[-1].seq), clock)
        yield from rows


def find_entry(
    session: Session, actor: Actor, entry_id: int, clock: Clock = utc_now
) -> EntryRow | None:
    """Return one entry of the actor's depot, or None if it has none with that id."""
    if not 0 < entry_id < 2**63:
        return None
    found = entry_rows(session, actor, entry_headers(actor).where(StockEntry.id == entry_id), clock)
    return found[0] if found else None


def entry_headers(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Return the statement of all entries of the actor's depot, newest first, to be narrowed."""
    return all_headers().where(StockEntry.depot_id == actor.depot_id)


def _device_name() -> ScalarSelect[str]:
    """Return the statement of the device that an entry was made on.

    No join: with more of them than its join_collapse_limit PostgreSQL plans no other order.
    """
    return (
        select(DepotDevice.name)
        .join(
            DeviceCommand,
            (DeviceCommand.depot_id == DepotDevice.depot_id)
            & (DeviceCommand.device_id == DepotDevice.id),
        )
        .where(
            DeviceCommand.depot_id == StockEntry.depot_id,
            DeviceCommand.command_id == StockEntry.command_id,
        )
        .scalar_subquery()
    )


@cache
def all_headers() -> Select[*tuple[Any, ...]]:
    """Return the statement of all entries, newest first, to be narrowed to a depot."""
    statement: Select[*tuple[Any, ...]] = (
        select(
            StockEntry,
            Person.name.label("person"),
            ApiToken.name.label("token"),
            _device_name().label("device"),
            Partner.name.label("partner"),
            DistributionEvent.name.label("event"),
            _Reversal.id.label("reversed_by_id"),
            _Reversal.seq.label("reversed_by_seq"),
            _Original.seq.label("reverses_seq"),
            _Original.kind.label("original_kind"),
            _Original.note.label("original_note"),
        )
        .join(Person, Person.id == StockEntry.person_id, isouter=True)
        .join(ApiToken, ApiToken.id == StockEntry.token_id, isouter=True)
        .join(Partner, Partner.id == StockEntry.partner_id, isouter=True)
        .join(DistributionEvent, DistributionEvent.id == StockEntry.event_id, isouter=True)
        .join(_Reversal, _Reversal.reverses_id == StockEntry.id, isouter=True)
        .join(_Original, _Original.id == StockEntry.reverses_id, isouter=True)
        .order_by(StockEntry.seq.desc())
    )
    return statement


def entry_rows(
    session: Session,
    actor: Actor,
    statement: Select[*tuple[Any, ...]],
    clock: Clock,
    asked: Mapping[str, object] | None = None,
) -> list[EntryRow]:
    """Return the rows of a statement made of `headers`, with lines (at most four statements).

    `asked` is what a statement that was put together before leaves open.
    """
    rows: Sequence[Any] = session.execute(statement, asked).all()
    ids = [row.StockEntry.id for row in rows]
    if not ids:
        return []
    lines = lines_of(session, actor.depot_id, ids)
    placements = placements_of(session, actor.depot_id, ids)
    counted = any("people" in (row.StockEntry.kind, row.original_kind) for row in rows)
    people = people_of(session, actor.depot_id, ids) if counted else {}
    now = clock()
    return [
        _entry_row(
            row,
            actor,
            now,
            lines.get(row.StockEntry.id, ()),
            placements.get(row.StockEntry.id, ()),
            people.get(row.StockEntry.id),
        )
        for row in rows
    ]


def _entry_row(
    row: Any,
    actor: Actor,
    now: datetime,
    lines: tuple[LineRow, ...],
    placements: tuple[PlacementRow, ...],
    people: PeopleRow | None,
) -> EntryRow:
    found: StockEntry = row.StockEntry
    act = row.original_kind or found.kind
    is_open = found.kind != "reversal" and row.reversed_by_id is None
    return EntryRow(
        entry_id=found.id,
        seq=found.seq,
        kind=found.kind,
        act=act,
        occurred_at=found.occurred_at,
        occurred_on=found.occurred_on,
        recorded_at=found.recorded_at,
        is_late=local_day(found.recorded_at, actor.depot.time_zone) > found.occurred_on,
        actor_name=row.person or row.token or "",
        device=row.device or "",
        source_kind=found.source_kind,
        partner=row.partner,
        event_id=found.event_id,
        event=row.event,
        reason=found.reason,
        note=found.note,
        undone_note=row.original_note or "",
        seal=found.seal,
        reverses_id=found.reverses_id,
        reverses_seq=row.reverses_seq,
        reversed_by_id=row.reversed_by_id,
        reversed_by_seq=row.reversed_by_seq,
        can_undo=is_open
        and may_undo(actor, found.person_id, found.token_id, found.recorded_at, now),
        figure=figure_of(act, found.kind == "reversal", lines),
        lines=lines,
        placements=placements,
        people=people,
    )
