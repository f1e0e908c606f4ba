"""Free words on crates: put on and taken off, by whoever works in the depot."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Invalid, UnknownCrate
from depot.crates.commands.tags import TagCrates, TaggedCrates, tag_crates
from depot.kernel.once import Outcome
from depot.models import Crate, CrateTag
from tests.builders import World, clock
from tests.commands.shelves import entry_count
from tests.current import db
from tests.stock_text import set_up

ONE, TWO = "7K3M-9QX2", "4FJH-22M8"


@pytest.fixture(autouse=True)
def two_crates(world: World) -> None:
    set_up(world.ben, f"crate {ONE} @ Arrivals, crate {TWO} @ Arrivals")


def tag(
    actor: Actor, *texts: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()
) -> Outcome[TaggedCrates]:
    command = TagCrates(command_id=uuid4(), crate_codes=texts, add=add, remove=remove)
    return tag_crates(command, actor, clock)


def tags() -> set[tuple[str, str]]:
    found = db.session.execute(
        select(Crate.code, CrateTag.tag).join(CrateTag, CrateTag.crate_id == Crate.location_id)
    )
    return {(code, word) for code, word in found}


def test_a_word_is_put_on_many_crates_at_once_and_posts_nothing(world: World) -> None:
    before = entry_count(world.ben)
    done = tag(world.ben, ONE, TWO, add=("for  Saturday",)).answer
    assert done.codes == (ONE, TWO)
    assert done.added == ("for Saturday",)
    assert tags() == {(ONE, "for Saturday"), (TWO, "for Saturday")}
    assert entry_count(world.ben) == before


def test_a_word_that_is_there_in_other_letters_stays_as_it_was_written(world: World) -> None:
    tag(world.ben, ONE, add=("Halal",))
    tag(world.ada, ONE, TWO, "7k3m9qx2", add=("HALAL",))
    assert tags() == {(ONE, "Halal"), (TWO, "HALAL")}


def test_a_word_is_taken_off(world: World) -> None:
    tag(world.ben, ONE, TWO, add=("Halal", "school"))
    tag(world.ben, ONE, remove=("halal", "never there"))
    assert tags() == {(ONE, "school"), (TWO, "Halal"), (TWO, "school")}


def test_nobody_reads_more_than_eight_words(world: World) -> None:
    tag(world.ben, ONE, add=tuple("abcdefgh"))
    with pytest.raises(Invalid):
        tag(world.ben, ONE, TWO, add=("i",))
    assert len(tags()) == 8


@pytest.mark.parametrize("words", [(), (" ",), ("x" * 41,)])
def test_no_word_and_a_speech_are_refused(world: World, words: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        tag(world.ben, ONE, add=words)
    assert tags() == set()


def test_another_depots_crates_get_no_word(world: World) -> None:
    with pytest.raises(UnknownCrate):
        tag(world.cleo, ONE, add=("mine",))
    assert tags() == set()
