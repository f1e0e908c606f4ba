"""/events: planned, goods out and back, people counted, closed."""

from __future__ import annotations

from dataclasses import replace

from blueprints.distribution.pick_schemas import EventPickAnswer, EventPickSchema
from blueprints.distribution.schemas import (
    EventCallOffSchema,
    EventChangeSchema,
    EventCloseSchema,
    EventGoodsAnswer,
    EventGoodsPlanAnswer,
    EventGoodsPlanSchema,
    EventIssueSchema,
    EventPeopleAnswer,
    EventPeopleSchema,
    EventPlanSchema,
    EventReturnSchema,
    EventStateAnswer,
    HandOutListSchema,
    HandOutQuery,
    HandOutSchema,
    PlanSaid,
)
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.distribution.commands import events, picks, planning, plans
from depot.distribution.commands.picks import PickGoods
from depot.distribution.commands.plans import PlanGoods
from depot.distribution.queries.event_goods import goods_at
from depot.distribution.queries.event_plans import planned_lines
from depot.distribution.queries.events import event_row, events_after
from depot.distribution.queries.standing import item_standings
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels

blp = ApiBlueprint("distribution_api", __name__, description="Goods are handed out.")


@blp.arguments(HandOutQuery(), location="query")
@blp.response(200, HandOutListSchema)
def index(query: dict[str, int]) -> object:
    """List the hand-outs, the oldest first."""
    session, who = reader()
    limit = query["limit"]
    found = events_after(session, who.depot_id, query["after"], limit + 1)
    more = len(found) > limit
    return {"events": found[:limit], "next": found[limit - 1].id if more else None}


@blp.arguments(EventPlanSchema())
@blp.response(201, EventStateAnswer)
def plan(command: events.PlanEvent) -> object:
    """Plan a hand-out."""
    return write_answer(events.plan_event(command, actor()))


@blp.arguments(EventChangeSchema())
@blp.response(201, EventStateAnswer)
def change(command: planning.ChangeEvent, event_id: int) -> object:
    """Say anew when and where a hand-out is."""
    return write_answer(planning.change_event(replace(command, event_id=event_id), actor()))


@blp.response(200, HandOutSchema)
def show(event_id: int) -> object:
    """Tell of one hand-out."""
    session, who = reader()
    return found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))


@blp.response(200, EventGoodsPlanAnswer)
def show_plan(event_id: int) -> object:
    """Tell what a hand-out is to have, and how much of it is promised, and short."""
    session, who = reader()
    found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    planned = planned_lines(session, who.depot_id, event_id)
    goods = goods_at(session, who.depot_id, event_id)
    today = local_day(utc_now(), who.depot.time_zone)
    rows = item_standings(session, who.depot_id, event_id, today, planned, goods)
    return {"id": event_id, "items": len(planned), "lines": [row for row in rows if row.planned]}


@blp.arguments(EventGoodsPlanSchema())
@blp.response(201, EventGoodsPlanAnswer)
def plan_goods(said: PlanSaid, event_id: int) -> object:
    """Say what a hand-out is to have; as much of it as nobody else was promised is set aside."""
    if said.parcels is not None:
        planned = PlanParcels(command_id=said.command_id, event_id=event_id, parcels=said.parcels)
        return write_answer(plan_parcels(planned, actor()))
    command = PlanGoods(command_id=said.command_id, event_id=event_id, lines=said.lines or ())
    return write_answer(plans.plan_goods(command, actor()))


@blp.arguments(EventCallOffSchema())
@blp.response(201, EventStateAnswer)
def call_off(command: planning.CallOffEvent, event_id: int) -> object:
    """Call a planned hand-out off."""
    return write_answer(planning.call_off_event(replace(command, event_id=event_id), actor()))


@blp.arguments(EventPickSchema())
@blp.response(201, EventPickAnswer)
def pick(command: PickGoods, event_id: int) -> object:
    """Say what was fetched for a hand-out; no stock is moved."""
    return write_answer(picks.pick_goods(replace(command, event_id=event_id), actor()))


@blp.arguments(EventIssueSchema())
@blp.response(201, EventGoodsAnswer)
def issue(command: events.IssueAtEvent, event_id: int) -> object:
    """Hand out a crate, or lines booked oldest date first."""
    return write_answer(events.issue_at_event(replace(command, event_id=event_id), actor()))


@blp.arguments(EventReturnSchema())
@blp.response(201, EventGoodsAnswer)
def bring_back(command: events.ReturnGoods, event_id: int) -> object:
    """Bring back lines, or what is still out of a crate."""
    return write_answer(events.return_goods(replace(command, event_id=event_id), actor()))


@blp.arguments(EventPeopleSchema())
@blp.response(201, EventPeopleAnswer)
def people(command: events.CountPeople, event_id: int) -> object:
    """Add people helped; what is left out was not asked."""
    return write_answer(events.count_people(replace(command, event_id=event_id), actor()))


@blp.arguments(EventCloseSchema())
@blp.response(201, EventStateAnswer)
def close(command: events.CloseEvent, event_id: int) -> object:
    """Close a hand-out."""
    return write_answer(events.close_event(replace(command, event_id=event_id), actor()))
