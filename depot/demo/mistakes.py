"""What goes wrong in every depot, and how the book takes it: nothing here stops a volunteer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from depot.crates.commands.crates import AdoptCrate, RetireCrate, adopt_crate, retire_crate
from depot.crates.queries.crate_lists import CrateLine
from depot.demo.rounds import crates, empty_crates
from depot.demo.stage import Stage
from depot.distribution.commands.events import (
    CountPeople,
    IssueAtEvent,
    IssueLine,
    count_people,
    issue_at_event,
)
from depot.distribution.queries.events import event_lists
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from labels.symbols.codes import new_code

_RECALLED = "Hummus, 200 g"


def undo(stage: Stage, what: AnyOutcome, reason: str) -> AnyOutcome:
    """The coordinator undoes an entry."""
    who = stage.coordinator
    return stage.do(reverse_entry, ReverseEntry, who, entry_id=what.entry_id, reason=reason)


def logged_twice(stage: Stage) -> None:
    """Two helpers log the same bag; a minute later one of them undoes it."""
    lines = (ReceiptLine(category="Mixed food", weight_grams=6_400),)
    stage.do(receive_goods, ReceiveGoods, lines=lines)
    twice = stage.do(receive_goods, ReceiveGoods, lines=lines)
    undo(stage, twice, "Logged twice")


def undone_after_use(stage: Stage) -> None:
    """A delivery turns out to be the other depot's, after some of it was handed out."""
    line = ReceiptLine(item="Oat drink, 1 litre", quantity=36, location="Shelf 3", date="2027-06")
    wrong = stage.do(receive_goods, ReceiveGoods, lines=(line,), partner="South Thames Food Hub")
    stage.at += timedelta(hours=1)
    out = (GoodsLine(item="Oat drink, 1 litre", quantity=30),)
    stage.do(move_goods, MoveGoods, source="Shelf 3", target="Kitchen", lines=out)
    use = (GoodsLine(item="Oat drink, 1 litre", quantity=12),)
    stage.do(take_out, TakeOut, place="Kitchen", reason="use", lines=use)
    undo(stage, wrong, "Meant for Riverside")


def logged_late(stage: Stage) -> None:
    """A slip of paper turns up two days after the delivery."""
    lines = (
        ReceiptLine(category="Fruit and veg", weight_grams=18_500, location="Veg rack"),
        ReceiptLine(item="Savoy cabbage", quantity=16, location="Veg rack"),
    )
    stage.do(
        receive_goods,
        ReceiveGoods,
        lines=lines,
        partner="Chalk Hill Farm",
        note="Found on the clipboard",
        occurred_at=stage.at - timedelta(days=2, hours=3),
    )


def counted_late(stage: Stage) -> None:
    """People and goods are written down after the event was closed."""
    lists = event_lists(stage.session, stage.coordinator, stage.clock)
    closed = [row for row in (*lists.past, *lists.today) if row.is_closed]
    if not closed:
        return
    event = max(closed, key=lambda row: row.starts_at)
    about: dict[str, Any] = {
        "event_id": event.id,
        "occurred_at": event.starts_at + timedelta(hours=2),
    }
    stage.do(count_people, CountPeople, households=3, adults=5, children=2, **about)
    lines = (IssueLine(item="Tea bags, 80", quantity=2),)
    stage.do(issue_at_event, IssueAtEvent, lines=lines, **about)


def more_than_the_book(stage: Stage) -> None:
    """Ten are taken from a crate that should hold fewer: they were there, so they were taken."""
    crate = _small_crate(stage)
    if crate is not None:
        name, quantity, _ = crate.goods[0]
        lines = (GoodsLine(item=name, quantity=quantity + 2),)
        stage.do(take_out, TakeOut, place=crate.code, reason="issue", lines=lines)


def typed_wrong(stage: Stage) -> None:
    """Forty instead of four; the coordinator sees it on the list and undoes it there."""
    crate = _small_crate(stage)
    if crate is None:
        return
    name, quantity, _ = crate.goods[0]
    lines = (GoodsLine(item=name, quantity=quantity * 10),)
    out = stage.do(take_out, TakeOut, place=crate.code, reason="issue", lines=lines)
    stage.at += timedelta(minutes=25)
    (question, *_) = out.answer.discrepancies
    wrong = {"discrepancy_id": question.id, "resolution": "undone"}
    stage.do(resolve_discrepancy, ResolveDiscrepancy, stage.coordinator, **wrong)


def moved_an_empty_crate(stage: Stage) -> None:
    """The book thinks it was emptied, and yet somebody carries it to a shelf."""
    found = [row for row in crates(stage, "empty") if row.code not in stage.pallets]
    if found:
        stage.do(move_crate, MoveCrate, crate_code=found[0].code, to="Shelf 1")


def unknown_label(stage: Stage) -> None:
    """A crate with a good label that nobody here made comes with a delivery."""
    code = new_code(stage.chance)
    stage.do(adopt_crate, AdoptCrate, code=code, location="Shelf 2")
    lines = (ReceiptLine(item="Pasta, 500 g", quantity=24, date="2027-09", crate_code=code),)
    stage.do(receive_goods, ReceiveGoods, lines=lines, partner="South Thames Food Hub")


def broken_crate(stage: Stage) -> None:
    """A crate breaks and is retired."""
    found = empty_crates(stage)
    if found:
        stage.do(retire_crate, RetireCrate, crate_code=found[0])


def recall(stage: Stage) -> None:
    """A maker calls a spread back: all of it is set apart."""
    stock = stage.stock()
    if _RECALLED in stock:
        _hold(stage, _RECALLED, stock[_RECALLED].quantity, "Cold store")


def end_of_recall(stage: Stage) -> None:
    """What was called back is thrown away."""
    why = {"reason": "write_off", "write_off_reason": "recalled"}
    stage.do(take_out, TakeOut, stage.coordinator, place="On hold", **why)


def set_apart(stage: Stage) -> None:
    """Dented tins wait on hold until somebody has looked at them."""
    stock = stage.stock()
    if "Chickpeas, 400 g" in stock:
        _hold(stage, "Chickpeas, 400 g", 6)


def _hold(stage: Stage, name: str, quantity: int, source: str = "") -> None:
    lines = (GoodsLine(item=name, quantity=quantity),)
    place = source or _where(stage, name)
    if place:
        stage.do(move_goods, MoveGoods, source=place, target="On hold", lines=lines)


def _where(stage: Stage, name: str) -> str:
    for row in crates(stage, "filled"):
        if row.goods and row.goods[0][0] == name:
            return row.code
    return ""


def _small_crate(stage: Stage) -> CrateLine | None:
    """Return a crate with one kind of pieces in it, none standing on it."""
    for row in crates(stage, "filled"):
        if len(row.goods) == 1 and row.goods[0][2] == "piece" and not row.crates_on_it:
            return row
    return None
