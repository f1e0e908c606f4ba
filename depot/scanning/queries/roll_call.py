"""Roll-call of a place: the crates the book has there, against those that were scanned there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import literal, literal_column, or_, select
from sqlalchemy.orm import Session

from depot.base.names import name_key
from depot.crates.queries.crate_lists import goods_in
from depot.crates.queries.crates import DEEPEST, Step
from depot.items.gs1 import MAX_TEXT_LENGTH
from depot.models import Crate, CrateLabel, Location, Person, RollCall
from labels.symbols.addresses import read_address


@dataclass(frozen=True, slots=True)
class RollCallCrate:
    """A crate in a roll-call; `at` is where the book has it."""

    id: int
    code: str
    box_number: str
    stored_state: str
    at: Step | None
    #: Item, quantity and base unit of what it holds: told of a crate that is looked for.
    goods: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RollCallResult:
    """What a roll-call shows. Every crate and text stands in one list only."""

    #: Scanned, and here by the book: at the place itself, on a pallet or a shelf in it.
    found: tuple[RollCallCrate, ...] = ()
    #: Here by the book, and not scanned.
    missing: tuple[RollCallCrate, ...] = ()
    #: Scanned here, while the book has it elsewhere or nowhere.
    misplaced: tuple[RollCallCrate, ...] = ()
    #: Scanned here, and its label should be on no crate.
    retired: tuple[RollCallCrate, ...] = ()
    #: Labels that nobody has put anything behind yet, and that the book has not here.
    blank: tuple[RollCallCrate, ...] = ()
    #: Good crate codes that this depot did not make.
    unknown: tuple[str, ...] = ()
    #: Anything else that was scanned.
    no_crates: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Say whether floor and book agree."""
        return not (self.missing or self.misplaced or self.retired or self.blank or self.unknown)


@dataclass(frozen=True, slots=True)
class LastRollCall:
    """The last time a place was called over."""

    called_at: datetime
    person: str | None
    found: int
    missing: int
    misplaced: int


def compare_roll_call(
    session: Session, depot_id: int, location_id: int, texts: Iterable[str]
) -> RollCallResult:
    """Compare what was scanned at a place with the book; nothing is booked (five statements).

    `texts` are codes however they are spelled, addresses, old box numbers; twice is once.
    """
    expected = _at(session, depot_id, location_id)
    scanned, others = _scanned(session, depot_id, texts)
    inside = _standing_in(session, depot_id, location_id, [crate.id for crate in scanned])
    seen = {crate.id for crate in scanned}
    missing = [crate for crate in expected if crate.id not in seen]
    goods = goods_in(session, depot_id, [crate.id for crate in missing])
    used = [crate for crate in scanned if crate.stored_state == "in_use"]
    blank = [crate for crate in scanned if crate.stored_state == "blank"]
    return RollCallResult(
        found=tuple(crate for crate in used + blank if crate.id in inside),
        missing=tuple(replace(crate, goods=goods.get(crate.id, ())) for crate in missing),
        misplaced=tuple(crate for crate in used if crate.id not in inside),
        retired=tuple(crate for crate in scanned if crate.stored_state == "retired"),
        blank=tuple(crate for crate in blank if crate.id not in inside),
        unknown=tuple(code for code, is_crate in others.items() if is_crate),
        no_crates=tuple(text for text, is_crate in others.items() if not is_crate),
    )


def expected_at(session: Session, depot_id: int, location_id: int) -> list[RollCallCrate]:
    """Return the crates in use that the book has at a place itself, by code (one statement)."""
    return _at(session, depot_id, location_id)


def last_roll_call(session: Session, depot_id: int, location_id: int) -> LastRollCall | None:
    """Return when a place was last called over, by whom and with which result (one statement)."""
    row = session.execute(
        select(
            RollCall.called_at, Person.name, RollCall.found, RollCall.missing, RollCall.misplaced
        )
        .outerjoin(Person, Person.id == RollCall.person_id)
        .where(RollCall.depot_id == depot_id, RollCall.location_id == location_id)
        .order_by(RollCall.called_at.desc(), RollCall.id.desc())
        .limit(1)
    ).one_or_none()
    return LastRollCall(*row) if row else None


