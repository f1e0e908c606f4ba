"""Whatever a depot is set to is told when it changes; what tells nothing is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, update

from depot.base.dates import ShelfLife
from depot.distribution.commands.ages import SaveAgeBands, save_age_bands
from depot.distribution.commands.visits import SaveVisitSetting, save_visit_setting
from depot.imports.commands.undo import UndoImport, undo_import
from depot.intake.commands.tare_boxes import SaveTareBox, save_tare_box
from depot.kernel.answers import Answer
from depot.kernel.once import Work, run_once
from depot.mail.commands import subscriptions
from depot.mail.links import MailLinks
from depot.models import Category, GoodsValue, Item, Location, SheetImport
from depot.needs.commands import (
    SaveNeedRule,
    SaveNeedsSetting,
    save_need_rule,
    save_needs_setting,
)
from depot.network.commands.files import AcceptPeer, ForgetPeer, accept_peer, forget_peer
from depot.network.commands.links import SaveAgreement, save_agreement
from depot.playbooks.commands.pages import SavePage, save_page
from depot.printing.commands.label_sheets import save_label_sheet
from depot.printing.commands.printers import save_printer
from depot.production.commands.frozen_lives import SaveFrozenLife, save_frozen_life
from depot.production.commands.parcels import ParcelLineSaid, PerSaid, SaveParcel, save_parcel
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from depot.reports.commands import in_kind
from depot.safety.commands.temperatures import SaveTemperatureRule, save_temperature_rule
from tests.builders import World, clock, receive
from tests.commands.imports.test_undo import bring
from tests.commands.network.linked import link
from tests.commands.open_book.test_settings import told
from tests.commands.printer_fixtures import label_sheet_command, zebra_command
from tests.current import db
from tests.told_check import WATCH

LINKS = MailLinks("http://127.0.0.1", "not-a-secret-in-a-test")
TODAY = date(2026, 11, 2)


def again(command: Any, **other: Any) -> Any:
    """Return the command once more, with something else in it."""
    return replace(command, command_id=uuid4(), **other)


def test_a_printer_and_a_sheet_are_told_with_what_they_were(world: World) -> None:
    zebra = zebra_command("Door")
    made = save_printer(zebra, world.ada, clock).answer.id
    save_printer(again(zebra, printer_id=made, offset_x_tenths=-15), world.ada, clock)
    sheet = label_sheet_command("Ours")
    own = save_label_sheet(sheet, world.ada, clock).answer.id
    save_label_sheet(again(sheet, sheet_id=own), world.ada, clock)  # nothing new
    save_label_sheet(again(sheet, sheet_id=own, down=4), world.ada, clock)
    fewer, new, moved, added = told(world.ada)
    assert fewer == ("label_sheet", "Ours", "Ada", {"down": (5, 4)})
    assert new[3]["left_micrometres"] == (None, 10_000)
    assert moved == ("printer", "Door", "Ada", {"offset_x_tenths": (0, -15)})
    assert added[3]["kind"] == (None, "zebra")
    assert told(world.cleo) == []


def test_what_goods_are_worth_is_told_when_it_is_said_and_dropped(world: World) -> None:
    setting = in_kind.SaveValueSetting(command_id=uuid4(), currency="USD")
    in_kind.save_value_setting(setting, world.ada, clock)
    in_kind.save_value_setting(again(setting, in_reports=True), world.ada, clock)
    rate = in_kind.AddGoodsValue(
        command_id=uuid4(), minor_units=350, per="kg", valid_from=TODAY, source="our board"
    )
    made = in_kind.add_goods_value(rate, world.ada, clock).answer.id
    in_kind.drop_goods_value(
        in_kind.DropGoodsValue(command_id=uuid4(), value_id=made), world.ada, clock
    )
    dropped, added, on, first = told(world.ada)
    assert first == ("in_kind", "", "Ada", {"currency": (None, "USD")})
    assert on == ("in_kind", "", "Ada", {"in_reports": (False, True)})
    assert added[:2] == ("goods_value", "")
    assert added[3]["valid_from"] == (None, "2026-11-02")
    assert dropped[3] == {name: (after, None) for name, (_none, after) in added[3].items()}


def test_the_week_by_mail_is_told_without_an_address(world: World) -> None:
    outside = subscriptions.AskForReport(
        command_id=uuid4(), address="board@example.org", is_own=False
    )
    subscriptions.ask_for_report(outside, world.ada, LINKS, clock)
    own = subscriptions.AskForReport(command_id=uuid4(), address="ben@example.org")
    subscriptions.ask_for_report(own, world.ben, LINKS, clock)  # a wish of his own
    hour = subscriptions.SaveMailHour(command_id=uuid4(), hour=7)
    subscriptions.save_mail_hour(hour, world.ada, clock)
    assert told(world.ada) == [
        ("mail", "", "Ada", {"hour": (None, 7)}),
        ("mail", "", "Ada", {"readers": (0, 1)}),
    ]


def test_a_weight_learnt_at_the_door_is_told(world: World) -> None:
    receive(world.ben, 4, "Jam")
    assert told(world.ben) == []
    receive(world.ben, 10, "Jam", weight_grams=4_500)
    weighs = {"unit_weight_milligrams": (None, 450_000)}
    assert told(world.ben) == [("item", "Jam", "Ben", weighs)]


def test_a_weight_from_a_sheet_is_told_and_so_is_its_undoing(world: World) -> None:
    bring(world.ada, "items", "name,unit\nRice,piece\nSoap,piece\n")
    bring(world.ada, "items", "name,unit weight\nrice,1 kg\nSoap,\n")
    weighs = {"unit_weight_milligrams": (None, 1_000_000)}
    assert told(world.ada) == [("item", "Rice", "Ada", weighs)]
    newest = db.session.scalars(select(SheetImport.id).order_by(SheetImport.id.desc())).first()
    undo_import(UndoImport(command_id=uuid4(), import_id=newest or 0), world.ada, clock)
    undone = {"unit_weight_milligrams": (1_000_000, None)}
    assert told(world.ada)[0] == ("item", "Rice", "Ada", undone)


def test_what_is_needed_and_where_it_is_shown_is_told(world: World) -> None:
    shown = SaveNeedsSetting(command_id=uuid4(), on_page=True, words="Ring twice")
    save_needs_setting(shown, world.ada, clock)
    save_needs_setting(again(shown, on_page=False), world.ada, clock)
    drinks = db.session.scalars(
        select(Category.id).where(
            Category.depot_id == world.ada.depot_id, Category.name == "Drinks"
        )
    ).one()
    rule = SaveNeedRule(command_id=uuid4(), kind="category", subject_id=drinks, share_permille=300)
    save_need_rule(rule, world.ada, clock)
    save_need_rule(again(rule), world.ada, clock)  # written anew, and as it was
    save_need_rule(again(rule, share_permille=None), world.ada, clock)
    gone, said, off, _on = told(world.ada)
    assert gone == ("need_rule", "Drinks", "Ada", {"share_permille": (300, None)})
    assert said == ("need_rule", "Drinks", "Ada", {"share_permille": (None, 300)})
    assert off == ("needs", "", "Ada", {"on_page": (True, False)})


def test_rules_of_cold_and_of_people_are_told(world: World) -> None:
    life = SaveFrozenLife(command_id=uuid4(), category="Bread", frozen=ShelfLife(3, "month"))
    save_frozen_life(life, world.ada, clock)
    save_frozen_life(again(life, frozen=None), world.ada, clock)
    here = (Location.depot_id == world.ada.depot_id, Location.name == "Arrivals")
    place = db.session.scalars(select(Location.id).where(*here)).one()
    limit = SaveTemperatureRule(
        command_id=uuid4(), location_id=place, kind="fridge", highest_tenths=50
    )
    save_temperature_rule(limit, world.ada, clock)
    save_temperature_rule(again(limit, highest_tenths=80), world.ada, clock)
    cards = SaveVisitSetting(command_id=uuid4(), is_on=True)
    save_visit_setting(cards, world.ada, clock)
    save_visit_setting(again(cards, is_on=False), world.ada, clock)
    save_age_bands(SaveAgeBands(command_id=uuid4(), begins=(0, 5, 18, 60)), world.ada, clock)
    box = SaveTareBox(command_id=uuid4(), name="Bread cage", grams=1_400)
    made = save_tare_box(box, world.ada, clock).answer.id
    save_tare_box(again(box, box_id=made, grams=1_500), world.ada, clock)
    changes = {(kind, subject): fields for kind, subject, _by, fields in reversed(told(world.ada))}
    assert changes == {
        ("frozen_life", "Bread"): {"frozen_months": (3, None)},
        ("temperature_rule", "Arrivals"): {"highest_tenths": (50, 80)},
        ("visits", ""): {"is_on": (True, False)},
        ("age_bands", ""): {"begins": (None, "0, 5, 18, 60")},
        ("tare_box", "Bread cage"): {"grams": (1_400, 1_500)},
    }


def test_templates_and_pages_are_told_by_their_versions(world: World) -> None:
    receive(world.ben, 4, "Jam")
    line = ParcelLineSaid(per=PerSaid(household=1), item="Jam")
    parcel = SaveParcel(command_id=uuid4(), name="Box", lines=(line,))
    save_parcel(parcel, world.ada, clock)
    save_parcel(again(parcel, archived=True), world.ada, clock)
    recipe = SaveRecipe(
        command_id=uuid4(),
        name="Toast",
        inputs=(RecipeInput(item="Jam", quantity=1),),
        outputs=(RecipeOutput(item="Jam", quantity=2),),
    )
    save_recipe(recipe, world.ada, clock)
    page = SavePage(command_id=uuid4(), title="Keys", text="Under the mat.")
    key = save_page(page, world.ada, clock).answer.key
    save_page(again(page, key=key, text="With Ada."), world.ada, clock)
    assert told(world.ada) == [
        ("handbook", "Keys", "Ada", {"version": (1, 2)}),
        ("handbook", "Keys", "Ada", {"version": (None, 1)}),
        ("recipe", "Toast", "Ada", {"version": (None, 1)}),
        ("parcel", "Box", "Ada", {"archived": (False, True)}),
        ("parcel", "Box", "Ada", {"version": (None, 1)}),
    ]


def test_what_another_depot_is_shown_is_told(world: World) -> None:
    link(world.ada, world.cleo)
    other = world.cleo.depot_id
    shown = SaveAgreement(command_id=uuid4(), other_id=other, shares="all")
    save_agreement(shown, world.ada, clock)
    peer = AcceptPeer(command_id=uuid4(), name="Far", key="ab" * 32)
    made = accept_peer(peer, world.ada, clock).answer.id
    forget_peer(ForgetPeer(command_id=uuid4(), peer_id=made), world.ada, clock)
    gone, key, shares = told(world.ada)
    assert shares == ("network", "South", "Ada", {"shares": ("nothing", "all")})
    assert key[3]["public_key"] == (None, "ab" * 32)
    assert gone == ("network", "Far", "Ada", {"ended_at": (None, True)})
    assert told(world.cleo) == []


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A command that somebody wrote and that says nothing of what it does."""

    command_id: UUID


