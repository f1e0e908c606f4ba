"""Labels on paper: blank ones by the sheet, and one crate's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from blueprints import filters
from blueprints.api import base_url
from blueprints.crate_help import no_such_crate
from blueprints.crates import words
from blueprints.crates.forms import USUAL_SHEET, LabelForm, LabelFormSchema
from blueprints.crates.pages import known, shown
from blueprints.forms import Form, show, submit
from blueprints.web import asked, reader
from depot.actors import Actor
from depot.clock import from_milliseconds, to_milliseconds
from depot.commands.base import Outcome
from depot.commands.crates import create_crates
from depot.queries.crate_lists import batch_codes, label_batches
from depot.queries.crates import CrateView, crate_view
from labels.codes import code_url
from labels.layout import CrateLabel
from labels.pdf import label_pdf, sheet_pdf
from labels.png import label_png
from labels.sheets import SHEETS

USUAL_COUNT: Final = 21
#: Hosts that a phone cannot open, so that labels with them are waste.
_THIS_MACHINE: Final = ("//127.", "//localhost", "//[::1]")
_DETAILS: Final = 4
#: Far beyond any date: milliseconds since 1970 of the year 2286.
_LATEST: Final = 10**13


def blank_label(code: str, depot_name: str, address: str) -> CrateLabel:
    """Return the label of a blank crate of the depot that is found at `address`."""
    return CrateLabel(code=code, url=code_url(address, code), depot=depot_name)


def is_this_machine(address: str) -> bool:
    """Say whether the address is of use on this machine alone, so that phones cannot open it."""
    return any(host in address for host in _THIS_MACHINE)


def ask_labels() -> Any:
    """Ask how many blank labels, and on which sheet."""
    return _labels_page(Form({"count": USUAL_COUNT, "sheet": USUAL_SHEET, "start_at": 1}))


def _labels_page(form: Form) -> str:
    session, who = reader()
    return show(
        "crates/labels.html",
        form,
        sheets=_sheet_options(),
        batches=[
            (_batch_address(batch.made_at), batch.count, filters.moment(batch.made_at))
            for batch in label_batches(session, who.depot_id)
        ],
        here_only=is_this_machine(base_url()),
        address=base_url(),
    )


def _batch_address(made_at: Any) -> str:
    return url_for("crates.print_again", made=to_milliseconds(made_at))


def _sheet_options() -> list[tuple[str, str]]:
    return [
        (
            sheet.code,
            _(
                "%(code)s, %(paper)s, %(count)s a sheet",
                code=sheet.code,
                paper=sheet.page.name,
                count=sheet.capacity,
            ),
        )
        for sheet in SHEETS.values()
    ]


def make_labels() -> Any:
    """Make blank crates and answer with their labels; sent twice it is the same labels."""

    wanted: list[LabelForm] = []

    def run(form: LabelForm, who: Actor) -> Outcome:
        wanted.append(form)
        return create_crates(form.command, who)

    def done(outcome: Outcome) -> Any:
        return _sheets(outcome.body["codes"], wanted[0].sheet, wanted[0].start_at)

    return submit(LabelFormSchema(form=True), run, done=done, again=_labels_page)


def print_again() -> Any:
    """Print blank labels once more that were made together and are not in use yet."""
    session, who = reader()
    made = asked("made")
    found: list[str] = []
    if made.isascii() and made.isdigit() and int(made) < _LATEST:
        found = batch_codes(session, who.depot_id, from_milliseconds(int(made)))
    if not found:
        return _labels_page(Form({"count": USUAL_COUNT}, status=404)), 404
    sheet = asked("sheet")
    if sheet not in SHEETS:
        return render_template(
            "crates/again.html",
            made=made,
            count=len(found),
            sheets=_sheet_options(),
            values={"sheet": USUAL_SHEET, "start_at": "1"},
            errors={},
        )
    start_at = request.args.get("start_at", 1, int)
    return _sheets(found, sheet, min(max(start_at, 1), SHEETS[sheet].capacity))


def _sheets(codes: Sequence[str], sheet: str, start_at: int) -> Response:
    _session, who = reader()
    labels = [blank_label(code, who.depot.name, base_url()) for code in codes]
    return _file(sheet_pdf(labels, SHEETS[sheet], start_at), "application/pdf", "labels.pdf")


def _file(content: bytes, mimetype: str, name: str) -> Response:
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def label_of(view: CrateView, who: Actor) -> CrateLabel:
    """Return a crate's own label: what is in it and its first date, or a blank one."""
    head = view.head
    blank = blank_label(head.code, who.depot.name, base_url())
    if not view.lots:
        return blank
    goods = [words.item_words(lot.item, lot.quantity, lot.unit) for lot in view.lots]
    first = view.lots[0]
    return replace(
        blank,
        title=goods[0],
        details=tuple(goods[1 : 1 + _DETAILS]),
        date_text=filters.lot_date(first.date_kind, first.date_text) if first.date_on else "",
    )


def label(code: str) -> Any:
    """Show the crate's label, to be printed."""
    return _of_crate(code, _label_page)


def _label_page(view: CrateView, who: Actor) -> str:
    return render_template("crates/label.html", crate=shown(view, who))


def pdf(code: str) -> Any:
    """Return the crate's label for a label printer, 62 by 29 mm."""
    return _of_crate(
        code,
        lambda view, who: _file(
            label_pdf(label_of(view, who)), "application/pdf", f"{view.head.code}.pdf"
        ),
    )


def png(code: str) -> Any:
    """Return the crate's label as a picture."""
    return _of_crate(
        code,
        lambda view, who: _file(
            label_png(label_of(view, who)), "image/png", f"{view.head.code}.png"
        ),
    )


def _of_crate(code: str, answer: Any) -> Any:
    head = known(code)
    if head is None:
        return no_such_crate(code)
    session, who = reader()
    return answer(crate_view(session, who.depot_id, head), who)
