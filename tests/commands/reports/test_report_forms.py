"""Forms for funders and meal factors, kept in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.base.periods import parse_period
from depot.kernel.once import AnyOutcome
from depot.reports.commands.forms import (
    ChooseMealFactor,
    SaveMealFactor,
    SaveReportForm,
    choose_meal_factor,
    save_meal_factor,
    save_report_form,
)
from depot.reports.forms.forms import MONTH, WEEK, WHOLE, FormEntry, FormTable, ReportForm
from depot.reports.forms.start_forms import START_FORMS
from depot.reports.queries.forms import meal_factors, parts_of, report_form, report_forms
from depot.reports.queries.reports import make_report
from depot.reports.sums.factors import START_FACTORS
from tests.builders import World

FORM = ReportForm("Our funder", "month", (FormTable("In", WHOLE, (FormEntry("In", "sourced"),)),))


def save(
    actor: Actor, form: ReportForm = FORM, key: str = "", archived: bool = False
) -> AnyOutcome:
    command = SaveReportForm(command_id=uuid4(), form=form, key=key, archived=archived)
    return save_report_form(command, actor)


def keys(world: World, actor: Actor) -> list[str]:
    return [row.key for row in report_forms(world.session, actor.depot_id)]


def test_every_depot_begins_with_four_forms(world: World) -> None:
    assert keys(world, world.ada) == list(START_FORMS)


def test_a_form_is_made_edited_and_put_away(world: World) -> None:
    key = save(world.ada).body["key"]
    assert key == "our-funder"
    assert save(world.ada).body["key"] == "our-funder-2"
    changed = replace(FORM, name="Our funder, new", kind="quarter")
    save(world.ada, changed, key, archived=True)
    row = report_form(world.session, world.north.id, key)
    assert row is not None
    assert (row.form, row.is_start, row.archived) == (changed, False, True)
    assert keys(world, world.ada)[-1] == key


def test_a_form_to_begin_with_becomes_the_depots_own_when_edited(world: World) -> None:
    save(world.ada, replace(START_FORMS["people"], name="Served"), "people")
    mine = report_form(world.session, world.north.id, "people")
    assert mine is not None
    assert (mine.form.name, mine.is_start) == ("Served", False)
    theirs = report_form(world.session, world.south.id, "people")
    assert theirs is not None
    assert theirs.is_start
    assert len(keys(world, world.ada)) == len(START_FORMS)


def test_a_form_cannot_take_the_address_of_another_page(world: World) -> None:
    for name in ("New", "Weekly", "!!!", "日本"):
        key = save(world.ada, replace(FORM, name=name)).body["key"]
        assert key not in {"new", *START_FORMS}
        assert report_form(world.session, world.north.id, key) is not None


def test_another_depots_form_is_none_and_a_volunteer_saves_none(world: World) -> None:
    key = save(world.ada).body["key"]
    with pytest.raises(NotFound):
        save(world.cleo, FORM, key)
    assert report_form(world.session, world.south.id, key) is None
    with pytest.raises(Forbidden):
        save(world.ben)


def test_a_form_that_asks_for_nonsense_is_refused(world: World) -> None:
    wrong = replace(FORM, tables=(FormTable("In", "source", (FormEntry("Out", "handed_out"),)),))
    with pytest.raises(Invalid) as refused:
        save(world.ada, wrong)
    assert refused.value.field == "figure"
    assert len(keys(world, world.ada)) == len(START_FORMS)


@pytest.mark.parametrize(
    ("kind", "period", "names"),
    [
        (MONTH, "2026-Q4", ["2026-10", "2026-11", "2026-12"]),
        (MONTH, "2026-W40", ["2026-09-28--2026-09-30", "2026-10-01--2026-10-04"]),
        (
            WEEK,
            "2026-02",
            [
                "2026-02-01--2026-02-01",
                *(f"2026-W0{n}" for n in (6, 7, 8)),
                "2026-02-23--2026-02-28",
            ],
        ),
    ],
)
def test_parts_are_cut_to_their_period(kind: str, period: str, names: list[str]) -> None:
    whole = parse_period(period, 1)
    parts = parts_of(kind, whole, 1)
    assert [part.name for part in parts] == names
    assert sum(part.days for part in parts) == whole.days
    assert (parts[0].first, parts[-1].last) == (whole.first, whole.last)


def test_meals_are_counted_by_the_factor_a_coordinator_chose(world: World) -> None:
    rows = meal_factors(world.session, world.north.id)
    assert [row.grams_per_meal for row in rows] == [one.grams_per_meal for one in START_FACTORS]
    assert [row.is_chosen for row in rows] == [True, False, False, False]
    new = SaveMealFactor(
        command_id=uuid4(), grams_per_meal=450, stated="450 g", source="Ours", version="2026"
    )
    made = save_meal_factor(new, world.ada).body["id"]
    choose_meal_factor(ChooseMealFactor(command_id=uuid4(), factor_id=made), world.ada)
    world.session.rollback()
    chosen = [row.id for row in meal_factors(world.session, world.north.id) if row.is_chosen]
    assert chosen == [made]
    report = make_report(world.session, world.north, parse_period("2026-10", 1), date(2026, 11, 2))
    assert (report.factor.grams_per_meal, report.factor.version) == (450, "2026")
    edited = replace(new, command_id=uuid4(), grams_per_meal=460, factor_id=made)
    save_meal_factor(edited, world.ada)
    world.session.rollback()
    assert make_report(world.session, world.north, report.period).factor.grams_per_meal == 460


def test_factors_are_the_coordinators_and_of_one_depot(world: World) -> None:
    norths = meal_factors(world.session, world.north.id)[1].id
    choose = ChooseMealFactor(command_id=uuid4(), factor_id=norths)
    with pytest.raises(Forbidden):
        choose_meal_factor(choose, world.ben)
    with pytest.raises(NotFound):
        choose_meal_factor(choose, world.cleo)
    edit = SaveMealFactor(
        command_id=uuid4(), grams_per_meal=1, stated="x", source="x", factor_id=norths
    )
    with pytest.raises(NotFound):
        save_meal_factor(edit, world.cleo)
    with pytest.raises(Forbidden):
        save_meal_factor(edit, world.ben)
