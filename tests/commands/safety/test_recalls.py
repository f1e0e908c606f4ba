"""A recall: what is called back is held, found or missed, followed both ways, and stays written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, HeldBack, Invalid, NotFound
from depot.distribution.commands.handouts import IssueAtEvent, issue_at_event
from depot.distribution.commands.returns import ReturnGoods, ReturnLine, return_goods
from depot.distribution.commands.scanned_goods import IssueLine
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Discrepancy, HeldLot, Lot, Recall, RecallFinding, RecallNotice
from depot.network.commands.sending import SendLine, SendTransfer, send_transfer
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.safety.commands.findings import RecordFinding, record_finding
from depot.safety.commands.holds import HeldBy, ReleaseHold, release_hold
from depot.safety.commands.recalls import (
    CloseRecall,
    StartRecall,
    TellOfRecall,
    close_recall,
    start_recall,
    tell_of_recall,
)
from depot.safety.errors import LessThere, NotRecalled, RecallClosed, RecallStillOpen
from depot.safety.queries.recall_traces import Trace, trace_of
from depot.safety.queries.recalls import (
    RecallRow,
    findings_of,
    goods_here,
    listed_recalls,
    notices_of,
    recall_row,
)
from depot.stock.commands.take_out import TakeOut, take_out
from tests.bench.recalls import STEPS, ask, call_back, make_chain
from tests.builders import NOW, World, clock
from tests.commands.distribution.test_plans import an_event
from tests.commands.network.linked import link
from tests.current import db
from tests.statements import count_statements
from tests.stock_text import rows, set_up, stock

CRATE, OTHER = "7K3M-9QX2", "GECY-YS9M"
HOUR = timedelta(hours=1)
GTIN = "4006381333931"


def recall(actor: Actor, **by: Any) -> int:
    command = StartRecall(command_id=uuid4(), name="Glass in it", by=HeldBy(**by))
    return start_recall(command, actor, clock).answer.id


def find(actor: Actor, recall_id: int, outcome: Any, at: Any = None, **what: Any) -> Any:
    command = RecordFinding(
        command_id=uuid4(),
        recall_id=recall_id,
        outcome=outcome,
        occurred_at=at,
        **what,
    )
    return record_finding(command, actor, clock)


def row(world: World, recall_id: int) -> RecallRow:
    found = recall_row(world.session, world.north.id, recall_id)
    assert found is not None
    return found


def here(world: World, recall_id: int) -> list[tuple[str, str, int, int]]:
    found = goods_here(world.session, world.north.id, row(world, recall_id))
    return [
        (
            one.goods.item,
            one.goods.crates[0] if one.goods.crates else "",
            one.goods.quantity,
            one.kept,
        )
        for one in found
    ]


def trace(world: World, recall_id: int) -> Trace:
    return trace_of(world.session, world.north.id, row(world, recall_id))


def gone(world: World, recall_id: int) -> list[tuple[str, str, str, int]]:
    return [
        (one.kind, one.name or one.reason, one.item, one.quantity)
        for one in trace(world, recall_id).gone
    ]


def cook(actor: Actor, used: str, how_many: int, made: str, at: Any = None) -> int:
    command = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item=used, quantity=how_many),),
        outputs=(ProductionOutput(item=made, quantity=how_many, category="Mixed food"),),
        occurred_at=at,
    )
    return produce_goods(command, actor, clock).entry_id or 0


def issue(actor: Actor, event_id: int, item: str, quantity: int) -> AnyOutcome:
    line = IssueLine(item=item, quantity=quantity)
    command = IssueAtEvent(
        command_id=uuid4(), event_id=event_id, lines=(line,), occurred_at=NOW - HOUR
    )
    return issue_at_event(command, actor, clock)


@pytest.fixture
def goods(world: World) -> World:
    """Tomatoes of one lot in a crate and loose, of another lot in another crate."""
    set_up(world.ben, f"crate {CRATE} in_use @ Arrivals, crate {OTHER} in_use @ Arrivals")
    came_in: list[tuple[int, str, str, dict[str, Any]]] = [
        (30, "L1", "Farm", {"gtin": GTIN}),
        (10, "L1", "Farm", {"crate_code": CRATE, "gtin": GTIN}),
        (20, "L2", "Mill", {"crate_code": OTHER}),
    ]
    for quantity, code, partner, line in came_in:
        came = ReceiptLine(item="Tomatoes", quantity=quantity, lot_code=code, **line)
        command = ReceiveGoods(
            command_id=uuid4(), lines=(came,), partner=partner, occurred_at=NOW - 9 * HOUR
        )
        receive_goods(command, world.ben, clock)
    return world


def test_it_holds_what_is_here_and_what_was_made_of_it(goods: World) -> None:
    entry = cook(goods.ben, "Tomatoes", 5, "Sauce", NOW - 5 * HOUR)
    cook(goods.ben, "Sauce", 4, "Soup", NOW - 4 * HOUR)
    asked = StartRecall(command_id=uuid4(), name="Glass", by=HeldBy(gtin=GTIN, lot_code="l1"))
    first, again = (start_recall(asked, goods.ben, clock) for _ in range(2))
    assert (again.answer, again.repeated) == (first.answer, True)
    found = first.answer.id
    assert here(goods, found) == [
        ("Sauce", "", 1, 0),
        ("Soup", "", 4, 0),
        ("Tomatoes", "", 25, 0),
        ("Tomatoes", CRATE, 10, 0),
    ]
    with pytest.raises(HeldBack):
        take_out(
            TakeOut(
                command_id=uuid4(),
                place="Arrivals",
                reason="issue",
                lines=(GoodsLine(item="Soup", quantity=1),),
            ),
            goods.ben,
            clock,
        )
    assert gone(goods, found) == [
        ("production", "Sauce", "Tomatoes", 5),
        ("production", "Soup", "Sauce", 4),
    ]
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry), goods.ada, clock)
    assert ("production", "Sauce", "Tomatoes", 5) not in gone(goods, found)


def test_what_is_made_of_it_while_it_is_held_is_held_too(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    cook(goods.ben, "Tomatoes", 60, "Sauce", NOW - HOUR)
    held = select(Lot.id).join(HeldLot, HeldLot.lot_id == Lot.id).where(Lot.produced_by_seq > 0)
    assert len(list(db.session.scalars(held))) == 1
    assert here(goods, found) == [("Sauce", "", 60, 0)]


def test_it_is_followed_to_events_and_back_to_what_it_was_made_of(goods: World) -> None:
    cook(goods.ben, "Tomatoes", 40, "Sauce", NOW - 6 * HOUR)
    cook(goods.ben, "Sauce", 10, "Soup", NOW - 5 * HOUR)
    event_id = an_event(goods.ben)
    issue(goods.ben, event_id, "Soup", 8)
    issue(goods.ben, event_id, "Soup", 1)
    back = ReturnGoods(
        command_id=uuid4(), event_id=event_id, lines=(ReturnLine(item="Soup", quantity=3),)
    )
    return_goods(back, goods.ben, clock)
    lost = GoodsLine(item="Sauce", quantity=2)
    take_out(
        TakeOut(command_id=uuid4(), place="Arrivals", reason="damaged", lines=(lost,)),
        goods.ben,
        clock,
    )
    found = recall(goods.ben, item="Soup")
    assert here(goods, found) == [("Soup", "", 4, 0)]
    seen = trace(goods, found)
    assert [(one.kind, one.item, one.quantity) for one in seen.gone] == [("event", "Soup", 6)]
    assert [(one.item, one.lot_code, one.partner) for one in seen.origins] == [
        ("Sauce", "", None),
        ("Tomatoes", "L1", "Farm"),
    ]
    by_lot = recall(goods.ben, lot_code="L1")
    assert sorted(gone(goods, by_lot))[1:] == [
        ("loss", "damaged", "Sauce", 2),
        ("production", "Sauce", "Tomatoes", 40),
        ("production", "Soup", "Sauce", 10),
    ]
    kinds = {(one.kind, one.name) for one in trace(goods, by_lot).contacts}
    assert {("donor", "Farm"), ("coordinator", "Ada")} <= kinds
    assert ("donor", "Mill") not in kinds


def test_what_is_found_is_destroyed_kept_or_missing(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    lot_id = db.session.scalar(select(Lot.id).where(Lot.lot_code == "L1"))
    destroyed = find(goods.ben, found, "found_destroyed", crate_code=CRATE)
    assert [line.quantity for line in destroyed.answer.lines] == [10]
    find(goods.ben, found, "found_kept", lot=lot_id, quantity=12)
    with pytest.raises(LessThere):
        find(goods.ben, found, "not_found", lot=lot_id, quantity=31)
    missing = find(goods.ben, found, "not_found", lot=lot_id, quantity=18)
    assert missing.asks == {"recalled_missing"}
    assert stock(goods.ben) == rows(f"12 Tomatoes @ Arrivals, 20 Tomatoes @ {OTHER}")
    assert here(goods, found) == [("Tomatoes", "", 12, 12)]
    assert gone(goods, found) == [
        ("loss", "recalled", "Tomatoes", 10),
        ("loss", "missing", "Tomatoes", 18),
    ]
    asked = db.session.scalars(select(Discrepancy)).one()
    assert (asked.expected_quantity, asked.detail) == (18, "Glass in it")
    reverse_entry(
        ReverseEntry(command_id=uuid4(), entry_id=destroyed.entry_id or 0), goods.ben, clock
    )
    said = findings_of(goods.session, goods.north.id, found)
    assert [(one.outcome, one.quantity, one.is_undone) for one in said] == [
        ("not_found", 18, False),
        ("found_kept", 12, False),
        ("found_destroyed", 10, True),
    ]


def test_more_than_the_book_has_is_destroyed_with_a_question(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    done = find(goods.ben, found, "found_destroyed", crate_code=CRATE, quantity=13)
    assert done.asks == {"short_stock"}
    assert ("Tomatoes", CRATE, 10, 0) not in here(goods, found)
    assert gone(goods, found) == [("loss", "recalled", "Tomatoes", 13)]


def test_a_late_finding_is_a_count_at_its_time(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    lot_id = db.session.scalar(select(Lot.id).where(Lot.lot_code == "L1"))
    find(goods.ben, found, "found_destroyed", lot=lot_id, quantity=5, at=NOW - HOUR)
    late = find(goods.ben, found, "not_found", crate_code=CRATE, quantity=4, at=NOW - 2 * HOUR)
    assert late.entry_id
    assert ("Tomatoes", CRATE, 6, 0) in here(goods, found)


def test_only_what_is_called_back_is_found(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    other = db.session.scalar(select(Lot.id).where(Lot.lot_code == "L2"))
    for what in ({"crate_code": OTHER}, {"lot": other}):
        with pytest.raises(NotRecalled):
            find(goods.ben, found, "found_kept", **what)
    with pytest.raises(Invalid):
        find(goods.ben, found, "found_kept")
    with pytest.raises(NotFound):
        find(goods.ben, 999, "found_kept", crate_code=CRATE)


def test_who_was_told_when_is_kept(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    farm = next(one for one in trace(goods, found).contacts if one.kind == "donor")
    tell = TellOfRecall(
        command_id=uuid4(), recall_id=found, kind="donor", contact_id=farm.id, way="phone"
    )
    tell_of_recall(tell, None, goods.ben, clock)
    named = replace(tell, command_id=uuid4(), kind="other", contact_id=0, name="Food authority")
    tell_of_recall(named, None, goods.ben, clock)
    said = notices_of(goods.session, goods.north.id, found)
    assert [(one.kind, one.name, one.way, one.by) for one in said] == [
        ("other", "Food authority", "phone", "Ben"),
        ("donor", "Farm", "phone", "Ben"),
    ]
    with pytest.raises(Invalid):
        tell_of_recall(replace(named, command_id=uuid4(), name=" "), None, goods.ben, clock)
    with pytest.raises(Forbidden):
        tell_of_recall(replace(named, command_id=uuid4(), way="mail"), None, goods.ben, clock)


def test_it_is_closed_once_and_its_hold_stays(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    hold_id = row(goods, found).hold.id
    lift = ReleaseHold(command_id=uuid4(), hold_id=hold_id, reason="tested")
    with pytest.raises(RecallStillOpen):
        release_hold(lift, goods.ada, clock)
    close = CloseRecall(command_id=uuid4(), recall_id=found, note="all destroyed")
    with pytest.raises(Forbidden):
        close_recall(close, goods.ben, clock)
    close_recall(close, goods.ada, clock)
    with pytest.raises(RecallClosed):
        close_recall(replace(close, command_id=uuid4()), goods.ada, clock)
    assert row(goods, found).hold.is_open
    find(goods.ben, found, "found_destroyed", crate_code=CRATE)  # what happened is never refused
    release_hold(lift, goods.ada, clock)
    (kept,) = listed_recalls(goods.session, goods.north.id)
    assert (kept.state, kept.closed_by, kept.close_note) == ("closed", "Ada", "all destroyed")


def test_the_neighbour_neither_sees_nor_touches_it(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    session, south = goods.session, goods.south.id
    assert recall_row(session, south, found) is None
    assert listed_recalls(session, south) == []
    assert findings_of(session, south, found) == []
    assert notices_of(session, south, found) == []
    with pytest.raises(NotFound):
        find(goods.cleo, found, "found_kept", crate_code=CRATE)
    with pytest.raises(NotFound):
        close_recall(CloseRecall(command_id=uuid4(), recall_id=found), goods.cleo, clock)
    theirs = recall(goods.cleo, lot_code="L1")
    farm = next(one for one in trace(goods, found).contacts if one.kind == "donor")
    tell = TellOfRecall(
        command_id=uuid4(), recall_id=theirs, kind="donor", contact_id=farm.id, way="phone"
    )
    with pytest.raises(NotFound):
        tell_of_recall(tell, None, goods.cleo, clock)
    lot_id = db.session.scalar(select(Lot.id).where(Lot.lot_code == "L1"))
    with pytest.raises(NotFound):
        find(goods.cleo, theirs, "found_kept", lot=lot_id)


def test_nothing_of_it_is_deleted_or_rewritten(goods: World) -> None:
    found = recall(goods.ben, lot_code="L1")
    find(goods.ben, found, "found_kept", crate_code=CRATE)
    tell_of_recall(
        TellOfRecall(command_id=uuid4(), recall_id=found, name="Radio", way="paper"),
        None,
        goods.ben,
        clock,
    )
    for statement in (
        delete(Recall),
        delete(RecallFinding),
        delete(RecallNotice),
        update(Recall).values(name="Never mind"),
        update(RecallFinding).values(quantity=1),
        update(RecallNotice).values(name="Nobody"),
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(statement)
        db.session.rollback()


def test_its_statements_do_not_become_more_with_what_there_is(goods: World) -> None:
    make_chain(goods.ben, 1)
    recall_id = call_back(goods.ben)

    def statements() -> int:
        with count_statements(db.engine) as seen:
            ask(goods.north.id, recall_id)
        return len(seen)

    before = statements()
    assert {one.item for one in trace(goods, recall_id).gone} == set(STEPS)
    make_chain(goods.ben, 3, "L 28")
    again = call_back(goods.ben, "L28")
    assert row(goods, again).hold.lots > row(goods, recall_id).hold.lots
    recall_id = again
    assert statements() == before <= 15


def test_what_was_sent_to_another_depot_is_named(goods: World) -> None:
    link(goods.ada, goods.cleo)
    line = SendLine(item="Tomatoes", quantity=4)
    sent = SendTransfer(command_id=uuid4(), to_depot="South", lines=(line,))
    send_transfer(sent, goods.ben, clock)
    found = recall(goods.ben, item="Tomatoes")
    assert gone(goods, found) == [("transfer", "South", "Tomatoes", 4)]
