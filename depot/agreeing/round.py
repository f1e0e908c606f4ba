"""What comes round again: what was in commands that waited is dropped when their days are over."""

from __future__ import annotations

from sqlalchemy import delete, select

from depot.base.clock import Clock, utc_now
from depot.db.transaction import transaction
from depot.models import AskedAct, AskedInput


def drop_old_inputs(clock: Clock = utc_now) -> None:
    """Drop what was in commands whose days are over: names of who was invited, notes."""
    with transaction() as session:
        over = select(AskedAct.id).where(
            AskedAct.id == AskedInput.asked_id,
            AskedAct.depot_id == AskedInput.depot_id,
            AskedAct.until_at <= clock(),
        )
        session.execute(
            delete(AskedInput).where(over.exists()).execution_options(synchronize_session=False)
        )
