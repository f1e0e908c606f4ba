"""/recalls: started, listed, whole, looked for, told and closed by programs."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.safety.recalls.schemas import (
    CloseSchema,
    FindingAnswer,
    FindingSchema,
    IdAnswer,
    NoticeSchema,
    RecallsAnswer,
    RecallSchema,
    StartedAnswer,
    WholeRecallAnswer,
)
from blueprints.safety.recalls.words import gone_name
from depot.base.text import N_
from depot.safety.commands.findings import RecordFinding, record_finding
from depot.safety.commands.recalls import (
    CloseRecall,
    StartRecall,
    TellOfRecall,
    close_recall,
    start_recall,
    tell_of_recall,
)
from depot.safety.queries import recall_traces
from depot.safety.queries import recalls as query
from depot.safety.queries.recalls import HereRow, RecallRow

blp = ApiBlueprint("recalls_api", __name__, description="Goods that are called back.")


@blp.arguments(RecallSchema())
@blp.response(201, StartedAnswer)
def start(command: StartRecall) -> object:
    """Call goods back: hold what fits all that is named, and what was made of it."""
    return write_answer(start_recall(command, actor()))


@blp.arguments(PageQuery(), location="query")
@blp.response(200, RecallsAnswer)
def list_recalls(asked: dict[str, Any]) -> object:
    """List the recalls, the newest first; `after` is the id of the last one of a page."""
    session, who = reader()
    limit: int = asked["limit"]
    rows = query.recalls_after(session, who.depot_id, asked["after"] or None, limit + 1)
    return page_of("recalls", rows, limit)


@blp.response(200, WholeRecallAnswer)
def show(recall_id: int) -> object:
    """Return a recall: what is here, where the rest went, who is to be told, what was done."""
    session, who = reader()
    found = found_or_404(
        N_("recall"), recall_id, query.recall_row(session, who.depot_id, recall_id)
    )
    return _head(found) | _whole(found)


@blp.arguments(FindingSchema())
@blp.response(201, FindingAnswer)
def find(command: RecordFinding, recall_id: int) -> object:
    """Say what was found of it in a crate, or of a lot: destroyed, kept apart, or not there."""
    return write_answer(record_finding(replace(command, recall_id=recall_id), actor()))


@blp.arguments(NoticeSchema())
@blp.response(201, IdAnswer)
def tell(command: TellOfRecall, recall_id: int) -> object:
    """Write down that somebody was told of it."""
    return write_answer(tell_of_recall(replace(command, recall_id=recall_id), None, actor()))


@blp.may_take_two
@blp.not_for_everybody
@blp.arguments(CloseSchema())
@blp.response(201, IdAnswer)
def close(command: CloseRecall, recall_id: int) -> object:
    """Close it: a coordinator. Its hold stays until it is lifted."""
    return write_answer(close_recall(replace(command, recall_id=recall_id), actor()))


def _head(found: RecallRow) -> dict[str, Any]:
    names = ("id", "name", "state", "made_at", "made_by", "closed_at", "closed_by", "close_note")
    return {name: getattr(found, name) for name in names} | {"hold": {"id": found.hold.id}}


def _whole(found: RecallRow) -> dict[str, Any]:
    session, who = reader()
    trace = recall_traces.trace_of(session, who.depot_id, found)
    notices = query.notices_of(session, who.depot_id, found.id)
    told = {(one.kind, one.contact_id): one.told_at for one in notices[::-1]}
    reads = current_reader()
    return {
        "here": [_here(row) for row in query.goods_here(session, who.depot_id, found)],
        "gone": [asdict(row) | {"name": gone_name(row, reads)} for row in trace.gone],
        "made_of": trace.origins,
        "contacts": [
            {
                "kind": one.kind,
                "id": one.id,
                "name": one.name,
                "mail": one.mail if who.is_coordinator else "",
                "phone": one.phone if who.is_coordinator else "",
                "told_at": told.get((one.kind, one.id)),
            }
            for one in trace.contacts
        ],
        "findings": query.findings_of(session, who.depot_id, found.id),
        "notices": notices,
    }


def _here(row: HereRow) -> dict[str, Any]:
    goods = row.goods
    return {
        "location": goods.place,
        "location_id": goods.location_id,
        "crate_code": goods.crates[0] if goods.crates else None,
        "item": goods.item,
        "item_id": goods.item_id,
        "lot": goods.lot_id,
        "lot_code": goods.lot_code,
        "quantity": goods.quantity,
        "unit": goods.unit,
        "kept": row.kept,
    }
