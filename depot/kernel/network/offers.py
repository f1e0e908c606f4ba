"""What was taken of an offer and does not go after all may be taken again."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select, update

from depot.kernel.once import Work
from depot.models import Offer, Transfer, TransferLine


def give_back(work: Work, code: str, ends: Collection[int | None]) -> None:
    """Put what the transfer was to bring back into the offer it was taken of, if it was of one.

    `ends` are the depots of both ends, as far as they are kept here.
    Called once a transfer: when it was declined, or what was sent was undone.
    """
    row = work.session.execute(
        select(Transfer.depot_id, Transfer.offer_id, func.sum(TransferLine.quantity))
        .join(
            TransferLine,
            (TransferLine.depot_id == Transfer.depot_id)
            & (TransferLine.transfer_id == Transfer.id)
            & TransferLine.is_asked,
        )
        .where(
            Transfer.code == code,
            Transfer.direction == "out",
            Transfer.offer_id.is_not(None),
            Transfer.depot_id.in_([one for one in ends if one is not None]),
        )
        .group_by(Transfer.depot_id, Transfer.offer_id)
    ).one_or_none()
    if row is None:
        return
    depot_id, offer_id, quantity = row
    work.session.execute(
        update(Offer)
        .where(Offer.depot_id == depot_id, Offer.id == offer_id)
        .values(taken=Offer.taken - int(quantity))
        .execution_options(synchronize_session=False)
    )
