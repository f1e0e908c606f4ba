"""The text of an entry that is sealed, put together from its rows as they are stored.

`depot.ledger.seal` says what it is and makes it from an entry; this makes it again by another way,
in a third of the time. A test holds them together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from json.encoder import encode_basestring_ascii as quoted
from typing import Final

from depot.verify.book import EntryRow, Line, PeopleRow, Put

_CORRECTION: Final = ',"correction"'


def seal_rows(
    previous: str,
    depot_id: int,
    entry: EntryRow,
    moves: Sequence[Line],
    placements: Sequence[Put],
    people: PeopleRow | None,
) -> str:
    """Return the seal of an entry after the seal before it."""
    text = f"{previous}\n{stored_text(depot_id, entry, moves, placements, people)}"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def stored_text(
    depot_id: int,
    entry: EntryRow,
    moves: Sequence[Line],
    placements: Sequence[Put],
    people: PeopleRow | None,
) -> str:
    """Return what `depot.ledger.seal.canonical_text` gives for the same entry."""
    lines = ",".join(
        [
            f"[{item},{lot},{source},{target},{quantity},{'null' if grams is None else grams}"
            f"{_CORRECTION if is_correction else ''}]"
            for _, _, _, item, lot, source, target, quantity, grams, is_correction in moves
        ]
    )
    put = ",".join([f"[{row[1]},{_or_null(row[2])},{_or_null(row[3])}]" for row in placements])
    (
        _,
        seq,
        kind,
        occurred_at,
        occurred_on,
        recorded_at,
        command_id,
        person_id,
        token_id,
        source_kind,
        partner_id,
        event_id,
        reason,
        note,
        reverses_id,
        _,
        _,
    ) = entry
    return (
        f'{{"command_id":{quoted(command_id)},"depot":{depot_id},"event":{_or_null(event_id)},'
        f'"kind":{quoted(kind)},"moves":[{lines}],"note":{quoted(note)},'
        f'"occurred_at":{occurred_at},"occurred_on":{quoted(occurred_on)},'
        f'"partner":{_or_null(partner_id)},"people":{_people(people)},'
        f'"person":{_or_null(person_id)},"placements":[{put}],"reason":{quoted(reason)},'
        f'"recorded_at":{recorded_at},"reverses":{_or_null(reverses_id)},"seq":{seq},'
        f'"source_kind":{quoted(source_kind)},"token":{_or_null(token_id)}}}'
    )


def _or_null(number: int | None) -> int | str:
    return "null" if number is None else number


def _people(row: PeopleRow | None) -> str:
    if row is None:
        return "null"
    return (
        f'{{"adults":{_or_null(row.adults)},"children":{_or_null(row.children)},'
        f'"event_id":{row.event_id},"households":{row.households},'
        f'"new_households":{_or_null(row.new_households)},"seniors":{_or_null(row.seniors)}}}'
    )
