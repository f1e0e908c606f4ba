"""Goods go from one depot to another: nothing appears and nothing vanishes on the way."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import (
    CommandIdReused,
    HeldBack,
    Invalid,
    NotFound,
    NotReversible,
    UnknownCrate,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.models import (
    Crate,
    Depot,
    Discrepancy,
    Item,
    ItemMatch,
    Location,
    Lot,
    Transfer,
    TransferLine,
)
from depot.network.commands.receiving import (
    MatchLine,
    ReceiveLine,
    ReceiveTransfer,
    receive_transfer,
)
from depot.network.commands.sending import SendLine, SendTransfer, send_transfer
from depot.network.errors import NotInTransfer, NotLinked, TransferOver
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from depot.safety.commands.recalls import StartRecall, start_recall
from depot.safety.queries.recall_traces import trace_of
from depot.safety.queries.recalls import recall_row
from tests.builders import World, clock, on_hand
from tests.commands.network.linked import coming, everywhere, link, send, take_in
from tests.current import db
from tests.stock_text import crates, lines, moves, rows, set_up, stock

CRATE, OTHER = "7K3M-9QX2", "GECY-YS9M"


@pytest.fixture
def depots(world: World) -> World:
    """The north has rice and beans; north and south work together."""
    set_up(
        world.ben,
        f"""
        place Shelf B2
        crate {CRATE} in_use @ Shelf B2
        24 Rice/2027-05 @ {CRATE}
        10 Rice/2027-03 @ Shelf B2
        6 Beans @ Shelf B2
        """,
    )
    link(world.ada, world.cleo)
    return world


def undo(actor: Actor, entry_id: int | None) -> None:
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry_id or 0), actor, clock)


def test_what_is_sent_leaves_one_book_and_comes_into_the_other(depots: World) -> None:
    sent = send(depots.ben, depots.cleo, (12, "Rice"))
    assert sent.state == "sent"
    assert moves(sent.entry_id) == lines(
        f"10 Rice/2027-03: Shelf B2 > network, 2 Rice/2027-05: {CRATE} > network"
    )
    assert stock(depots.cleo) == []
    came = take_in(depots.cleo, ("Rice", 12))
    assert (came.state, came.missing) == ("arrived", ())
    assert stock(depots.cleo) == rows("10 Rice/2027-03 @ Arrivals, 2 Rice/2027-05 @ Arrivals")
    assert moves(came.entry_id) == lines(
        "10 Rice/2027-03: network > Arrivals, 2 Rice/2027-05: network > Arrivals"
    )
    assert everywhere(depots.ben, depots.cleo) == 40


def test_a_crate_keeps_its_code_and_what_is_in_it(depots: World) -> None:
    send(depots.ben, depots.cleo, crates=[CRATE])
    assert crates(depots.ben) == rows(f"crate {CRATE} retired")
    came = take_in(depots.cleo, crates=["7k3m 9qx2"])
    assert stock(depots.cleo) == rows(f"24 Rice/2027-05 @ {CRATE}")
    assert crates(depots.cleo) == rows(f"crate {CRATE} in_use @ Arrivals")
    assert came.crate_codes == (CRATE,)
    # and back again: the first depot's own crate is in use once more
    send(depots.cleo, depots.ben, crates=[CRATE])
    take_in(depots.ben, crates=[CRATE])
    assert crates(depots.ben) == rows(f"crate {CRATE} in_use @ Arrivals")
    assert crates(depots.cleo) == rows(f"crate {CRATE} retired")
    assert everywhere(depots.ben, depots.cleo) == 40


def test_what_stands_on_a_crate_goes_along(depots: World) -> None:
    set_up(depots.ben, f"crate {OTHER} in_use @ {CRATE}, 3 Soup @ {OTHER}")
    send(depots.ben, depots.cleo, crates=[CRATE])
    take_in(depots.cleo, crates=[CRATE])
    assert crates(depots.cleo) == rows(
        f"crate {CRATE} in_use @ Arrivals, crate {OTHER} in_use @ {CRATE}"
    )
    assert stock(depots.cleo) == rows(f"24 Rice/2027-05 @ {CRATE}, 3 Soup @ {OTHER}")


def test_a_repeated_command_sends_and_receives_once(depots: World) -> None:
    command = SendTransfer(
        command_id=uuid4(), to_depot="south", lines=(SendLine(quantity=4, item="Beans"),)
    )
    first = send_transfer(command, depots.ben, clock)
    again = send_transfer(command, depots.ben, clock)
    assert (again.repeated, again.body) == (True, first.body)
    receipt = ReceiveTransfer(
        command_id=uuid4(),
        transfer_id=coming(depots.cleo),
        lines=(ReceiveLine(line=1, quantity=4),),
        complete=True,
    )
    receive_transfer(receipt, depots.cleo, clock)
    assert receive_transfer(receipt, depots.cleo, clock).repeated
    assert on_hand(depots.cleo, "Beans") == 4
    with pytest.raises(CommandIdReused):
        send_transfer(
            SendTransfer(command_id=command.command_id, to_depot="south", crate_codes=(CRATE,)),
            depots.ben,
            clock,
        )


def test_it_may_come_in_parts_and_what_is_missing_is_named_at_both_ends(depots: World) -> None:
    send(depots.ben, depots.cleo, (12, "Rice"), (6, "Beans"))
    part = take_in(depots.cleo, ("Rice", 5), complete=False)
    assert (part.state, part.missing) == ("arriving", ())
    assert asked() == []
    rest = take_in(depots.cleo, ("Rice", 4, 1), ("Beans", 6))
    assert rest.state == "arrived"
    # of the rice with the earlier date one came broken; of the other nothing came
    assert [
        (one.item, one.sent, one.arrived, one.damaged, one.missing) for one in rest.missing
    ] == [
        ("Rice", 10, 9, 1, 0),
        ("Rice", 2, 0, 0, 2),
    ]
    assert sorted(asked()) == [
        ("North", "transfer_difference", "Rice", 2, 0),
        ("South", "transfer_difference", "Rice", 2, 0),
    ]
    assert on_hand(depots.cleo, "Rice") == 9
    assert everywhere(depots.ben, depots.cleo) == 40


def asked() -> list[tuple[str, str, str | None, int | None, int | None]]:
    found = db.session.execute(
        select(
            Depot.name,
            Discrepancy.kind,
            Item.name,
            Discrepancy.expected_quantity,
            Discrepancy.actual_quantity,
        )
        .join(Depot, Depot.id == Discrepancy.depot_id)
        .outerjoin(Item, Item.id == Discrepancy.item_id)
        .where(Discrepancy.resolved_at.is_(None))
    )
    return [(*row,) for row in found]


def test_what_was_missing_and_comes_after_all_is_booked_and_explained(depots: World) -> None:
    send(depots.ben, depots.cleo, (6, "Beans"))
    take_in(depots.cleo)
    assert len(asked()) == 2
    late = take_in(depots.cleo, ("Beans", 6), complete=False)
    assert late.state == "arrived"
    assert (on_hand(depots.cleo, "Beans"), asked()) == (6, [])


def test_more_than_was_sent_is_booked_and_looked_at(depots: World) -> None:
    send(depots.ben, depots.cleo, (6, "Beans"))
    came = take_in(depots.cleo, ("Beans", 8))
    assert moves(came.entry_id) == lines(
        "6 Beans: network > Arrivals, 2 Beans: count_variance > Arrivals"
    )
    assert sorted(asked()) == [
        ("North", "transfer_difference", "Beans", 6, 8),
        ("South", "transfer_difference", "Beans", 6, 8),
    ]


def test_until_it_arrives_it_is_undone_and_the_goods_are_back(depots: World) -> None:
    before = stock(depots.ben)
    sent = send(depots.ben, depots.cleo, (4, "Beans"), crates=[CRATE])
    undo(depots.ben, sent.entry_id)
    assert stock(depots.ben) == before
    assert crates(depots.ben) == rows(f"crate {CRATE} in_use @ Shelf B2")
    with pytest.raises(TransferOver):
        take_in(depots.cleo, ("Beans", 4))
    assert everywhere(depots.ben, depots.cleo) == 40


def test_after_it_arrived_it_is_sent_back_not_undone(depots: World) -> None:
    sent = send(depots.ben, depots.cleo, (4, "Beans"))
    take_in(depots.cleo, ("Beans", 1), complete=False)
    with pytest.raises(NotReversible):
        undo(depots.ada, sent.entry_id)
    take_in(depots.cleo, ("Beans", 3))
    send(depots.cleo, depots.ben, (4, "Beans"))
    take_in(depots.ben, ("Beans", 4))
    assert (on_hand(depots.ben, "Beans"), on_hand(depots.cleo, "Beans")) == (6, 0)


def test_a_receipt_that_was_a_mistake_goes_on_its_way_again(depots: World) -> None:
    sent = send(depots.ben, depots.cleo, crates=[CRATE])
    came = take_in(depots.cleo, crates=[CRATE])
    undo(depots.cleo, came.entry_id)
    assert stock(depots.cleo) == []
    assert everywhere(depots.ben, depots.cleo) == 40
    states = db.session.scalars(select(Transfer.state)).all()
    assert states == ["sent", "sent"]
    undo(depots.ben, sent.entry_id)  # and then it can be undone at its beginning too
    assert crates(depots.ben) == rows(f"crate {CRATE} in_use @ Shelf B2")


def test_an_item_is_matched_by_code_or_name_once_and_learned(depots: World) -> None:
    set_up(depots.cleo, "1 White rice @ Arrivals, 1 Beans @ Arrivals")
    send(depots.ben, depots.cleo, (10, "Rice"), (2, "Beans"))
    numbers = {
        name: line
        for line, name in db.session.execute(
            select(TransferLine.line, TransferLine.item_name).where(
                TransferLine.transfer_id == coming(depots.cleo)
            )
        )
    }
    take_in(
        depots.cleo,
        ("Rice", 10),
        ("Beans", 2),
        matches=(MatchLine(line=numbers["Rice"], item="White rice"),),
    )
    assert (on_hand(depots.cleo, "White rice"), on_hand(depots.cleo, "Beans")) == (11, 3)
    send(depots.ben, depots.cleo, (4, "Rice"))
    take_in(depots.cleo, ("Rice", 4))
    assert on_hand(depots.cleo, "White rice") == 15
    assert sorted(db.session.scalars(select(ItemMatch.name_key))) == ["beans", "rice"]
    names = db.session.scalars(select(Item.name).where(Item.depot_id == depots.south.id)).all()
    assert "Rice" not in names


def test_only_depots_that_both_agreed_can_be_reached(world: World) -> None:
    set_up(world.ben, "5 Rice @ Arrivals")
    with pytest.raises(NotLinked):
        send(world.ben, world.cleo, (5, "Rice"))
    assert on_hand(world.ben, "Rice") == 5


def test_what_must_not_go_out_is_not_sent(depots: World) -> None:
    place_hold(
        PlaceHold(command_id=uuid4(), reason="smells", by=HeldBy(item="Beans")), depots.ben, clock
    )
    with pytest.raises(HeldBack):
        send(depots.ben, depots.cleo, (2, "Beans"))


def test_what_is_wrong_is_named(depots: World) -> None:
    with pytest.raises(Invalid):
        send(depots.ben, depots.cleo)
    with pytest.raises(UnknownCrate):
        send(depots.ben, depots.cleo, crates=["AAAA-AAAA"])
    with pytest.raises(NotFound):
        take_in(depots.cleo, transfer_id=4711)
    sent = send(depots.ben, depots.cleo, (2, "Beans"))
    with pytest.raises(NotFound):  # its own end is not to be received
        take_in(depots.ben, ("Beans", 2), transfer_id=sent.id)
    with pytest.raises(NotInTransfer):
        take_in(depots.cleo, ("Soup", 2))
    with pytest.raises(NotInTransfer):
        take_in(depots.cleo, crates=[CRATE])


def test_dates_and_lots_go_along(depots: World) -> None:
    send(depots.ben, depots.cleo, crates=[CRATE])
    take_in(depots.cleo, crates=[CRATE])
    lot = db.session.scalars(select(Lot).where(Lot.depot_id == depots.south.id)).one()
    assert (lot.origin_kind, lot.date_text, lot.date_kind) == ("transfer", "2027-05", "best_before")
    place = db.session.scalars(
        select(Location.kind).where(Location.depot_id == depots.south.id, Location.name == CRATE)
    ).one()
    assert place == "crate"
    assert db.session.scalars(select(Crate.code).where(Crate.depot_id == depots.south.id)).one()


def test_a_recall_names_the_depot_that_received_it(depots: World) -> None:
    send(depots.ben, depots.cleo, crates=[CRATE])
    undone = send(depots.ben, depots.cleo, (3, "Rice"))
    undo(depots.ben, undone.entry_id)
    asked = StartRecall(command_id=uuid4(), name="Glass", by=HeldBy(item="Rice"))
    number = start_recall(asked, depots.ben, clock).answer.id
    row = recall_row(db.session(), depots.north.id, number)
    assert row is not None
    trace = trace_of(db.session(), depots.north.id, row)
    assert [(one.kind, one.name, one.quantity) for one in trace.gone] == [("transfer", "South", 24)]
