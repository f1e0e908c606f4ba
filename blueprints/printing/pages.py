"""Labels on paper: new ones for crates and pallets, those of shelves, and one crate's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.api import base_url
from blueprints.frame.errors import message_of
from blueprints.frame.forms import Form, flatten, load_form, read_form, show_form, submit_form
from blueprints.frame.language import (
    current_reader,
    offered_languages,
    reader_for_all,
    reader_in,
)
from blueprints.frame.web import query_text, reader, show_message
from blueprints.printing import choices, jobs
from blueprints.printing.choices import CRATES, LABEL_KINDS, PALLETS, SHELVES
from blueprints.printing.forms import (
    ALL_PLACES,
    CrateLabelForm,
    CrateLabelSchema,
    LabelForm,
    LabelFormSchema,
    default_values,
    parse_whole,
    place_id,
)
from blueprints.words.crate_help import answer_no_crate
from depot.base.actors import Actor
from depot.base.clock import from_milliseconds, to_milliseconds
from depot.base.errors import DepotError, NotFound
from depot.base.text import N_
from depot.crates.commands.blank_crates import CreatedCrates, create_crates
from depot.crates.queries.crate_lists import batch_codes, label_batches
from depot.crates.queries.crates import CrateView, crate_view, find_crate
from depot.kernel.once import Outcome
from depot.locations.labels import place_label
from depot.locations.queries import places
from depot.locations.tree import PlaceTree
from depot.printing.blanks import blank_label, is_this_machine
from depot.printing.jobs import Made, make_job
from depot.printing.queries import PrinterRow
from depot.words import figures
from labels.printers.brother import BrotherMissing
from labels.sheets.large import Label, PalletLabel
from labels.sheets.layout import CrateLabel
from labels.sheets.pdf import label_pdf
from labels.sheets.sheets import Sheet

DEFAULT_COUNT: Final = {CRATES: 21, PALLETS: 4}
#: Far beyond any date: milliseconds since 1970 of the year 2286.
_LATEST: Final = 10**13
_SIZE: Final = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)x(\d{1,3}(?:\.\d{1,3})?)", re.ASCII)
#: Sides of labels, mm.
_SMALLEST, _LARGEST = 10.0, 300.0
_KIND_WORDS: Final = {
    CRATES: N_("Crates"),
    SHELVES: N_("Shelves"),
    PALLETS: N_("Pallets"),
}
NO_BROTHER_PART: Final = N_(
    "The part of the program that speaks to Brother's printers is not installed. Ask who looks"
    " after it for the extra “brother”, or print a PDF."
)


def labels() -> ResponseReturnValue:
    """Ask which labels, how many, and on what."""
    return _labels_page(Form())


def old_address() -> ResponseReturnValue:
    """Lead on to where blank labels are asked for now."""
    asked_for = request.query_string.decode("ascii", "replace")
    return redirect(request.path.removeprefix("/crates") + ("?" + asked_for if asked_for else ""))


def _labels_page(form: Form) -> str:
    kind = form.values.get("kind") or query_text("kind")
    kind = kind if kind in LABEL_KINDS else CRATES
    printer = choices.chosen_printer()
    values = default_values(
        count=DEFAULT_COUNT.get(kind, 1),
        sheet=choices.usual_sheet(kind, printer),
        place=query_text("place", ALL_PLACES),
    )
    form.values = values | form.values
    session, who = reader()
    return show_form(
        "printing/labels.html",
        form,
        kind=kind,
        tabs=[
            (url_for("printing.labels", kind=k), _(_KIND_WORDS[k]), k == kind) for k in LABEL_KINDS
        ],
        printer=printer,
        printers=choices.printer_links("printing.labels", printer, kind=kind),
        sheets=choices.sheet_options(kind) if choices.takes_sheets(printer) else [],
        places=_place_options(places.load_place_tree(session, who.depot_id))
        if kind == SHELVES
        else [],
        batches=_batches() if kind != SHELVES else [],
        here_only=is_this_machine(base_url()),
        address=base_url(),
        who=who,
    )


def _place_options(tree: PlaceTree) -> list[tuple[str, str]]:
    rows = [row for row in tree.places() if not row.archived]
    found = [(ALL_PLACES, _("All of them (%(count)s)", count=len(rows)))]
    return found + [(str(row.id), "\u2003" * row.depth + row.name) for row in rows]


def _batches() -> list[tuple[str, int, str]]:
    session, who = reader()
    return [
        (
            url_for("printing.print_again", made=to_milliseconds(batch.made_at)),
            batch.count,
            figures.moment(batch.made_at, current_reader()),
        )
        for batch in label_batches(session, who.depot_id)
    ]


def make_labels() -> ResponseReturnValue:
    """Make the labels: new crates for blank ones; sent twice it is the same labels."""
    if request.form.get("kind") == SHELVES:
        return _print_places()
    wanted: list[tuple[LabelForm, PrinterRow | None, Sheet | None]] = []

    def run(form: LabelForm, who: Actor) -> Outcome[CreatedCrates]:
        printer = choices.chosen_printer()
        wanted.append((form, printer, chosen_sheet(form, printer)))
        return create_crates(form.command, who)

    def done(outcome: Outcome[CreatedCrates]) -> ResponseReturnValue:
        form, printer, sheet = wanted[0]
        made = _blank(outcome.answer.codes, form.kind)
        back = url_for("printing.labels", kind=form.kind)
        return print_labels(made, printer, (sheet, form.start_at), back, again=outcome.repeated)

    return submit_form(LabelFormSchema(form=True), run, done=done, again=_labels_page)


def chosen_sheet(form: LabelForm | CrateLabelForm, printer: PrinterRow | None) -> Sheet | None:
    """Return the sheet to print on, None for a printer that has its labels.

    Raises ValidationError for a sheet that is not known, or a label that is not on it.
    """
    if not choices.takes_sheets(printer):
        return None
    return choices.need_sheet(form.sheet, form.kind, form.start_at)


def _blank(codes: Sequence[str], kind: str) -> list[Label]:
    _session, who = reader()
    label = PalletLabel if kind == PALLETS else CrateLabel
    return [blank_label(code, who.depot.name, base_url(), label) for code in codes]


def print_labels(
    made: Sequence[Label],
    printer: PrinterRow | None,
    on: tuple[Sheet | None, int],
    back: str,
    *,
    again: bool = False,
) -> ResponseReturnValue:
    """Answer with the labels as a file, or send them to the printer and go `back`."""
    try:
        job = make_job(made, printer, *on)
    except BrotherMissing:
        return _refused(_(NO_BROTHER_PART), back)
    return jobs.answer_job(job, printer, len(made), back, again=again)


def _refused(sentence: str, back: str) -> ResponseReturnValue:
    show_message(sentence, kind="problem")
    return redirect(back, 303)


def _print_places() -> ResponseReturnValue:
    """Print the label of one place, or of all."""
    try:
        form = load_form(LabelFormSchema(form=True))
        printer = choices.chosen_printer()
        sheet = chosen_sheet(form, printer)
        made = _place_labels(place_id(form.place))
    except ValidationError as error:
        return _labels_page(Form(read_form(), flatten(error.messages), 422)), 422
    except DepotError as error:
        return _labels_page(Form(read_form(), {"place": [message_of(error)]}, 404)), 404
    back = url_for("printing.labels", kind=SHELVES, place=form.place)
    return print_labels(made, printer, (sheet, form.start_at), back)


def _place_labels(wanted: int | None) -> list[Label]:
    """Return the labels of the places in use, or of one. Raises NotFound."""
    session, who = reader()
    tree = places.load_place_tree(session, who.depot_id)
    ids = [row.id for row in tree.places() if not row.archived or row.id == wanted]
    if wanted is not None:
        ids = [one for one in ids if one == wanted]
    if not ids:
        raise NotFound(what=N_("place"), name=wanted or "")
    return [place_label(tree.nodes[one], tree, who.depot.name, base_url()) for one in ids]


def print_again() -> ResponseReturnValue:
    """Print blank labels once more that were made together and are not in use yet."""
    found = _batch(query_text("made"))
    if not found:
        return _labels_page(Form(status=404)), 404
    printer = choices.chosen_printer()
    sheets = dict(choices.sheet_options(CRATES))
    if choices.takes_sheets(printer) and query_text("sheet") not in sheets:
        return _again_page(found, printer)
    sheet = choices.all_sheets().get(query_text("sheet"))
    start_at = min(max(parse_whole(query_text("start_at"), 1), 1), sheet.capacity if sheet else 1)
    if printer is not None and printer.host:
        return _again_page(found, printer)
    return print_labels(
        _blank(found, CRATES), printer, (sheet, start_at), url_for("printing.labels")
    )


def send_again() -> ResponseReturnValue:
    """Send blank labels to a printer once more."""
    found = _batch(request.form.get("made", ""))
    if not found:
        return _labels_page(Form(status=404)), 404
    printer = choices.chosen_printer()
    if choices.takes_sheets(printer):  # it was put away meanwhile
        return _again_page(found, printer)
    return print_labels(_blank(found, CRATES), printer, (None, 1), url_for("printing.labels"))


def _batch(made: str) -> list[str]:
    session, who = reader()
    if not (made.isascii() and made.isdigit() and int(made) < _LATEST):
        return []
    return batch_codes(session, who.depot_id, from_milliseconds(int(made)))


def _again_page(found: list[str], printer: PrinterRow | None) -> str:
    made = request.values.get("made", "")
    return render_template(
        "printing/again.html",
        made=made,
        count=len(found),
        printer=printer,
        printers=choices.printer_links("printing.print_again", printer, made=made),
        sheets=choices.sheet_options(CRATES) if choices.takes_sheets(printer) else [],
        values=default_values(sheet=choices.usual_sheet(CRATES, printer)),
        errors={},
    )


def crate(code: str) -> ResponseReturnValue:
    """Show a crate's label, to be printed."""
    return answer_crate(code, lambda view, who: _crate_page(view, who, Form()))


