"""An agency asks; it is approved in full or in part, handed over, and signed for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound, UnknownItem
from depot.base.secrets import secret_hash
from depot.models import (
    AgencyLink,
    AgencyStatement,
    GoodsRequest,
)
from depot.partners.commands.agencies import (
    EndAgencyLink,
    MakeAgencyLink,
    StateAgency,
    agency_secret,
    end_agency_link,
    make_agency_link,
    state_agency,
)
from depot.partners.commands.answers import (
    ApproveRequest,
    DeclineRequest,
    approve_request,
    decline_request,
)
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.requests import (
    MOST_WAITING,
    AskForGoods,
    ChangeRequest,
    WithdrawRequest,
    ask_for_goods,
    change_request,
    withdraw_request,
)
from depot.partners.errors import (
    MoreThanAsked,
    MoreThanFree,
    NotAnAgency,
    NotApproved,
    RequestSettled,
    TooManyRequests,
)
from depot.partners.offers import free_goods
from depot.partners.queries.agencies import find_link_holder, list_agencies, said_by
from depot.partners.queries.requests import (
    open_requests,
    proposals,
    requests_of,
    settled_requests,
)
from depot.partners.request_state import RequestedGoods
from tests.builders import NOW, SECRET_KEY, World, clock
from tests.commands.partners.agencies import (
    NEEDED,
    agency,
    approved,
    asked,
    by_link,
    event,
    goods,
    handed,
    item_id,
    request,
    stocked,
)
from tests.current import db


def linked(actor: Actor, partner_id: int) -> str:
    """Give an agency a link; return its secret."""
    command = MakeAgencyLink(command_id=uuid4(), partner_id=partner_id)
    make_agency_link(command, actor, SECRET_KEY, clock)
    return agency_secret(SECRET_KEY, actor.depot_id, command.command_id)


def holder(secret: str) -> int | None:
    found = find_link_holder(db.session(), secret_hash(secret))
    return found.partner_id if found else None


def test_no_more_is_approved_than_asked_and_than_is_free(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2, 9 Ham/use by 2026-11-25 @ Shelf B2")
    ark = agency(world.ada)
    number = asked(world.ada, ark, Rice=30, Ham=3)
    with pytest.raises(MoreThanFree, match="30"):
        approved(world.ada, number, Rice=30)
    with pytest.raises(MoreThanFree, match="Ham"):  # it is past by then
        approved(world.ada, number, Rice=24, Ham=3)
    with pytest.raises(MoreThanAsked, match="30"):
        approved(world.ada, number, Rice=31)
    stocked(world.ben, "3 Beans @ Shelf B2")
    with pytest.raises(MoreThanAsked, match="Beans"):
        approved(world.ada, number, Rice=1, Beans=1)
    with pytest.raises(Invalid, match="decline"):
        approved(world.ada, number, Rice=0)
    approved(world.ada, number, Rice=24)


def test_two_agencies_are_never_promised_the_same(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark, bridge = agency(world.ada), agency(world.ada, "Bridge")
    first, second = asked(world.ada, ark, Rice=20), asked(world.ada, bridge, Rice=10)
    approved(world.ada, first)
    offers = free_goods(db.session(), world.ada.depot_id, NEEDED, NOW.date())
    assert [offer.free for offer in offers] == [4]
    with pytest.raises(MoreThanFree):
        approved(world.ada, second)
    decline_request(DeclineRequest(command_id=uuid4(), request_id=first), world.ada, clock)
    approved(world.ada, second)  # what was promised is free again
    handed(world.ben, second, lines=goods(Rice=7))
    offers = free_goods(db.session(), world.ada.depot_id, NEEDED, NOW.date())
    assert [offer.free for offer in offers] == [17]


def test_it_is_ready_on_no_day_that_is_over(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    late = ApproveRequest(command_id=uuid4(), request_id=number, starts_at=NOW - timedelta(days=1))
    with pytest.raises(Invalid):
        approve_request(late, world.ada, clock)


def test_through_its_link_an_agency_asks_for_no_more_than_is_free(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2, 9 Ham/use by 2026-11-25 @ Shelf B2")
    ark, link = agency(world.ada), by_link(world.ada)
    with pytest.raises(MoreThanFree, match="24"):
        asked(link, ark, Rice=25)
    with pytest.raises(MoreThanFree):
        asked(link, ark, Ham=1)
    assert asked(link, ark, date(2026, 11, 22), Ham=9)
    offers = free_goods(db.session(), world.ada.depot_id, NEEDED, NOW.date())
    assert [(offer.item, offer.free) for offer in offers] == [("Rice", 24)]


def test_a_request_is_changed_and_withdrawn_until_it_is_answered(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark, link = agency(world.ada), by_link(world.ada)
    number = asked(link, ark, Rice=20)
    change = ChangeRequest(
        command_id=uuid4(),
        request_id=number,
        needed_on=NEEDED + timedelta(days=1),
        lines=goods(Rice=5),
        partner_id=ark,
    )
    change_request(change, link, clock)
    found = request(world.ada, number)
    assert (found.needed_on.day, found.lines[0].asked) == (29, 5)
    other = agency(world.ada, "Bridge")
    for one in (other, None):
        with pytest.raises((NotFound, Forbidden)):
            change_request(replace(change, command_id=uuid4(), partner_id=one), link, clock)
        gone = WithdrawRequest(command_id=uuid4(), request_id=number, partner_id=one)
        with pytest.raises((NotFound, Forbidden)):
            withdraw_request(gone, link, clock)
    approved(world.ada, number)
    with pytest.raises(RequestSettled):
        change_request(replace(change, command_id=uuid4()), link, clock)
    taken_back = WithdrawRequest(command_id=uuid4(), request_id=number, partner_id=ark)
    with pytest.raises(RequestSettled):
        withdraw_request(taken_back, link, clock)
    second = asked(link, ark, Rice=2)
    withdraw_request(replace(taken_back, request_id=second), link, clock)
    assert request(world.ada, second).standing == "withdrawn"


def test_an_approval_is_taken_back_and_calls_its_hand_out_off(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    event_id = approved(world.ada, number)
    no = DeclineRequest(command_id=uuid4(), request_id=number, answer="The van broke down.")
    decline_request(no, world.ada, clock)
    assert request(world.ada, number).standing == "declined"
    assert event(event_id).called_off_at == NOW
    with pytest.raises(NotApproved):
        handed(world.ben, number)
    with pytest.raises(RequestSettled):
        decline_request(replace(no, command_id=uuid4()), world.ada, clock)


def test_a_volunteer_hands_over_and_answers_nothing(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada)
    number = asked(world.ben, ark, Rice=20)  # somebody rang
    for actor in (world.ben, by_link(world.ada)):
        with pytest.raises(Forbidden):
            approved(actor, number)
        with pytest.raises(Forbidden):
            decline_request(DeclineRequest(command_id=uuid4(), request_id=number), actor, clock)
        with pytest.raises(Forbidden):
            linked(actor, ark)
    said = StateAgency(command_id=uuid4(), partner_id=ark, people=3)
    with pytest.raises(Forbidden):
        state_agency(said, world.ben, clock)


def test_the_outsider_touches_and_sees_nothing(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada, people=50)
    number = asked(world.ada, ark, Rice=20)
    cleo, depot_id = world.cleo, world.cleo.depot_id
    with pytest.raises(NotFound):
        approved(cleo, number)
    with pytest.raises(NotFound):
        handed(cleo, number)
    with pytest.raises(NotFound):
        decline_request(DeclineRequest(command_id=uuid4(), request_id=number), cleo, clock)
    with pytest.raises(NotFound):
        withdraw_request(WithdrawRequest(command_id=uuid4(), request_id=number), cleo, clock)
    with pytest.raises((NotFound, UnknownItem)):
        asked(cleo, ark, Rice=1)
    with pytest.raises(NotFound):
        state_agency(StateAgency(command_id=uuid4(), partner_id=ark, people=3), cleo, clock)
    with pytest.raises(NotFound):
        linked(cleo, ark)
    secret = linked(world.ada, ark)
    end_agency_link(EndAgencyLink(command_id=uuid4(), partner_id=ark), cleo, clock)
    assert holder(secret) == ark
    session = db.session()
    assert list_agencies(session, depot_id) == []
    assert open_requests(session, depot_id, NOW.date()) == requests_of(session, depot_id, ark) == []
    assert said_by(session, depot_id, ark) == []
    with pytest.raises(UnknownItem):
        asked(cleo, agency(cleo), Rice=1)
    by_number = AskForGoods(
        command_id=uuid4(),
        partner_id=agency(cleo, "Other"),
        needed_on=NEEDED,
        lines=(RequestedGoods(item_id(world.ada, "Rice"), 1),),
    )
    with pytest.raises(UnknownItem):
        ask_for_goods(by_number, cleo, clock)


def test_only_an_agency_asks(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    shop = save_partner(SavePartner(command_id=uuid4(), name="Shop"), world.ada, clock).answer.id
    with pytest.raises(NotAnAgency):
        asked(world.ada, shop, Rice=1)
    with pytest.raises(NotAnAgency):
        linked(world.ada, shop)
    ark = agency(world.ada)
    secret = linked(world.ada, ark)
    assert holder(secret) == ark
    gone = SavePartner(
        command_id=uuid4(), partner_id=ark, name="Ark", is_agency=True, archived=True
    )
    save_partner(gone, world.ada, clock)
    assert holder(secret) is None
    with pytest.raises(NotAnAgency):
        asked(by_link(world.ada), ark, Rice=1)


def test_a_link_ends_with_the_next_and_its_secret_is_nowhere(world: World) -> None:
    ark = agency(world.ada)
    first = linked(world.ada, ark)
    second = linked(world.ada, ark)
    assert (holder(first), holder(second)) == (None, ark)
    kept = db.session.execute(select(AgencyLink)).scalars()
    assert not any(secret in str(vars(row)) for row in kept for secret in (first, second))
    end_agency_link(EndAgencyLink(command_id=uuid4(), partner_id=ark), world.ada, clock)
    assert holder(second) is None
    assert list_agencies(db.session(), world.ada.depot_id)[0].link_since is None


def test_what_an_agency_says_of_itself_is_kept_with_its_day(world: World) -> None:
    ark = agency(world.ada, people=60)
    said = StateAgency(command_id=uuid4(), partner_id=ark, people=300, per="month", needs="no nuts")
    state_agency(said, by_link(world.ada), lambda: NOW + timedelta(days=3))
    found = said_by(db.session(), world.ada.depot_id, ark)
    assert [(one.people, one.per, one.said_on.day, one.by_agency) for one in found] == [
        (300, "month", 24, True),
        (60, "week", 21, False),
    ]
    row = list_agencies(db.session(), world.ada.depot_id)[0]
    assert row.said == found[0]
    for wrong in (-1, 1_000_001):
        with pytest.raises(Invalid):
            state_agency(replace(said, command_id=uuid4(), people=wrong), world.ada, clock)
    assert db.session.scalar(select(func.count()).select_from(AgencyStatement)) == 2


def test_short_goods_are_proposed_in_proportion_to_people_served(world: World) -> None:
    stocked(world.ben, "30 Rice/2027-05 @ Shelf B2, 50 Beans @ Shelf B2")
    ark, bridge = agency(world.ada, people=200), agency(world.ada, "Bridge", people=100)
    first = asked(world.ada, ark, Rice=30, Beans=5)
    second = asked(world.ada, bridge, Rice=30)
    found = proposals(db.session(), world.ada.depot_id, request(world.ada, first), NOW.date())
    rice, beans = found[item_id(world.ada, "Rice")], found[item_id(world.ada, "Beans")]
    assert (rice.free, rice.asked_by_all, rice.agencies, rice.share) == (30, 60, 2, 20)
    assert (beans.share, beans.is_short, rice.is_short) == (5, False, True)
    other = proposals(db.session(), world.ada.depot_id, request(world.ada, second), NOW.date())
    assert other[item_id(world.ada, "Rice")].share == 10


def test_an_agency_has_only_so_many_that_wait(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada)
    for _number in range(MOST_WAITING):
        asked(world.ada, ark, Rice=1)
    with pytest.raises(TooManyRequests):
        asked(world.ada, ark, Rice=1)
    assert db.session.scalar(select(func.count()).select_from(GoodsRequest)) == MOST_WAITING


def test_the_lists_tell_what_waits_and_what_is_settled(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada)
    later = asked(world.ada, ark, NEEDED + timedelta(days=2), Rice=1)
    sooner = asked(world.ada, ark, Rice=2)
    done = asked(world.ada, ark, Rice=3)
    approved(world.ada, done)
    session, depot_id = db.session(), world.ada.depot_id
    assert [row.id for row in open_requests(session, depot_id, NOW.date())] == [sooner, done, later]
    handed(world.ben, done)
    assert [row.id for row in open_requests(session, depot_id, NOW.date())] == [sooner, later]
    assert [row.id for row in settled_requests(session, depot_id)] == [done]


def test_a_day_that_cannot_be_is_refused(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada)
    for day in (date(2026, 11, 20), date(2028, 1, 1)):
        with pytest.raises(Invalid):
            asked(world.ada, ark, day, Rice=1)
    with pytest.raises(Invalid):
        asked(world.ada, ark, Rice=0)
