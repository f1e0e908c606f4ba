"""What can be done with a crate: move, take out, count, fill, put its goods elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from blueprints.crates import actions, forms, words
from blueprints.crates.pages import crate_page, find_crate_by_address
from blueprints.crates.scans import fill_rows_from_scan
from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_answer
from blueprints.words.crate_help import answer_no_crate
from blueprints.words.entries import REASON_WORDS
from blueprints.words.listing.places import OfferedPlaces, offered_places
from blueprints.words.scan_fields import SCAN_FIELD, read_scan_argument
from depot.base.actors import Actor
from depot.counts.commands.counts import CountedGoods
from depot.crates.queries.crate_lists import recent_targets
from depot.crates.queries.crates import (
    CrateHead,
    CrateView,
    Step,
    crate_view,
    find_crate,
    lots_at,
)
from depot.crates.queries.standing import find_place
from depot.distribution.queries.events import event_lists
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.stock.commands.new_crates import PackedCrates
from depot.stock.commands.take_out import TakenOut
from depot.stock.commands.transfers import MovedCrate, MovedGoods

#: Rows for goods that the page does not list.
EXTRA_ROWS: Final = 3
#: Lots that a place's page of goods shows; a search finds the others.
MAX_LOTS_LISTED: Final = 60
TAKE_OUT_REASONS: Final = ("expired", "damaged", "use", "recalled", "lost")

RenderPage = Callable[[CrateHead, Form], str]


def _shown_or_help(
    code: str, page: RenderPage, values: dict[str, Any] | None = None
) -> ResponseReturnValue:
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)
    return page(head, Form(values or {}))


def _view(head: CrateHead) -> tuple[CrateView, Actor]:
    session, who = reader()
    return crate_view(session, who.depot_id, head), who


def _to(head: CrateHead) -> Response:
    return redirect(url_for("crates.show", code=head.code), 303)


def _ask_where(head: CrateHead) -> Response:
    """A crate that was just filled goes somewhere."""
    return redirect(url_for("crates.move", code=head.code, filled="yes"), 303)


def _item_names() -> list[str]:
    session, who = reader()
    return [row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)]


def _target_picks(head: CrateHead, offered: OfferedPlaces) -> list[tuple[str, str]]:
    session, who = reader()
    recent = recent_targets(session, who.depot_id)
    recent = [choice for choice in recent if choice.name != head.code]
    places = [place.name for place in offered.by_name()]
    return words.target_picks(recent, places, head.location)


def ask_move(code: str) -> ResponseReturnValue:
    """Ask where the crate goes."""
    return _shown_or_help(code, _move_page)


def _move_page(head: CrateHead, form: Form) -> str:
    view, who = _view(head)
    offered = offered_places()
    return show_form(
        "crates/move.html",
        form,
        crate=crate_page(view, who),
        targets=_target_picks(head, offered),
        places=offered.hints(),
        filled=bool(query_text("filled")),
    )


def do_move(code: str) -> ResponseReturnValue:
    """Move the crate."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    def done(outcome: Outcome[MovedCrate]) -> ResponseReturnValue:
        show_answer(actions.answer_crate_move(outcome), outcome)
        return _to(head)

    return submit_form(
        forms.MoveFormSchema(form=True),
        lambda form, who: actions.run_move(form, head.key, who),
        done=done,
        again=lambda form: _move_page(head, _at_other(form)),
    )


def _at_other(form: Form) -> Form:
    """What is wrong with the place chosen stands at the field where one can be typed."""
    for name in ("to", "target"):
        if name in form.errors:
            form.errors.setdefault("other", form.errors[name])
    return form


def ask_take_out(code: str) -> ResponseReturnValue:
    """Ask what is taken out, and what for."""
    return _shown_or_help(code, _take_page, {"which": forms.ALL})


def _take_page(head: CrateHead, form: Form) -> str:
    view, who = _view(head)
    session, _who = reader()
    events = [row for row in event_lists(session, who).today if row.is_on]
    purposes = [
        (forms.event_option(row.id), _("Handed out"), _("at %(event)s", event=row.name))
        for row in events
    ]
    purposes.append(("issue", _("Handed out"), _("not at a hand-out") if events else ""))
    purposes += [(reason, _(REASON_WORDS[reason]).capitalize(), "") for reason in TAKE_OUT_REASONS]
    if not view.lots and not view.crates:
        form.values.setdefault("which", forms.SOME)
    return show_form(
        "crates/take_out.html",
        form,
        crate=crate_page(view, who),
        purposes=purposes,
        items=_item_names(),
        more_rows=range(EXTRA_ROWS),
    )


