"""The one figure of an entry: how much it is about, as people would say it."""

from __future__ import annotations

import pytest

from depot.base.kinds import OUTSIDE_KINDS
from depot.entries.queries.entry_lines import LineRow, PlaceRef
from depot.entries.queries.figures import Figure, figure_of

SHELF, CRATE = PlaceRef(1, "storage", "Shelf"), PlaceRef(2, "crate", "7K3M-9QX2")
OUT = {kind: PlaceRef(number, kind, kind) for number, kind in enumerate(OUTSIDE_KINDS, start=11)}
VARIANCE = OUT["count_variance"]


def line(
    source: PlaceRef, target: PlaceRef, quantity: int, item: str = "Rice", grams: int | None = None
) -> LineRow:
    return LineRow(
        line=1,
        item_id=len(item),
        item=item,
        unit="piece",
        lot_id=1,
        lot_code="",
        date_kind="none",
        date_text="",
        source=source,
        target=target,
        quantity=quantity,
        weight_grams=grams,
        weighed_grams=None,
    )


@pytest.mark.parametrize(
    ("act", "is_reversal", "lines", "quantity"),
    [
        ("receipt", False, [line(OUT["supplier"], SHELF, 24)], 24),
        ("receipt", True, [line(SHELF, OUT["supplier"], 24)], -24),
        (
            "receipt",
            True,
            [line(SHELF, OUT["supplier"], 4), line(VARIANCE, OUT["supplier"], 20)],
            -24,
        ),
        (
            "issue",
            False,
            [line(SHELF, OUT["recipient"], 8), line(VARIANCE, OUT["recipient"], 2)],
            -10,
        ),
        (
            "issue",
            True,
            [line(OUT["recipient"], SHELF, 8), line(OUT["recipient"], VARIANCE, 2)],
            10,
        ),
        ("return", False, [line(OUT["recipient"], SHELF, 3), line(VARIANCE, SHELF, 1)], 4),
        ("transfer", False, [line(SHELF, CRATE, 5), line(VARIANCE, CRATE, 1)], 6),
        ("count", False, [line(VARIANCE, SHELF, 3)], 3),
        ("count", False, [line(SHELF, VARIANCE, 3)], -3),
        ("write_off", False, [line(SHELF, OUT["loss"], 3)], -3),
        (
            "production",
            False,
            [line(SHELF, OUT["production"], 6), line(OUT["production"], SHELF, 4, "Soup pot")],
            4,
        ),
        (
            "production",
            True,
            [line(OUT["production"], SHELF, 6), line(SHELF, OUT["production"], 4, "Soup pot")],
            -4,
        ),
        ("production", False, [line(SHELF, OUT["production"], 6)], -6),
    ],
)
def test_one_item_is_told_in_its_own_unit(
    act: str, is_reversal: bool, lines: list[LineRow], quantity: int
) -> None:
    figure = figure_of(act, is_reversal, lines)
    assert (figure.quantity, figure.unit) == (quantity, "piece")
    assert figure.is_signed == (act != "transfer")


def test_several_items_are_told_by_weight_if_all_have_one() -> None:
    rice = line(SHELF, OUT["loss"], 2, grams=2000)
    beans = line(SHELF, OUT["loss"], 3, "Beans", grams=1200)
    assert figure_of("write_off", False, [rice, beans]) == Figure(
        ("Rice", "Beans"), None, None, -3200
    )
    unknown = line(SHELF, OUT["loss"], 3, "Beans")
    assert figure_of("write_off", False, [rice, unknown]) == Figure(("Rice", "Beans"))


def test_nothing_moved_is_no_figure() -> None:
    assert figure_of("transfer", False, []) == Figure(is_signed=False)
