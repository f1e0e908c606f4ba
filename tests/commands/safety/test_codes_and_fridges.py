"""Holds by a product's code that lots bear, of what lay in a fridge, and past their day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Invalid, NotFound
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.models import Location, Lot
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from depot.safety.commands.temperatures import (
    RecordTemperature,
    SaveTemperatureRule,
    record_temperature,
    save_temperature_rule,
)
from depot.safety.queries.holds import hold_row, overdue_holds
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.builders import NOW, World, clock
from tests.commands.safety.test_holds import (
    CRATE,
    EAN,
    HOUR,
    OTHER,
    free,
    goods,
    held_dates,
    hold,
)
from tests.current import db
from tests.stock_text import set_up

__all__ = ["goods"]

#: Beans of another maker, and a case of twelve of the first.
OTHER_EAN, CASE = "5000112637922", "14006381333938"


def test_a_product_code_is_kept_on_the_lot_and_held_by(goods: World) -> None:
    learn_code(LearnCode(command_id=uuid4(), code=EAN, item="Beans"), goods.ben, clock)
    for line in (
        ReceiptLine(scanned=f"(01)0{EAN}(10)L1", quantity=6),
        ReceiptLine(item="Beans", gtin=CASE, lot_code="L1", quantity=12),
        ReceiptLine(item="Beans", gtin=OTHER_EAN, lot_code="L1", quantity=7),
        ReceiptLine(item="Peas", gtin=OTHER_EAN, lot_code="L2", quantity=8),
        ReceiptLine(item="Beans", lot_code="L1", quantity=9),
    ):
        command = ReceiveGoods(command_id=uuid4(), lines=(line,), partner="Shop")
        receive_goods(command, goods.ben, clock)
    bears = select(Lot.gtin).where(Lot.lot_code == "L1").order_by(Lot.gtin)
    assert list(db.session.scalars(bears)) == ["", f"0{EAN}", f"0{OTHER_EAN}", CASE]

    def quantity(**by: Any) -> int:
        command = PlaceHold(command_id=uuid4(), reason="recalled", by=HeldBy(**by))
        return place_hold(command, goods.ben, clock).answer.quantity

    assert quantity(gtin=EAN, lot_code="l1") == 6 + 12 + 9  # the case too, and what bears no code
    assert quantity(gtin=OTHER_EAN, lot_code="L1") == 7 + 9  # nobody taught it
    assert quantity(gtin=OTHER_EAN) == 7 + 8  # whatever item it was put down as
    assert quantity(item="Peas", gtin=OTHER_EAN) == 7 + 8
    later = ReceiptLine(item="Peas", gtin=OTHER_EAN, lot_code="L3", quantity=1)
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=(later,)), goods.ben, clock)
    assert free(goods, "Peas") == (9, 9, 0, 0)
    wrong = ReceiptLine(item="Peas", gtin="12345", quantity=1)
    with pytest.raises(Invalid) as refused:
        receive_goods(ReceiveGoods(command_id=uuid4(), lines=(wrong,)), goods.ben, clock)
    assert refused.value.field == "gtin"


def test_what_lay_in_a_fridge_since_it_was_last_cold_is_held(goods: World) -> None:
    set_up(goods.ben, "place Fridge, place Table")
    place = goods.session.scalars(select(Location.id).where(Location.name == "Fridge")).one()

    def put(code: str, to: str, hours: int) -> None:
        move = MoveCrate(command_id=uuid4(), crate_code=code, to=to)
        move_crate(move, goods.ben, lambda: NOW + hours * HOUR)

    limits = SaveTemperatureRule(
        command_id=uuid4(), location_id=place, kind="fridge", highest_tenths=50, source="us"
    )
    save_temperature_rule(limits, goods.ada, lambda: NOW - 20 * HOUR)

    def read(tenths: int, hours: int) -> None:
        reading = RecordTemperature(command_id=uuid4(), location_id=place, tenths=tenths)
        record_temperature(reading, goods.ben, lambda: NOW + hours * HOUR)

    put(CRATE, "Fridge", 1)
    read(40, 2)
    put(OTHER, "Fridge", 3)
    read(120, 4)
    put(OTHER, "Table", 5)
    held = hold(goods.ben, at=NOW + 6 * HOUR, place=place)
    assert held_dates() == ["Beans", "Rice 2027-05", "Rice 2027-Q3"]
    found = hold_row(goods.session, goods.north.id, held)
    assert found is not None
    assert (found.place, found.crate) == ("Fridge", None)
    with pytest.raises(NotFound):
        hold(goods.cleo, place=place)
    with pytest.raises(Invalid):
        hold(goods.ben, place=place, crate_code=CRATE)


def test_a_hold_past_its_day_is_named(goods: World) -> None:
    held = hold(goods.ben, item="Rice", until=NOW.date())
    session, day = goods.session, timedelta(days=1)
    assert overdue_holds(session, goods.north.id, NOW.date()) == []
    (found,) = overdue_holds(session, goods.north.id, NOW.date() + day)
    assert (found.id, found.until_on) == (held, NOW.date())
    assert overdue_holds(session, goods.south.id, NOW.date() + day) == []
