"""What scanning leaves for later: codes nobody knew, crates nobody found, roll-calls."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Invalid, NotFound, UnknownCrate, UnknownLocation
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crates import AdoptCrate, RetireCrate, adopt_crate, retire_crate
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.entries.queries.discrepancies import (
    open_discrepancies,
    open_subjects,
    settled_discrepancies,
)
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.kernel.once import AnyOutcome
from depot.locations.commands import SavePlace, save_place
from depot.models import Location, StockEntry
from depot.scanning.commands import (
    KeepUnknownScan,
    NoteMissing,
    NoteRollCall,
    keep_unknown_scan,
    note_missing,
    note_roll_call,
)
from depot.scanning.queries.roll_call import (
    RollCallResult,
    compare_roll_call,
    expected_at,
    last_roll_call,
)
from depot.stock.commands.transfers import MoveCrate, move_crate
from labels.symbols.codes import code_url
from tests.builders import NOW, World, clock
from tests.commands.shelves import put_crate
from tests.current import db
from tests.statements import count_statements

EAN = "5000112637922"
HERE, THERE, NEW = "7K3M-9QX2", "84G7-ZWYX", "355Q-AKGZ"


def keep(world: World, text: str, **about: Any) -> AnyOutcome:
    command = KeepUnknownScan(command_id=uuid4(), text=text, **about)
    return keep_unknown_scan(command, world.ben, clock)


def test_an_unknown_code_is_kept_with_when_and_where(world: World) -> None:
    answer = keep(world, EAN, place="Arrivals", occurred_at=NOW - timedelta(hours=3))
    assert answer.discrepancies == 1
    (thing,) = open_discrepancies(world.session, world.north.id)
    assert (thing.kind, thing.detail, thing.person) == ("unknown_code", EAN, "Ben")
    assert thing.place is not None
    assert thing.place.name == "Arrivals"
    assert thing.opened_at == NOW - timedelta(hours=3)
    assert thing.entry_id is None


def test_the_same_unknown_code_is_asked_about_once(world: World) -> None:
    first = keep(world, EAN)
    again = keep(world, f"(01)0{EAN}(10)A1")
    assert again.body["discrepancies"] == first.body["discrepancies"]
    assert len(open_discrepancies(world.session, world.north.id)) == 1


def test_a_repeated_command_asks_once_even_after_it_was_settled(world: World) -> None:
    command = KeepUnknownScan(command_id=uuid4(), text=EAN)
    (asked,) = keep_unknown_scan(command, world.ben, clock).body["discrepancies"]
    never_mind = ResolveDiscrepancy(
        command_id=uuid4(), discrepancy_id=asked["id"], resolution="ignored"
    )
    resolve_discrepancy(never_mind, world.ada, clock)
    assert keep_unknown_scan(command, world.ben, clock).repeated
    assert open_discrepancies(world.session, world.north.id) == []


def test_a_code_that_is_known_by_now_is_not_asked_about(world: World) -> None:
    put_crate(world.ada, HERE)
    learn_code(LearnCode(command_id=uuid4(), code=EAN, item="Beans"), world.ada, clock)
    for text in (HERE, code_url("https://depot.example", HERE), EAN):
        assert keep(world, text).body["known"]
    assert open_discrepancies(world.session, world.north.id) == []


def test_a_place_that_is_not_there_does_not_lose_the_code(world: World) -> None:
    keep(world, EAN, place="Nowhere")
    (thing,) = open_discrepancies(world.session, world.north.id)
    assert thing.place is None


def test_a_text_without_a_code_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        keep(world, "  ")


def test_a_label_that_becomes_a_crate_settles_the_question_about_it(world: World) -> None:
    keep(world, NEW)
    adopt_crate(AdoptCrate(command_id=uuid4(), code=NEW), world.ben, clock)
    (settled,) = settled_discrepancies(world.session, world.north.id)
    assert settled.resolution == "adopted"


def test_a_missing_crate_is_looked_for_once_until_somebody_settles_it(world: World) -> None:
    put_crate(world.ada, HERE, at="Arrivals")
    for _ in range(2):
        command = NoteMissing(command_id=uuid4(), crate_code=HERE, place="Arrivals")
        note_missing(command, world.ben, clock)
    (thing,) = open_discrepancies(world.session, world.north.id)
    assert (thing.kind, thing.detail) == ("crate_missing", HERE)
    about = open_subjects(world.session, world.north.id, "crate_missing", [HERE, THERE])
    assert about == {HERE}
    assert open_subjects(world.session, world.south.id, "crate_missing", [HERE]) == set()


def test_an_outsider_misses_no_crate_of_ours(world: World) -> None:
    put_crate(world.ada, HERE, at="Arrivals")
    missing = NoteMissing(command_id=uuid4(), crate_code=HERE, place="Arrivals")
    with pytest.raises(UnknownCrate):
        note_missing(missing, world.cleo, clock)
    nowhere = NoteMissing(command_id=uuid4(), crate_code=HERE, place="Moon")
    with pytest.raises(UnknownLocation):
        note_missing(nowhere, world.ada, clock)


@pytest.fixture
def shelf(world: World) -> int:
    """Shelf B2 of the north."""
    made = save_place(SavePlace(command_id=uuid4(), name="Shelf B2"), world.ada, clock)
    return int(made.body["id"])


def call(world: World, place: int, *texts: str) -> RollCallResult:
    return compare_roll_call(world.session, world.north.id, place, texts)


def codes_in(called: RollCallResult, name: str) -> list[str]:
    return [crate.code for crate in getattr(called, name)]


def test_a_roll_call_tells_what_is_found_missing_and_misplaced(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use")
    put_crate(world.ada, THERE, at="Arrivals", state="in_use")
    called = call(world, shelf, THERE.lower())
    assert codes_in(called, "missing") == [HERE]
    assert codes_in(called, "misplaced") == [THERE]
    assert called.misplaced[0].at is not None
    assert called.misplaced[0].at.name == "Arrivals"
    assert not called.is_complete


def test_everything_where_the_book_has_it_is_complete(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use")
    called = call(world, shelf, code_url("https://depot.example", HERE), HERE, f" {HERE.lower()} ")
    assert codes_in(called, "found") == [HERE]
    assert called.is_complete


def test_a_crate_on_a_pallet_that_stands_there_is_there(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use")
    put_crate(world.ada, THERE, at=HERE, state="in_use")
    called = call(world, shelf, HERE, THERE)
    assert codes_in(called, "found") == [HERE, THERE]
    # nobody needs to scan what stands on a pallet
    assert call(world, shelf, HERE).is_complete


def test_blank_retired_and_unknown_labels_have_lists_of_their_own(world: World, shelf: int) -> None:
    (blank,) = create_crates(CreateCrates(command_id=uuid4(), count=1), world.ada, clock).body[
        "codes"
    ]
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use")
    retire_crate(RetireCrate(command_id=uuid4(), crate_code=HERE), world.ada, clock)
    called = call(world, shelf, blank, HERE, NEW, "oat milk", EAN)
    assert codes_in(called, "blank") == [blank]
    assert codes_in(called, "retired") == [HERE]
    assert called.unknown == (NEW,)
    assert called.no_crates == ("oat milk", EAN)
    assert codes_in(called, "missing") == []


def test_the_shelf_s_own_label_is_no_crate(world: World, shelf: int) -> None:
    assert call(world, shelf, f"https://DEPOT.EXAMPLE/P/{shelf}", "", "  ") == RollCallResult()


def test_an_old_box_number_answers_too(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use", box_number="BOX 12")
    assert codes_in(call(world, shelf, "box 12"), "found") == [HERE]


def test_a_roll_call_posts_nothing_and_asks_four_statements(world: World, shelf: int) -> None:
    for code in (HERE, THERE):
        put_crate(world.ada, code, at="Shelf B2", state="in_use")
    before = len(world.session.scalars(select(StockEntry.id)).all())
    with count_statements(db.engine) as seen:
        call(world, shelf, HERE, THERE, NEW, EAN)
        expected_at(world.session, world.north.id, shelf)
    assert len(seen) == 4
    assert len(world.session.scalars(select(StockEntry.id)).all()) == before


def test_the_crates_of_another_depot_answer_no_roll_call(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE, at="Shelf B2", state="in_use")
    called = compare_roll_call(world.session, world.south.id, shelf, [HERE])
    assert called == RollCallResult(unknown=(HERE,))


def test_moving_a_misplaced_crate_here_makes_the_next_call_complete(
    world: World, shelf: int
) -> None:
    put_crate(world.ada, HERE, at="Arrivals")
    move_crate(MoveCrate(command_id=uuid4(), crate_code=HERE, to="Shelf B2"), world.ben, clock)
    assert call(world, shelf, HERE).is_complete


def test_a_roll_call_can_be_noted_and_the_last_one_counts(world: World, shelf: int) -> None:
    assert last_roll_call(world.session, world.north.id, shelf) is None
    for found, hours in ((2, 1), (3, 0)):
        command = NoteRollCall(
            command_id=uuid4(),
            location_id=shelf,
            found=found,
            missing=1,
            occurred_at=NOW - timedelta(hours=hours),
        )
        note_roll_call(command, world.ben, clock)
        assert note_roll_call(command, world.ben, clock).repeated
    last = last_roll_call(world.session, world.north.id, shelf)
    assert last is not None
    assert (last.called_at, last.person, last.found, last.missing) == (NOW, "Ben", 3, 1)
    assert last_roll_call(world.session, world.south.id, shelf) is None


def test_only_a_place_of_ones_own_depot_is_called_over(world: World, shelf: int) -> None:
    put_crate(world.ada, HERE)
    crate = world.session.scalars(select(Location.id).where(Location.name == HERE)).one()
    for who, place in ((world.cleo, shelf), (world.ada, crate), (world.ada, 10**9)):
        with pytest.raises(NotFound):
            note_roll_call(NoteRollCall(command_id=uuid4(), location_id=place), who, clock)
