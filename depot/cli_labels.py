"""`depot labels`: sheets of blank crate labels, their codes reserved in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload
from uuid import uuid4

import click

from blueprints.crates.printing import blank_label, is_this_machine
from depot.cli_frame import application, say
from depot.commands.crates import MOST_AT_ONCE, CreateCrates, create_crates
from depot.commands.depots import console_actor
from depot.db import db
from labels.errors import LabelError
from labels.layout import CrateLabel
from labels.pdf import sheet_pdf
from labels.sheets import Sheet, find_sheet


class _Watched(Sequence[CrateLabel]):
    """Labels that move a progress bar on as they are drawn."""

    def __init__(self, labels: Sequence[CrateLabel], bar: Any) -> None:
        self._labels = labels
        self._bar = bar

    @overload
    def __getitem__(self, index: int) -> CrateLabel: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[CrateLabel]: ...
    def __getitem__(self, index: int | slice) -> CrateLabel | Sequence[CrateLabel]:
        return self._labels[index]

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[CrateLabel]:
        for label in self._labels:
            yield label
            self._bar.update(1)


def _sheet(_context: click.Context, _option: click.Parameter, text: str) -> Sheet:
    try:
        return find_sheet(text)
    except LabelError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@click.option(
    "--count",
    type=click.IntRange(1, MOST_AT_ONCE),
    default=21,
    show_default=True,
    help="How many labels.",
)
@click.option(
    "--sheet",
    default="L7160",
    show_default=True,
    callback=_sheet,
    help="Product code of the label sheet.",
)
@click.option(
    "--start-at",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="The first unused label of the first sheet; 1 is top left.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    required=True,
    help="The PDF to write.",
)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def labels(count: int, sheet: Sheet, start_at: int, output: Path, slug: str | None) -> None:
    """Make blank crate labels as a PDF; each code is a new crate in the database."""
    if start_at > sheet.capacity:
        raise click.UsageError(f"Sheet {sheet.code} has labels 1 to {sheet.capacity}.")
    if not output.parent.is_dir():  # before codes are reserved for a file that cannot be
        raise click.UsageError(f"There is no folder {output.parent}.")
    with application() as app:
        actor = console_actor(db.session(), slug)
        made = create_crates(CreateCrates(command_id=uuid4(), count=count), actor).body["codes"]
        address = app.config["DEPOT"].base_url
    blank = [blank_label(code, actor.depot.name, address) for code in made]
    with click.progressbar(length=len(blank), label="Drawing labels") as bar:
        content = sheet_pdf(_Watched(blank, bar), sheet, start_at)
    output.write_bytes(content)
    if is_this_machine(address):
        say("Phones cannot open that address: set DEPOT_BASE_URL, then make labels.")
    click.echo(f"{len(blank)} labels for {sheet.code} in {output}, pointing to {address}")