def do_take_out(code: str) -> ResponseReturnValue:
    """Take goods out of the crate."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    def done(outcome: Outcome[TakenOut]) -> ResponseReturnValue:
        show_answer(actions.answer_take_out(outcome), outcome)
        return _to(head)

    return submit_form(
        forms.GoodsFormSchema(form=True),
        lambda form, who: actions.run_take_out(form, head.key, who),
        done=done,
        again=lambda form: _take_page(head, form),
    )


def ask_count(code: str) -> ResponseReturnValue:
    """Ask how many of each are in it."""
    return _shown_or_help(code, _count_page, {SCAN_FIELD: read_scan_argument()})


def look_count(code: str) -> ResponseReturnValue:
    """Fill in what a scanned code says; nothing is booked."""
    return _shown_or_help(code, _count_page, read_form())


def _count_page(head: CrateHead, form: Form) -> str:
    view, who = _view(head)
    fill_rows_from_scan(form, view.lots, "found", EXTRA_ROWS, who.depot.weight_unit)
    return show_form(
        "crates/count.html",
        form,
        crate=crate_page(view, who),
        items=_item_names(),
        more_rows=range(EXTRA_ROWS),
    )


def book_count(code: str) -> ResponseReturnValue:
    """Book what was counted."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)
    if request.form.get(SCAN_FIELD, "").strip():
        return look_count(code)

    def done(outcome: Outcome[CountedGoods]) -> ResponseReturnValue:
        show_answer(actions.answer_crate_count(outcome), outcome)
        return _to(head)

    return submit_form(
        forms.CountFormSchema(form=True),
        lambda form, who: actions.run_count(form, head.key, who),
        done=done,
        again=lambda form: _count_page(head, form),
    )


def ask_fill(code: str) -> ResponseReturnValue:
    """Ask what goes into the crate: what just came in, or what is here already."""
    return _shown_or_help(code, _fill_page, {SCAN_FIELD: read_scan_argument()})


def _fill_page(head: CrateHead, form: Form) -> str:
    session, who = reader()
    view, _who = _view(head)
    offered = offered_places()
    wanted = form.values.get("source") or query_text("from")
    source = _source(wanted or offered.by_name()[0].name)
    if wanted and source is None:
        sentence = _("There is no place or crate called “%(name)s”.", name=wanted)
        form.errors.setdefault("from", [sentence])
    lots = (
        lots_at(session, who.depot_id, source.id, query_text("item"), MAX_LOTS_LISTED)
        if source
        else []
    )
    fill_rows_from_scan(form, lots, "others", 1, who.depot.weight_unit)
    return show_form(
        "crates/fill.html",
        form,
        crate=crate_page(view, who),
        source=source,
        sources=offered.names(),
        lots=[words.lot_words(lot, who.depot.weight_unit, current_reader()) for lot in lots],
        all_shown=len(lots) < MAX_LOTS_LISTED,
        item=query_text("item"),
        items=_item_names(),
        more_rows=range(1),
    )


def _source(text: str) -> Step | None:
    session, who = reader()
    crate = find_crate(session, who.depot_id, text)
    if crate is not None:
        return Step(crate.id, "crate", crate.code)
    return find_place(session, who.depot_id, text)


def look_fill(code: str) -> ResponseReturnValue:
    """Fill in what a scanned code says; nothing is booked."""
    return _shown_or_help(code, _fill_page, read_form())


def do_fill(code: str) -> ResponseReturnValue:
    """Put goods that are here already into the crate."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)
    if request.form.get(SCAN_FIELD, "").strip():
        return look_fill(code)

    def done(outcome: Outcome[MovedGoods]) -> ResponseReturnValue:
        show_answer(actions.answer_fill(outcome, head.code), outcome)
        return _ask_where(head) if request.form.get("expects_empty") else _to(head)

    return submit_form(
        forms.GoodsFormSchema(form=True),
        lambda form, who: actions.run_fill(form, head.key, who),
        done=done,
        again=lambda form: _fill_page(head, form),
    )


def ask_empty(code: str) -> ResponseReturnValue:
    """Ask where the goods go: all of them, or some."""
    return _shown_or_help(code, _empty_page, {"which": forms.ALL})


def _empty_page(head: CrateHead, form: Form) -> str:
    view, who = _view(head)
    offered = offered_places()
    return show_form(
        "crates/empty.html",
        form,
        crate=crate_page(view, who),
        targets=[
            (forms.NEW_CRATE, _("A new crate"), _("beside this one")),
            *_target_picks(head, offered),
        ],
        places=offered.hints(),
    )


def do_empty(code: str) -> ResponseReturnValue:
    """Put the goods elsewhere; the crate stays."""
    head = find_crate_by_address(code)
    if head is None:
        return answer_no_crate(code)

    def done(outcome: Outcome[MovedGoods | PackedCrates]) -> ResponseReturnValue:
        show_answer(actions.answer_empty(outcome, head.code), outcome)
        return _to(head)

    return submit_form(
        forms.GoodsFormSchema(form=True),
        lambda form, who: actions.run_empty(form, head.key, who),
        done=done,
        again=lambda form: _empty_page(head, _at_other(form)),
    )
