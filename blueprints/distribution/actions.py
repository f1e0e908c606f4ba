"""The three acts at a hand-out: hand out, bring back, people helped. One after another."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from sqlalchemy.orm import Session

from blueprints.distribution.goods import (
    issue_command,
    moved_lines_words,
    place_errors,
    return_command,
)
from blueprints.distribution.pages import describe_at_event, need_event
from blueprints.distribution.schemas import EventGoodsForm, goods_form, people_form
from blueprints.frame.errors import message_of
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    Answer,
    next_page,
    query_text,
    query_wish,
    reader,
    show_answer,
)
from blueprints.words.listing.places import offered_places
from depot.base.actors import Actor
from depot.base.allergens import FoodWish
from depot.base.errors import UnknownCode
from depot.crates.queries.crate_lists import NearCrate, near_crates
from depot.distribution.ages import bands_of
from depot.distribution.commands import events
from depot.distribution.commands.events import CountedPeople
from depot.distribution.commands.handouts import IssuedGoods
from depot.distribution.commands.returns import ReturnedGoods
from depot.distribution.queries.events import latest_entries, people_at
from depot.distribution.words import asked_bands
from depot.items.queries import catalog
from depot.items.queries.foods import item_foods, used_diets
from depot.kernel.once import Outcome
from depot.words.allergens import wish_choices

#: So many of the last acts stand under the form.
RECENT_ENTRIES = 5
#: No label holds more letters than this.
MAX_ITEMS_OFFERED = 80


def hand_out(event_id: int) -> ResponseReturnValue:
    """Ask for a crate's code, or an item and how much."""
    return _goods_page("distribution/hand_out.html", "issue", event_id, Form())


def issue(event_id: int) -> ResponseReturnValue:
    """Hand it out; the same page asks for the next."""

    def run(form: EventGoodsForm, who: Actor) -> Outcome[IssuedGoods]:
        return run_issue(form, event_id, who)

    def done(outcome: Outcome[IssuedGoods]) -> ResponseReturnValue:
        show_answer(answer_issue(outcome), outcome)
        by = "item" if request.form.get("lines-0-item") else None
        again_here = url_for("distribution.hand_out", event_id=event_id, by=by)
        return redirect(next_page(again_here), 303)

    def again(form: Form) -> str:
        return _goods_page("distribution/hand_out.html", "issue", event_id, place_errors(form))

    return submit_form(goods_form(), run, done=done, again=again)


def run_issue(form: EventGoodsForm, event_id: int, who: Actor) -> Outcome[IssuedGoods]:
    """Do what the page "Hand out" asks for. Raises ValidationError, DepotError.

    A product that nobody knows is asked about in the same form: said there, it goes out.
    """
    try:
        return events.issue_at_event(issue_command(form, event_id, who), who)
    except UnknownCode as error:
        ask = _("Write what it is: it goes out now, and the next scan knows it.")
        told = {"crate_code": [message_of(error)], "learn_item": [ask]}
        raise ValidationError(told) from error


def answer_issue(outcome: Outcome[IssuedGoods]) -> Answer:
    """Say what was handed out."""
    code = outcome.answer.crate_code
    if code is None:
        return Answer(_("Handed out: %(what)s.", what=moved_lines_words(outcome)))
    if outcome.entry_id is None:
        return Answer(_("The book says crate %(code)s is empty. Thank you for telling.", code=code))
    return Answer(
        _("Crate %(code)s handed out: %(what)s.", code=code, what=moved_lines_words(outcome))
    )


def bring_back(event_id: int) -> ResponseReturnValue:
    """Ask what came back."""
    return _goods_page("distribution/bring_back.html", "return", event_id, Form())


def take_back(event_id: int) -> ResponseReturnValue:
    """Bring it back; the same page asks for the next."""

    def run(form: EventGoodsForm, who: Actor) -> Outcome[ReturnedGoods]:
        return run_return(form, event_id, who)

    def done(outcome: Outcome[ReturnedGoods]) -> ResponseReturnValue:
        show_answer(answer_return(outcome), outcome)
        return redirect(url_for("distribution.bring_back", event_id=event_id), 303)

    def again(form: Form) -> str:
        return _goods_page("distribution/bring_back.html", "return", event_id, place_errors(form))

    return submit_form(goods_form(), run, done=done, again=again)


