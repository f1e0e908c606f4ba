"""What verify seals again, from rows, is what was sealed when it was written."""

from __future__ import annotations

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from depot.base.clock import to_milliseconds
from depot.ledger.entries import Entry, Move
from depot.ledger.seal import canonical_text, seal_entry
from depot.verify.book import EntryRow, Line, PeopleRow
from depot.verify.sealed import seal_rows, stored_text
from tests.unit.ledger.drawing import INSIDE, entries, entry


def row_of(one: Entry, seq: int) -> EntryRow:
    """Return an entry's row as the database holds it."""
    return EntryRow(
        7,
        seq,
        one.kind,
        to_milliseconds(one.occurred_at),
        one.occurred_on.isoformat(),
        to_milliseconds(one.recorded_at),
        one.command_id,
        one.person_id,
        one.token_id,
        one.source_kind,
        one.partner_id,
        one.event_id,
        one.reason,
        one.note,
        one.reverses_id,
        "",
        lacks_command=False,
    )


def line_of(one: Entry, number: int, move: Move) -> Line:
    places = (move.source.id, move.target.id)
    said = (*places, move.quantity, move.weighed_grams, int(move.is_correction))
    return (7, one.depot_id, number, move.item_id, move.lot_id, *said)


@given(entries(), st.integers(1, 10**9))
def test_rows_give_the_text_that_was_sealed(one: Entry, seq: int) -> None:
    lines = [line_of(one, number, move) for number, move in enumerate(one.moves, start=1)]
    put = [(7, each.crate_id, each.from_id, each.to_id) for each in one.placements]
    people = PeopleRow(7, *astuple(one.people)) if one.people else None
    stored = (one.depot_id, row_of(one, seq), lines, put, people)
    assert stored_text(*stored) == canonical_text(one, seq)
    assert seal_rows("0" * 64, *stored) == seal_entry("0" * 64, one, seq)


def test_a_correction_is_sealed_as_one() -> None:
    one = entry([Move(1, 2, INSIDE[0], INSIDE[1], 5, None, is_correction=True)])
    line = line_of(one, 1, one.moves[0])
    assert stored_text(1, row_of(one, 3), [line], [], None) == canonical_text(one, 3)