def _crate_page(view: CrateView, who: Actor, form: Form) -> str:
    printer = choices.chosen_printer()
    kind = form.values.get("kind") or query_text("kind")
    kind = kind if kind in (CRATES, PALLETS) else (PALLETS if view.crates else CRATES)
    usual = {"sheet": choices.usual_sheet(kind, printer), "language": reader_in("").language}
    form.values = default_values(times=1, **usual) | form.values
    code = view.head.code
    return show_form(
        "printing/crate.html",
        form,
        code=code,
        kind=kind,
        size=_shown_size(str(form.values["sheet"]), printer),
        tabs=[
            (url_for("printing.crate", code=code, kind=CRATES), _("For a crate"), kind == CRATES),
            (
                url_for("printing.crate", code=code, kind=PALLETS),
                _("For a pallet"),
                kind == PALLETS,
            ),
        ],
        printer=printer,
        printers=choices.printer_links("printing.crate", printer, code=code, kind=kind),
        languages=offered_languages(),
        lacking=choices.lacking_on([view.head], reader_in("")),
        sheets=choices.sheet_options(kind) if choices.takes_sheets(printer) else [],
        here_only=is_this_machine(base_url()),
        address=base_url(),
    )


def _shown_size(sheet: str, printer: PrinterRow | None) -> str:
    """Return the size of the label that will come out, as `_size_asked` reads it."""
    width, height = printer.label_mm if printer and printer.kind != "sheet" else (0.0, 0.0)
    known = choices.all_sheets()
    if choices.takes_sheets(printer) and sheet in known:
        width, height = known[sheet].label_width, known[sheet].label_height
    return f"{width:.1f}x{height:.1f}"


