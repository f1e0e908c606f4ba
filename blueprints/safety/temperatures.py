"""Temperatures: which places are cold, what is read there, their limits, and mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    Answer,
    found_or_404,
    next_page,
    query_text,
    reader,
    show_answer,
    show_message,
)
from blueprints.safety.temperatures_forms import ReadingForm, RuleForm, StrikeOutSchema
from depot.base.clock import utc_now
from depot.base.kinds import COLD_KINDS, ColdKind
from depot.base.text import N_
from depot.kernel.answers import Saved, SavedId
from depot.kernel.once import Outcome
from depot.locations.queries.places import load_place_tree, place_row
from depot.locations.tree import Node
from depot.rota.queries.tasks import grown_from
from depot.safety.commands.temperatures import (
    RecordedTemperature,
    record_temperature,
    save_temperature_rule,
    strike_out_temperature,
)
from depot.safety.papers.temperatures import EVERY_WORDS, KIND_WORDS, rule_words, strike_words
from depot.safety.queries import temperatures as query
from depot.safety.queries.temperatures import ColdPlace, Reading
from depot.safety.temperatures import DAILY, EVERY_HOURS, start_limits
from depot.stock.queries import stock
from depot.words.numbers import plain_decimal
from depot.words.temperatures import (
    degree_sign,
    degrees_of,
    reads_fahrenheit,
    temperature,
)

#: So many readings, and crates, stand on the page of a place; the log has all of a month.
READINGS: Final = 8
CRATES: Final = 20


def index() -> str:
    """Show the places whose temperature is read, and how they stand."""
    session, who = reader()
    found = query.cold_places(session, who, utc_now())
    return render_template(
        "safety/temperatures.html",
        who=who,
        places=[place for place in found if not place.archived],
        archived=[place for place in found if place.archived],
        rule_text=partial(rule_words, reader=current_reader()),
    )


def place(location_id: int) -> str:
    """Show a place's form, what was read there, and what lies in it."""
    return _place_page(_own(location_id), Form())


def record(location_id: int) -> ResponseReturnValue:
    """Keep a reading."""
    node = _own(location_id)

    def done(outcome: Outcome[RecordedTemperature]) -> ResponseReturnValue:
        show_answer(answer_reading(outcome))
        return redirect(next_page(url_for("temperatures.place", location_id=node.id)), 303)

    return submit_form(
        ReadingForm(form=True),
        lambda form, who: record_temperature(replace(form, location_id=node.id), who),
        done=done,
        again=lambda form: _place_page(node, form),
    )


def answer_reading(outcome: Outcome[RecordedTemperature]) -> Answer:
    """Say what was kept; in red where it is outside the limits."""
    kept = outcome.answer
    named = {"place": kept.location, "degrees": temperature(kept.tenths, current_reader())}
    address = url_for("temperatures.ask_strike", reading_id=kept.id)
    if not kept.is_outside:
        return Answer(_("%(place)s: %(degrees)s", **named), None, address, _("A mistake?"))
    message = _(
        "%(place)s: %(degrees)s is outside the limits. Tell somebody now, and see to what lies"
        " in it.",
        **named,
    )
    return Answer(message, None, address, _("A mistake?"), "stop")


def ask_rule(location_id: int) -> str:
    """Show the form of a place's limits."""
    need_coordinator()
    node = _own(location_id)
    session, who = reader()
    found = query.find_cold_place(session, who, node.id, utc_now())
    wanted = query_text("kind")
    kind = next((one for one in COLD_KINDS if one == wanted), None)
    values = _rule_values(found) if found and kind is None else _start_values(kind)
    return _rule_page(node, Form(values))


def save_rule(location_id: int) -> ResponseReturnValue:
    """Save how cold a place is to be."""
    need_coordinator()
    node = _own(location_id)

    def done(outcome: Outcome[Saved]) -> ResponseReturnValue:
        show_message(_("Saved: %(what)s", what=outcome.answer.name))
        return redirect(url_for("temperatures.place", location_id=node.id), 303)

    return submit_form(
        RuleForm(form=True),
        save_temperature_rule,
        done=done,
        again=lambda form: _rule_page(node, form),
        extra={"location_id": node.id},
    )


def ask_strike(reading_id: int) -> str:
    """Ask why a reading was a mistake."""
    return _strike_page(_own_reading(reading_id), Form())


