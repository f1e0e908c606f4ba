"""Label sheets that a depot measured itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NameTaken, NotFound
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import LabelSheet
from depot.open_book.settings import note_row, standing
from labels.errors import UnknownSheet
from labels.sheets.sheets import find_sheet

#: No page is larger than 2 m, no sheet has more labels than these either way.
MAX_MICROMETRES = 2_000_000
MAX_IN_A_ROW = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLabelSheet:
    """A sheet as it is to be, in thousandths of a millimetre; without an id it is a new one."""

    command_id: UUID
    name: str
    page_width_micrometres: int
    page_height_micrometres: int
    label_width_micrometres: int
    label_height_micrometres: int
    across: int
    down: int
    left_micrometres: int
    top_micrometres: int
    #: From one label's edge to the next one's; None where there is one only, or no gap.
    pitch_x_micrometres: int | None = None
    pitch_y_micrometres: int | None = None
    sheet_id: int | None = None
    archived: bool = False


def save_label_sheet(
    command: SaveLabelSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[Saved]:
    """Make or edit a sheet of the depot's own.

    Raises Forbidden, NotFound, NameTaken (also for a product code), and Invalid at the field that
    does not fit: labels that overlap or leave the page.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def _save(command: SaveLabelSheet, work: Work) -> Saved:
    _check_counts(command)
    pitch_x = command.pitch_x_micrometres or command.label_width_micrometres
    pitch_y = command.pitch_y_micrometres or command.label_height_micrometres
    _check_across(command, pitch_x)
    _check_down(command, pitch_y)
    name = check_name_is_free(work, LabelSheet, command.name, command.sheet_id)
    values = name | {
        "page_width_micrometres": command.page_width_micrometres,
        "page_height_micrometres": command.page_height_micrometres,
        "label_width_micrometres": command.label_width_micrometres,
        "label_height_micrometres": command.label_height_micrometres,
        "across": command.across,
        "down": command.down,
        "left_micrometres": command.left_micrometres,
        "top_micrometres": command.top_micrometres,
        "pitch_x_micrometres": pitch_x,
        "pitch_y_micrometres": pitch_y,
        "archived": command.archived,
    }
    _refuse_a_product_code(name["name"])
    before = standing(work, LabelSheet, LabelSheet.id == command.sheet_id)
    made = _write(work, command.sheet_id, values)
    note_row(work, LabelSheet, name["name"], before, LabelSheet.id == made)
    return Saved(id=made, name=name["name"])


def _check_counts(command: SaveLabelSheet) -> None:
    lengths = {
        "page_width_micrometres": command.page_width_micrometres,
        "page_height_micrometres": command.page_height_micrometres,
        "label_width_micrometres": command.label_width_micrometres,
        "label_height_micrometres": command.label_height_micrometres,
    }
    for name, value in lengths.items():
        if not 0 < value <= MAX_MICROMETRES:
            raise Invalid(field=name, problem=N_("Between 0 and 2,000 mm, please."))
    for name, count in (("across", command.across), ("down", command.down)):
        if not 1 <= count <= MAX_IN_A_ROW:
            raise Invalid(field=name, problem=N_("Between 1 and 100, please."))
    edges = (
        ("left_micrometres", command.left_micrometres),
        ("top_micrometres", command.top_micrometres),
    )
    for name, edge in edges:
        if not 0 <= edge <= MAX_MICROMETRES:
            raise Invalid(field=name, problem=N_("A margin is not less than nothing."))


def _check_across(command: SaveLabelSheet, pitch: int) -> None:
    if command.across > 1 and pitch < command.label_width_micrometres:
        raise Invalid(
            field="pitch_x_micrometres",
            problem=N_("The labels would overlap: this is less than a label is wide."),
        )
    end = command.left_micrometres + (command.across - 1) * pitch + command.label_width_micrometres
    if end > command.page_width_micrometres:
        raise Invalid(
            field="across", problem=N_("The last label of a row would not be on the page.")
        )


def _check_down(command: SaveLabelSheet, pitch: int) -> None:
    if command.down > 1 and pitch < command.label_height_micrometres:
        raise Invalid(
            field="pitch_y_micrometres",
            problem=N_("The labels would overlap: this is less than a label is high."),
        )
    end = command.top_micrometres + (command.down - 1) * pitch + command.label_height_micrometres
    if end > command.page_height_micrometres:
        raise Invalid(field="down", problem=N_("The last row of labels would not be on the page."))


def _refuse_a_product_code(name: str) -> None:
    """A sheet of one's own must not hide one that is known by its product code."""
    try:
        find_sheet(name)
    except UnknownSheet:
        return
    raise NameTaken(field="name", name=name)


def _write(work: Work, sheet_id: int | None, values: dict[str, Any]) -> int:
    if sheet_id is None:
        statement = insert(LabelSheet).values(depot_id=work.depot_id, **values)
        return work.session.execute(statement.returning(LabelSheet.id)).scalar_one()
    own = (LabelSheet.depot_id == work.depot_id, LabelSheet.id == sheet_id)
    if work.session.scalar(select(LabelSheet.id).where(*own)) is None:
        raise NotFound(what=N_("label sheet"), name=sheet_id)
    work.session.execute(update(LabelSheet).where(*own).values(**values))
    return sheet_id
