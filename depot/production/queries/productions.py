"""What was cooked and packed lately: what went in, what came out, and from which lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.kinds import OriginKind
from depot.entries.queries.entry_lines import LineRow
from depot.entries.queries.ledger import EntryRow, each_entry, entry_headers, entry_rows
from depot.kernel.answers import BookedGoods
from depot.models import Lot, Partner, StockEntry, TakenApart
from depot.production.queries.recipes import RecipeUsed, recipes_used


@dataclass(frozen=True, slots=True)
class LotOrigin:
    """Where a lot that was used came from: who gave it, or which entry made it here."""

    origin_kind: OriginKind
    partner: str | None
    produced_by_seq: int


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One lot that went in."""

    line: LineRow
    origin: LotOrigin


@dataclass(frozen=True, slots=True)
class Production:
    """One cooking or packing: the entry, what went in, what came out, and what was lost.

    `recipe` is what it was made by; `apart_by` the number of the entry that took it apart.
    """

    entry: EntryRow
    inputs: tuple[Ingredient, ...]
    outputs: tuple[LineRow, ...]
    waste: tuple[LineRow, ...] = ()
    recipe: RecipeUsed | None = None
    apart_by: int | None = None

    @property
    def went_in(self) -> tuple[BookedGoods, ...]:
        """Return what went in by item, with what of it was lost."""
        made = {line.lot_id for line in self.outputs}
        lost = [line for line in self.waste if line.lot_id not in made]
        return _by_item([*(one.line for one in self.inputs), *lost])

    @property
    def came_out(self) -> tuple[BookedGoods, ...]:
        """Return what came out by item, without what of it was lost."""
        return _by_item(self.outputs)

    @property
    def can_be_apart(self) -> bool:
        """Whether it made something that was not undone or taken apart since."""
        is_open = not self.entry.is_undone and self.apart_by is None
        return is_open and not self.is_other

    @property
    def is_other(self) -> bool:
        """Whether goods were taken apart, frozen or thawed, which nobody does again in one tap."""
        return self.entry.reason in ("taken_apart", "frozen", "thawed")


def recent_productions(
    session: Session, actor: Actor, limit: int = 10, clock: Clock = utc_now
) -> list[Production]:
    """Return the depot's last productions, the newest first, undone ones among them."""
    statement = entry_headers(actor).where(StockEntry.kind == "production").limit(limit)
    return _productions(session, actor, entry_rows(session, actor, statement, clock))


def all_productions(
    session: Session, actor: Actor, clock: Clock = utc_now, at_once: int = 500
) -> Iterator[Production]:
    """Yield all productions of the depot, the newest first, undone ones among them."""
    entries = each_entry(session, actor, StockEntry.kind == "production", clock=clock)
    while some := list(islice(entries, at_once)):
        yield from _productions(session, actor, some)


def find_production(
    session: Session, actor: Actor, entry_id: int, clock: Clock = utc_now
) -> Production | None:
    """Return one production of the actor's depot; None if it has none with that id."""
    this = (StockEntry.kind == "production") & (StockEntry.id == entry_id)
    rows = entry_rows(session, actor, entry_headers(actor).where(this), clock)
    found = _productions(session, actor, rows)
    return found[0] if found else None


def _productions(session: Session, actor: Actor, rows: Sequence[EntryRow]) -> list[Production]:
    used = {line.lot_id for row in rows for line in row.lines if line.target.kind == "production"}
    origins = _origins(session, actor.depot_id, used)
    ids = [row.entry_id for row in rows]
    recipes = recipes_used(session, actor.depot_id, ids)
    apart = _taken_apart(session, actor.depot_id, ids)
    return [
        Production(
            row,
            tuple(
                Ingredient(line, origins[line.lot_id])
                for line in row.lines
                if line.target.kind == "production"
            ),
            _came_out(row),
            tuple(line for line in row.lines if line.target.kind == "loss"),
            recipes.get(row.entry_id),
            apart.get(row.entry_id),
        )
        for row in rows
    ]


def _by_item(lines: Sequence[LineRow]) -> tuple[BookedGoods, ...]:
    sums: dict[int, BookedGoods] = {}
    for line in lines:
        known = sums.get(line.item_id)
        quantity = line.quantity + (known.quantity if known else 0)
        sums[line.item_id] = BookedGoods(
            item_id=line.item_id, item=line.item, quantity=quantity, unit=line.unit
        )
    return tuple(sums.values())


def _came_out(row: EntryRow) -> tuple[LineRow, ...]:
    """Return what came out, less what of it was lost at once."""
    lost: defaultdict[int, int] = defaultdict(int)
    for line in row.lines:
        if line.target.kind == "loss":
            lost[line.lot_id] += line.quantity
    made = []
    for line in row.lines:
        if line.source.kind == "production":
            taken = min(lost[line.lot_id], line.quantity)
            lost[line.lot_id] -= taken
            made.append(replace(line, quantity=line.quantity - taken))
    return tuple(line for line in made if line.quantity)


def _taken_apart(session: Session, depot_id: int, ids: Collection[int]) -> dict[int, int]:
    """Return the number of the entry that took apart what each of the entries made."""
    undo = aliased(StockEntry)
    rows = session.execute(
        select(TakenApart.production_id, StockEntry.seq)
        .join(StockEntry, StockEntry.id == TakenApart.entry_id)
        .outerjoin(undo, undo.reverses_id == StockEntry.id)
        .where(TakenApart.depot_id == depot_id, TakenApart.production_id.in_(ids))
        .where(undo.id.is_(None))
    )
    return {production_id: seq for production_id, seq in rows}


def _origins(session: Session, depot_id: int, lot_ids: set[int]) -> dict[int, LotOrigin]:
    if not lot_ids:
        return {}
    rows = session.execute(
        select(Lot.id, Lot.origin_kind, Partner.name, Lot.produced_by_seq)
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .where(Lot.depot_id == depot_id, Lot.id.in_(lot_ids))
    )
    return {lot_id: LotOrigin(kind, partner, seq) for lot_id, kind, partner, seq in rows}
