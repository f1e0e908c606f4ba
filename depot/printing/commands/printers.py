"""The depot's printers: what is in them, how far off they print, where they listen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Printer
from depot.models.printing import PRINTER_KINDS
from depot.open_book.settings import note_row, standing
from labels.printers import brother, network, zpl

#: Tenths of a millimetre.
MAX_OFFSET: Final = 200
MAX_LABEL: Final = 10_000
Resolve = Callable[[str, int], str]

_WIRE_WORDS: Final = {
    network.WireProblem.NO_SUCH_NAME: N_("Nobody in the network has that name."),
    network.WireProblem.NOT_LOCAL: N_(
        "That is not an address of your own network. Printers have one like 192.168.1.50."
    ),
    network.WireProblem.PORT: N_("Label printers listen on a port from 9100 to 9109."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePrinter:
    """A printer as it is to be; without an id it is a new one. Lengths: tenths of a millimetre."""

    command_id: UUID
    name: str
    kind: str
    sheet: str = ""
    offset_x_tenths: int = 0
    offset_y_tenths: int = 0
    label_width_tenths: int | None = None
    label_height_tenths: int | None = None
    dpi: int | None = None
    model: str = ""
    is_native: bool = False
    #: A name or an address in the local network; empty: it gets files.
    host: str = ""
    port: int | None = None
    printer_id: int | None = None
    archived: bool = False


def save_printer(
    command: SavePrinter,
    actor: Actor,
    clock: Clock = utc_now,
    resolve: Resolve = network.resolve_host,
) -> Outcome[Saved]:
    """Make or edit a printer.

    `resolve` finds a host's address and refuses one that is not of a private network; it is asked
    before the transaction, as names may take their time. Raises Forbidden, NotFound, NameTaken,
    and Invalid at the field that is wrong.
    """
    need_coordinator(actor)
    _check(command)
    address = _address(command, resolve)
    return run_once(command, actor, clock, lambda asked, work: _save(asked, work, address), Saved)


def _check(command: SavePrinter) -> None:
    if command.kind not in PRINTER_KINDS:
        raise Invalid(field="kind", problem=N_("Say what kind of printer it is."))
    for name in ("offset_x_tenths", "offset_y_tenths"):
        if abs(getattr(command, name)) > MAX_OFFSET:
            raise Invalid(field=name, problem=N_("At most 20 mm either way, please."))
    if command.kind != "sheet":
        _check_label(command)
    if command.host and command.kind not in ("zebra", "brother"):
        raise Invalid(field="host", problem=N_("This kind of printer gets files, not an address."))


def _check_label(command: SavePrinter) -> None:
    for name in ("label_width_tenths", "label_height_tenths"):
        if not 0 < (getattr(command, name) or 0) <= MAX_LABEL:
            raise Invalid(field=name, problem=N_("Say how large a label is, in millimetres."))
    if command.kind == "zebra" and command.dpi not in zpl.DOTS_PER_MM:
        raise Invalid(field="dpi", problem=N_("Choose how fine it prints."))
    if command.kind == "brother":
        _check_brother(command)


def _check_brother(command: SavePrinter) -> None:
    if command.model not in brother.MODELS:
        raise Invalid(field="model", problem=N_("Choose which model it is."))
    width, height = (
        (side or 0) / 10 for side in (command.label_width_tenths, command.label_height_tenths)
    )
    try:
        tape = brother.find_tape(width, height)
    except brother.UnknownTape as error:
        problem = N_("Choose one of the rolls that this printer takes.")
        raise Invalid(field="label_width_tenths", problem=problem) from error
    if tape.wide and not brother.takes_wide(command.model):
        problem = N_("This model does not take labels as wide as that.")
        raise Invalid(field="label_width_tenths", problem=problem)


def _address(command: SavePrinter, resolve: Resolve) -> str:
    if not command.host:
        return ""
    try:
        return resolve(command.host, command.port or network.PORTS.start)
    except network.CannotSend as error:
        field = "port" if error.problem is network.WireProblem.PORT else "host"
        raise Invalid(field=field, problem=_WIRE_WORDS[error.problem]) from error


def _save(command: SavePrinter, work: Work, address: str) -> Saved:
    is_sheet = command.kind == "sheet"
    name = check_name_is_free(work, Printer, command.name, command.printer_id)
    values = name | {
        "kind": command.kind,
        "sheet": command.sheet if is_sheet else "",
        "offset_x_tenths": command.offset_x_tenths,
        "offset_y_tenths": command.offset_y_tenths,
        "label_width_tenths": None if is_sheet else command.label_width_tenths,
        "label_height_tenths": None if is_sheet else command.label_height_tenths,
        "dpi": command.dpi if command.kind == "zebra" else None,
        "model": command.model if command.kind == "brother" else "",
        "is_native": command.is_native and command.kind == "zebra",
        "host": command.host,
        "address": address,
        "port": (command.port or network.PORTS.start) if command.host else None,
        "archived": command.archived,
    }
    before = standing(work, Printer, Printer.id == command.printer_id)
    made = _write(work, command.printer_id, values)
    note_row(work, Printer, name["name"], before, Printer.id == made)
    return Saved(id=made, name=name["name"])


def _write(work: Work, printer_id: int | None, values: dict[str, Any]) -> int:
    if printer_id is None:
        statement = insert(Printer).values(depot_id=work.depot_id, **values)
        return work.session.execute(statement.returning(Printer.id)).scalar_one()
    own = (Printer.depot_id == work.depot_id, Printer.id == printer_id)
    if work.session.scalar(select(Printer.id).where(*own)) is None:
        raise NotFound(what=N_("printer"), name=printer_id)
    work.session.execute(update(Printer).where(*own).values(**values))
    return printer_id
