"""New crates with codes, as several commands make them."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, union_all

from depot.base.names import name_key
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.ledger.sql import table_of
from depot.models import Crate, CrateLabel, Location
from labels.symbols import codes

if TYPE_CHECKING:
    from depot.kernel.lookups import CrateRow

_CHUNK: Final = 500


#: Codes are drawn, not counted up: nobody guesses a neighbour's.
CHANCE: Final = secrets.SystemRandom()


def new_codes(work: Work, count: int, chance: random.Random = CHANCE) -> list[str]:
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


def add_crate_places(work: Work, notes: Mapping[str, str]) -> list[int]:
    """Make the places that new crates are, each with its note; return their ids in that order.

    They come back by their codes: asked for in order, they would be made one by one.
    """
    places = table_of(Location)
    made = work.session.connection().execute(
        insert(places).returning(places.c.name, places.c.id),
        [
            {
                "depot_id": work.depot_id,
                "kind": "crate",
                "name": code,
                "name_key": name_key(code),
                "note": note,
            }
            for code, note in notes.items()
        ],
    )
    ids: dict[str, int] = {name: place_id for name, place_id in made}
    return [ids[code] for code in notes]


def add_crates(
    work: Work, crate_codes: list[str], split_from: CrateRow | None = None
) -> list[Place]:
    """Make blank crates with these codes, which nobody in the depot has; return their places.

    `split_from` is the crate whose goods go into them, if they come out of one.
    """
    owner = {"depot_id": work.depot_id}
    ids = add_crate_places(work, {code: "" for code in crate_codes})
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
