"""The list of crates and a crate's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.crates import actions, words
from blueprints.crates.schemas import RetireCrateSchema
from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, submit
from blueprints.frame.language import current_reader
from blueprints.frame.web import asked, reader, say
from blueprints.words.crate_help import no_such_crate
from depot.base.actors import Actor
from depot.crates.commands.crates import RetireCrate, RetiredCrate, retire_crate
from depot.crates.queries.crate_history import crate_history
from depot.crates.queries.crate_lists import STATES, CrateFilter, crate_list
from depot.crates.queries.crates import CrateHead, CrateView, crate_view, find_crate, replaced_codes
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from labels.symbols.codes import code_url
from labels.symbols.qr import Symbol, qr_symbol

PER_PAGE = 40
HISTORY = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A crate as its pages show it."""

    view: CrateView
    where: str
    chip: words.Chip
    symbol: Symbol
    lots: list[words.LotWords]
    #: What other labels open it, in a sentence; None without any.
    replaced: str | None
    crates: list[words.CrateWords]

    @property
    def code(self) -> str:
        return self.view.head.code


def index() -> ResponseReturnValue:
    """List the filled crates, or those looked for."""
    session, who = reader()
    wanted = wanted_crates()
    page = crate_list(session, who.depot_id, wanted, request.args.get("after", None, _id), PER_PAGE)
    return render_template(
        "crates/index.html",
        rows=[words.line_words(line, current_reader()) for line in page.rows],
        next=page.next and url_for("crates.index", **_kept(), after=page.next),
        tabs=_tabs(wanted),
        wanted=wanted,
        asked={name: asked(name) for name in ("q", "state", "place", "item")},
        places=[(str(place.id), place.name) for place in catalog.places(session, who.depot_id)],
    )


def wanted_crates() -> CrateFilter:
    """Return which crates the address asks for."""
    place = asked("place")
    return CrateFilter(
        text=asked("q"),
        state=_state(),
        place_id=int(place) if place.isascii() and place.isdigit() and len(place) < 19 else None,
        item=asked("item"),
    )


def _id(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**63:
        raise ValueError(text)
    return number


def _state() -> str:
    """Return the state asked for, "" for every crate in use; unasked, the filled ones."""
    state = asked("state")
    if state in STATES:
        return state
    looked_for = state or asked("q") or asked("place") or asked("item")
    return "" if looked_for else "filled"


def _kept() -> dict[str, Any]:
    return {name: asked(name) for name in ("q", "state", "place", "item") if asked(name)}


def _tabs(wanted: CrateFilter) -> list[tuple[str, str, bool]]:
    words_of = {
        "filled": _("Filled"),
        "empty": _("Empty"),
        "in_use": _("Both"),
        "blank": _("Blank labels"),
        "retired": _("Retired"),
    }
    return [
        (
            url_for("crates.index", **(_kept() | {"state": state})),
            word,
            (wanted.state or "in_use") == state and not (wanted.text and not wanted.state),
        )
        for state, word in words_of.items()
    ]


def show(code: str) -> ResponseReturnValue:
    """Show a crate: what is in it, what can be done with it, what happened to it."""
    session, who = reader()
    head = find_crate(session, who.depot_id, code)
    if head is None:
        return no_such_crate(code)
    if head.code != code:
        return redirect(url_for("crates.show", code=head.code))
    after = request.args.get("after", None, _id)
    history = crate_history(session, who, head.id, after, HISTORY)
    return render_template(
        "crates/show.html",
        crate=shown(crate_view(session, who.depot_id, head), who),
        history=[words.told_here(row, head.id, current_reader(), url_for) for row in history.rows],
        older=history.next and url_for("crates.show", code=head.code, after=history.next),
        newest=url_for("crates.show", code=head.code) if after else None,
    )


def shown(view: CrateView, who: Actor) -> Shown:
    """Return a crate with its words and its symbol."""
    return Shown(
        view,
        words.where_words(view.head, current_reader()),
        words.chip_of(view, current_reader()),
        qr_symbol(code_url(base_url(), view.head.code)),
        [words.lot_words(lot, who.depot.weight_unit, current_reader()) for lot in view.lots],
        _replaced(view.head),
        [words.crate_on_words(crate, current_reader()) for crate in view.crates],
    )


def _replaced(head: CrateHead) -> str | None:
    if head.key == head.code:
        return None
    session, who = reader()
    codes = ", ".join(replaced_codes(session, who.depot_id, head.id))
    return str(_("Earlier labels open it too: %(codes)s", codes=codes))


def known(code: str) -> CrateHead | None:
    """Return the crate that an address names."""
    session, who = reader()
    return find_crate(session, who.depot_id, code)


def ask_retire(code: str) -> ResponseReturnValue:
    """Ask whether the label is really to be used no more."""
    head = known(code)
    return no_such_crate(code) if head is None else _retire_page(head, Form())


def _retire_page(head: CrateHead, form: Form) -> str:
    session, who = reader()
    crate = shown(crate_view(session, who.depot_id, head), who)
    return render_template(
        "crates/retire.html", crate=crate, form=form, values=form.values, errors=form.errors
    )


def retire(code: str) -> ResponseReturnValue:
    """Use the label no more."""
    head = known(code)
    if head is None:
        return no_such_crate(code)

    def run(command: RetireCrate, who: Actor) -> Outcome[RetiredCrate]:
        return retire_crate(RetireCrate(command_id=command.command_id, crate_code=head.key), who)

    def done(outcome: Outcome[RetiredCrate]) -> ResponseReturnValue:
        say(actions.retired(outcome), outcome)
        return redirect(url_for("crates.show", code=outcome.answer.code), 303)

    schema = RetireCrateSchema(form=True)
    return submit(schema, run, done=done, again=lambda form: _retire_page(head, form))
