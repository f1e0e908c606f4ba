"""A sign-in sheet with a name on it, and what is sent to its addresses, for the walks over all."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.models import Membership, NameSheetLine
from depot.name_sheets.commands.lines import WriteName, write_name
from depot.name_sheets.commands.settings import SaveSheetSetting, save_sheet_setting
from depot.people.commands.names import LetReadNames, let_read_names
from tests.current import db

NAME_SHEETS: Final[dict[str, dict[str, Any]]] = {
    "name_sheets.let_read": {"reads_names": "yes"},
    "name_sheets.write": {"name": "Ines", "people": "3"},
    "name_sheets.strike": {},
    "name_sheets_api.write": {"name": "Ines", "people": 3},
}


def write_a_name(who: Actor, event_id: int, name: str) -> int:
    """Keep sheets in the depot, let everybody there read them, write a name; return its line."""
    save_sheet_setting(SaveSheetSetting(command_id=uuid4(), is_on=True, years=3), who)
    members = select(Membership.person_id).where(
        Membership.depot_id == who.depot_id,
        Membership.role != "helper",
        Membership.ended_at.is_(None),
    )
    for person_id in db.session().scalars(members).all():
        let = LetReadNames(command_id=uuid4(), person_id=person_id, reads_names=True)
        let_read_names(let, who)
    write_name(WriteName(command_id=uuid4(), event_id=event_id, name=name, people=3), who)
    return (
        db.session()
        .scalars(select(NameSheetLine.id).where(NameSheetLine.depot_id == who.depot_id))
        .one()
    )
