"""Whether what is promised can be kept: where it cannot, a coordinator is asked to look at it.

Nothing is refused for it, since what happened happened: a count that finds less, goods that spoil,
a hold. Each command that may leave less for what is promised looks over the items it touched.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from sqlalchemy import insert, select, update

from depot.base.kinds import DiscrepancyKind
from depot.kernel.answers import Opened
from depot.kernel.once import Work
from depot.kernel.promises.reading import load_dated_stock, load_promises
from depot.ledger.choice.free_stock import find_too_much
from depot.ledger.entries import Entry, Placement
from depot.ledger.holds import places_apart
from depot.models import Discrepancy

TOO_MUCH: Final[DiscrepancyKind] = "too_much_promised"
#: How it is settled when there is enough again, or when another number is lacking.
_MENDED: Final = "mended"


class _Asked(NamedTuple):
    """What is open already: more is promised of an item than is here."""

    id: int
    lacking: int


def look_over_entry(work: Work, entry: Entry, entry_id: int | None) -> tuple[Opened, ...]:
    """Look whether what is promised can be kept after an entry; asks nothing where nothing is."""
    if not work.head.has_promises:
        return ()
    if _changes_apart(work, entry.placements):
        return compare_promises(work, None, entry_id)
    touched = {move.item_id for move in entry.moves}
    return compare_promises(work, touched, entry_id) if touched else ()


def look_over(work: Work, items: Collection[int] | None = None) -> tuple[Opened, ...]:
    """Look so after something else that makes goods free, or not free any more."""
    return compare_promises(work, items, None) if work.head.has_promises else ()


def compare_promises(
    work: Work, items: Collection[int] | None, entry_id: int | None
) -> tuple[Opened, ...]:
    """Ask a coordinator about items of which more is promised than is here; None: look at all.

    One question an item. It is settled when there is enough, and asked anew when another number is
    lacking.
    """
    session, depot_id = work.session, work.depot_id
    promises = load_promises(session, depot_id, work.today, items)
    asked = _load_asked(work, items)
    parts = load_dated_stock(session, depot_id, promises) if promises else {}
    settled: list[int] = []
    wanted: list[dict[str, int]] = []
    for item_id in sorted(promises.keys() | asked.keys()):
        found = find_too_much(parts.get(item_id, ()), promises.get(item_id, ()), work.today)
        known = asked.get(item_id)
        if known is not None and (found is None or found.lacking != known.lacking):
            settled.append(known.id)
            known = None
        if found is not None and known is None:
            wanted.append(
                {"item_id": item_id, "expected_quantity": found.promised}
                | {"actual_quantity": found.here}
            )
    _settle(work, settled)
    return _open(work, wanted, entry_id)


def _changes_apart(work: Work, placements: Collection[Placement]) -> bool:
    """Say whether a crate went to or from where nothing is handed out from."""
    named = {one.from_id for one in placements} | {one.to_id for one in placements}
    if not named:
        return False
    apart = places_apart(work.depot_id)
    found = set(work.session.scalars(select(apart.c.id).where(apart.c.id.in_(named - {None}))))
    return any((one.from_id in found) != (one.to_id in found) for one in placements)


def _load_asked(work: Work, items: Collection[int] | None) -> dict[int, _Asked]:
    statement = select(
        Discrepancy.item_id,
        Discrepancy.id,
        Discrepancy.expected_quantity,
        Discrepancy.actual_quantity,
    ).where(
        Discrepancy.depot_id == work.depot_id,
        Discrepancy.kind == TOO_MUCH,
        Discrepancy.resolved_at.is_(None),
    )
    if items is not None:
        statement = statement.where(Discrepancy.item_id.in_(items))
    rows = work.session.execute(statement)
    return {
        item_id: _Asked(number, (promised or 0) - (here or 0))
        for item_id, number, promised, here in rows
        if item_id is not None
    }


def _settle(work: Work, numbers: Collection[int]) -> None:
    if numbers:
        work.session.execute(
            update(Discrepancy)
            .where(Discrepancy.depot_id == work.depot_id, Discrepancy.id.in_(numbers))
            .values(
                resolution=_MENDED,
                resolved_at=work.recorded_at,
                resolved_by_id=work.actor.person_id,
            )
            .execution_options(synchronize_session=False)
        )


def _open(work: Work, wanted: list[dict[str, int]], entry_id: int | None) -> tuple[Opened, ...]:
    if not wanted:
        return ()
    common: dict[str, object] = {
        "depot_id": work.depot_id,
        "kind": TOO_MUCH,
        "entry_id": entry_id,
        "opened_at": work.recorded_at,
        "person_id": work.actor.person_id,
        "detail": "",
    }
    ids = work.session.scalars(
        insert(Discrepancy).returning(Discrepancy.id, sort_by_parameter_order=True),
        [common | one for one in wanted],
    )
    return tuple(Opened(id=number, kind=TOO_MUCH) for number in ids)
