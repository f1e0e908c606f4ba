"""What each end of a transfer keeps, for who books arrivals and who undoes them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, update

from depot.kernel.draft import settle_discrepancies
from depot.kernel.once import Work
from depot.ledger.sql import table_of
from depot.models import Discrepancy, TransferLine


def sent_line(depot_id: int, transfer_id: int, **values: Any) -> Update:
    """Return the statement that writes `values` into the sent line named `number` at one end."""
    lines = table_of(TransferLine)
    return (
        update(lines)
        .where(
            lines.c.depot_id == depot_id,
            lines.c.transfer_id == transfer_id,
            ~lines.c.is_asked,
            lines.c.line == bindparam("number"),
        )
        .values(**values)
    )


def settle_differences(
    work: Work, depot_id: int, transfer_id: int, resolution: str, *which: ColumnElement[bool]
) -> None:
    """Settle what one end was asked to look at of a transfer, all of it or what `which` names."""
    about = (Discrepancy.kind == "transfer_difference") & (Discrepancy.detail == str(transfer_id))
    for one in which:
        about &= one
    settle_discrepancies(work, resolution, about, depot_id)
