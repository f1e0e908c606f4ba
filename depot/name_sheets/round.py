"""What comes round again: names whose years are over are erased."""

from __future__ import annotations

from sqlalchemy import delete, func, select, update

from depot.base.clock import Clock, local_day, utc_now
from depot.db.transaction import transaction
from depot.models import Depot, NameSheet, NameSheetLine, NameSheetSetting
from depot.name_sheets.keeping import erased_on
from depot.name_sheets.overwriting import overwrite_deleted


def erase_old_names(clock: Clock = utc_now) -> int:
    """Erase the names of each hand-out whose years are over; return of how many.

    That a sheet was, how many lines it had and when they went stays. Depots that keep no sheets
    any more are no exception.
    """
    now, erased = clock(), 0
    with transaction() as session:
        found = session.execute(
            select(
                NameSheet.depot_id,
                NameSheet.event_id,
                NameSheet.held_on,
                NameSheetSetting.years,
                Depot.time_zone,
            )
            .join(NameSheetSetting, NameSheetSetting.depot_id == NameSheet.depot_id)
            .join(Depot, Depot.id == NameSheet.depot_id)
            .where(NameSheet.erased_at.is_(None))
            .order_by(NameSheet.depot_id, NameSheet.event_id)
        ).all()
        for sheet in found:
            if erased_on(sheet.held_on, sheet.years) > local_day(now, sheet.time_zone):
                continue
            overwrite_deleted(session)
            lines = (
                NameSheetLine.depot_id == sheet.depot_id,
                NameSheetLine.event_id == sheet.event_id,
            )
            kept = session.scalar(select(func.count()).where(*lines))
            session.execute(delete(NameSheetLine).where(*lines))
            session.execute(
                update(NameSheet)
                .where(NameSheet.depot_id == sheet.depot_id, NameSheet.event_id == sheet.event_id)
                .values(erased_at=now, erased_lines=kept or 0)
            )
            erased += 1
    return erased
