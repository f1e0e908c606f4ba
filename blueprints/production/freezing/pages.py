"""Freeze, thaw, and the table of how long goods keep then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_text, reader, show_message
from blueprints.production import words
from blueprints.production.freezing.schemas import (
    StateForm,
    life_command,
    life_form,
    state_command,
    state_form,
)
from blueprints.words.columns import WHOLE, Column
from blueprints.words.exports import send_list
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.dates import ShelfLife
from depot.base.text import N_
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.production.commands.freezing import (
    ChangedGoods,
    ChangeState,
    FreezeGoods,
    ThawGoods,
    freeze_goods,
    thaw_goods,
)
from depot.production.commands.frozen_lives import SavedFrozenLife, save_frozen_life
from depot.production.frozen_guide import GUIDE, SOURCE, VERSION
from depot.production.frozen_lives import ChangeOfState, frozen_life_of, load_frozen_lives
from depot.production.queries.genealogy import Genealogy, genealogy
from depot.words import figures
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class _Act:
    """One of the two: what it is called, and what is done."""

    state: ChangeOfState
    command: type[ChangeState]
    run: Callable[[Any, Actor], Outcome[ChangedGoods]]
    sentence: str


_ACTS: Final = {
    "freeze": _Act(
        "frozen", FreezeGoods, freeze_goods, N_("Frozen: %(what)s, to be used by %(date)s.")
    ),
    "thaw": _Act("thawed", ThawGoods, thaw_goods, N_("Thawed: %(what)s, to be used by %(date)s.")),
}


def ask_freeze(lot_id: int) -> ResponseReturnValue:
    """Ask how much of a lot is frozen, and until when it keeps."""
    return _page("freeze", lot_id, Form({"at": query_text("at")}))


def freeze(lot_id: int) -> ResponseReturnValue:
    """Freeze it."""
    return _submit("freeze", lot_id)


def ask_thaw(lot_id: int) -> ResponseReturnValue:
    """Ask how much of a lot is thawed, and until when it is to be used."""
    return _page("thaw", lot_id, Form({"at": query_text("at")}))


def thaw(lot_id: int) -> ResponseReturnValue:
    """Thaw it."""
    return _submit("thaw", lot_id)


def _own_lot(lot_id: int) -> Genealogy:
    session, who = reader()
    return found_or_404(N_("lot"), lot_id, genealogy(session, who.depot_id, lot_id))


def _page(name: str, lot_id: int, form: Form) -> str:
    session, who = reader()
    lot, act = _own_lot(lot_id).lot, _ACTS[name]
    life = frozen_life_of(session, who.depot_id, lot.item_id)
    today = local_day(utc_now(), who.depot.time_zone)
    until = life.last_day(act.state, today) if life else None
    reads = current_reader()
    return show_form(
        "production/freezing/change.html",
        form,
        name=name,
        lot=lot,
        facts=" · ".join(words.lot_words(lot, reads)),
        until=figures.day(until, reads) if until else "",
        source=life.source if life else "",
        unit=who.depot.weight_unit,
    )


def _submit(name: str, lot_id: int) -> ResponseReturnValue:
    act, unit = _ACTS[name], _own_lot(lot_id).lot.unit

    def run(form: StateForm, who: Actor) -> Outcome[ChangedGoods]:
        command = state_command(act.command, form, lot_id, unit, who.depot.weight_unit)
        return act.run(command, who)

    def done(outcome: Outcome[ChangedGoods]) -> ResponseReturnValue:
        said, reads = outcome.answer, current_reader()
        what = words.amount_words(said.item, said.quantity, said.unit, reads)
        date = figures.written_date(said.date, reads)
        show_message(_(act.sentence, what=what, date=date), outcome)
        return redirect(url_for("production.lot", lot_id=said.lot_id), 303)

    return submit_form(state_form(), run, done=done, again=lambda form: _page(name, lot_id, form))


def lives() -> ResponseReturnValue:
    """Show how long goods keep once frozen and thawed, and who says so; a guide's line is typed."""
    months = query_text("months")
    if months not in {str(line.least) for line in GUIDE}:
        return _lives_page(Form())
    typed = {"frozen_amount": months, "frozen_unit": "month", "source": f"{SOURCE}, {VERSION}"}
    return _lives_page(Form(typed))


def _guide() -> list[tuple[str, str, int]]:
    """Return what is printed: of what, for how many months, and the shorter of them."""
    reads = current_reader()
    told = []
    for line in GUIDE:
        least, most = (figures.number(months, reads) for months in (line.least, line.most))
        span = kept_words(ShelfLife(line.least, "month"), reads)
        if line.least != line.most:
            span = _("%(least)s to %(most)s months", least=least, most=most)
        told.append((_(line.name), span, line.least))
    return told


def save_life() -> ResponseReturnValue:
    """Write a line of the table anew."""
    need_coordinator()
    return submit_form(
        life_form(),
        lambda form, who: save_frozen_life(life_command(form), who),
        done=_life_saved,
        again=_lives_page,
    )


def _life_saved(outcome: Outcome[SavedFrozenLife]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("production.frozen_lives"), 303)


def _lives_page(form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    return show_form(
        "production/freezing/lives.html",
        form,
        guide=_guide(),
        guide_source=SOURCE,
        guide_version=VERSION,
        who=who,
        lives=[
            (row, kept_words(row.frozen, reads), _thawed_words(row.thawed_days))
            for row in load_frozen_lives(session, who.depot_id)
        ],
        items=[one.name for one in catalog.item_names(session, who.depot_id, with_loose=True)],
        categories=[(one.name, one.name) for one in catalog.categories(session, who.depot_id)],
    )


def kept_words(life: ShelfLife, reader: Reader) -> str:
    """Return for how long goods keep: 3 months."""
    words = {
        "day": reader.ngettext("%(num)s day", "%(num)s days", life.amount),
        "month": reader.ngettext("%(num)s month", "%(num)s months", life.amount),
    }
    return words[life.unit]


def _thawed_words(days: int | None) -> str:
    if days is None:
        return str(_("thawed: asked each time"))
    return str(ngettext("thawed: %(num)s day", "thawed: %(num)s days", days))


def lives_file(ending: str) -> Response:
    """Send the table."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Item or category"), lambda row: row.name),
        Column(_("Frozen it keeps"), lambda row: kept_words(row.frozen, reads)),
        Column(_("Thawed, days"), lambda row: row.thawed_days, WHOLE),
        Column(_("Who says so"), lambda row: row.source),
    ]
    return send_list(
        ending, _("Frozen and thawed"), columns, load_frozen_lives(session, who.depot_id)
    )
