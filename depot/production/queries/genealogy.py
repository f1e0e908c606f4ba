"""Where a lot came from and what became of it, through all that was made, however deep.

A lot that was made here bears the number of its entry: what went in there is what it is made of. A
lot is in everything that a production made which used it. Either way is one statement that calls
itself; what was undone or taken apart again made nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from depot.base.kinds import DateKind, OriginKind
from depot.ledger.past.making import MADE, lots_made
from depot.models import Item, Lot, Partner, StockBalance, StockMove
from depot.models.item_names import ITEM_NAME


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot in a few words, and how much of it is here."""

    lot_id: int
    item_id: int
    item: str
    unit: str
    date_kind: DateKind
    date_text: str
    lot_code: str
    gtin: str
    origin_kind: OriginKind
    partner: str | None
    produced_by_seq: int
    here: int


@dataclass(frozen=True, slots=True)
class Kin:
    """A lot that another is made of or went into: how many steps away, and by which entry."""

    lot: LotFacts
    step: int
    entry_id: int
    seq: int


@dataclass(frozen=True, slots=True)
class Genealogy:
    """A lot, what it is made of, and what was made of it, the nearest first."""

    lot: LotFacts
    made_of: tuple[Kin, ...]
    went_into: tuple[Kin, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A lot went into another, in an entry."""

    used_id: int
    made_id: int
    entry_id: int
    seq: int


def genealogy(session: Session, depot_id: int, lot_id: int) -> Genealogy | None:
    """Return where a lot came from and went; None if the depot has no such lot.

    Three statements, however many steps there are.
    """
    back = _links(session, _backward(depot_id, lot_id))
    forth = _links(session, _forward(depot_id, lot_id))
    ids = {link.used_id for link in (*back, *forth)} | {link.made_id for link in (*back, *forth)}
    facts = _facts(session, depot_id, ids | {lot_id})
    if lot_id not in facts:
        return None
    return Genealogy(
        facts[lot_id],
        tuple(_kin(lot_id, [(link.made_id, link.used_id, link) for link in back], facts)),
        tuple(_kin(lot_id, [(link.used_id, link.made_id, link) for link in forth], facts)),
    )


def _kin(
    start: int, steps: Iterable[tuple[int, int, _Link]], facts: dict[int, LotFacts]
) -> list[Kin]:
    """Walk from a lot along the steps, each lot once, by the shortest way."""
    onward: defaultdict[int, list[tuple[int, _Link]]] = defaultdict(list)
    for here, there, link in steps:
        onward[here].append((there, link))
    found: list[Kin] = []
    seen, level, step = {start}, [start], 0
    while level:
        step += 1
        following: list[int] = []
        for lot_id in level:
            for there, link in onward[lot_id]:
                if there not in seen:
                    seen.add(there)
                    following.append(there)
                    found.append(Kin(facts[there], step, link.entry_id, link.seq))
        level = following
    return found


def _links(session: Session, statement: Select[*tuple[Any, ...]]) -> list[_Link]:
    return [_Link(*row) for row in session.execute(statement)]


def _backward(depot_id: int, lot_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement for what a lot is made of, and that, and so on."""
    first = lots_made(depot_id)
    links = first.where(MADE.id == lot_id).cte("made_of", recursive=True)
    links = links.union(first.join(links, links.c.used_id == MADE.id))
    return select(links).order_by(links.c.seq.desc(), links.c.used_id)


def _forward(depot_id: int, lot_id: int) -> Select[*tuple[Any, ...]]:
    """Return the statement for what was made of a lot, and of that, and so on."""
    first = lots_made(depot_id)
    links = first.where(StockMove.lot_id == lot_id).cte("went_into", recursive=True)
    links = links.union(first.join(links, links.c.made_id == StockMove.lot_id))
    return select(links).order_by(links.c.seq, links.c.made_id)


def _facts(session: Session, depot_id: int, ids: Collection[int]) -> dict[int, LotFacts]:
    here = (
        select(func.coalesce(func.sum(StockBalance.quantity), 0))
        .where(StockBalance.depot_id == depot_id, StockBalance.lot_id == Lot.id)
        .correlate(Lot)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Lot,
            ITEM_NAME.label("name"),
            Item.base_unit,
            Partner.name.label("partner"),
            here.label("here"),
        )
        .join(Item, Item.id == Lot.item_id)
        .outerjoin(Partner, (Partner.id == Lot.partner_id) & (Partner.depot_id == depot_id))
        .where(Lot.depot_id == depot_id, Lot.id.in_(ids))
    )
    return {
        row.Lot.id: LotFacts(
            row.Lot.id,
            row.Lot.item_id,
            row.name,
            row.base_unit,
            row.Lot.date_kind,
            row.Lot.date_text,
            row.Lot.lot_code,
            row.Lot.gtin,
            row.Lot.origin_kind,
            row.partner,
            row.Lot.produced_by_seq,
            int(row.here),
        )
        for row in rows
    }
