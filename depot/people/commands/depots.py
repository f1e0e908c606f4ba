"""A new depot: its fixed locations and a sensible set of categories."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import count
from typing import Final
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NameTaken
from depot.base.names import clean_name, name_key, need_one_alphabet, slug_of
from depot.base.text import N_
from depot.db.transaction import transaction
from depot.items.shelf_lives import TABLES, table_for
from depot.items.start_categories import add_category, loose_in, start_categories
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.ledger.seal import GENESIS
from depot.models import ChainHead, Depot, Location, MealFactor, TareBox
from depot.open_book.settings import note_change, values_of
from depot.people.access_journal import note
from depot.people.commands.starting_words import ARRIVALS, ON_HOLD, Say, say_start_in
from depot.people.members import has_factor
from depot.words.countries import territory_of
from depot.words.languages import USUAL, Languages


@dataclass(frozen=True, slots=True)
class FoundDepot:
    """The first facts of a depot."""

    name: str
    time_zone: str = "UTC"
    slug: str = ""
    week_start: int = 1
    weight_unit: str = "kg"
    #: Which table of shelf lives it begins with (`depot.items.shelf_lives`); empty: that of
    #: its country.
    shelf_lives: str = ""
    #: What its labels and papers are written in; empty: as the program.
    language: str = ""


_OUTSIDE: Final = (
    ("supplier", "came in"),
    ("recipient", "handed out"),
    ("production", "kitchen"),
    ("loss", "lost"),
    ("count_variance", "count difference"),
    ("opening", "opening stock"),
    ("network", "other depots"),
)


def found_depot(command: FoundDepot, clock: Clock = utc_now, say: Say = str) -> DepotView:
    """Make a depot with its locations and starting categories; a console command, no actor.

    `say` puts what it starts with into the words of its language.

    It has no command_id: commands are logged in their depot, and there is none yet. Done twice it
    is refused, as the slug is taken. A name that Latin letters cannot say gets a numbered slug.

    Raises Invalid for an unknown time zone or empty name, NameTaken for a slug in use.
    """
    name = clean_name(command.name)
    wish = command.slug or slug_of(name)
    if not name:
        raise Invalid(field="name", problem=N_("A depot needs a name."))
    need_one_alphabet(name)
    if command.time_zone not in available_timezones():
        raise Invalid(field="time_zone", problem=N_("That time zone is not known."))
    with transaction() as session:
        slug = wish or _free_slug(session, name)
        if session.scalar(select(Depot.id).where(Depot.slug == slug)):
            raise NameTaken(field="name", name=slug)
        depot = Depot(
            slug=slug,
            name=name,
            time_zone=command.time_zone,
            week_start=command.week_start,
            weight_unit=command.weight_unit,
            # those who weigh in pounds print on Letter; a coordinator may say otherwise
            paper_size="Letter" if command.weight_unit == "lb" else "A4",
            language=command.language,
            created_at=clock(),
        )
        session.add(depot)
        session.flush()
        session.add(ChainHead(depot_id=depot.id, seq=0, seal=GENESIS))
        _add_locations(session, depot.id, say)
        table = TABLES.get(command.shelf_lives) or table_for(territory_of(command.time_zone))
        for position, start in enumerate(start_categories(table), start=1):
            told = replace(start, name=say(start.name))
            add_category(session, depot.id, told, position * 10, loose_in(told.name, say))
        _add_factors(session, depot.id)
        _add_boxes(session, depot.id, say)
        return depot.view()


def _free_slug(session: Session, name: str) -> str:
    """Return depot, depot-2, … for a name in another script. Raises NameTaken for one in use."""
    slugs = {slug: called for slug, called in session.execute(select(Depot.slug, Depot.name))}
    if name in slugs.values():
        raise NameTaken(field="name", name=name)
    numbered = (f"depot-{number}" if number > 1 else "depot" for number in count(1))
    return next(slug for slug in numbered if slug not in slugs)


def _add_factors(session: Session, depot_id: int) -> None:
    from depot.reports.sums.factors import START_FACTORS  # a depot is founded once

    rows = [
        asdict(factor) | {"depot_id": depot_id, "is_chosen": factor is START_FACTORS[0]}
        for factor in START_FACTORS
    ]
    session.execute(insert(MealFactor), rows)


def _add_boxes(session: Session, depot_id: int, say: Say) -> None:
    from depot.intake.tare import START_BOXES  # a depot is founded once

    rows = [
        {"depot_id": depot_id, "name": say(name), "name_key": name_key(say(name)), "grams": grams}
        for name, grams in START_BOXES
    ]
    session.execute(insert(TareBox), rows)


def _add_locations(session: Session, depot_id: int, say: Say) -> None:
    rows = [
        {"depot_id": depot_id, "kind": kind, "name": name, "name_key": f"outside:{kind}"}
        for kind, name in _OUTSIDE
    ]
    session.execute(insert(Location), rows)
    session.add(
        Location(
            depot_id=depot_id,
            kind="storage",
            name=say(ARRIVALS),
            name_key=name_key(say(ARRIVALS)),
            is_default=True,
        )
    )
    session.add(
        Location(
            depot_id=depot_id,
            kind="quarantine",
            name=say(ON_HOLD),
            name_key=name_key(say(ON_HOLD)),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDepot:
    """A depot's own settings. A new time zone or week counts from the next entry on."""

    command_id: UUID
    name: str
    time_zone: str
    week_start: int
    weight_unit: str
    paper_size: str = "A4"
    #: dmy, mdy, or empty for what is usual in its country.
    date_order: str = ""
    #: What stands on labels and papers, and is spoken to who chose nothing; empty: the program's.
    language: str = ""
    #: Whether coordinators work here as such only with a second step at sign-in.
    needs_second_factor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDepot(Answer):
    """The depot's name."""

    name: str


