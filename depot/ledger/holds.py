"""Lots that are held back, as statements ask about them, and goods that arrive while they are.

A hold counts from the moment it was set until it is lifted: what went out before was right to go.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from depot.db.few import in_portions
from depot.ledger.sql import NO_CRATE
from depot.models import HeldLot, Hold, Location, Lot

#: What a place is where nothing is handed out from.
APART_KINDS: Final = ("quarantine", "transit")
#: The digits of a GTIN in 14 that say which product it is.
_PRODUCT_DIGITS: Final = 12


def held_because(moment: datetime | BindParameter[Any] | None = None) -> ScalarSelect[Any]:
    """Return why the Lot of a statement is held, or was at a moment: one reason, or NULL.

    Of several the first by the alphabet, which no database looks for in the holds themselves.
    """
    return (
        select(func.min(Hold.reason))
        .join(HeldLot, HeldLot.hold_id == Hold.id)
        .where(HeldLot.lot_id == Lot.id, _counts(moment))
        .correlate(Lot)
        .scalar_subquery()
    )


def _counts(moment: datetime | BindParameter[Any] | None) -> ColumnElement[bool]:
    is_open = Hold.released_at.is_(None)
    if moment is None:
        return is_open
    return and_(Hold.made_at <= moment, or_(is_open, Hold.released_at > moment))


def is_lot_held(
    lot_id: ColumnElement[int] | Any, as_of: datetime | None = None
) -> ColumnElement[bool]:
    """Say whether a lot is held now, or was at a past moment."""
    found = select(literal(1)).select_from(HeldLot).join(Hold, Hold.id == HeldLot.hold_id)
    return exists(
        found.where(HeldLot.lot_id == lot_id, _counts(as_of)).correlate_except(HeldLot, Hold)
    )


def places_apart(depot_id: int | BindParameter[int]) -> CTE:
    """Return, as rows (id, depot_id), the places nothing is handed out from, and what is in them.

    The depot is taken along: asked for by itself, it would make SQLite read all locations first.
    """
    apart = (
        select(Location.id.label("id"), Location.depot_id.label("depot_id"))
        .where(Location.depot_id == depot_id, NO_CRATE, Location.kind.in_(APART_KINDS))
        .cte("apart", recursive=True)
    )
    return apart.union(
        select(Location.id, apart.c.depot_id).join(
            apart, (Location.parent_id == apart.c.id) & (Location.depot_id == apart.c.depot_id)
        )
    )


def is_about(hold: type[Hold]) -> ColumnElement[bool]:
    """Say whether a Lot is what a hold names by item, lot code, product's code, dates and donor.

    Of a lot that bears no product's code nobody knows that it is another product: it is held if
    the code stands for its item, or if the depot does not know the code and the lot code fits.

    Lot codes are compared without blanks and capitals, as people copy them from packages. A range
    of dates is about goods that bear one; a date that covers a month or a quarter is in it
    if any of its days is.
    """
    until: ColumnElement[str] = cast(hold.date_to, Text)
    return and_(
        Lot.depot_id == hold.depot_id,
        or_(hold.item_id.is_(None), hold.item_id == Lot.item_id, _same_product(hold)),
        or_(hold.gtin == "", _same_product(hold), _may_be_product(hold)),
        or_(hold.lot_code == "", _plain(hold.lot_code) == _plain(Lot.lot_code)),
        or_(hold.partner_id.is_(None), hold.partner_id == Lot.partner_id),
        or_(hold.date_from.is_(None), hold.date_from <= Lot.date_on),
        or_(
            hold.date_to.is_(None),
            and_(Lot.date_on.is_not(None), _first_day() <= until),
        ),
    )


def _same_product(hold: type[Hold]) -> ColumnElement[bool]:
    """Say whether a lot bears the hold's product code; a case's is that of what is in it.

    The digit before, which tells how many there are, and the check digit behind are left out.
    """
    return and_(
        hold.gtin != "",
        Lot.gtin != "",
        func.substr(Lot.gtin, 2, _PRODUCT_DIGITS) == func.substr(hold.gtin, 2, _PRODUCT_DIGITS),
    )


def _may_be_product(hold: type[Hold]) -> ColumnElement[bool]:
    by_lot_code = and_(hold.item_id.is_(None), hold.lot_code != "")
    return and_(Lot.gtin == "", or_(hold.item_id == Lot.item_id, by_lot_code))


def _plain(code: ColumnElement[str] | Any) -> ColumnElement[str]:
    return func.upper(func.replace(code, " ", ""))


def _first_day() -> ColumnElement[Any]:
    """Return the first day of a lot's date as text that compares: 2027-05, 2027-04 for 2027-Q2."""
    text: ColumnElement[Any] = cast(Lot.date_text, Text)
    for quarter, month in (("Q1", "01"), ("Q2", "04"), ("Q3", "07"), ("Q4", "10")):
        text = func.replace(text, quarter, month, type_=Text)
    return text


def hold_what_was_made(
    session: Session, depot_id: int, used_ids: Collection[int], made_ids: Collection[int]
) -> None:
    """Hold what was made of lots that are held, by the same holds (one statement)."""
    made = (
        select(Hold.id, Lot.id, Lot.depot_id)
        .select_from(Hold)
        .join(Lot, Lot.depot_id == Hold.depot_id)
        .where(
            Hold.depot_id == depot_id,
            Hold.released_at.is_(None),
            Lot.id.in_(made_ids),
            exists().where(HeldLot.hold_id == Hold.id, HeldLot.lot_id.in_(used_ids)),
            ~exists().where(HeldLot.hold_id == Hold.id, HeldLot.lot_id == Lot.id),
        )
    )
    session.execute(insert(HeldLot).from_select(["hold_id", "lot_id", "depot_id"], made))


def hold_on_arrival(session: Session, depot_id: int, lot_ids: Sequence[int]) -> None:
    """Hold those of the new lots that an open hold is about (one statement for some thousand).

    What was held by its receipt or crate is what was in that then: nothing new is.
    """
    columns = ["hold_id", "lot_id", "depot_id"]
    for some in in_portions(lot_ids):
        matching: Select[Any, Any, Any] = (
            select(Hold.id, Lot.id, Lot.depot_id)
            .join(Lot, is_about(Hold))
            .where(
                Hold.depot_id == depot_id,
                Hold.released_at.is_(None),
                Hold.entry_id.is_(None),
                Hold.crate_id.is_(None),
                Lot.id.in_(some),
            )
        )
        session.execute(insert(HeldLot).from_select(columns, matching))
