"""The text in which tests say what there is: read, written, and refused where it is none."""

from __future__ import annotations

import pytest

from tests.stock_text import Goods, Held, Moved, NewPlace, Standing, lines, rows


def test_goods_lie_at_a_place_with_the_date_of_their_lot() -> None:
    assert lines("24 Rice/2027-05 @ Shelf B2") == [Held("Shelf B2", Goods(24, "Rice", "2027-05"))]
    assert lines("3 Quince jam @ 7K3M-9QX2") == [Held("7K3M-9QX2", Goods(3, "Quince jam"))]
    ham = Goods(5, "Ham", "2026-11-20", is_use_by=True)
    assert lines("5 Ham/use by 2026-11-20 @ Arrivals") == [Held("Arrivals", ham)]


def test_a_move_has_two_ends() -> None:
    assert lines("3 Rice: Shelf B2 > recipient") == [
        Moved(Goods(3, "Rice"), "Shelf B2", "recipient")
    ]


def test_a_crate_has_a_state_and_perhaps_a_place() -> None:
    assert lines("crate 7K3M-9QX2, crate 7K3M-9QX2 in_use @ On hold, place Cold room") == [
        Standing("7K3M-9QX2", "blank"),
        Standing("7K3M-9QX2", "in_use", "On hold"),
        NewPlace("Cold room"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "24 Rice/2027-05 @ Shelf B2",
        "5 Ham/use by 2026-11-20 @ Arrivals",
        "3 Rice/2027-Q2: count_variance > Arrivals",
        "3 Quince jam: Arrivals > 7K3M-9QX2",
        "crate 7K3M-9QX2 in_use @ On hold",
        "crate 7K3M-9QX2 retired",
    ],
)
def test_a_row_is_written_as_it_is_read(text: str) -> None:
    assert [repr(row) for row in lines(text)] == [text]


def test_lines_keep_their_order_and_rows_are_sorted() -> None:
    text = """
        2 Rice @ B
        1 Rice @ A
    """
    assert [repr(row) for row in lines(text)] == ["2 Rice @ B", "1 Rice @ A"]
    assert rows(text) == rows("1 Rice @ A, 2 Rice @ B")


def test_a_row_said_twice_is_two_rows() -> None:
    assert rows("1 Rice @ A, 1 Rice @ A") != rows("1 Rice @ A")


@pytest.mark.parametrize(
    "text",
    [
        "Rice @ Arrivals",
        "1.5 Rice @ A",
        "-1 Rice @ A",
        "1 Rice",
        "1 Rice: A",
        "crate",
        "crate X new",
    ],
)
def test_what_is_no_row_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="neither goods"):
        lines(f"1 Beans @ A, {text}")
