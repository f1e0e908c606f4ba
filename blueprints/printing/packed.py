"""The labels of several crates: of those made in one act, and of those ticked in the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.forms import Form, flatten, load_form, read_form, show_form
from blueprints.frame.language import offered_languages, reader_in
from blueprints.frame.web import next_page, reader, show_message
from blueprints.printing import choices
from blueprints.printing.choices import CRATES
from blueprints.printing.forms import (
    MOST_TICKED,
    CrateLabelSchema,
    TickedLabelsSchema,
    default_values,
)
from blueprints.printing.pages import answer_crate, chosen_sheet, print_labels
from depot.base.actors import Actor
from depot.crates.queries.crate_lists import CrateFilter, crate_list
from depot.crates.queries.crates import CrateHead, CrateView, find_crate
from depot.crates.queries.splits import packed_with

#: So many labels are looked at for letters that no typeface has.
_MOST_LOOKED_AT: Final = 30
#: Address, name, small print, whether it is chosen.
PrinterLinks = list[tuple[str, str, str, bool]]


def ask_packed(code: str) -> ResponseReturnValue:
    """Ask what the labels of the crates made together with this one are printed on."""
    return answer_crate(code, lambda view, who: _packed_page(view, who, Form()))


def _packed_page(view: CrateView, who: Actor, form: Form) -> str:
    code = view.head.code
    links = choices.printer_links("printing.packed", choices.chosen_printer(), code=code)
    href = url_for("printing.print_packed", code=code)
    return _page(form, _made_with(view, who), links, href, is_new=True)


def _page(
    form: Form, codes: list[str], printers: PrinterLinks, href: str, *, is_new: bool = False
) -> str:
    printer = choices.chosen_printer()
    usual = {"sheet": choices.usual_sheet(CRATES, printer), "language": reader_in("").language}
    form.values = default_values(**usual) | form.values
    return show_form(
        "printing/packed.html",
        form,
        codes=codes,
        href=href,
        is_new=is_new,
        printer=printer,
        printers=printers,
        languages=offered_languages(),
        lacking=_lacking(codes),
        sheets=choices.sheet_options(CRATES) if choices.takes_sheets(printer) else [],
    )


def _lacking(codes: Iterable[str]) -> str:
    """Say which letters the first of the labels lack."""
    return choices.lacking_on(_heads(islice(codes, _MOST_LOOKED_AT)), reader_in(""))


def _heads(codes: Iterable[str]) -> Iterator[CrateHead]:
    session, who = reader()
    found = (find_crate(session, who.depot_id, code) for code in codes)
    return (head for head in found if head is not None)


def print_packed(code: str) -> ResponseReturnValue:
    """Print them."""

    def answer(view: CrateView, who: Actor) -> ResponseReturnValue:
        back = url_for("printing.packed", code=view.head.code)
        return _print(
            CrateLabelSchema(form=True),
            lambda: _made_with(view, who),
            back,
            lambda form: _packed_page(view, who, form),
        )

    return answer_crate(code, answer)


def _made_with(view: CrateView, who: Actor) -> list[str]:
    session, _who = reader()
    return packed_with(session, who.depot_id, view.head.id)


def ask_ticked() -> ResponseReturnValue:
    """Ask what the labels of the crates that were ticked in the list are printed on."""
    codes = _ticked(request.args.getlist("code"))
    if codes:
        return _ticked_page(Form(), codes)
    show_message(_("Tick at least one crate first."), kind="problem")
    return redirect(next_page(url_for("crates.index")))


def _ticked_page(form: Form, codes: list[str]) -> str:
    links = choices.printer_links("printing.ticked", choices.chosen_printer(), code=codes)
    return _page(form, codes, links, url_for("printing.print_ticked"))


def print_ticked() -> ResponseReturnValue:
    """Print them."""
    codes = _ticked(request.form.get("codes", "").split())
    back = url_for("printing.ticked", code=codes)
    schema = TickedLabelsSchema(form=True)
    return _print(schema, lambda: codes, back, lambda form: _ticked_page(form, codes))


def _ticked(texts: list[str]) -> list[str]:
    """Return the codes of this depot's crates among those, the newest labels first."""
    session, who = reader()
    wanted = CrateFilter(codes=tuple(texts[:MOST_TICKED]))
    if not wanted.codes:
        return []
    return [row.code for row in crate_list(session, who.depot_id, wanted, None, MOST_TICKED).rows]


def _print(
    schema: CrateLabelSchema,
    codes: Callable[[], list[str]],
    back: str,
    again: Callable[[Form], str],
) -> ResponseReturnValue:
    try:
        form = load_form(schema)
        printer = choices.chosen_printer()
        sheet = chosen_sheet(form, printer)
        choices.need_letters(form.language, _heads(islice(codes(), _MOST_LOOKED_AT)))
    except ValidationError as error:
        return again(Form(read_form(), flatten(error.messages), 422)), 422
    labels = [choices.label_for(head, reader_in(form.language)) for head in _heads(codes())]
    return print_labels(labels, printer, (sheet, form.start_at), back)
