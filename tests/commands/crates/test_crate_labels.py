"""A label is replaced: the crate has a new code, and the old one is its own for good."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from depot.base.actors import Actor
from depot.base.errors import CodeInUse, CrateRetired, DepotError, Invalid, NameTaken, UnknownCrate
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crate_labels import ReplaceLabel, replace_label
from depot.crates.commands.crates import AdoptCrate, RetireCrate, adopt_crate, retire_crate
from depot.crates.queries.crate_lists import CrateFilter, crate_list
from depot.crates.queries.crates import find_crate, replaced_codes
from depot.db.transaction import transaction
from depot.kernel.once import AnyOutcome
from depot.stock.commands.transfers import MoveCrate, move_crate
from depot.verify.verify import verify
from tests.builders import World, clock, receive
from tests.commands.shelves import entry_count, kinds_of_discrepancies
from tests.current import db
from tests.stock_text import rows, stock

OTHER, UNKNOWN = "4FJH-22M8", "BN6R-5CS3"


def blanks(actor: Actor, count: int = 1) -> list[str]:
    made: list[str] = create_crates(
        CreateCrates(command_id=uuid4(), count=count), actor, clock
    ).body["codes"]
    return made


def replace(actor: Actor, code: str, new: str | None = None, by: UUID | None = None) -> AnyOutcome:
    command = ReplaceLabel(command_id=by or uuid4(), crate_code=code, new_code=new)
    return replace_label(command, actor, clock)


@pytest.fixture
def crate(world: World) -> str:
    """A crate of the north with rice in it."""
    (code,) = blanks(world.ben)
    receive(world.ben, 24, "Rice", crate_code=code)
    return code


def test_a_replaced_label_has_a_new_code_and_the_old_one_opens_the_crate(
    world: World, crate: str
) -> None:
    done = replace(world.ben, crate)
    new = done.body["code"]
    assert new != crate
    assert done.body["old_code"] == crate
    assert done.body["entry_id"] is None
    by_new = find_crate(world.session, world.north.id, new)
    by_old = find_crate(world.session, world.north.id, crate.lower().replace("-", ""))
    assert by_new == by_old
    assert by_old is not None
    assert by_old.code == new
    assert by_old.key == crate
    assert replaced_codes(world.session, world.north.id, by_old.id) == [crate]
    assert stock(world.ben) == rows(f"24 Rice @ {new}")


def test_a_crate_is_found_in_the_list_by_its_old_code(world: World, crate: str) -> None:
    new = replace(world.ben, crate).body["code"]
    page = crate_list(world.session, world.north.id, CrateFilter(text=crate), None, 10)
    assert [row.code for row in page.rows] == [new]


def test_the_old_code_still_moves_the_crate(world: World, crate: str) -> None:
    new = replace(world.ben, crate).body["code"]
    (pallet,) = blanks(world.ben)
    move_crate(MoveCrate(command_id=uuid4(), crate_code=crate, to=pallet), world.ben, clock)
    found = find_crate(world.session, world.north.id, new)
    assert found is not None
    assert [step.name for step in found.path] == [pallet]


def test_a_label_in_the_hand_becomes_the_crates(world: World, crate: str) -> None:
    spare, other = blanks(world.ben, 2)
    before = entry_count(world.ada)
    assert replace(world.ben, crate, spare.lower()).body["code"] == spare
    found = find_crate(world.session, world.north.id, spare)
    assert found is not None
    assert found.key == crate
    assert stock(world.ben) == rows(f"24 Rice @ {spare}")
    assert find_crate(world.session, world.north.id, other) is not None
    assert entry_count(world.ada) == before
    assert verify(world.session, world.north.id) == ()


def test_a_label_can_be_replaced_again_and_again(world: World, crate: str) -> None:
    codes = [crate]
    for _ in range(3):
        codes.append(replace(world.ben, codes[-1]).body["code"])
    found = {find_crate(world.session, world.north.id, code) for code in codes}
    assert len(found) == 1
    head = found.pop()
    assert head is not None
    assert set(replaced_codes(world.session, world.north.id, head.id)) == set(codes[:-1])


def test_a_repeat_replaces_once(world: World, crate: str) -> None:
    by = uuid4()
    first = replace(world.ben, crate, by=by)
    again = replace(world.ben, crate, by=by)
    assert again.repeated
    assert again.body == first.body


def test_a_label_that_nobody_made_is_taken_and_looked_at(world: World, crate: str) -> None:
    assert replace(world.ben, crate, UNKNOWN).body["code"] == UNKNOWN
    assert kinds_of_discrepancies(world.ada) == ["unknown_code"]


def _of_another(world: World, crate: str) -> str:
    (code,) = blanks(world.ben)
    receive(world.ben, 1, "Beans", crate_code=code)
    return code


def _itself(world: World, crate: str) -> str:
    return crate


def _of_a_retired(world: World, crate: str) -> str:
    (code,) = blanks(world.ben)
    retire_crate(RetireCrate(command_id=uuid4(), crate_code=code), world.ben, clock)
    return code


def _replaced_of_another(world: World, crate: str) -> str:
    other = _of_another(world, crate)
    replace(world.ben, other)
    return other


def _placed_blank(world: World, crate: str) -> str:
    adopted = AdoptCrate(command_id=uuid4(), code=OTHER, location="Arrivals")
    adopt_crate(adopted, world.ben, clock)
    return OTHER


@pytest.mark.parametrize(
    "taken", [_of_another, _itself, _of_a_retired, _replaced_of_another, _placed_blank]
)
def test_a_code_that_was_ever_bound_is_not_used_again(
    world: World, crate: str, taken: Callable[[World, str], str]
) -> None:
    code = taken(world, crate)
    with pytest.raises(CodeInUse):
        replace(world.ben, crate, code)
    found = find_crate(world.session, world.north.id, crate)
    assert found is not None
    assert found.code == crate


def test_a_replaced_code_is_nobody_elses_to_adopt(world: World, crate: str) -> None:
    replace(world.ben, crate)
    with pytest.raises(NameTaken):
        adopt_crate(AdoptCrate(command_id=uuid4(), code=crate), world.ben, clock)


@pytest.mark.parametrize(
    ("code", "error"), [("nonsense", UnknownCrate), (UNKNOWN, UnknownCrate)], ids=["text", "code"]
)
def test_a_crate_that_is_none_is_refused(world: World, code: str, error: type[DepotError]) -> None:
    with pytest.raises(error):
        replace(world.ben, code)


def test_no_label_of_its_own_is_refused(world: World, crate: str) -> None:
    (blank,) = blanks(world.ben)
    with pytest.raises(Invalid):
        replace(world.ben, blank)
    with pytest.raises(Invalid):
        replace(world.ben, crate, "not a code")
    retire_crate(RetireCrate(command_id=uuid4(), crate_code=blank), world.ben, clock)
    with pytest.raises(CrateRetired):
        replace(world.ben, blank)


def test_another_depot_sees_nothing_of_it(world: World, crate: str) -> None:
    with pytest.raises(UnknownCrate):
        replace(world.cleo, crate)
    new = replace(world.ben, crate).body["code"]
    for code in (crate, new):
        assert find_crate(world.session, world.south.id, code) is None
    adopt_crate(AdoptCrate(command_id=uuid4(), code=crate), world.cleo, clock)
    south = find_crate(world.session, world.south.id, crate)
    assert south is not None
    assert south.code == crate


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO crate (location_id, depot_id, code, box_number, box_number_key, box_type,"
        " state, created_at) SELECT id, depot_id, :old, '', '', '', 'blank', 0 FROM location"
        " WHERE depot_id = :depot AND kind = 'storage'",
        "UPDATE crate SET code = :old WHERE code = :new AND depot_id = :depot",
        "UPDATE crate SET code = 'ZZZZ-ZZZZ' WHERE code = :new AND depot_id = :depot",
        "UPDATE crate SET state = 'blank' WHERE code = :new AND depot_id = :depot",
        "DELETE FROM crate WHERE code = :new AND depot_id = :depot",
        "DELETE FROM crate_label WHERE code = :old AND depot_id = :depot",
        "UPDATE crate_label SET code = 'ZZZZ-ZZZZ' WHERE code = :old AND depot_id = :depot",
        "INSERT INTO crate_label (depot_id, code, crate_id, replaced_at) SELECT depot_id, :blank,"
        " location_id, 0 FROM crate WHERE code = :new AND depot_id = :depot",
    ],
)
def test_the_database_itself_keeps_bound_codes(world: World, crate: str, statement: str) -> None:
    (blank,) = blanks(world.ben)
    new = replace(world.ben, crate).body["code"]
    words = {"old": crate, "new": new, "blank": blank, "depot": world.north.id}
    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(text(statement), {k: v for k, v in words.items() if f":{k}" in statement})


@pytest.mark.breaks_ledger("a crate is called by another name than its label")
def test_verify_names_a_crate_that_is_called_otherwise(world: World, crate: str) -> None:
    replace(world.ben, crate)
    assert verify(world.session, world.north.id) == ()
    with transaction() as session:
        session.execute(
            text("UPDATE location SET name = 'X' WHERE kind = 'crate' AND depot_id = :depot"),
            {"depot": world.north.id},
        )
    (difference,) = verify(db.session(), world.north.id)
    assert "is called X" in difference.sentence
