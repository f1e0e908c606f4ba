"""What the depot is set to: each change stands in the open book with what it was before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.dates import ShelfLife
from depot.db.transaction import transaction
from depot.items.commands.categories import SaveCategory, save_category
from depot.items.commands.items import SaveItem, save_item
from depot.items.commands.shelf_lives import TakeShelfLives, take_shelf_lives
from depot.items.shelf_lives import TABLES
from depot.models import Category, MealFactor
from depot.open_book.queries import setting_changes
from depot.partners.commands.donor_letters import SaveDonorLetter, save_donor_letter
from depot.people.access_journal import note_export
from depot.people.commands import access
from depot.people.commands.depots import SaveDepot, save_depot
from depot.reports.commands import forms
from tests.builders import SECRET_KEY, World, clock
from tests.current import db

NORTH = SaveDepot(
    command_id=uuid4(), name="North", time_zone="Europe/Berlin", week_start=1, weight_unit="kg"
)


def told(actor: Actor) -> list[tuple[Any, ...]]:
    """Return kind, subject, who and the fields of each change, the newest first."""
    rows = setting_changes(db.session(), actor.depot_id, None, 99)
    return [
        (row.kind, row.subject, row.by, {one.name: (one.before, one.after) for one in row.fields})
        for row in rows
    ]


def test_settings_are_told_with_what_they_were(world: World) -> None:
    changed = replace(NORTH, name="Harbour", week_start=7)
    save_depot(changed, world.ada, clock)
    save_depot(changed, world.ada, clock)  # a repeat
    save_depot(replace(changed, command_id=uuid4()), world.ada, clock)  # nothing new
    assert told(world.ada) == [
        ("depot", "Harbour", "Ada", {"name": ("North", "Harbour"), "week_start": (1, 7)})
    ]
    assert told(world.cleo) == []


def test_a_category_is_told_when_it_is_made_and_changed(world: World) -> None:
    new = SaveCategory(command_id=uuid4(), name="Seeds", is_food=False)
    made = save_category(new, world.ada, clock).answer.id
    longer = replace(new, command_id=uuid4(), category_id=made, shelf_life=ShelfLife(30))
    save_category(longer, world.ada, clock)
    second, first = told(world.ada)
    assert second == ("category", "Seeds", "Ada", {"shelf_life_amount": (0, 30)})
    assert first[3] == {"name": (None, "Seeds"), "shelf_life_unit": (None, "day")}


def test_a_table_of_shelf_lives_tells_each_category(world: World) -> None:
    before = {row.name: row.shelf_life_amount for row in categories(world)}
    for table in TABLES:
        take_shelf_lives(TakeShelfLives(command_id=uuid4(), table=table), world.ada, clock)
    changes = [row for row in told(world.ada) if "shelf_life_amount" in row[3]]
    assert changes
    _kind, name, _by, fields = changes[-1]
    assert fields["shelf_life_amount"][0] == before[name]


def categories(world: World) -> list[Category]:
    rows = select(Category).where(Category.depot_id == world.north.id)
    return list(db.session.scalars(rows))


def test_what_counts_as_a_meal_is_told(world: World) -> None:
    old = db.session.scalars(
        select(MealFactor.stated).where(MealFactor.depot_id == world.north.id, MealFactor.is_chosen)
    ).one()
    new = forms.SaveMealFactor(
        command_id=uuid4(), grams_per_meal=400, stated="400 g", source="our board"
    )
    made = forms.save_meal_factor(new, world.ada, clock).answer.id
    more = replace(new, command_id=uuid4(), factor_id=made, grams_per_meal=420)
    forms.save_meal_factor(more, world.ada, clock)
    forms.choose_meal_factor(
        forms.ChooseMealFactor(command_id=uuid4(), factor_id=made), world.ada, clock
    )
    chosen, changed, added = told(world.ada)
    assert chosen == ("meal_factor_chosen", "400 g", "Ada", {"stated": (old, "400 g")})
    assert changed == ("meal_factor", "400 g", "Ada", {"grams_per_meal": (400, 420)})
    assert added[3]["grams_per_meal"] == (None, 400)


def test_programs_and_exports_are_told(world: World) -> None:
    till = access.CreateToken(command_id=uuid4(), name="till", role="volunteer")
    made = access.create_token(till, world.ada, SECRET_KEY, clock).answer.id
    access.revoke_token(access.RevokeToken(command_id=uuid4(), token_id=made), world.ada, clock)
    note_export(world.ada, clock)
    assert told(world.ada) == [
        ("export", "", "Ada", {}),
        ("token", "till", "Ada", {"role": ("volunteer", None)}),
        ("token", "till", "Ada", {"role": (None, "volunteer")}),
    ]


@pytest.mark.parametrize(
    "verb", ["UPDATE setting_change SET by_id = 1", "DELETE FROM setting_change"]
)
def test_nobody_edits_it(world: World, verb: str) -> None:
    note_export(world.ada, clock)
    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text(verb))


def test_an_items_weight_and_policy_are_told_and_its_note_is_not(world: World) -> None:
    new = SaveItem(command_id=uuid4(), name="Beans", category="Tins and jars", base_unit="piece")
    made = save_item(replace(new, unit_weight_milligrams=400_000), world.ada, clock).answer.id
    assert told(world.ada) == []  # a new one is in the list of items
    same = replace(new, item_id=made, unit_weight_milligrams=400_000, note="Red label")
    save_item(replace(same, command_id=uuid4()), world.ada, clock)
    assert told(world.ada) == []
    heavier = replace(same, unit_weight_milligrams=480_000, shelf_life=ShelfLife(2, "year"))
    save_item(replace(heavier, command_id=uuid4()), world.ada, clock)
    changed = {
        "unit_weight_milligrams": (400_000, 480_000),
        "shelf_life_amount": (None, 2),
        "shelf_life_unit": (None, "year"),
    }
    assert told(world.ada) == [("item", "Beans", "Ada", changed)]


def test_words_for_donors_are_told(world: World) -> None:
    letter = SaveDonorLetter(command_id=uuid4(), sender="North", thanks="Thank you.")
    save_donor_letter(letter, world.ada, clock)
    save_donor_letter(replace(letter, command_id=uuid4()), world.ada, clock)  # nothing new
    save_donor_letter(replace(letter, command_id=uuid4(), thanks="Thanks!"), world.ada, clock)
    second, first = told(world.ada)
    assert first[3] == {"sender": (None, "North"), "thanks": (None, "Thank you.")}
    assert second == ("donor_letter", "", "Ada", {"thanks": ("Thank you.", "Thanks!")})
