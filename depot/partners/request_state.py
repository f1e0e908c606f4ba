"""What every command on an agency's request shares: finding it, its lines, whether it was taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select, update

from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRef, ItemRow, need_items
from depot.kernel.once import Work
from depot.models import GoodsRequest, GoodsRequestLine, Partner, StockEntry
from depot.partners.errors import NotAnAgency

MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class RequestedGoods:
    """So many base units of an item, by its id or name."""

    item: ItemRef
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRequest(Answer):
    """A request, whose it is, and its state now."""

    id: int
    agency: str
    state: str
    event_id: int | None = None


def need_agency(work: Work, partner_id: int) -> str:
    """Return the agency's name. Raises NotFound for another depot's partner, NotAnAgency."""
    row = None
    if 0 < partner_id < 2**63:
        row = work.session.execute(
            select(Partner.name, Partner.is_agency, Partner.archived).where(
                Partner.depot_id == work.depot_id, Partner.id == partner_id
            )
        ).one_or_none()
    if row is None:
        raise NotFound(what=N_("partner"), name=str(partner_id))
    if not row.is_agency or row.archived:
        raise NotAnAgency(field="partner", name=row.name)
    name: str = row.name
    return name


def need_request(work: Work, request_id: int, of_partner: int | None = None) -> GoodsRequest:
    """Return the depot's request; of one agency alone if that is given.

    Raises NotFound, also for another's.
    """
    found = None
    if 0 < request_id < 2**63:
        found = work.session.scalar(
            select(GoodsRequest)
            .where(GoodsRequest.depot_id == work.depot_id, GoodsRequest.id == request_id)
            .execution_options(populate_existing=True)
        )
    if found is None or of_partner not in (None, found.partner_id):
        raise NotFound(what=N_("request"), name=str(request_id))
    return found


def saved_request(work: Work, request: GoodsRequest, state: str) -> SavedRequest:
    """Return the answer about a request."""
    name = work.session.scalar(
        select(Partner.name).where(
            Partner.depot_id == work.depot_id, Partner.id == request.partner_id
        )
    )
    return SavedRequest(id=request.id, agency=name or "", state=state, event_id=request.event_id)


def set_request(work: Work, request_id: int, **values: object) -> None:
    """Write what changed of a request, with the time of it."""
    work.session.execute(
        update(GoodsRequest)
        .where(GoodsRequest.depot_id == work.depot_id, GoodsRequest.id == request_id)
        .values(changed_at=work.recorded_at, **values)
        .execution_options(synchronize_session=False)
    )


def entry_that_counts(work: Work, request: GoodsRequest) -> int | None:
    """Return the number of the entry by which it was handed over; None if none, or undone."""
    if request.entry_id is None:
        return None
    undone = exists().where(
        StockEntry.depot_id == work.depot_id, StockEntry.reverses_id == request.entry_id
    )
    return work.session.scalar(
        select(StockEntry.seq).where(
            StockEntry.depot_id == work.depot_id, StockEntry.id == request.entry_id, ~undone
        )
    )


def request_lines(work: Work, request_id: int) -> dict[int, GoodsRequestLine]:
    """Return the lines of a request by item."""
    rows = work.session.scalars(
        select(GoodsRequestLine)
        .where(
            GoodsRequestLine.depot_id == work.depot_id, GoodsRequestLine.request_id == request_id
        )
        .execution_options(populate_existing=True)
    )
    return {row.item_id: row for row in rows}


def added_up(
    work: Work, lines: Iterable[RequestedGoods]
) -> tuple[dict[int, int], dict[int, ItemRow]]:
    """Return how much of each item the lines say together, and the items.

    Raises UnknownItem, and Invalid for what is more or less than can be booked.
    """
    wanted = tuple(lines)
    found = need_items(work, [line.item for line in wanted])
    sums: dict[int, int] = {}
    for number, line in enumerate(wanted):
        item_id = found[line.item].id
        sums[item_id] = sums.get(item_id, 0) + line.quantity
        if not 0 <= sums[item_id] <= MAX_QUANTITY:
            problem = N_("That is more or less than can be booked.")
            raise Invalid(field=f"lines-{number}-quantity", problem=problem)
    return sums, {item.id: item for item in found.values()}


def write_lines(work: Work, request_id: int, asked: Mapping[int, int]) -> None:
    """Put what is asked for in place of what was asked before."""
    work.session.execute(
        delete(GoodsRequestLine).where(
            GoodsRequestLine.depot_id == work.depot_id, GoodsRequestLine.request_id == request_id
        )
    )
    owner = {"depot_id": work.depot_id, "request_id": request_id}
    work.session.execute(
        insert(GoodsRequestLine),
        [owner | {"item_id": item_id, "asked": asked[item_id]} for item_id in asked],
    )
