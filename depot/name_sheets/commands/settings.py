"""A depot keeps name sheets or not, for how long, and what the paper asks for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import NameSheetSetting
from depot.name_sheets.keeping import LEAST_YEARS, MOST_COLUMNS, MOST_YEARS, column_titles
from depot.name_sheets.setting import sheet_setting
from depot.open_book.settings import note_change


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSheetSetting:
    """Whether name sheets are kept from now on, and how; what was kept goes by the new years."""

    command_id: UUID
    is_on: bool
    years: int
    columns: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSheetSetting(Answer):
    """Whether a depot keeps name sheets."""

    is_on: bool


def save_sheet_setting(
    command: SaveSheetSetting, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedSheetSetting]:
    """Keep name sheets, or no more of them. Raises Forbidden, Invalid."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedSheetSetting)


def _save(command: SaveSheetSetting, work: Work) -> SavedSheetSetting:
    if not LEAST_YEARS <= command.years <= MOST_YEARS:
        raise Invalid(field="years", problem=N_("Names are kept for one year to ten."))
    titles = column_titles(command.columns)
    if len(titles) > MOST_COLUMNS:
        raise Invalid(field="columns", problem=N_("No more than four columns fit on the paper."))
    values: dict[str, str | int | bool | None] = {
        "is_on": command.is_on,
        "years": command.years,
        "columns": "\n".join(titles),
        "statement": command.statement.strip(),
    }
    known = sheet_setting(work.session, work.depot_id)
    before = {} if known is None else {name: getattr(known, name) for name in values}
    changed = values | {"changed_at": work.recorded_at}
    if known is None:
        made = insert(NameSheetSetting).values(depot_id=work.depot_id, **changed)
        work.session.execute(made)
    else:
        own = NameSheetSetting.depot_id == work.depot_id
        work.session.execute(update(NameSheetSetting).where(own).values(**changed))
    note_change(work, "name_sheets", "", before, values)
    return SavedSheetSetting(is_on=command.is_on)