def print_crate(code: str) -> ResponseReturnValue:
    """Print a crate's label."""
    return answer_crate(code, _print_crate)


def _print_crate(view: CrateView, who: Actor) -> ResponseReturnValue:
    try:
        form = load_form(CrateLabelSchema(form=True))
        printer = choices.chosen_printer()
        sheet = chosen_sheet(form, printer)
        choices.need_letters(form.language, [view.head])
    except ValidationError as error:
        return _crate_page(view, who, Form(read_form(), flatten(error.messages), 422)), 422
    kind = PalletLabel if form.kind == PALLETS else CrateLabel
    made = [choices.label_for(view.head, reader_in(form.language), kind)] * form.times
    back = url_for("printing.crate", code=view.head.code, kind=form.kind)
    return print_labels(made, printer, (sheet, form.start_at), back)


def crate_pdf(code: str) -> ResponseReturnValue:
    """Return the crate's label as a PDF of its size, 62 by 29 mm unless another is asked for."""

    def answer(view: CrateView, who: Actor) -> ResponseReturnValue:
        label = choices.label_for(view.head, reader_for_all(), _kind_asked())
        content = label_pdf(label, *_size_asked())
        return jobs.job_file(Made(content, "application/pdf", f"{view.head.code}.pdf"))

    return answer_crate(code, answer)


def crate_png(code: str) -> ResponseReturnValue:
    """Return the crate's label as a picture; `screen` makes one as coarse as a screen."""
    from labels.sheets.png import label_png  # with what draws, which few ever ask for

    def answer(view: CrateView, who: Actor) -> ResponseReturnValue:
        label = choices.label_for(view.head, reader_for_all(), _kind_asked())
        content = label_png(label, *_size_asked(), 110 if query_text("screen") else 300)
        return jobs.job_file(Made(content, "image/png", f"{view.head.code}.png"))

    return answer_crate(code, answer)


def _kind_asked() -> type[CrateLabel]:
    return PalletLabel if query_text("kind") == PALLETS else CrateLabel


def _size_asked() -> tuple[float, float]:
    """Return the size asked for in mm, as 62x29; what is no size of a label is not listened to."""
    found = _SIZE.fullmatch(query_text("size"))
    width, height = (float(found[1]), float(found[2])) if found else (62.0, 29.0)
    fits = all(_SMALLEST <= side <= _LARGEST for side in (width, height))
    return (width, height) if fits else (62.0, 29.0)


def answer_crate(
    code: str, answer: Callable[[CrateView, Actor], ResponseReturnValue]
) -> ResponseReturnValue:
    """Answer about a crate by what `answer` makes of it, or help with a code that is none."""
    session, who = reader()
    head = find_crate(session, who.depot_id, code)
    if head is None:
        return answer_no_crate(code)
    return answer(crate_view(session, who.depot_id, head), who)