def write_a_rate(_command: Quiet, work: Work) -> Answer:
    rate = {"currency": "USD", "minor_units": 1, "per": "kg", "valid_from": TODAY, "source": "me"}
    work.session.execute(insert(GoodsValue).values(depot_id=work.depot_id, **rate))
    return Answer()


def change_a_weight(_command: Quiet, work: Work) -> Answer:
    mine = Item.depot_id == work.depot_id
    work.session.execute(update(Item).where(mine).values(unit_weight_milligrams=77_000))
    return Answer()


def name_an_item_anew(_command: Quiet, work: Work) -> Answer:
    mine = Item.depot_id == work.depot_id
    work.session.execute(update(Item).where(mine, Item.name == "Jam").values(note="Red label"))
    return Answer()


@pytest.mark.parametrize(
    ("body", "untold"),
    [(write_a_rate, ["goods_value"]), (change_a_weight, ["item"]), (name_an_item_anew, [])],
)
def test_a_command_that_tells_nothing_is_noticed(
    world: World, body: Callable[[Quiet, Work], Answer], untold: list[str]
) -> None:
    receive(world.ben, 4, "Jam")
    run_once(Quiet(command_id=uuid4()), world.ada, clock, body, Answer)
    assert [sentence.split()[0] for sentence in WATCH.taken()] == untold
