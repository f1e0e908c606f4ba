"""Goods that are here go into new crates: the same into several, or a crate is split."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.answers import Booked, BookedGoods
from depot.kernel.crates import CHANCE, add_crates, new_codes
from depot.kernel.draft import Draft, moved_goods
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.lookups import CrateRow, find_place_or_crate
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.entries import Place
from depot.stock.commands.transfers import move_all, share_lines

#: A lorry's worth; each crate is some moves of one entry.
MAX_PACKED_CRATES: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCrates:
    """The same goods go into each of some new crates, each with a code of its own."""

    command_id: UUID
    #: Where the goods are: a place, or the crate that is split.
    source: str
    #: Of one crate. None: all that lies there, into one crate.
    lines: tuple[GoodsLine, ...] | None = None
    count: int = 1
    #: Where the crates stand then; None: where the goods were, beside the crate that is split.
    to: str | None = None
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedCrates(Booked):
    """The codes of the new crates, and what was put into all of them, by item."""

    codes: tuple[str, ...]
    split_from: str | None = None
    lines: tuple[BookedGoods, ...] = ()


def pack_crates(
    command: PackCrates, actor: Actor, clock: Clock = utc_now, chance: random.Random = CHANCE
) -> Outcome[PackedCrates]:
    """Make crates, put goods that are here into them and stand them somewhere, in one entry.

    What the book does not have comes from count variance and opens a discrepancy. `chance` draws
    the codes. Raises UnknownLocation, UnknownItem, NotFound (lot), Invalid for a count that is not
    1 to MAX_PACKED_CRATES, for several crates without lines, and where there is nothing to pack.
    """
    return run_once(command, actor, clock, lambda c, work: _pack(c, work, chance), PackedCrates)


def _pack(command: PackCrates, work: Work, chance: random.Random) -> PackedCrates:
    _check(command)
    source, split = find_place_or_crate(work, command.source, "source")
    target = _stand(command, work, source, split)
    codes = new_codes(work, command.count, chance)
    places = add_crates(work, codes, split_from=split)
    draft = Draft(work, "transfer", note=command.note)
    if command.lines is None:
        names = move_all(draft, source, places[0], split)
    else:
        names = share_lines(draft, source, places, command.lines)
    if not draft.moves:
        raise Invalid(field="source", problem=N_("The book has nothing there to put into a crate."))
    crates = [
        CrateRow(place, code, "", "blank", None) for place, code in zip(places, codes, strict=True)
    ]
    for crate in crates:
        draft.place_crate(crate, target)
    draft.bind(crates)
    lines = moved_goods(draft, names)
    split_from = split.code if split else None
    return draft.post(partial(PackedCrates, codes=tuple(codes), split_from=split_from, lines=lines))


def _check(command: PackCrates) -> None:
    if not 1 <= command.count <= MAX_PACKED_CRATES:
        raise Invalid(field="count", problem=N_("Between 1 and 200 crates at once, please."))
    if command.lines is None and command.count > 1:
        raise Invalid(field="lines", problem=N_("Write what goes into each crate."))
    _check_lines(command.lines)


def _check_lines(lines: Sequence[GoodsLine] | None) -> None:
    if lines is not None and not lines:
        raise Invalid(field="lines", problem=N_("Write how many of at least one."))


def _stand(command: PackCrates, work: Work, source: Place, split: CrateRow | None) -> int | None:
    if command.to:
        return find_place_or_crate(work, command.to, "to")[0].id
    return split.parent_id if split else source.id
