"""Taking a playbook: what it names and the depot has not is made, all of it or nothing.

Each part is made by the very command that a coordinator would use, so that nothing is checked less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day, utc_now
from depot.base.names import name_key
from depot.base.units import MILLIGRAMS_PER_GRAM
from depot.db.database import current_session
from depot.db.transaction import batch
from depot.distribution.series.repeating import RepeatRule
from depot.items.commands.categories import SaveCategory, save_category
from depot.items.commands.items import SaveItem, save_item
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.locations.commands import SavePlace, save_place
from depot.models import Location
from depot.playbooks.commands.pages import write_page
from depot.playbooks.missing import missing
from depot.playbooks.playbook import (
    Playbook,
    PlaybookParcel,
    PlaybookParcelLine,
    PlaybookPlace,
    PlaybookRecipe,
    PlaybookRecipeLine,
    PlaybookRoutine,
)
from depot.production.commands.parcels import (
    InsteadSaid,
    ParcelLineSaid,
    PerSaid,
    SaveParcel,
    save_parcel,
)
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from depot.rota.commands.routines import RoutineFacts, StartRoutine, start_routine


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePlaybook:
    """A playbook in the depot's words."""

    command_id: UUID
    playbook: Playbook


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPlaybook(Answer):
    """How many of each kind were made; what the depot had stays as it was."""

    name: str
    categories: int
    places: int
    items: int
    parcels: int
    recipes: int
    routines: int
    pages: int


def take_playbook(
    command: TakePlaybook, actor: Actor, clock: Clock = utc_now
) -> Outcome[TakenPlaybook]:
    """Make what a playbook holds and the depot has not. Twice is once.

    Raises Forbidden for a volunteer, and what the commands of its parts raise; then nothing of it
    is made.
    """
    need_coordinator(actor)
    # a playbook was looked at whole before: nobody is asked about each name in it
    taking = _Taking(command.command_id, replace(actor, asking=None), clock)
    with batch():
        outcome = run_once(command, taking.actor, clock, taking.begin, TakenPlaybook)
        if taking.new is not None:
            taking.make(taking.new)
    return outcome


@dataclass(slots=True)
class _Taking:
    """Who takes it, by which command; each part has a command of its own, made from that one's."""

    command_id: UUID
    actor: Actor
    clock: Clock
    #: What the depot has not, as it was found behind the lock; None: it was taken before.
    new: Playbook | None = None

    def begin(self, command: TakePlaybook, work: Work) -> TakenPlaybook:
        """Find what is new, write its pages, and say what follows."""
        self.new = new = missing(work.session, work.depot_id, command.playbook)
        for page in new.pages:
            write_page(work, page.key, page.title, page.text)
        return TakenPlaybook(
            name=command.playbook.name,
            categories=len(new.categories),
            places=len(new.places),
            items=len(new.items),
            parcels=len(new.parcels),
            recipes=len(new.recipes),
            routines=len(new.routines),
            pages=len(new.pages),
        )

    def own_id(self, kind: str, name: str) -> UUID:
        return uuid5(self.command_id, f"{kind}/{name}")

    def make(self, new: Playbook) -> None:
        """Make the parts in an order in which each finds what it names."""
        for category in new.categories:
            weight = category.average_unit_grams
            saved = SaveCategory(
                command_id=self.own_id("category", category.name),
                name=category.name,
                average_unit_milligrams=weight and weight * MILLIGRAMS_PER_GRAM,
                is_food=category.is_food,
            )
            save_category(saved, self.actor, self.clock)
        for place in new.places:
            save_place(self._place(place), self.actor, self.clock)
        for item in new.items:
            weight = item.unit_grams
            made = SaveItem(
                command_id=self.own_id("item", item.name),
                name=item.name,
                category=item.category,
                base_unit=item.unit,
                unit_weight_milligrams=weight and weight * MILLIGRAMS_PER_GRAM,
            )
            save_item(made, self.actor, self.clock)
        for parcel in new.parcels:
            save_parcel(self._parcel(parcel), self.actor, self.clock)
        for recipe in new.recipes:
            save_recipe(self._recipe(recipe), self.actor, self.clock)
        for routine in new.routines:
            start_routine(self._routine(routine), self.actor, self.clock)

    def _place(self, place: PlaybookPlace) -> SavePlace:
        parent_id = None
        if place.inside:
            named = Location.name_key == name_key(place.inside)
            here = Location.depot_id == self.actor.depot_id
            parent_id = current_session().scalar(select(Location.id).where(here, named))
        return SavePlace(
            command_id=self.own_id("place", place.name),
            name=place.name,
            kind=place.kind,
            parent_id=parent_id,
            note=place.note,
        )

    def _parcel(self, parcel: PlaybookParcel) -> SaveParcel:
        return SaveParcel(
            command_id=self.own_id("parcel", parcel.name),
            name=parcel.name,
            lines=tuple(map(_line, parcel.lines)),
            sizes=parcel.sizes,
            must_be_new=True,
        )

    def _recipe(self, recipe: PlaybookRecipe) -> SaveRecipe:
        return SaveRecipe(
            command_id=self.own_id("recipe", recipe.name),
            name=recipe.name,
            inputs=tuple(
                RecipeInput(item=line.item, quantity=line.quantity) for line in recipe.inputs
            ),
            outputs=tuple(map(_output, recipe.outputs)),
            must_be_new=True,
        )

    def _routine(self, routine: PlaybookRoutine) -> StartRoutine:
        """Begin it today: the playbook says on which days it is, not since when."""
        return StartRoutine(
            command_id=self.own_id("routine", routine.name),
            kind=routine.kind,
            facts=_facts(routine),
            from_on=local_day(self.clock(), self.actor.depot.time_zone),
        )


def _facts(routine: PlaybookRoutine) -> RoutineFacts:
    begins_minute = None
    if routine.local_start:
        hours, minutes = routine.local_start.split(":")
        begins_minute = int(hours) * 60 + int(minutes)
    return RoutineFacts(
        name=routine.name,
        rule=RepeatRule(
            routine.frequency,
            routine.every,
            routine.weekdays,
            routine.nths,
            routine.month_day,
        ),
        text=routine.text,
        steps=routine.steps,
        people_min=routine.people_min,
        people_max=routine.people_max,
        open_places=routine.open_places,
        begins_minute=begins_minute,
        minutes=routine.minutes,
        days=routine.days,
    )


def _output(line: PlaybookRecipeLine) -> RecipeOutput:
    return RecipeOutput(item=line.item, quantity=line.quantity, keeps_days=line.keeps_days)


def _line(line: PlaybookParcelLine) -> ParcelLineSaid:
    per = PerSaid(household=line.household, adult=line.adult, child=line.child, sizes=line.sizes)
    return ParcelLineSaid(
        per=per,
        item=line.item or None,
        choices=line.choices,
        category=line.category or None,
        unit=line.unit or None,
        swaps=line.swaps,
        instead=tuple(InsteadSaid(diet=one.diet, item=one.item or None) for one in line.instead),
    )
