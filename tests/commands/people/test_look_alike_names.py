"""Nobody and nothing is called so that it cannot be told from another."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Invalid, MixedAlphabets, NameAlike, NameTaken
from depot.distribution.commands.planning import ChangeEvent, PlanEvent, change_event, plan_event
from depot.imports.commands.imports import import_sheet, plan_import
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.commands.tare_boxes import SaveTareBox, save_tare_box
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.categories import SaveCategory, save_category
from depot.items.commands.items import SaveItem, save_item
from depot.kernel.lookups import find_or_make_partner
from depot.kernel.new_items import check_name_is_free
from depot.locations.commands import SavePlace, save_place
from depot.models import LabelSheet, Person, Printer
from depot.partners.commands.partners import SavePartner, save_partner
from depot.people.commands.accounts import AcceptInvitation, accept_invitation
from depot.people.commands.depots import FoundDepot, SaveDepot, found_depot, save_depot
from tests.builders import (
    NOW,
    PASSWORD,
    World,
    clock,
    make_invitation,
    make_person,
    make_token,
    receive,
)
from tests.commands.doubting import donation, there
from tests.commands.working import work_of
from tests.pantry import sheet
from tests.stock_text import rows, stock

#: Makes a thing of a name, or calls the one with that id so; returns its id.
Save = Callable[[Actor, str, int | None], int]


def place(who: Actor, name: str, own: int | None) -> int:
    return save_place(SavePlace(command_id=uuid4(), name=name, location_id=own), who).answer.id


def partner(who: Actor, name: str, own: int | None) -> int:
    return save_partner(SavePartner(command_id=uuid4(), name=name, partner_id=own), who).answer.id


def category(who: Actor, name: str, own: int | None) -> int:
    command = SaveCategory(command_id=uuid4(), name=name, category_id=own)
    return save_category(command, who).answer.id


def item(who: Actor, name: str, own: int | None) -> int:
    command = SaveItem(
        command_id=uuid4(), name=name, category="Other", base_unit="piece", item_id=own
    )
    return save_item(command, who).answer.id


def box(who: Actor, name: str, own: int | None) -> int:
    command = SaveTareBox(command_id=uuid4(), name=name, grams=900, box_id=own)
    return save_tare_box(command, who).answer.id


def join(world: World, name: str, login: str) -> str:
    secret = make_invitation("Somebody", "volunteer", world.ada)
    return accept_invitation(AcceptInvitation(secret, name, login, PASSWORD)).name


def test_a_person_is_not_called_like_a_colleague_in_other_letters(world: World) -> None:
    assert join(world, "Сосо", "first") == "Сосо"
    with pytest.raises(NameTaken):
        join(world, "Coco", "second")
    with pytest.raises(MixedAlphabets):
        join(world, "Аda", "third")
    with pytest.raises(MixedAlphabets):
        join(world, "Ada", "аda")
    assert join(world, "A\u200bda", "fourth") == "Ada", (
        "two people may bear one name, as it is seen"
    )
    assert join(world, "Борис", "boris") == "Борис"
    with pytest.raises(NameTaken) as taken:
        join(world, "Anna", "ADA ")
    assert (taken.value.field, taken.value.params) == ("login", {"name": "ADA "})
    found = world.session.query(Person).filter(Person.name.contains("\u200b")).count()
    assert found == 0


def test_an_invitation_names_nobody_in_two_alphabets(world: World) -> None:
    with pytest.raises(MixedAlphabets):
        make_invitation("Веn", "volunteer", world.ada)


def test_a_place_is_not_called_like_another_in_other_letters(world: World) -> None:
    def save(name: str) -> None:
        save_place(SavePlace(command_id=uuid4(), name=name), world.ada)

    save("COCA 1")
    for name, refusal in (
        ("СОСА 1", NameTaken),
        ("C\u200bOCA 1", NameTaken),
        ("СOCA 1", MixedAlphabets),
        ("\u2800\u200b", Invalid),
    ):
        with pytest.raises(refusal):
            save(name)
    save("Склад")


def test_an_item_with_something_unseen_in_its_name_is_the_item_that_is_seen(world: World) -> None:
    receive(world.ben, 4, "Beans")
    receive(world.ben, 2, "Be\u200bans")
    receive(world.ben, 1, "\u202eBeans")
    assert stock(world.ben) == rows("7 Beans @ Arrivals")


@pytest.mark.parametrize("save", [place, partner, category, item, box])
@pytest.mark.parametrize(("first", "second"), [("СОСА 1", "Coca 1"), ("Coca 1", "СОСА 1")])
def test_whatever_has_a_name_is_made_and_renamed_to_look_like_no_other(
    world: World, save: Save, first: str, second: str
) -> None:
    known, other = save(world.ada, first, None), save(world.ada, "Сахар", None)
    with pytest.raises(NameAlike):
        save(world.ada, second, None)
    with pytest.raises(NameAlike):
        save(world.ada, second, other)
    with pytest.raises(MixedAlphabets):
        save(world.ada, "Cахар", other)
    assert save(world.ada, second, known) == known, "it may be written anew itself"
    save(world.cleo, first, None)


@pytest.mark.parametrize("kind", [LabelSheet, Printer])
def test_printers_and_sheets_follow_the_same_rule(
    world: World, kind: type[LabelSheet] | type[Printer]
) -> None:
    work = work_of(world.ada)
    assert check_name_is_free(work, kind, "Сахар", None)["name_key"] == "сахар"
    with pytest.raises(MixedAlphabets):
        check_name_is_free(work, kind, "Cахар", None)


def test_a_place_is_not_called_like_a_box_in_other_letters(world: World) -> None:
    import_sheet(sheet("crates", "Box,Item,Quantity,Location\nB1,Rice,4,Hall\n"), world.ada)
    with pytest.raises(NameAlike):
        place(world.ada, "В1", None)
    with pytest.raises(NameTaken):
        place(world.ada, "b1", None)
    place(world.ada, "В2", None)


def test_a_donor_that_only_looks_like_a_known_one_is_the_known_one_where_nobody_is_asked(
    world: World,
) -> None:
    known = partner(world.ada, "Соса", None)
    work = work_of(world.ben)
    assert find_or_make_partner(work, "Coca", None).id == known
    assert find_or_make_partner(work, "Rewe", None).id != known
    work.session.rollback()


def test_who_is_there_writes_an_item_or_a_donor_in_one_alphabet(world: World) -> None:
    line = ReceiptLine(item="Beans", quantity=4)
    given = ReceiveGoods(command_id=uuid4(), lines=(line,), partner="Bеn")
    for act in (donation(item="Веаns", quantity=4), lambda who: receive_goods(given, who, clock)):
        with pytest.raises(MixedAlphabets):
            act(there(world.ben))
    donation(item="Веаns", quantity=4)(world.ben)
    assert stock(world.ben) == rows("4 Веаns @ Arrivals"), "what happened is not lost for it"


def test_who_joins_with_the_name_they_have_looks_like_no_colleague(world: World) -> None:
    secret = make_invitation("Somebody", "volunteer", world.ada)
    join(world, "Сосо", "first")
    stranger = make_person("Coco", "volunteer", world.south)
    with pytest.raises(NameAlike):
        accept_invitation(AcceptInvitation(secret, "Coco", "", ""), stranger.person_id)


def test_a_hand_out_a_depot_and_a_token_are_named_in_one_alphabet(world: World) -> None:
    def plan(name: str, event_id: int | None = None) -> int:
        if event_id is None:
            made = PlanEvent(command_id=uuid4(), name=name, starts_at=NOW)
            return plan_event(made, world.ben).answer.id
        changed = ChangeEvent(command_id=uuid4(), event_id=event_id, name=name, starts_at=NOW)
        return change_event(changed, world.ben).answer.id

    event_id = plan("Суббота")
    saved = SaveDepot(
        command_id=uuid4(),
        name="Nоrth",
        time_zone="Europe/Berlin",
        week_start=1,
        weight_unit="kg",
    )
    acts: list[Callable[[], object]] = [
        lambda: plan("Sаturday"),
        lambda: plan("Sаturday", event_id),
        lambda: make_token("Scаle", "volunteer", world.ada),
        lambda: found_depot(FoundDepot(name="Nоrth", time_zone="Europe/Berlin")),
        lambda: save_depot(saved, world.ada),
    ]
    for act in acts:
        with pytest.raises(MixedAlphabets):
            act()


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("locations", "Name\nCoca\n", "name"),
        ("items", "Name,Category\nRice,Coca\n", "category"),
        ("items", "Name\nCoca\n", "name"),
        ("stock", "Item,Quantity,Location\nRice,4,Coca\n", "location"),
        ("stock", "Item,Quantity\nCoca,4\n", "item"),
        ("crates", "Box,Item,Quantity,Location\nB1,Coca,4,Shelf\n", "item"),
        ("crates", "Box,Item,Quantity,Location\nВ1,Rice,4,Shelf\nB1,Rice,4,Shelf\n", "box_number"),
    ],
)
def test_a_list_brings_no_name_that_looks_like_a_known_one(
    world: World, kind: str, text: str, field: str
) -> None:
    for save in (place, category, item):
        save(world.ada, "Соса", None)
    command = sheet(kind, text)
    found = plan_import(world.session, world.ada, kind, command.table, command.columns)
    assert [(one.field, one.template) for one in found.problems] == [(field, NameAlike.template)]


def test_a_list_of_another_depot_or_of_mixed_letters(world: World) -> None:
    place(world.ada, "Соса", None)
    mixed = sheet("locations", "Name\nCоca\nCoca\nCoca\n")
    found = plan_import(world.session, world.cleo, "locations", mixed.table, mixed.columns)
    assert next((one.row_number, one.code) for one in found.problems) == (2, MixedAlphabets.code)
    assert NameAlike.template not in {one.template for one in found.problems}
    leaving_out = sheet("locations", "Name\nCoca\nHall\n", skip_problems=True)
    outcome = import_sheet(leaving_out, world.ada, clock)
    assert outcome.answer.new == 1