def save_depot(
    command: SaveDepot, actor: Actor, clock: Clock = utc_now, languages: Languages = USUAL
) -> Outcome[SavedDepot]:
    """Change the actor's depot. Raises Forbidden for a volunteer, Invalid for a time zone.

    With another of the `languages` there are, what it started with is called by that one's words.
    """
    do = partial(_save, languages=languages)
    return run_once(command, actor, clock, do, SavedDepot)


def _save(command: SaveDepot, work: Work, languages: Languages) -> SavedDepot:
    need_coordinator(work.actor)
    need_one_alphabet(command.name)
    if command.time_zone not in available_timezones():
        raise Invalid(field="time_zone", problem=N_("That time zone is not known."))
    _check_own_factor(command, work)
    values: dict[str, str | int | bool | None] = {
        "name": command.name,
        "time_zone": command.time_zone,
        "week_start": command.week_start,
        "weight_unit": command.weight_unit,
        "paper_size": command.paper_size,
        "date_order": command.date_order,
        "language": command.language,
        "needs_second_factor": command.needs_second_factor,
    }
    before = values_of(work, Depot, work.depot_id, *values)
    work.session.execute(update(Depot).where(Depot.id == work.depot_id).values(**values))
    note_change(work, "depot", command.name, before, values)
    if command.language != before["language"]:
        say_start_in(work, command.language or languages.usual, languages)
    note(work, "settings_saved")
    return SavedDepot(name=command.name)


def _check_own_factor(command: SaveDepot, work: Work) -> None:
    """Who asks the others for a second step has one, and does not shut themselves out."""
    person_id = work.actor.person_id
    turns_on = command.needs_second_factor and not work.actor.depot.needs_second_factor
    if turns_on and person_id is not None and not has_factor(work.session, person_id):
        raise Invalid(
            field="needs_second_factor",
            problem=N_("Set up your own second step first, under “Your account”."),
        )
