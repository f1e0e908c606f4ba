"""The pick list on a phone: what to fetch from where, ticked or confirmed by a scan."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.distribution.goods import moved_lines_words, place_errors
from blueprints.distribution.pages import event_screen, need_event
from blueprints.distribution.pick_schemas import PickForm, pick_form
from blueprints.distribution.schemas import TickPickSchema
from blueprints.distribution.working import working_screen
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer, next_page, query_wish, reader, show_answer
from blueprints.words.amounts import base_quantity, unit_of, units_of
from blueprints.words.listing.places import offered_places
from depot.base.actors import Actor
from depot.distribution.commands import planning
from depot.distribution.commands.picks import PickedGoods, PickGoods, PickLine, pick_goods
from depot.distribution.event_state import SavedEvent
from depot.distribution.queries.event_plans import planned_lines
from depot.items.queries import catalog
from depot.items.queries.foods import used_diets
from depot.kernel.once import Outcome
from depot.words.allergens import wish_choices


def picking(event_id: int) -> str:
    """Show what to fetch from where, in walking order."""
    return _page(event_id, Form())


def fetch(event_id: int) -> ResponseReturnValue:
    """Write down what was fetched; the same page asks for the next."""

    def done(outcome: Outcome[PickedGoods]) -> ResponseReturnValue:
        show_answer(answer_fetch(outcome), outcome)
        return redirect(next_page(url_for("distribution.picking", event_id=event_id)), 303)

    return submit_form(
        pick_form(),
        lambda form, who: run_fetch(form, event_id, who),
        done=done,
        again=lambda form: _page(event_id, place_errors(form)),
    )


def run_fetch(form: PickForm, event_id: int, who: Actor) -> Outcome[PickedGoods]:
    """Do what the page asks for. Raises ValidationError, DepotError."""
    if form.crate_code is None and not form.lines:
        raise ValidationError(_("Type or scan a code, or choose an item."), "crate_code")
    command = PickGoods(
        command_id=form.command_id,
        event_id=event_id,
        crate_code=form.crate_code,
        lines=_lines(form, who),
        instead_of=form.instead_of,
    )
    return pick_goods(command, who)


def _lines(form: PickForm, who: Actor) -> tuple[PickLine, ...]:
    if not form.lines:
        return ()
    session, _who = reader()
    units = units_of(catalog.item_names(session, who.depot_id, with_loose=True))
    return tuple(
        PickLine(
            item=line.item,
            quantity=base_quantity(
                line.amount,
                unit_of(units, line.item, line.amount),
                who.depot.weight_unit,
                ["lines", number, "amount"],
            ),
            location=line.location,
        )
        for number, line in enumerate(form.lines)
    )


def answer_fetch(outcome: Outcome[PickedGoods]) -> Answer:
    """Say what was fetched."""
    what, answer = moved_lines_words(outcome), outcome.answer
    if answer.instead_of:
        return Answer(
            _("Picked: %(what)s, instead of %(item)s.", what=what, item=answer.instead_of)
        )
    return Answer(_("Picked: %(what)s.", what=what))


def tick(event_id: int) -> ResponseReturnValue:
    """Put a tick into the pick list, or take it out."""

    def done(outcome: Outcome[SavedEvent]) -> ResponseReturnValue:
        return redirect(next_page(url_for("distribution.event", event_id=outcome.answer.id)), 303)

    return submit_form(
        tick_form(),
        lambda form, who: run_tick(form, event_id, who),
        done=done,
        again=lambda form: event_screen(event_id, form),
    )


def tick_form() -> TickPickSchema:
    """Return the schema of a tick."""
    return TickPickSchema(form=True)


def run_tick(command: planning.TickPick, event_id: int, who: Actor) -> Outcome[SavedEvent]:
    """Do what a tick says. Raises DepotError."""
    return planning.tick_pick(replace(command, event_id=event_id), who)


def answer_tick(outcome: Outcome[SavedEvent]) -> Answer:
    """Say that it is noted."""
    return Answer(_("%(name)s: the pick list is up to date.", name=outcome.answer.name))


def _page(event_id: int, form: Form) -> str:
    event = need_event(event_id)
    session, who = reader()
    wish = query_wish()
    planned = planned_lines(session, who.depot_id, event_id)
    return show_form(
        "distribution/picking.html",
        form,
        event=event,
        working=working_screen(session, who, event, wish),
        wishes=wish_choices(wish, used_diets(session, who.depot_id), current_reader()),
        planned=[(line.item, line.item) for line in planned],
        items=catalog.item_names(session, who.depot_id, with_loose=True),
        place_options=offered_places().names(),
    )