def run_return(form: EventGoodsForm, event_id: int, who: Actor) -> Outcome[ReturnedGoods]:
    """Do what the page "Bring back" asks for. Raises ValidationError, DepotError."""
    return events.return_goods(return_command(form, event_id, who), who)


def answer_return(outcome: Outcome[ReturnedGoods]) -> Answer:
    """Say what came back."""
    code = outcome.answer.crate_code
    if outcome.entry_id is None:
        return Answer(_("Nothing of crate %(code)s is out at this hand-out.", code=code))
    return Answer(_("Brought back: %(what)s.", what=moved_lines_words(outcome)))


def _goods_page(template: str, kind: str, event_id: int, form: Form) -> str:
    event = need_event(event_id)
    session, who = reader()
    offered = offered_places()
    wish = query_wish()
    return show_form(
        template,
        form,
        event=event,
        items=_items(session, who.depot_id, wish),
        wishes=wish_choices(wish, used_diets(session, who.depot_id), current_reader()),
        place_options=offered.names(),
        usual_place=next((place.name for place in offered.rows if place.is_default), ""),
        unit=who.depot.weight_unit,
        told=describe_at_event(latest_entries(session, who, event_id, kind, RECENT_ENTRIES)),
        by_item=query_text("by") == "item" or bool(wish),
        near=_near(form),
        asks_what=bool(form.errors.get("learn_item") or form.values.get("learn_item")),
    )


def _items(session: Session, depot_id: int, wish: FoodWish) -> list[catalog.ItemChoice]:
    """Return the items to choose; with a wish those alone of which all that is here is so."""
    names = catalog.item_names(session, depot_id, with_loose=True)
    if not wish:
        return names
    foods = item_foods(session, depot_id)
    return [row for row in names if wish.suits(foods[row.id])]


def _near(form: Form) -> list[NearCrate]:
    """Return what a code that no crate has may have meant."""
    typed = str(form.values.get("crate_code", ""))[:MAX_ITEMS_OFFERED]
    if form.status != HTTPStatus.NOT_FOUND or "crate_code" not in form.errors:
        return []
    session, who = reader()
    return near_crates(session, who.depot_id, typed)


def people(event_id: int) -> ResponseReturnValue:
    """Ask how many were helped."""
    return _people_page(event_id, Form())


def count(event_id: int) -> ResponseReturnValue:
    """Add them; the same page asks for the next."""

    def run(command: events.CountPeople, who: Actor) -> Outcome[CountedPeople]:
        return run_people(command, event_id, who)

    def done(outcome: Outcome[CountedPeople]) -> ResponseReturnValue:
        show_answer(answer_people(outcome), outcome)
        return redirect(next_page(url_for("distribution.people", event_id=event_id)), 303)

    return submit_form(
        people_form(), run, done=done, again=lambda form: _people_page(event_id, form)
    )


def run_people(command: events.CountPeople, event_id: int, who: Actor) -> Outcome[CountedPeople]:
    """Add what the page "People helped" counts. Raises DepotError."""
    return events.count_people(replace(command, event_id=event_id), who)


def answer_people(outcome: Outcome[CountedPeople]) -> Answer:
    """Say how many households were added."""
    households = outcome.answer.households
    if not households:
        return Answer(_("Added to the people of the households counted already."))
    return Answer(ngettext("%(num)s household added.", "%(num)s households added.", households))


def _people_page(event_id: int, form: Form) -> str:
    event = need_event(event_id)
    session, who = reader()
    rows = latest_entries(session, who, event_id, "people", RECENT_ENTRIES)
    return show_form(
        "distribution/people.html",
        form,
        event=event,
        people=people_at(session, who.depot_id, event_id),
        bands=asked_bands(bands_of(session, who.depot_id), current_reader()),
        told=describe_at_event(rows),
    )