_Here = Location.__table__.alias("here")
_At = Location.__table__.alias("at")
_COLUMNS = (
    Crate.location_id,
    Crate.code,
    Crate.box_number,
    Crate.box_number_key,
    Crate.state,
    _At.c.id.label("at_id"),
    _At.c.kind.label("at_kind"),
    _At.c.name.label("at_name"),
)


def _at(session: Session, depot_id: int, location_id: int) -> list[RollCallCrate]:
    rows = session.execute(
        select(*_COLUMNS)
        .join(_Here, _Here.c.id == Crate.location_id)
        .join(_At, _At.c.id == _Here.c.parent_id)
        .where(
            Crate.depot_id == depot_id,
            _Here.c.parent_id == location_id,
            Crate.state == "in_use",
        )
        .order_by(Crate.code)
    )
    return [_crate(row) for row in rows]


def _crate(row: Any) -> RollCallCrate:
    at = Step(row.at_id, row.at_kind, row.at_name) if row.at_id is not None else None
    return RollCallCrate(row.location_id, row.code, row.box_number, row.state, at)


def _scanned(
    session: Session, depot_id: int, texts: Iterable[str]
) -> tuple[list[RollCallCrate], dict[str, bool]]:
    """Return the crates, in the order scanned, and what is none: whether it is a crate's code."""
    wanted = list(dict.fromkeys(text.strip()[:MAX_TEXT_LENGTH] for text in texts if text.strip()))
    code_of = {
        text: address.code
        for text in wanted
        if (address := read_address(text)) is not None and address.kind == "crate"
    }
    places = {text for text in wanted if (a := read_address(text)) and a.kind != "crate"}
    box_of = {text: name_key(text) for text in wanted}
    by_code, by_box = _known(session, depot_id, set(code_of.values()), set(box_of.values()))
    crates: dict[int, RollCallCrate] = {}
    others: dict[str, bool] = {}
    for text in wanted:
        crate = by_box.get(box_of[text]) or by_code.get(code_of.get(text, ""))
        if crate is not None:
            crates[crate.id] = crate
        elif text not in places:  # a shelf's own label says where one is, and is no crate
            others[code_of.get(text, text)] = text in code_of
    return list(crates.values()), others


def _known(
    session: Session, depot_id: int, codes: set[str], boxes: set[str]
) -> tuple[dict[str, RollCallCrate], dict[str, RollCallCrate]]:
    """Return crates by their code, an older label's too, and by their old number."""
    old = CrateLabel
    rows = session.execute(
        select(*_COLUMNS, old.code.label("old_code"))
        .join(_Here, _Here.c.id == Crate.location_id)
        .outerjoin(_At, _At.c.id == _Here.c.parent_id)
        .outerjoin(old, (old.crate_id == Crate.location_id) & old.code.in_(codes))
        .where(
            Crate.depot_id == depot_id,
            or_(
                Crate.code.in_(codes),
                old.code.is_not(None),
                Crate.box_number_key.in_(boxes) & (Crate.box_number_key != literal_column("''")),
            ),
        )
    ).all()
    by_code = {row.code: _crate(row) for row in rows}
    by_code |= {row.old_code: _crate(row) for row in rows if row.old_code}
    return by_code, {row.box_number_key: _crate(row) for row in rows if row.box_number_key}


def _standing_in(session: Session, depot_id: int, location_id: int, ids: Sequence[int]) -> set[int]:
    """Return those of the locations that stand at the place, on a crate there or a shelf in it."""
    if not ids:
        return set()
    start = (
        select(Location.id.label("root"), Location.parent_id.label("id"), literal(0).label("depth"))
        .where(Location.depot_id == depot_id, Location.id.in_(ids))
        .cte("up", recursive=True)
    )
    above = Location.__table__.alias("above")
    up = start.union_all(
        select(start.c.root, above.c.parent_id, start.c.depth + 1)
        .join(above, above.c.id == start.c.id)
        .where(above.c.parent_id.is_not(None), start.c.depth < DEEPEST)
    )
    return set(session.scalars(select(up.c.root).where(up.c.id == location_id)))
