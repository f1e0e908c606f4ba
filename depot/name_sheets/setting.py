"""Whether a depot keeps name sheets, and who may read them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.models import NameSheetSetting
from depot.name_sheets.errors import NamesNotForYou


def sheet_setting(session: Session, depot_id: int) -> NameSheetSetting | None:
    """Return what a depot says of name sheets; None if it never did."""
    return session.scalar(select(NameSheetSetting).where(NameSheetSetting.depot_id == depot_id))


def keeps_names(session: Session, depot_id: int) -> bool:
    """Say whether the depot keeps name sheets."""
    setting = sheet_setting(session, depot_id)
    return setting is not None and setting.is_on


def need_names(actor: Actor) -> None:
    """Raise NamesNotForYou unless the actor was given the right to read names."""
    if not actor.reads_names:
        raise NamesNotForYou()
