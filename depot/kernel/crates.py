"""Crates as several commands need them: new ones with codes, retired ones in use again."""

from __future__ import annotations

import random
import secrets
from typing import Final

from sqlalchemy import insert, select, union_all, update

from depot.base.names import name_key
from depot.kernel.draft import Draft
from depot.kernel.lookups import CrateRow
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.models import Crate, CrateLabel, CratePlacement, Location, StockEntry
from labels.symbols import codes

_CHUNK: Final = 500


#: Codes are drawn, not counted up: nobody guesses a neighbour's.
_CHANCE: Final = secrets.SystemRandom()


def new_codes(work: Work, count: int, chance: random.Random = _CHANCE) -> list[str]:
    """Return so many new codes that no crate of the depot has or ever had."""
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        drawn = [codes.new_code(chance) for _ in range(min(_CHUNK, count - len(fresh)))]
        taken = work.session.scalars(
            union_all(
                select(Crate.code).where(Crate.depot_id == work.depot_id, Crate.code.in_(drawn)),
                select(CrateLabel.code).where(
                    CrateLabel.depot_id == work.depot_id, CrateLabel.code.in_(drawn)
                ),
            )
        )
        fresh |= dict.fromkeys(drawn)
        for code in taken:
            del fresh[code]
    return list(fresh)


def add_crates(
    work: Work, crate_codes: list[str], split_from: CrateRow | None = None
) -> list[Place]:
    """Make blank crates with these codes, which nobody in the depot has; return their places.

    `split_from` is the crate whose goods go into them, if they come out of one.
    """
    owner = {"depot_id": work.depot_id}
    ids = work.session.scalars(
        insert(Location).returning(Location.id, sort_by_parameter_order=True),
        [
            owner | {"kind": "crate", "name": code, "name_key": name_key(code)}
            for code in crate_codes
        ],
    ).all()
    rows: list[dict[str, object]] = [
        {
            **owner,
            "location_id": place,
            "code": code,
            "state": "blank",
            "created_at": work.recorded_at,
            "split_from_id": split_from.place.id if split_from else None,
        }
        for place, code in zip(ids, crate_codes, strict=True)
    ]
    work.session.execute(insert(Crate), rows)
    return [Place(location_id, "crate") for location_id in ids]


def take_into_use(draft: Draft, crate: CrateRow) -> None:
    """A crate that is used is in use: a blank one simply, a retired one with a question."""
    draft.bind([crate])
    if crate.state == "retired":
        draft.work.session.execute(
            update(Crate)
            .where(Crate.location_id == crate.place.id, Crate.depot_id == draft.work.depot_id)
            .values(state="in_use", retired_at=None)
        )
        draft.discrepancy("crate_retired", location_id=crate.place.id, detail=crate.code)


def went_on(work: Work, crate: CrateRow) -> bool:
    """Say whether the crate was put somewhere after this had happened: there it stands now."""
    if not work.is_late:
        return False
    later = (
        select(CratePlacement.id)
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .where(CratePlacement.crate_id == crate.place.id, StockEntry.depot_id == work.depot_id)
        .where(StockEntry.occurred_at > work.occurred_at)
    )
    return bool(work.session.scalar(select(later.exists())))
