"""The list of crates and a crate's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.crates import actions, words
from blueprints.crates.forms import TagForm, TagFormSchema
from blueprints.crates.schemas import RetireCrateSchema
from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_answer
from blueprints.words.crate_help import answer_no_crate
from blueprints.words.listing.arranged import Arranged, Arrangement, read_arranged
from blueprints.words.listing.places import offered_places
from blueprints.words.listing.ticked import is_all_ticked, tick_all
from blueprints.words.network.transfers import travel_words
from blueprints.words.photos.shown import photos
from depot.base.actors import Actor
from depot.base.text import N_
from depot.crates.commands.crates import RetireCrate, RetiredCrate, retire_crate
from depot.crates.commands.tags import TaggedCrates, tag_crates
from depot.crates.queries.crate_history import crate_history
from depot.crates.queries.crate_lists import STATES, CrateFilter, crate_list
from depot.crates.queries.crate_order import CrateOrder
from depot.crates.queries.crates import CrateHead, CrateView, crate_view, find_crate, replaced_codes
from depot.crates.queries.splits import relations_of
from depot.crates.queries.tags import used_tags
from depot.distribution.queries.promises import picked_here
from depot.kernel.once import Outcome
from depot.network.queries.transfers import crate_travels
from depot.safety.queries.holds import open_holds_of
from labels.symbols.codes import code_url
from labels.symbols.qr import Symbol, qr_symbol

#: What the list may be asked for, in the address.
FILTERS: Final = ("q", "state", "place", "item", "tag")
LIST: Final = Arrangement(
    key="crates",
    orders={
        "newest": N_("Newest label first"),
        "contents": N_("What is in it"),
        "place": N_("Stands at"),
        "date": N_("Date on it"),
    },
    columns={
        "place": N_("Stands at"),
        "tags": N_("Tags"),
        "until": N_("Give out until"),
        "weight": N_("Weight"),
    },
    size=40,
)
HISTORY_LENGTH = 20


@dataclass(frozen=True, slots=True)
class CratePage:
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
    shown = read_arranged(LIST)
    wanted = read_crate_filter(shown)
    after = request.args.get("after", None, _id)
    page = crate_list(session, who.depot_id, wanted, after, shown.size)
    items = {item_id for line in page.rows for item_id in line.items}
    return render_template(
        "crates/index.html",
        rows=[words.crate_words(line, current_reader()) for line in page.rows],
        photos=photos(items),
        next=page.next and url_for("crates.index", **_kept() | shown.values, after=page.next),
        arranged=shown,
        tabs=_tabs(wanted),
        all_ticked=is_all_ticked(),
        tick_all=tick_all("crates.index", **_kept(), after=after),
        wanted=wanted,
        asked={name: query_text(name) for name in FILTERS},
        tags=[(tag, tag) for tag in used_tags(session, who.depot_id)],
        places=offered_places().ids(),
    )


def read_crate_filter(shown: Arranged) -> CrateFilter:
    """Return which crates the address asks for, in the order in which the list is shown."""
    place = query_text("place")
    return CrateFilter(
        text=query_text("q"),
        state=_state(),
        place_id=int(place) if place.isascii() and place.isdigit() and len(place) < 19 else None,
        item=query_text("item"),
        tag=query_text("tag"),
        order=cast("CrateOrder", shown.order),
    )


def _id(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**63:
        raise ValueError(text)
    return number


def _state() -> str:
    """Return the state asked for, "" for every crate in use; unasked, the filled ones."""
    state = query_text("state")
    if state in STATES:
        return state
    return "" if state or any(map(query_text, FILTERS)) else "filled"


def _kept() -> dict[str, Any]:
    return {name: query_text(name) for name in FILTERS if query_text(name)}


def _tabs(wanted: CrateFilter) -> list[tuple[str, str, bool]]:
    words_of = {
        "filled": _("Filled"),
        "empty": _("Empty crates"),
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
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)
    if head.code != code:
        return redirect(url_for("crates.show", code=head.code))
    return _show(head, Form())


def _show(head: CrateHead, form: Form) -> str:
    session, who = reader()
    after = request.args.get("after", None, _id)
    view = crate_view(session, who.depot_id, head)
    held = [lot.lot_id for lot in view.all_lots if lot.held_because is not None]
    history = crate_history(session, who, head.id, after, HISTORY_LENGTH)
    return show_form(
        "crates/show.html",
        form,
        travels=[
            (travel, travel_words(travel, current_reader()))
            for travel in crate_travels(session, who.depot_id, head.code)
        ],
        photos=photos({lot.item_id for lot in view.all_lots}),
        marks=relations_of(session, who.depot_id, head.id),
        crate=crate_page(view, who),
        holds=open_holds_of(session, who.depot_id, held),
        picked=picked_here(session, who.depot_id, head.id) if view.lots else [],
        history=[
            words.describe_for_crate(row, head.id, current_reader(), url_for)
            for row in history.rows
        ],
        older=history.next and url_for("crates.show", code=head.code, after=history.next),
        newest=url_for("crates.show", code=head.code) if after else None,
    )


def crate_page(view: CrateView, who: Actor) -> CratePage:
    """Return a crate with its words and its symbol."""
    return CratePage(
        view,
        words.where_words(view.head, current_reader()),
        words.content_chip(view, current_reader()),
        qr_symbol(code_url(base_url(), view.head.code)),
        [words.lot_words(lot, who.depot.weight_unit, current_reader()) for lot in view.lots],
        _replaced(view.head),
        [words.nested_crate_words(crate, current_reader()) for crate in view.crates],
    )


def _replaced(head: CrateHead) -> str | None:
    if head.key == head.code:
        return None
    session, who = reader()
    codes = ", ".join(replaced_codes(session, who.depot_id, head.id))
    return str(_("Earlier labels open it too: %(codes)s", codes=codes))


def find_crate_by_address(code: str) -> CrateHead | None:
    """Return the crate that an address names."""
    session, who = reader()
    return find_crate(session, who.depot_id, code)


def tag(code: str) -> ResponseReturnValue:
    """Put a word on the crate, or take one off."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    def run(form: TagForm, who: Actor) -> Outcome[TaggedCrates]:
        return tag_crates(form.command(head.key), who)

    def done(outcome: Outcome[TaggedCrates]) -> ResponseReturnValue:
        show_answer(actions.answer_tags(outcome), outcome)
        return redirect(url_for("crates.show", code=head.code, _anchor="tags"), 303)

    def again(form: Form) -> ResponseReturnValue:
        return _show(head, form)

    return submit_form(TagFormSchema(form=True), run, done=done, again=again)


def ask_retire(code: str) -> ResponseReturnValue:
    """Ask whether the label is really to be used no more."""
    head = find_crate_by_address(code)
    return answer_no_crate(code) if head is None else _retire_page(head, Form())


def _retire_page(head: CrateHead, form: Form) -> str:
    session, who = reader()
    crate = crate_page(crate_view(session, who.depot_id, head), who)
    return show_form("crates/retire.html", form, crate=crate)


def do_retire(code: str) -> ResponseReturnValue:
    """Use the label no more."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    def run(command: RetireCrate, who: Actor) -> Outcome[RetiredCrate]:
        return retire_crate(RetireCrate(command_id=command.command_id, crate_code=head.key), who)

    def done(outcome: Outcome[RetiredCrate]) -> ResponseReturnValue:
        show_answer(actions.answer_retire(outcome), outcome)
        return redirect(url_for("crates.show", code=outcome.answer.code), 303)

    schema = RetireCrateSchema(form=True)
    return submit_form(schema, run, done=done, again=lambda form: _retire_page(head, form))