def strike(reading_id: int) -> ResponseReturnValue:
    """Strike a reading out."""
    reading = _own_reading(reading_id)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("Struck out. It stays in the log, and counts no more."))
        return redirect(url_for("temperatures.place", location_id=reading.location_id), 303)

    return submit_form(
        StrikeOutSchema(form=True),
        lambda form, who: strike_out_temperature(replace(form, reading_id=reading.id), who),
        done=done,
        again=lambda form: _strike_page(reading, form),
    )


def _own(location_id: int) -> Node:
    session, who = reader()
    node = place_row(session, who.depot_id, location_id)
    is_crate = node is not None and node.kind == "crate"
    return found_or_404(N_("place"), location_id, None if is_crate else node)


def _own_reading(reading_id: int) -> Reading:
    session, who = reader()
    return found_or_404(
        N_("reading"), reading_id, query.find_reading(session, who, reading_id, utc_now())
    )


def _place_page(node: Node, form: Form) -> str:
    session, who = reader()
    now, reads = utc_now(), current_reader()
    found = query.find_cold_place(session, who, node.id, now)
    if not form.values:
        form.values = {"sign": _first_sign(found)}
    tree = load_place_tree(session, who.depot_id, roots=[node.id])
    crates = tree.crates(node.id)
    readings = query.last_readings(session, who, node.id, READINGS, now)
    return show_form(
        "safety/temperature.html",
        form,
        who=who,
        node=node,
        place=found,
        rule_text=rule_words(found, reads) if found else "",
        unit=degree_sign(reads),
        readings=readings,
        grown=grown_from(session, who.depot_id, "reading", [one.id for one in readings]),
        strike_text=lambda row: strike_words(row, reads),
        lots=stock.lots_at(session, who.depot_id, node.id),
        crates=crates[:CRATES],
        more_crates=max(0, len(crates) - CRATES),
        below=list(tree.places(node.id)),
    )


def _first_sign(found: ColdPlace | None) -> str:
    """Return which side of zero a number is on unless somebody says otherwise.

    Freezers are below zero; in Fahrenheit they are on both sides of it, and it is asked.
    """
    if found is None or found.kind != "freezer":
        return "above"
    return "" if reads_fahrenheit(current_reader()) else "below"


def _rule_page(node: Node, form: Form) -> str:
    _session, who = reader()
    reads = current_reader()
    return show_form(
        "safety/temperature_limits.html",
        form,
        who=who,
        node=node,
        unit=degree_sign(reads),
        kinds=[(kind, reads.gettext(KIND_WORDS[kind])) for kind in COLD_KINDS],
        every=[(hours, reads.gettext(EVERY_WORDS[hours])) for hours in EVERY_HOURS],
        starts=[
            (url_for("temperatures.ask_rule", location_id=node.id, kind=kind), words)
            for kind, words in (("fridge", _("Fridge")), ("freezer", _("Freezer")))
        ],
    )


def _start_values(kind: ColdKind | None) -> dict[str, Any]:
    reads = current_reader()
    chosen: ColdKind = kind or "fridge"
    start = start_limits(chosen, in_fahrenheit=reads_fahrenheit(reads))
    values = {"kind": chosen, "every_hours": DAILY, "source": reads.gettext(start.source)}
    return values | _typed({"lowest": start.limits.lowest, "highest": start.limits.highest})


def _rule_values(found: ColdPlace) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": found.kind,
        "every_hours": found.every_hours,
        "source": found.source,
        "archived": "yes" if found.archived else "",
    }
    return values | _typed({"lowest": found.limits.lowest, "highest": found.limits.highest})


def _typed(limits: Mapping[str, int | None]) -> dict[str, Any]:
    """Return limits as they are typed: a number without its sign, and its side of zero."""
    values: dict[str, Any] = {}
    for name, tenths in limits.items():
        shown = None if tenths is None else degrees_of(tenths, current_reader())
        values[name] = "" if shown is None else plain_decimal(abs(shown))
        values[f"{name}_sign"] = "below" if shown is not None and shown < 0 else "above"
    return values


def _strike_page(reading: Reading, form: Form) -> str:
    return show_form(
        "safety/temperature_strike.html",
        form,
        reading=reading,
        told=strike_words(reading, current_reader()),
    )
