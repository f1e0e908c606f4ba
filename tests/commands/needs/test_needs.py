"""Needs: short, enough and too much from stock and hand-outs, corrected by hand, and the list."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.items.commands.items import SaveItem, save_item
from depot.items.queries.catalog import categories, item_names
from depot.kernel.goods_lines import GoodsLine
from depot.needs.commands import (
    STEADY,
    SaveNeedRule,
    SaveNeedsSetting,
    save_need_rule,
    save_needs_setting,
)
from depot.needs.queries.needs import NeedLine, list_needs, short_first
from depot.needs.queries.shown import newest_list, newest_lists, public_needs
from depot.needs.round import renew_all_lists, renew_needs_list
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import NOW, World, clock, receive

BEANS, OIL, BREAD = "Tins and jars", "Oil, sauces and spices", "Bread"
TODAY = date(2026, 11, 21)


def stock(actor: Actor, item: str, category: str, came: int, went: int, days_ago: int = 40) -> None:
    """Kilograms of an item that came in long ago, and how many went out since."""
    save_item(
        SaveItem(command_id=uuid4(), name=item, category=category, base_unit="gram"), actor, clock
    )
    then = NOW - timedelta(days=days_ago)
    receive(actor, came * 1000, item, at=then - timedelta(days=60))
    if went:
        lines = (GoodsLine(item=item, quantity=went * 1000),)
        command = TakeOut(
            command_id=uuid4(), place="Arrivals", reason="issue", lines=lines, occurred_at=then
        )
        take_out(command, actor, clock)


@pytest.fixture
def shelves(world: World) -> World:
    """Beans in plenty, oil nearly gone, bread as it should be."""
    stock(world.ada, "Beans", BEANS, 1000, 100)
    stock(world.ada, "Olive oil", OIL, 310, 300)
    stock(world.ada, "Rye bread", BREAD, 900, 400)
    return world


def line(world: World, name: str) -> NeedLine:
    return next(one for one in list_needs(world.session, world.north.id, TODAY) if one.name == name)


def category_id(world: World, name: str) -> int:
    return next(row.id for row in categories(world.session, world.north.id) if row.name == name)


def item_id(world: World, name: str) -> int:
    return next(row.id for row in item_names(world.session, world.north.id) if row.name == name)


def rule(world: World, name: str, **rules: object) -> SaveNeedRule:
    """A rule of a category, by its name."""
    return SaveNeedRule(
        command_id=uuid4(),
        kind="category",
        subject_id=category_id(world, name),
        **rules,  # type: ignore[arg-type]
    )


def test_what_runs_out_is_short_and_what_piles_up_is_too_much(shelves: World) -> None:
    oil, beans, bread = (line(shelves, name) for name in (OIL, BEANS, BREAD))
    assert (oil.verdict, oil.reason, oil.days_left) == ("short", "runs_out", 2)
    assert (beans.verdict, beans.reason) == ("too_much", "much")
    assert (beans.stock_permille, beans.wanted_permille) == (638, 125)
    assert bread.verdict == "enough"
    assert line(shelves, "Drinks").verdict == "unknown"


def test_what_is_handed_out_today_counts_from_tomorrow(shelves: World) -> None:
    """A day is whole or not counted: at noon everything would look as if little were wanted."""
    before = line(shelves, BEANS).handed_out_grams
    lines = (GoodsLine(item="Beans", quantity=50_000),)
    for days_ago, command in enumerate(
        TakeOut(command_id=uuid4(), place="Arrivals", reason="issue", lines=lines, occurred_at=at)
        for at in (NOW, NOW - timedelta(days=1))
    ):
        take_out(command, shelves.ada, clock)
        assert line(shelves, BEANS).handed_out_grams == before + days_ago * 50_000
    tomorrow = list_needs(shelves.session, shelves.north.id, TODAY + timedelta(days=1))
    out = next(one.handed_out_grams for one in tomorrow if one.name == BEANS)
    assert out == before + 100_000


def test_a_target_share_counts_instead_of_what_was_handed_out(shelves: World) -> None:
    save_need_rule(rule(shelves, BEANS, share_permille=600), shelves.ada, clock)
    beans = line(shelves, BEANS)
    assert (beans.verdict, beans.wanted_permille) == ("enough", 600)
    # the others divide what is left of the whole
    assert line(shelves, OIL).wanted_permille == 171


def test_below_its_minimum_it_is_short(shelves: World) -> None:
    save_need_rule(rule(shelves, BEANS, minimum_quantity=900_001), shelves.ada, clock)
    assert (line(shelves, BEANS).verdict, line(shelves, BEANS).reason) == ("short", "minimum")
    save_need_rule(rule(shelves, BEANS, minimum_quantity=900_000), shelves.ada, clock)
    assert line(shelves, BEANS).verdict == "too_much"


def test_what_is_said_by_hand_counts_to_the_end_of_its_day(shelves: World) -> None:
    said = rule(shelves, BEANS, said="short", said_until=TODAY, note="in glass, please")
    save_need_rule(said, shelves.ada, clock)
    beans = line(shelves, BEANS)
    assert (beans.verdict, beans.reason, beans.rule.note) == ("short", "said", "in glass, please")
    tomorrow = list_needs(shelves.session, shelves.north.id, TODAY + timedelta(days=1))
    assert next(one.verdict for one in tomorrow if one.name == BEANS) == "too_much"


def test_an_item_with_a_rule_has_a_line_of_its_own(shelves: World) -> None:
    assert "Olive oil" not in [
        one.name for one in list_needs(shelves.session, shelves.north.id, TODAY)
    ]
    command = SaveNeedRule(
        command_id=uuid4(),
        kind="item",
        subject_id=item_id(shelves, "Olive oil"),
        minimum_quantity=20_000,
    )
    save_need_rule(command, shelves.ada, clock)
    oil = line(shelves, "Olive oil")
    assert (oil.kind, oil.category, oil.verdict, oil.quantity) == ("item", OIL, "short", 10_000)


def test_a_rule_that_says_nothing_is_taken_away(shelves: World) -> None:
    save_need_rule(rule(shelves, BEANS, is_left_out=True), shelves.ada, clock)
    assert line(shelves, BEANS).rule.is_left_out
    save_need_rule(rule(shelves, BEANS), shelves.ada, clock)
    assert not line(shelves, BEANS).rule.is_left_out


def test_what_is_past_its_day_or_on_hold_is_no_stock(world: World) -> None:
    receive(
        world.ada,
        5000,
        "Yoghurt",
        category="Dairy and eggs",
        date="2026-11-20",
        date_kind="use_by",
        at=NOW - timedelta(days=9),
    )
    receive(world.ada, 700, "Cheese", category="Dairy and eggs", location="On hold")
    receive(world.ada, 300, "Butter", category="Dairy and eggs")
    found = line(world, "Dairy and eggs")
    assert found.stock_grams == 300 * 500
    receive(world.ada, 200, "Cream", category="Dairy and eggs")
    assert line(world, "Dairy and eggs").stock_grams == 500 * 500
    held = PlaceHold(command_id=uuid4(), reason="sour", by=HeldBy(item="Cream"))
    place_hold(held, world.ben, clock)
    assert line(world, "Dairy and eggs").stock_grams == 300 * 500


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"share_permille": 1001}, "share"),
        ({"minimum_quantity": 0}, "minimum"),
        ({"said": "lots", "said_until": TODAY}, "said"),
        ({"said": "short"}, "said_until"),
        ({"said": "short", "said_until": TODAY - timedelta(days=1)}, "said_until"),
        ({"said": "short", "said_until": TODAY + timedelta(days=400)}, "said_until"),
        ({"note": "x" * 81}, "note"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(
    world: World, rules: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save_need_rule(rule(world, BEANS, **rules), world.ada, clock)
    assert refused.value.field == field


def test_all_shares_together_are_no_more_than_the_whole(world: World) -> None:
    save_need_rule(rule(world, BEANS, share_permille=600), world.ada, clock)
    with pytest.raises(Invalid):
        save_need_rule(rule(world, OIL, share_permille=401), world.ada, clock)
    save_need_rule(rule(world, OIL, share_permille=400), world.ada, clock)
    save_need_rule(rule(world, OIL, share_permille=399), world.ada, clock)


def test_volunteers_and_outsiders_set_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        save_need_rule(rule(world, BEANS, share_permille=1), world.ben, clock)
    with pytest.raises(NotFound):
        save_need_rule(rule(world, BEANS, share_permille=1), world.cleo, clock)
    with pytest.raises(Forbidden):
        save_needs_setting(SaveNeedsSetting(command_id=uuid4(), on_page=True), world.ben, clock)


def test_the_outsider_sees_other_needs(shelves: World) -> None:
    found = list_needs(shelves.session, shelves.south.id, TODAY)
    assert {one.verdict for one in found} == {"unknown"}
    assert not short_first(found)


def turn_on(world: World, **switches: bool) -> None:
    save_needs_setting(SaveNeedsSetting(command_id=uuid4(), **switches), world.ada, clock)  # type: ignore[arg-type]
    renew_needs_list(world.session, world.north, at_once=True, clock=clock)


def test_nothing_is_shown_until_somebody_turns_it_on(shelves: World) -> None:
    renew_needs_list(shelves.session, shelves.north, at_once=True, clock=clock)
    assert newest_list(shelves.session, shelves.north.id) is None
    assert public_needs(shelves.session, "north") is None
    turn_on(shelves, on_page=True)
    shown = public_needs(shelves.session, "north")
    assert shown is not None
    assert [one.name for one in shown.now.short] == [OIL]
    assert [one.name for one in shown.now.too_much] == [BEANS]
    turn_on(shelves)
    assert public_needs(shelves.session, "north") is None


def test_the_list_changes_only_when_what_it_says_changes(shelves: World) -> None:
    turn_on(shelves, as_feed=True)
    later = NOW + 2 * STEADY
    assert renew_all_lists(shelves.session, lambda: later) == 0
    receive(shelves.ada, 500_000, "Olive oil")
    assert renew_all_lists(shelves.session, lambda: later) == 1
    now, before = newest_lists(shelves.session, shelves.north.id, 5)
    assert (now.changed_at, before.changed_at) == (later, NOW)
    assert not now.short


def test_a_young_list_does_not_flicker_but_a_coordinator_changes_it_at_once(
    shelves: World,
) -> None:
    turn_on(shelves, at_door=True)
    receive(shelves.ada, 500_000, "Olive oil")
    assert not renew_all_lists(shelves.session, lambda: NOW + STEADY / 2)
    assert renew_needs_list(shelves.session, shelves.north, at_once=True, clock=clock)


def test_a_name_left_out_is_on_no_list(shelves: World) -> None:
    save_need_rule(rule(shelves, OIL, is_left_out=True), shelves.ada, clock)
    turn_on(shelves, on_page=True)
    shown = newest_list(shelves.session, shelves.north.id)
    assert shown is not None
    assert not shown.short
