"""What is done on a count sheet, for its tests: each act a command, at so many minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.counts.commands.posting import (
    LineChoice,
    PostCountSheet,
    PostedCountSheet,
    UndoCountSheet,
    post_count_sheet,
    undo_count_sheet,
)
from depot.counts.commands.sheets import (
    AddCrateToSheet,
    CallOffCountSheet,
    CrateOnSheet,
    StartCountSheet,
    Tallied,
    TallyFound,
    TallyLine,
    TallyLines,
    add_crate_to_sheet,
    call_off_count_sheet,
    start_count_sheet,
    tally_found,
    tally_lines,
)
from depot.counts.loading import load_sheet
from depot.counts.sheets import FIRST, Sheet
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import Outcome
from depot.models import Location, StockEntry
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import NOW, World
from tests.current import db
from tests.stock_text import set_up

CODE, OTHER = "7K3M-9QX2", "BN6R-5CS3"
SHELF = f"""
    place Shelf B2
    crate {CODE} @ Shelf B2
    24 Rice/2027-05 @ Shelf B2
    6 Beans @ Shelf B2
    8 Soup @ {CODE}
    9 Oil @ Arrivals
"""


def at(minutes: int) -> Any:
    """Return a clock that stands so long after the world's present."""
    return lambda: NOW + timedelta(minutes=minutes)


def place_id(actor: Actor, name: str = "Shelf B2") -> int:
    return db.session.scalars(
        select(Location.id).where(Location.depot_id == actor.depot_id, Location.name == name)
    ).one()


def started(actor: Actor, *, place: str = "Shelf B2", blind: bool = False) -> int:
    command = StartCountSheet(
        command_id=uuid4(), location_id=place_id(actor, place), is_blind=blind
    )
    return start_count_sheet(command, actor, at(0)).answer.id


def shelf(world: World, text: str = SHELF) -> int:
    set_up(world.ben, text)
    return started(world.ben)


def wrote(
    actor: Actor,
    sheet_id: int,
    said: dict[int, int | None],
    *,
    counter: int = FIRST,
    minutes: int = 5,
    **line: Any,
) -> Outcome[Tallied]:
    found = tuple(TallyLine(number=n, quantity=q, **line) for n, q in said.items())
    command = TallyLines(command_id=uuid4(), sheet_id=sheet_id, counter=counter, lines=found)
    return tally_lines(command, actor, at(minutes))


def found(actor: Actor, sheet_id: int, item: str, quantity: int, **more: Any) -> Outcome[Tallied]:
    command = TallyFound(
        command_id=uuid4(), sheet_id=sheet_id, item=item, quantity=quantity, **more
    )
    return tally_found(command, actor, at(6))


def posted(
    actor: Actor,
    sheet_id: int,
    *,
    minutes: int = 60,
    choices: dict[int, int] | None = None,
    version: int | None = None,
    command_id: UUID | None = None,
    note: str = "",
) -> Outcome[PostedCountSheet]:
    command = PostCountSheet(
        command_id=command_id or uuid4(),
        sheet_id=sheet_id,
        version=version,
        note=note,
        choices=tuple(LineChoice(number=n, counter=c) for n, c in (choices or {}).items()),
    )
    return post_count_sheet(command, actor, at(minutes))


def undone(actor: Actor, sheet_id: int) -> Outcome[PostedCountSheet]:
    command = UndoCountSheet(command_id=uuid4(), sheet_id=sheet_id)
    return undo_count_sheet(command, actor, at(90))


def crate_added(actor: Actor, sheet_id: int, crate: str) -> Outcome[CrateOnSheet]:
    command = AddCrateToSheet(command_id=uuid4(), sheet_id=sheet_id, crate=crate)
    return add_crate_to_sheet(command, actor, at(3))


def called_off(actor: Actor, sheet_id: int) -> None:
    command = CallOffCountSheet(command_id=uuid4(), sheet_id=sheet_id)
    call_off_count_sheet(command, actor, at(5))


def sheet(actor: Actor, sheet_id: int) -> Sheet:
    loaded = load_sheet(db.session(), actor.depot_id, sheet_id)
    assert loaded
    return loaded


def read(actor: Actor, sheet_id: int) -> list[tuple[int, str, str, int | None]]:
    """Return number, item, crate and the first counter's number of each line."""
    return [
        (line.number, line.item, line.crate, tally.quantity if tally else None)
        for line in sheet(actor, sheet_id).lines
        for tally in [line.tally(FIRST)]
    ]


def count_entries() -> list[StockEntry]:
    return list(
        db.session.scalars(
            select(StockEntry).where(StockEntry.kind == "count").order_by(StockEntry.seq)
        )
    )


def handed_out(
    actor: Actor, item: str, quantity: int, minutes: int, *, written: int | None = None
) -> None:
    """Hand goods out; `written` is when it came into the book, at once without it."""
    line = GoodsLine(item=item, quantity=quantity)
    command = TakeOut(
        command_id=uuid4(),
        place="Shelf B2",
        reason="issue",
        lines=(line,),
        occurred_at=at(minutes)(),
    )
    take_out(command, actor, at(minutes if written is None else written))
