"""The second depot's calendar: smaller, another time zone, weeks from Sunday, pounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from depot.base.clock import local_day
from depot.demo import goods, reports, rounds
from depot.demo.handouts import HandOut
from depot.demo.stage import Happening, Stage
from depot.intake.receipt_lines import ReceiptLine
from depot.stock.commands.transfers import MoveCrate, move_crate

_LOOK_AHEAD: Final = 4


def food_bank(stage: Stage) -> None:
    """The regional food bank's load: crates for the garage, the rest for the pantry."""
    free = rounds.empty_crates(stage)[:4]
    kinds = iter(stage.some(goods.HUB, 10))
    lines = [rounds.line(stage, next(kinds), 20, crate_code=crate) for crate in free]
    lines += [rounds.line(stage, kind, 18, location="Pantry") for kind in kinds]
    rounds.receive(stage, lines, partner="Prairie Regional Food Bank")
    for crate in free:
        stage.do(move_crate, MoveCrate, crate_code=crate, to="Garage")


def market(stage: Stage) -> None:
    """The market's rescue: bread and vegetables by weight, chilled goods by piece."""
    lines = [
        ReceiptLine(category="Bread", weight_grams=stage.about(9_000), location="Pantry"),
        ReceiptLine(category="Fruit and veg", weight_grams=stage.about(28_000), location="Pantry"),
    ]
    lines += [
        rounds.line(stage, kind, 14, location="Walk-in fridge")
        for kind in stage.some(goods.CHILLER, 3)
    ]
    rounds.receive(stage, lines, partner="Larkin's Market")


def church(stage: Stage) -> None:
    """Sunday's baskets, weighed together."""
    lines = [ReceiptLine(category="Mixed food", weight_grams=stage.about(17_000))]
    lines += [rounds.line(stage, kind, 10) for kind in stage.some(goods.DRIVE, 2)]
    rounds.receive(stage, lines, partner="First Street Church")


_EVERY_WEEK: Final[tuple[tuple[int, int, int, Callable[[Stage], None]], ...]] = (
    (7, 12, 30, church),
    (1, 9, 0, rounds.throw_away),
    (1, 9, 30, reports.file_last_week),
    (2, 10, 15, food_bank),
    (3, 17, 30, market),
    (4, 8, 30, rounds.throw_away),
)


def calendar(stage: Stage, start: datetime) -> Iterator[Happening]:
    """Yield what happens at the second depot from `start` until its present, in no order."""
    first, last = local_day(start, stage.depot.time_zone), stage.last_day
    yield Happening(start, food_bank)
    for number in range((last - first).days + 1 + _LOOK_AHEAD):
        day = first + timedelta(days=number)
        for weekday, hour, minute, what in _EVERY_WEEK:
            if weekday == day.isoweekday():
                yield Happening(stage.local(day, hour, minute), what)
        if day.isoweekday() == 4:
            event = HandOut("Thursday pantry", "Riverside hall", stage.local(day, 16), 34)
            yield from event.happenings(start)
