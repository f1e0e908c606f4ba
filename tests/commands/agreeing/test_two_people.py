"""One asks, another one agrees, and then it is done: once, as it stands by then, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from depot.agreeing.queries import ended_acts, waiting_acts
from depot.agreeing.round import drop_old_inputs
from depot.agreeing.rules import SetRules, set_rules
from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Forbidden, Invalid, NotFound
from depot.entries.commands.discrepancies import ResolveDiscrepancy, resolve_discrepancy
from depot.exporting.taking import take_everything
from depot.kernel.asked.errors import (
    AskedOver,
    OnlyAsker,
    OtherGoods,
    SamePerson,
)
from depot.models import AskedInput, Discrepancy, Membership
from depot.people.commands import access
from depot.people.commands.names import LetReadNames, let_read_names
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import (
    NOW,
    SECRET_KEY,
    World,
    clock,
    find_actor,
    make_person,
    on_hand,
    receive,
)
from tests.commands.agreeing.asking import (
    ALL,
    LATER,
    answer,
    asked_of,
    everything,
    put_rice,
    rice,
    role_of,
    spoiled,
    to_be,
)
from tests.current import db


def test_nothing_takes_two_people_to_begin_with(world: World) -> None:
    make_person("Dora", "coordinator", world.north)
    put_rice(world.ben)
    assert take_out(spoiled(), world.ben, clock).entry_id
    command = to_be(world.ben.person_id, "coordinator")
    access.change_role(command, world.ada, clock)
    assert role_of(world.ben) == "coordinator"


def test_nothing_takes_two_where_one_coordinates_alone(world: World) -> None:
    set_rules(SetRules(command_id=uuid4(), kinds=ALL, write_off_grams=1), world.ada, clock)
    put_rice(world.ben)
    assert take_out(spoiled(), find_actor("ben"), clock).entry_id
    take_everything(everything(), find_actor("ada"), clock)


def test_a_large_write_off_is_asked_for_and_done_when_another_agrees(two: World) -> None:
    put_rice(two.ben)
    command = spoiled()
    asked = asked_of(take_out, command, two.ben, clock)
    assert asked.is_new
    assert asked.until == NOW + timedelta(days=3)
    assert on_hand(two.ben, "Rice") == 60_000
    row = waiting_acts(db.session(), two.ada, NOW)[0]
    assert row.told["grams"] == 40_000
    assert row.told["goods"][0]["quantity"] == 40_000
    assert row.told["places"] == ["Shelf B2"]
    done = answer(asked, two.ada).done
    assert done is not None
    assert done.entry_id
    assert on_hand(two.ben, "Rice") == 20_000
    # as the one who asked, and the same command sent again is done already
    entry = db.session.execute(
        text(
            "SELECT person_id, occurred_at, recorded_at FROM stock_entry ORDER BY seq DESC LIMIT 1"
        )
    ).one()
    assert entry[0] == two.ben.person_id
    assert entry[1] == entry[2]
    assert take_out(command, two.ben, clock).repeated
    assert on_hand(two.ben, "Rice") == 20_000
    with pytest.raises(AskedOver):
        answer(asked, find_actor("dora"))


def test_a_small_write_off_and_a_hand_out_are_done_by_one(two: World) -> None:
    put_rice(two.ben)
    small = replace(spoiled(), lines=rice(20_000))
    assert take_out(small, two.ben, clock).entry_id
    assert take_out(replace(spoiled(), reason="issue"), two.ben, clock).entry_id


def test_the_same_ask_twice_is_one_and_another_with_its_id_is_none(two: World) -> None:
    put_rice(two.ben)
    command = spoiled()
    first, again = (asked_of(take_out, command, two.ben, clock) for _ in range(2))
    assert (first.asked_id, again.is_new) == (again.asked_id, False)
    with pytest.raises(CommandIdReused):
        take_out(replace(command, reason="expired"), two.ben, clock)


def test_goods_that_moved_on_are_refused_with_the_numbers(two: World) -> None:
    put_rice(two.ben, 45)
    asked = asked_of(take_out, spoiled(), two.ben, clock)
    gone = TakeOut(
        command_id=uuid4(),
        place="Shelf B2",
        reason="issue",
        lines=rice(10_000),
    )
    take_out(gone, two.ben, clock)
    with pytest.raises(OtherGoods) as raised:
        answer(asked, two.ada)
    shown = raised.value.params
    assert (shown["then"].quantity, shown["now"].quantity) == (40_000, 35_000)  # type: ignore[attr-defined]
    assert on_hand(two.ben, "Rice") == 35_000
    # nothing of the answer stays: it may be agreed to when the goods are back
    assert [row.id for row in waiting_acts(db.session(), two.ada, NOW)] == [asked.asked_id]


def test_everything_in_a_crate_means_what_was_in_it_then(two: World) -> None:
    put_rice(two.ben)
    whole = replace(spoiled(), lines=None)
    asked = asked_of(take_out, whole, two.ben, clock)
    receive(two.ben, 5_000, "Rice", location="Shelf B2")
    with pytest.raises(OtherGoods):
        answer(asked, two.ada)


def test_what_has_happened_is_booked_and_looked_at_by_another(two: World) -> None:
    put_rice(two.ada)
    late = spoiled(occurred_at=NOW - timedelta(hours=1))
    outcome = take_out(late, two.ada, clock)
    assert outcome.entry_id
    assert "above_limit" in outcome.asks
    found = db.session.execute(
        select(Discrepancy.id, Discrepancy.expected_quantity, Discrepancy.actual_quantity).where(
            Discrepancy.kind == "above_limit"
        )
    ).one()
    assert (found[1], found[2]) == (20_000, 40_000)
    settle = ResolveDiscrepancy(command_id=uuid4(), discrepancy_id=found[0])
    with pytest.raises(SamePerson):
        resolve_discrepancy(settle, two.ada, clock)
    resolve_discrepancy(settle, find_actor("dora"), clock)


def test_nobody_agrees_to_their_own(two: World) -> None:
    put_rice(two.ada)
    asked = asked_of(take_out, spoiled(), two.ada, clock)
    with pytest.raises(SamePerson):
        answer(asked, two.ada)
    with pytest.raises(SamePerson):
        answer(asked, two.ada, "declined", why="no")
    with pytest.raises(Forbidden):
        answer(asked, two.ben)
    with pytest.raises(NotFound):
        answer(asked, two.cleo)
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                "INSERT INTO asked_answer (asked_id, depot_id, asked_by_id, answer, why, by_id,"
                " answered_at) SELECT id, depot_id, asked_by_id, 'agreed', '', asked_by_id, 0"
                " FROM asked_act"
            )
        )
    db.session.rollback()


def test_a_program_asks_for_who_made_it_and_agrees_to_nothing(two: World) -> None:
    put_rice(two.ada)
    dora = find_actor("dora")
    made = asked_of(
        access.create_token,
        access.CreateToken(command_id=uuid4(), name="till", role="coordinator"),
        two.ada,
        SECRET_KEY,
        clock,
    )
    done = answer(made, dora).done
    assert done is not None
    program = Actor(find_actor("ada").depot, "coordinator", "till", token_id=done.answer.id)
    asked = asked_of(take_out, spoiled(), program, clock)
    with pytest.raises(SamePerson):
        answer(asked, two.ada)
    with pytest.raises(Forbidden):
        answer(asked_of(take_out, spoiled(), dora, clock), program)
    answer(asked, dora)
    assert on_hand(two.ada, "Rice") == 20_000


def test_no_needs_a_reason_and_who_asked_reads_it(two: World) -> None:
    put_rice(two.ben)
    command = spoiled()
    asked = asked_of(take_out, command, two.ben, clock)
    with pytest.raises(Invalid):
        answer(asked, two.ada, "declined")
    answer(asked, two.ada, "declined", why="Half of it is fine")
    ended = ended_acts(db.session(), two.ben, NOW, 9)[0]
    assert (ended.answer, ended.why, ended.by) == ("declined", "Half of it is fine", "Ada")
    with pytest.raises(AskedOver):
        take_out(command, two.ben, clock)
    assert on_hand(two.ben, "Rice") == 60_000


def test_who_asked_takes_it_back_and_nobody_else_does(two: World) -> None:
    put_rice(two.ben)
    asked = asked_of(take_out, spoiled(), two.ben, clock)
    with pytest.raises(OnlyAsker):
        answer(asked, two.ada, "withdrawn")
    answer(asked, two.ben, "withdrawn")
    with pytest.raises(AskedOver):
        answer(asked, two.ada)


def test_it_ends_by_itself_and_what_was_in_it_goes(two: World) -> None:
    put_rice(two.ben)
    asked = asked_of(take_out, spoiled(), two.ben, clock)
    drop_old_inputs(clock)
    assert db.session.scalar(select(func.count()).select_from(AskedInput)) == 1
    with pytest.raises(AskedOver):
        answer(asked, two.ada, at=LATER)
    drop_old_inputs(lambda: LATER)
    assert db.session.scalar(select(func.count()).select_from(AskedInput)) == 0
    assert waiting_acts(db.session(), two.ada, LATER) == []


def test_to_let_somebody_read_names_takes_two_and_to_stop_it_one(two: World) -> None:
    let = LetReadNames(command_id=uuid4(), person_id=two.ben.person_id or 0, reads_names=True)
    asked = asked_of(let_read_names, let, two.ada, clock)
    dora = find_actor("dora")
    key = (two.ben.person_id, two.north.id)
    assert not db.session().get_one(Membership, key).reads_names
    answer(asked, dora)
    db.session().expire_all()
    assert db.session().get_one(Membership, key).reads_names
    stop = LetReadNames(command_id=uuid4(), person_id=two.ben.person_id or 0, reads_names=False)
    let_read_names(stop, two.ada, clock)
    db.session().expire_all()
    assert not db.session().get_one(Membership, key).reads_names
