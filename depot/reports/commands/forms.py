"""Forms for funders and meal factors: what a coordinator sets about reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import need_one_alphabet, slug_of
from depot.base.text import N_
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import MealFactor
from depot.models import ReportForm as Row
from depot.open_book.settings import note_change, values_of
from depot.reports.forms.forms import ReportForm, form_json, form_problems
from depot.reports.forms.start_forms import START_FORMS
from depot.reports.sums.filing import canonical_json

#: A depot has no more of either; a list is to be looked through by a person.
MAX_FORMS: Final = 100
MAX_FACTORS: Final = 50
_LETTERS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReportForm:
    """A form as it is to be; without a key it is a new one."""

    command_id: UUID
    form: ReportForm
    key: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReportForm(Answer):
    """A form of reports, by its key in addresses."""

    key: str
    name: str


def save_report_form(
    command: SaveReportForm, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedReportForm]:
    """Make or edit a form. Raises Forbidden, NotFound, and Invalid for one that asks for nonsense.

    Editing one of the forms every depot begins with makes it the depot's own.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedReportForm)


def _save(command: SaveReportForm, work: Work) -> SavedReportForm:
    wrong = next(form_problems(command.form), None)
    if wrong is not None:
        raise Invalid(field=wrong.field, problem=wrong.sentence)
    need_one_alphabet(command.form.name)
    values: dict[str, str | int | bool | None] = {
        "name": command.form.name,
        "definition": canonical_json(form_json(command.form)),
        "archived": command.archived,
    }
    key = command.key or _new_key(work, command.form.name)
    this = (Row.depot_id == work.depot_id, Row.key == key)
    known = work.session.scalar(select(Row.id).where(*this))
    before = values_of(work, Row, known, *values)
    if known is not None:
        work.session.execute(update(Row).where(*this).values(**values))
    elif not command.key or key in START_FORMS:
        work.session.execute(insert(Row).values(depot_id=work.depot_id, key=key, **values))
    else:
        raise NotFound(what=N_("form"), name=key)
    note_change(work, "report_form", command.form.name, before, values)
    return SavedReportForm(key=key, name=command.form.name)


def _new_key(work: Work, name: str) -> str:
    """Return what the form is called in addresses: its name, numbered if that is taken."""
    taken = set(work.session.scalars(select(Row.key).where(Row.depot_id == work.depot_id)))
    if len(taken) >= MAX_FORMS:
        raise Invalid(field="name", problem=N_("There are too many forms. Edit one of them."))
    wish = slug_of(name)[:_LETTERS].strip("-") or "form"
    numbered = (wish if not number else f"{wish}-{number + 1}" for number in range(MAX_FORMS + 9))
    reserved = taken | set(START_FORMS) | {"new"}
    return next(key for key in numbered if key not in reserved)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMealFactor:
    """How much counts as a meal; without an id it is a new factor."""

    command_id: UUID
    grams_per_meal: int
    stated: str
    source: str
    version: str = ""
    factor_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseMealFactor:
    """From now on, reports count meals by this factor; filed ones keep theirs."""

    command_id: UUID
    factor_id: int


def save_meal_factor(
    command: SaveMealFactor, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Add or edit a meal factor. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_factor, SavedId)


def _save_factor(command: SaveMealFactor, work: Work) -> SavedId:
    values: dict[str, str | int | bool | None] = {
        "grams_per_meal": command.grams_per_meal,
        "stated": command.stated,
        "source": command.source,
        "version": command.version,
    }
    if command.factor_id is not None:
        _need_factor(work, command.factor_id)
        this = MealFactor.id == command.factor_id
        before = values_of(work, MealFactor, command.factor_id, *values)
        note_change(work, "meal_factor", command.stated, before, values)
        work.session.execute(update(MealFactor).where(this).values(**values))
        return SavedId(id=command.factor_id)
    count = work.session.scalar(select(func.count()).where(MealFactor.depot_id == work.depot_id))
    if (count or 0) >= MAX_FACTORS:
        raise Invalid(field="stated", problem=N_("There are too many of them. Edit one."))
    note_change(work, "meal_factor", command.stated, {}, values)
    made = insert(MealFactor).values(depot_id=work.depot_id, is_chosen=False, **values)
    return SavedId(id=work.session.execute(made.returning(MealFactor.id)).scalar_one())


def choose_meal_factor(
    command: ChooseMealFactor, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Let a factor count from now on. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _choose, SavedId)


def _choose(command: ChooseMealFactor, work: Work) -> SavedId:
    _need_factor(work, command.factor_id)
    own = MealFactor.depot_id == work.depot_id
    chosen = work.session.scalar(select(MealFactor.stated).where(own, MealFactor.is_chosen))
    work.session.execute(
        update(MealFactor).where(own, MealFactor.is_chosen).values(is_chosen=False)
    )
    this = (own, MealFactor.id == command.factor_id)
    work.session.execute(update(MealFactor).where(*this).values(is_chosen=True))
    stated = work.session.scalar(select(MealFactor.stated).where(*this)) or ""
    note_change(work, "meal_factor_chosen", stated, {"stated": chosen}, {"stated": stated})
    return SavedId(id=command.factor_id)


def _need_factor(work: Work, factor_id: int) -> None:
    found = work.session.scalar(
        select(MealFactor.id).where(
            MealFactor.depot_id == work.depot_id, MealFactor.id == factor_id
        )
    )
    if found is None:
        raise NotFound(what=N_("meal factor"), name=factor_id)
