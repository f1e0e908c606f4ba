"""The crates that are ticked in the list are moved, or held back."""

from __future__ import annotations

from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.crates import words
from blueprints.crates.ticked.schemas import (
    HoldTickedForm,
    HoldTickedSchema,
    MoveTickedForm,
    MoveTickedSchema,
)
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import next_page, reader, show_message
from blueprints.words.listing.places import offered_places
from blueprints.words.photos.shown import photos
from depot.base.actors import Actor
from depot.crates.queries.crate_lists import CrateFilter, crate_list, recent_targets
from depot.kernel.once import Outcome
from depot.safety.commands.crate_holds import HeldCrates, hold_crates
from depot.stock.commands.crates_together import MAX_TOGETHER, MovedCrates, move_crates

#: How the list names them in the address.
TICKED: Final = "code"


def ask_move() -> ResponseReturnValue:
    """Ask where they go."""
    return _asked("crates/ticked/move.html")


def ask_hold() -> ResponseReturnValue:
    """Ask why they are held back."""
    return _asked("crates/ticked/hold.html")


def _asked(template: str) -> ResponseReturnValue:
    page = _page(template, Form({"codes": " ".join(request.args.getlist(TICKED)[:MAX_TOGETHER])}))
    return page or none_ticked()


def none_ticked() -> ResponseReturnValue:
    """Lead back to the list: there was nothing to do anything with."""
    show_message(_("Tick at least one crate first."), kind="problem")
    return redirect(next_page(url_for("crates.index")))


def _page(template: str, form: Form) -> str:
    """Return the page of an act; empty where none of the crates is of this depot."""
    session, who = reader()
    codes = tuple(str(form.values.get("codes", "")).split())
    wanted = CrateFilter(codes=codes)
    found = crate_list(session, who.depot_id, wanted, limit=MAX_TOGETHER).rows if codes else ()
    if "to" in form.errors:
        form.errors.setdefault("other", form.errors["to"])
    if not found:
        return ""
    offered = offered_places()
    places = [place.name for place in offered.by_name()]
    return show_form(
        template,
        form,
        rows=[words.crate_words(line, current_reader()) for line in found],
        photos=photos({item_id for line in found for item_id in line.items}),
        next=next_page(url_for("crates.index")),
        targets=words.target_picks(recent_targets(session, who.depot_id), places, None),
        places=offered.hints(),
    )


def do_move() -> ResponseReturnValue:
    """Move them, all or none."""

    def run(form: MoveTickedForm, who: Actor) -> Outcome[MovedCrates]:
        return move_crates(form.command(), who)

    def done(outcome: Outcome[MovedCrates]) -> ResponseReturnValue:
        moved = outcome.answer
        told = ngettext(
            "%(num)s crate is at %(place)s now.",
            "%(num)s crates are at %(place)s now.",
            len(moved.codes),
            place=moved.location,
        )
        show_message(told, outcome)
        return redirect(next_page(url_for("crates.index")), 303)

    return submit_form(
        MoveTickedSchema(form=True),
        run,
        done=done,
        again=lambda form: _page("crates/ticked/move.html", form),
    )


def do_hold() -> ResponseReturnValue:
    """Hold back what is in them, all or none."""

    def run(form: HoldTickedForm, who: Actor) -> Outcome[HeldCrates]:
        return hold_crates(form.command(), who)

    def done(outcome: Outcome[HeldCrates]) -> ResponseReturnValue:
        count = len(outcome.answer.codes)
        told = ngettext("Held back: %(num)s crate.", "Held back: %(num)s crates.", count)
        show_message(told, href=url_for("holds.index"), link_text=_("On hold"))
        return redirect(next_page(url_for("crates.index")), 303)

    return submit_form(
        HoldTickedSchema(form=True),
        run,
        done=done,
        again=lambda form: _page("crates/ticked/hold.html", form),
    )
