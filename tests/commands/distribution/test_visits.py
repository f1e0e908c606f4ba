"""Visits by card: each counted once, households told apart, and nothing kept that names a card."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, NotFound
from depot.distribution.commands.events import CountPeople, count_people
from depot.distribution.commands.visits import (
    BadCard,
    CardsAreOff,
    CountedVisit,
    CountVisit,
    SaveVisitSetting,
    count_visit,
    save_visit_setting,
)
from depot.distribution.queries.events import people_at
from depot.distribution.queries.visits import visits_in
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.kernel.once import Outcome
from depot.models import VisitCard, all_tables
from depot.scanning.commands import KeepUnknownScan, keep_unknown_scan
from labels.symbols.cards import new_card_code, read_card_code
from tests.builders import NOW, World, clock
from tests.commands.distribution.test_plans import an_event

DAY = NOW.date()
CARDS = [new_card_code(random.Random(seed)) for seed in range(6)]


def use_cards(actor: Actor, is_on: bool = True) -> None:
    save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=is_on), actor, clock)


def visit(
    actor: Actor, event_id: int, card: str, at: datetime | None = None, **ages: int | None
) -> Outcome[CountedVisit]:
    command = CountVisit(
        command_id=uuid4(),
        event_id=event_id,
        card=card,
        occurred_at=at,
        adults=ages.get("adults"),
        children=ages.get("children"),
    )
    return count_visit(command, actor, clock)


def undo(actor: Actor, entry_id: int | None) -> None:
    assert entry_id is not None
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry_id), actor, clock)


def sums(world: World, first: date, last: date) -> tuple[int, int, int, int]:
    """Return visits, those by card, households, new ones."""
    found = visits_in(world.session, world.north.id, first, last)
    return found.visits, found.by_card, found.households, found.new_households


@pytest.fixture
def event_id(world: World) -> int:
    use_cards(world.ada)
    return an_event(world.ben)


def test_a_visit_counts_a_household_and_says_whether_it_is_new(world: World, event_id: int) -> None:
    first = visit(world.ben, event_id, CARDS[0], adults=2, children=0)
    other = an_event(world.ben, "Evening")
    again = visit(world.ben, other, CARDS[0].lower().replace("-", " "))
    assert (first.answer.is_new, again.answer.is_new) == (True, False)
    count_people(CountPeople(command_id=uuid4(), event_id=event_id, households=3), world.ben, clock)
    helped = people_at(world.session, world.north.id, event_id)
    assert (helped.households, helped.adults, helped.children, helped.seniors) == (4, 2, 0, None)
    assert sums(world, DAY, DAY) == (5, 2, 1, 1)
    assert visits_in(world.session, world.north.id, DAY, DAY).without_card == 3


def test_a_card_scanned_twice_at_a_hand_out_counts_once_until_it_is_undone(
    world: World, event_id: int
) -> None:
    first = visit(world.ben, event_id, CARDS[0])
    again = visit(world.ben, event_id, CARDS[0])
    assert again.entry_id is None
    assert again.answer.was_counted
    assert sums(world, DAY, DAY) == (1, 1, 1, 1)
    undo(world.ben, first.entry_id)
    assert sums(world, DAY, DAY) == (0, 0, 0, 0)
    back = visit(world.ben, event_id, CARDS[0])
    assert back.answer.is_new  # what was undone is as if never made
    assert sums(world, DAY, DAY) == (1, 1, 1, 1)


def test_a_repeat_counts_once_and_answers_the_same(world: World, event_id: int) -> None:
    command = CountVisit(command_id=uuid4(), event_id=event_id, card=CARDS[0])
    first = count_visit(command, world.ben, clock)
    again = count_visit(command, world.ben, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert sums(world, DAY, DAY)[0] == 1


def test_a_visit_that_is_told_late_changes_who_was_new_in_which_week(
    world: World, event_id: int
) -> None:
    visit(world.ben, event_id, CARDS[0])
    week_ago = DAY - timedelta(days=7)
    assert sums(world, DAY, DAY) == (1, 1, 1, 1)
    late = visit(world.ben, an_event(world.ben, "Before"), CARDS[0], NOW - timedelta(days=7))
    assert sums(world, DAY, DAY) == (1, 1, 1, 0)
    assert sums(world, week_ago, week_ago) == (1, 1, 1, 1)
    assert sums(world, week_ago, DAY) == (2, 2, 1, 1)
    undo(world.ben, late.entry_id)
    assert sums(world, DAY, DAY) == (1, 1, 1, 1)


def test_periods_agree_with_counting_by_hand(world: World) -> None:
    """Visits, late ones and undone ones in any order, against a list of what stands."""
    use_cards(world.ada)
    rng = random.Random(11)
    standing: dict[int, tuple[date, str]] = {}
    for _ in range(30):
        if standing and rng.random() < 0.25:
            entry_id = rng.choice(sorted(standing))
            undo(world.ada, entry_id)
            del standing[entry_id]
            continue
        ago, card = timedelta(days=rng.randrange(6)), rng.choice(CARDS)
        made = visit(world.ben, an_event(world.ben), card, NOW - ago)
        assert made.entry_id is not None
        standing[made.entry_id] = (DAY - ago, card)
    for start in range(6):
        for length in range(6 - start):
            first, last = DAY - timedelta(days=start + length), DAY - timedelta(days=start)
            inside = [card for day, card in standing.values() if first <= day <= last]
            before = {card for day, card in standing.values() if day < first}
            assert sums(world, first, last) == (
                len(inside),
                len(inside),
                len(set(inside)),
                len(set(inside) - before),
            )


def test_cards_are_off_until_a_coordinator_uses_them(world: World) -> None:
    event_id = an_event(world.ben)
    with pytest.raises(CardsAreOff):
        visit(world.ben, event_id, CARDS[0])
    with pytest.raises(Forbidden):
        use_cards(world.ben)
    use_cards(world.ada)
    visit(world.ben, event_id, CARDS[0])
    use_cards(world.ada, is_on=False)
    with pytest.raises(CardsAreOff):
        visit(world.ben, event_id, CARDS[1])
    kept = visit(world.ben, event_id, CARDS[1], NOW - timedelta(hours=1))  # it happened already
    assert kept.entry_id is not None
    use_cards(world.ada)
    assert visit(world.ben, event_id, CARDS[0]).answer.was_counted  # the key is the same


@pytest.mark.parametrize("card", ["", "7K3M-9QX2", CARDS[0][:-1], CARDS[0] + "X", "x" * 400])
def test_what_is_no_card_is_refused(world: World, event_id: int, card: str) -> None:
    with pytest.raises(BadCard):
        visit(world.ben, event_id, card)
    assert sums(world, DAY, DAY) == (0, 0, 0, 0)


def test_another_depot_neither_counts_here_nor_knows_the_card(world: World, event_id: int) -> None:
    visit(world.ben, event_id, CARDS[0])
    use_cards(world.cleo)
    with pytest.raises(NotFound):
        visit(world.cleo, event_id, CARDS[0])
    south = visit(world.cleo, an_event(world.cleo), CARDS[0])
    assert south.answer.is_new
    digests = world.session.scalars(select(VisitCard.card_hash)).all()
    assert len(set(digests)) == 2  # each depot's key makes another
    assert sums(world, DAY, DAY) == (1, 1, 1, 1)


def test_the_code_of_a_card_stands_nowhere_in_the_database(world: World, event_id: int) -> None:
    visit(world.ben, event_id, CARDS[0])
    plain = CARDS[0].replace("-", "")
    for table in all_tables().tables.values():
        for row in world.session.execute(select(table)):
            kept = str(tuple(row)).upper()
            assert plain not in kept.replace("-", "")


def test_a_card_held_before_the_wrong_page_is_kept_nowhere(world: World) -> None:
    kept = keep_unknown_scan(KeepUnknownScan(command_id=uuid4(), text=CARDS[0]), world.ben, clock)
    assert not kept.answer.discrepancies
    plain = CARDS[0].replace("-", "")
    for table in all_tables().tables.values():
        for row in world.session.execute(select(table)):
            assert plain not in str(tuple(row)).upper().replace("-", "")


def test_the_database_neither_changes_nor_forgets_a_visit(world: World, event_id: int) -> None:
    visit(world.ben, event_id, CARDS[0])
    for statement in (
        "UPDATE visit SET card_id = 9",
        "DELETE FROM visit",
        "DELETE FROM visit_card",
    ):
        with pytest.raises(DatabaseError):
            world.session.execute(text(statement))
        world.session.rollback()


def test_every_wrong_letter_and_every_swap_in_a_card_is_caught() -> None:
    code = CARDS[0]
    letters = code.replace("-", "")
    for place, letter in enumerate(letters):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".replace(letter, ""):
            assert read_card_code(letters[:place] + other + letters[place + 1 :]) is None
        for beside in range(place + 1, len(letters)):
            swapped = list(letters)
            swapped[place], swapped[beside] = swapped[beside], swapped[place]
            if swapped != list(letters):
                assert read_card_code("".join(swapped)) is None
    assert read_card_code(f" {letters.lower()} ") == code
