"""What becomes a line of a note."""

from __future__ import annotations

from depot.handover.notes import note_lines


def test_drafted_lines_come_first_and_blank_ones_go() -> None:
    facts = ["Fridge 2: 9 °C", "  "]
    assert note_lines(facts, "The side door sticks.\n\n  Ham is in fridge 1 \n") == (
        "Fridge 2: 9 °C",
        "The side door sticks.",
        "Ham is in fridge 1",
    )
    assert note_lines([], " \n") == ()
