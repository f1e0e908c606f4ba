"""`depot labels`: labels for crates, pallets and shelves; blank ones' codes are reserved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload
from uuid import uuid4

import click

from depot.base.actors import Actor
from depot.base.text import N_
from depot.cli.frame import left_out, open_depot, print_note, reader_in, sentence
from depot.crates.commands.blank_crates import MAX_NEW_CRATES, CreateCrates, create_crates
from depot.db.database import current_session
from depot.people.queries import console_actor
from depot.printing import queries
from depot.printing.blanks import blank_label, is_this_machine
from depot.printing.queries import PrinterRow
from labels.errors import LabelError
from labels.sheets.large import Label, PalletLabel
from labels.sheets.layout import CrateLabel
from labels.sheets.sheets import Sheet, find_sheet

# fpdf2 looks for cryptography to sign documents, which labels never are: told that it is not there,
# it goes without, and the start is a twentieth shorter. Nothing else runs in this process yet.
with left_out("cryptography"):
    import fpdf  # noqa: F401 - drawing takes it from here

    from depot.printing.jobs import make_job, send

KINDS = ("crate", "pallet", "shelf")
_USUAL = {"crate": "L7160", "pallet": "A4/2", "shelf": "L7169"}


class _Watched(Sequence[Label]):
    """Labels that move a progress bar on as they are drawn."""

    def __init__(self, labels: Sequence[Label], bar: Any) -> None:
        self._labels = labels
        self._bar = bar

    @overload
    def __getitem__(self, index: int) -> Label: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Label]: ...
    def __getitem__(self, index: int | slice) -> Label | Sequence[Label]:
        return self._labels[index]

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[Label]:
        for label in self._labels:
            yield label
            self._bar.update(1)


@click.command()
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="crate",
    show_default=True,
    help="Blank crates, blank pallets (large), or the labels of all places.",
)
@click.option(
    "--count",
    type=click.IntRange(1, MAX_NEW_CRATES),
    default=21,
    show_default=True,
    help="How many blank labels.",
)
@click.option(
    "--sheet",
    help="Product code of the label sheet, the name of one of the depot's own, plain paper (A5,"
    " A4/2) or a single label (62x29).  [default: L7160 for crates]",
)
@click.option(
    "--start-at",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="The first unused label of the first sheet; 1 is top left.",
)
@click.option("--printer", "printer_name", help="For this printer of the depot, with its offset.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write; not needed for a printer with an address.",
)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def labels(
    kind: str,
    count: int,
    sheet: str | None,
    start_at: int,
    printer_name: str | None,
    output: Path | None,
    slug: str | None,
) -> None:
    """Make labels as a PDF or for a label printer; each blank one is a new crate."""
    if output is not None and not output.parent.is_dir():  # before codes are reserved in vain
        raise click.UsageError(sentence(N_("There is no folder %(path)s."), path=output.parent))
    with open_depot() as config:
        actor = console_actor(current_session(), slug)
        printer = _printer(actor, printer_name)
        if output is None and (printer is None or not printer.host):
            raise click.UsageError(
                sentence(N_("Say where to: --output FILE, or a --printer with an address."))
            )
        on = _sheet(actor, printer, sheet or "", kind, start_at)
        address = config.base_url
        made = _labels(kind, count, actor, address)
        _hand_over(made, printer, on, start_at, output)
    if is_this_machine(address):
        print_note(N_("Phones cannot open that address: set DEPOT_BASE_URL, then make labels."))
    where = output or (printer and printer.name)
    click.echo(
        reader_in().ngettext(
            "%(num)s label for %(sheet)s in %(where)s, pointing to %(address)s",
            "%(num)s labels for %(sheet)s in %(where)s, pointing to %(address)s",
            len(made),
            sheet=_on_words(printer, on),
            where=where,
            address=address,
        )
    )


def _printer(actor: Actor, name: str | None) -> PrinterRow | None:
    if name is None:
        return None
    found = queries.printer_named(current_session(), actor.depot_id, name)
    if found is None:
        raise click.BadParameter(
            sentence(N_("There is no printer called “%(name)s” here."), name=name),
            param_hint="--printer",
        )
    return found


def _sheet(
    actor: Actor, printer: PrinterRow | None, name: str, kind: str, start_at: int
) -> Sheet | None:
    """Return the sheet to print on; None for a printer that has its labels. May refuse."""
    if printer is not None and printer.kind != "sheet":
        return None
    wanted = name or (printer.sheet if printer and printer.sheet else _USUAL[kind])
    own = queries.sheets(current_session(), actor.depot_id)
    try:
        found = own[wanted] if wanted in own else find_sheet(wanted)
    except LabelError as error:
        raise click.BadParameter(str(error), param_hint="--sheet") from error
    if start_at > found.capacity:
        raise click.UsageError(
            sentence(
                N_("Sheet %(sheet)s has labels 1 to %(last)s."),
                sheet=found.code,
                last=found.capacity,
            )
        )
    return found


def _labels(kind: str, count: int, actor: Actor, address: str) -> Sequence[Label]:
    if kind == "shelf":
        return _place_labels(actor, address)
    codes = create_crates(CreateCrates(command_id=uuid4(), count=count), actor).answer.codes
    label = PalletLabel if kind == "pallet" else CrateLabel
    return [blank_label(code, actor.depot.name, address, label) for code in codes]


def _place_labels(actor: Actor, address: str) -> Sequence[Label]:
    # loaded where it is used: most labels are those of crates
    from depot.locations.labels import place_label
    from depot.locations.queries.places import load_place_tree

    tree = load_place_tree(current_session(), actor.depot_id)
    rows = [row for row in tree.places() if not row.archived]
    return [place_label(tree.nodes[row.id], tree, actor.depot.name, address) for row in rows]


def _hand_over(
    made: Sequence[Label],
    printer: PrinterRow | None,
    on: Sheet | None,
    start_at: int,
    output: Path | None,
) -> None:
    """Draw the labels, with a progress bar, and write or send them."""
    with click.progressbar(length=len(made), label=sentence(N_("Drawing labels"))) as bar:
        try:
            job = make_job(_Watched(made, bar), printer, on, start_at)
        except LabelError as error:
            raise click.ClickException(str(error)) from error
    if output is not None:
        output.write_bytes(job.content)
    elif printer is not None and (problem := send(job, printer)):
        raise click.ClickException(sentence(problem, printer=printer.name))


def _on_words(printer: PrinterRow | None, on: Sheet | None) -> str:
    return on.code if on is not None else (printer.name if printer is not None else "")
