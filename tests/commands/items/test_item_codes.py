"""Product codes: told once, known from then on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import (
    CodeTaken,
    CommandIdReused,
    Invalid,
    NotFound,
    UnknownCode,
    UnknownItem,
)
from depot.entries.queries.discrepancies import open_discrepancies, settled_discrepancies
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.item_codes import ForgetCode, LearnCode, forget_code, learn_code
from depot.items.queries.item_codes import Meaning, codes_of_item, meaning_of
from depot.kernel.once import AnyOutcome
from depot.models import Item, Lot
from depot.scanning.commands import KeepUnknownScan, keep_unknown_scan
from tests.builders import World, clock, receive
from tests.commands.shelves import put_crate
from tests.stock_text import rows, stock

EAN = "5000112637922"
KEY = "05000112637922"


def learn(world: World, code: str = EAN, item: str | int = "Beans", **about: Any) -> AnyOutcome:
    command = LearnCode(command_id=uuid4(), code=code, item=item, **about)
    return learn_code(command, world.ben, clock)


def meaning(world: World, key: str = KEY) -> Meaning | None:
    return meaning_of(world.session, world.north.id, key)


def test_a_code_told_once_is_known_from_then_on(world: World) -> None:
    receive(world.ada, 3, "Beans")
    learn(world, pack_quantity=24, note="case")
    found = meaning(world)
    assert found is not None
    assert (found.item, found.unit, found.pack_quantity, found.note) == (
        "Beans",
        "piece",
        24,
        "case",
    )


def test_the_same_number_is_the_same_code_however_it_was_scanned(world: World) -> None:
    learn(world, code=f"]C101{KEY}10AB12")
    assert meaning(world) is not None
    learn(world, code=EAN, pack_quantity=6)
    (code,) = codes_of_item(world.session, world.north.id, meaning(world).item_id)  # type: ignore[union-attr]
    assert (code.shown, code.pack_quantity, code.person) == (EAN, 6, "Ben")


def test_an_item_nobody_had_is_made_in_place(world: World) -> None:
    learn(world, item="Quinoa", unit="gram", pack_quantity=500)
    found = meaning(world)
    assert found is not None
    assert (found.item, found.unit, found.pack_quantity) == ("Quinoa", "gram", 500)


def test_empty_overwrites_nothing_that_is_known(world: World) -> None:
    learn(world, pack_quantity=24, note="case")
    learn(world)
    found = meaning(world)
    assert found is not None
    assert (found.pack_quantity, found.note) == (24, "case")


def test_another_item_is_asked_about_before_it_takes_the_code(world: World) -> None:
    learn(world, pack_quantity=24)
    with pytest.raises(CodeTaken) as refused:
        learn(world, item="Rice")
    assert refused.value.params["item"] == "Beans"
    assert meaning(world).item == "Beans"  # type: ignore[union-attr]
    answer = learn(world, item="Rice", instead=True)
    assert answer.body["was"] == "Beans"
    found = meaning(world)
    assert found is not None
    assert (found.item, found.pack_quantity) == ("Rice", None)  # what was in it was beans


def test_told_twice_is_told_once(world: World) -> None:
    command = LearnCode(command_id=uuid4(), code=EAN, item="Beans", pack_quantity=6)
    first, second = (learn_code(command, world.ben, clock) for _ in range(2))
    assert second.repeated
    assert second.body == first.body
    other = LearnCode(command_id=command.command_id, code=EAN, item="Rice")
    with pytest.raises(CommandIdReused):
        learn_code(other, world.ben, clock)


def test_a_code_of_somebodys_own_can_be_learned_too(world: World) -> None:
    learn(world, code="ART-4711")
    assert meaning(world, "art-4711") is not None


def test_our_own_labels_are_no_product_codes(world: World) -> None:
    put_crate(world.ada, "7K3M-9QX2")
    for text in ("7k3m9qx2", "https://DEPOT.EXAMPLE/P/1", "https://DEPOT.EXAMPLE/E/1"):
        with pytest.raises(Invalid):
            learn(world, code=text)


@pytest.mark.parametrize(
    "text", ["", "  ", "]C100340123450000000000", "(01)05000112637923", "x" * 300]
)
def test_what_has_no_number_of_a_product_is_refused(world: World, text: str) -> None:
    with pytest.raises(Invalid):
        learn(world, code=text)


def test_an_item_that_is_not_there_is_refused_and_nothing_is_learned(world: World) -> None:
    with pytest.raises(UnknownItem):
        learn(world, item=987_654)
    assert meaning(world) is None


def test_each_depot_learns_for_itself(world: World) -> None:
    learn(world)
    assert meaning_of(world.session, world.south.id, KEY) is None
    theirs = LearnCode(command_id=uuid4(), code=EAN, item="Soup")
    learn_code(theirs, world.cleo, clock)
    assert meaning(world).item == "Beans"  # type: ignore[union-attr]
    ours = meaning(world)
    assert ours is not None
    wrong = LearnCode(command_id=uuid4(), code="96385074", item=ours.item_id)
    with pytest.raises(UnknownItem):
        learn_code(wrong, world.cleo, clock)


def test_a_forgotten_code_stands_for_nothing(world: World) -> None:
    learn(world)
    found = meaning(world)
    assert found is not None
    (code,) = codes_of_item(world.session, world.north.id, found.item_id)
    with pytest.raises(NotFound):
        forget_code(ForgetCode(command_id=uuid4(), code_id=code.id), world.cleo, clock)
    command = ForgetCode(command_id=uuid4(), code_id=code.id)
    forget_code(command, world.ben, clock)
    assert forget_code(command, world.ben, clock).repeated
    assert meaning(world) is None


def test_learning_a_code_settles_the_question_about_it(world: World) -> None:
    keep_unknown_scan(KeepUnknownScan(command_id=uuid4(), text=EAN), world.ben, clock)
    assert len(open_discrepancies(world.session, world.north.id)) == 1
    learn(world, code=f"(01){KEY}(15)261231")
    assert open_discrepancies(world.session, world.north.id) == []
    (settled,) = settled_discrepancies(world.session, world.north.id)
    assert settled.resolution == "learned"


def bring(world: World, *lines: ReceiptLine, **about: Any) -> AnyOutcome:
    command = ReceiveGoods(command_id=uuid4(), lines=lines, **about)
    return receive_goods(command, world.ben, clock)


def lots(world: World, item: str) -> list[tuple[str, str, str]]:
    rows = world.session.execute(
        select(Lot.lot_code, Lot.date_kind, Lot.date_text)
        .join(Item, Item.id == Lot.item_id)
        .where(Item.name == item, Lot.depot_id == world.north.id)
    )
    return [(row.lot_code, row.date_kind, row.date_text) for row in rows]


def test_a_scanned_line_is_filled_with_what_its_code_says(world: World) -> None:
    receive(world.ada, 1, "Beans")
    learn(world, pack_quantity=24)
    bring(world, ReceiptLine(scanned=f"]C101{KEY}1726123110A1"))
    assert stock(world.ada) == rows("1 Beans @ Arrivals, 24 Beans/use by 2026-12-31 @ Arrivals")
    assert ("A1", "use_by", "2026-12-31") in lots(world, "Beans")


def test_what_the_line_says_itself_is_never_overwritten(world: World) -> None:
    receive(world.ada, 1, "Beans")
    learn(world, pack_quantity=24)
    typed = ReceiptLine(
        scanned=f"(01){KEY}(17)261231(10)A1", quantity=3, date="2027-05", lot_code="B2"
    )
    bring(world, typed)
    assert stock(world.ada) == rows("1 Beans @ Arrivals, 3 Beans/2027-05 @ Arrivals")
    assert ("B2", "best_before", "2027-05") in lots(world, "Beans")


def test_another_item_on_the_line_takes_neither_the_pack_nor_the_code(world: World) -> None:
    receive(world.ada, 1, "Beans")
    learn(world, pack_quantity=24)
    bring(world, ReceiptLine(item="Rice", quantity=2, scanned=EAN))
    assert stock(world.ada) == rows("1 Beans @ Arrivals, 2 Rice @ Arrivals")
    assert meaning(world).item == "Beans"  # type: ignore[union-attr]


def test_goods_that_are_weighed_get_the_weight_in_the_code(world: World) -> None:
    receive(world.ada, 1000, "Cheese", unit="gram")
    learn(world, item="Cheese", pack_quantity=500)
    bring(world, ReceiptLine(scanned=f"(01){KEY}(3103)001224"), ReceiptLine(scanned=EAN))
    # what bears a product's code is a lot of its own
    assert stock(world.ada) == rows("1000 Cheese @ Arrivals\n1724 Cheese @ Arrivals")


def test_a_case_of_known_pieces_counts_them(world: World) -> None:
    learn(world, pack_quantity=1)
    bring(world, ReceiptLine(scanned=f"(02){KEY}(37)24"))
    assert stock(world.ada) == rows("24 Beans @ Arrivals")


def test_an_unknown_code_on_a_line_that_names_its_item_is_learned(world: World) -> None:
    keep_unknown_scan(KeepUnknownScan(command_id=uuid4(), text=EAN), world.ben, clock)
    bring(world, ReceiptLine(item="Oat milk", quantity=10, scanned=EAN))
    found = meaning(world)
    assert found is not None
    assert (found.item, found.pack_quantity) == ("Oat milk", None)
    assert open_discrepancies(world.session, world.north.id) == []


def test_an_unknown_code_on_a_line_that_names_nothing_is_asked_about(world: World) -> None:
    with pytest.raises(UnknownCode) as refused:
        bring(world, ReceiptLine(item="Rice", quantity=2), ReceiptLine(scanned=EAN, quantity=1))
    assert refused.value.params["code"] == EAN
    assert stock(world.ada) == []


def test_a_crate_s_label_scanned_into_a_line_says_where_it_goes(world: World) -> None:
    put_crate(world.ada, "7K3M-9QX2", at="Arrivals")
    bring(world, ReceiptLine(item="Rice", quantity=2, scanned="https://D.EXAMPLE/C/7K3M-9QX2"))
    assert stock(world.ada) == rows("2 Rice @ 7K3M-9QX2")
    assert meaning(world, "7k3m-9qx2") is None
