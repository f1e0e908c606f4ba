"""What an agency asked for is handed over: what was really taken, and who signed for it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Invalid
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.planning import PackEvent, pack_event
from depot.distribution.queries.event_plans import planned_lines
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.models import (
    StockEntry,
)
from depot.partners.commands.answers import (
    ApproveRequest,
    DeclineRequest,
    approve_request,
    decline_request,
)
from depot.partners.commands.hand_over import (
    HandOverRequest,
    hand_over_code,
    hand_over_request,
)
from depot.partners.errors import (
    AlreadyHandedOver,
    MoreIsOut,
    WrongHandOverCode,
)
from depot.partners.queries.requests import (
    signature_of,
)
from tests.builders import SECRET_KEY, World, clock
from tests.commands.partners.agencies import (
    agency,
    approved,
    asked,
    by_link,
    event,
    goods,
    handed,
    request,
    stocked,
)
from tests.current import db
from tests.signatures import SIGNED
from tests.stock_text import lines, moves, rows, stock


def partner_of(entry_id: int | None) -> int | None:
    return db.session.scalar(select(StockEntry.partner_id).where(StockEntry.id == entry_id))


def test_an_agency_asks_and_takes_it_and_the_issue_has_it_as_partner(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2, 10 Beans/2027-08 @ Shelf B2")
    ark = agency(world.ada)
    number = asked(by_link(world.ada), ark, Rice=20, Beans=4)
    assert request(world.ada, number).standing == "asked"
    assert len(stock(world.ben)) == 2  # nothing moved
    event_id = approved(world.ada, number)
    planned = planned_lines(db.session(), world.ada.depot_id, event_id)
    assert [(line.item, line.quantity) for line in planned] == [("Beans", 4), ("Rice", 20)]
    assert event(event_id).name == "Ark"
    pack_event(PackEvent(command_id=uuid4(), event_id=event_id), world.ben, clock)
    assert request(world.ada, number).standing == "packed"
    told = handed(world.ben, number, signed_by="Noa", signature=SIGNED)
    assert moves(told.entry_id) == lines(
        "20 Rice/2027-05: Shelf B2 > recipient, 4 Beans/2027-08: Shelf B2 > recipient"
    )
    assert partner_of(told.entry_id) == ark
    found = request(world.ada, number)
    assert (found.standing, found.signed_by, found.signed_how) == ("taken", "Noa", "drawn")
    assert found.differences == ()
    assert event(event_id).state == "closed"
    assert signature_of(db.session(), world.ada.depot_id, told.entry_id or 0)
    assert signature_of(db.session(), world.cleo.depot_id, told.entry_id or 0) is None
    assert stock(world.ben) == rows("6 Beans/2027-08 @ Shelf B2, 4 Rice/2027-05 @ Shelf B2")


def test_the_same_command_twice_is_done_once(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    yes = ApproveRequest(command_id=uuid4(), request_id=number)
    assert approve_request(yes, world.ada, clock).answer == (
        approve_request(yes, world.ada, clock).answer
    )
    take = HandOverRequest(command_id=uuid4(), request_id=number)
    first = hand_over_request(take, world.ben, SECRET_KEY, clock)
    again = hand_over_request(take, world.ben, SECRET_KEY, clock)
    assert (first.answer, again.repeated) == (again.answer, True)
    assert stock(world.ben) == rows("4 Rice/2027-05 @ Shelf B2")


def test_what_was_really_taken_is_booked_and_the_differences_are_kept(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2, 10 Beans/2027-08 @ Shelf B2, 5 Tea @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20, Beans=4)
    approved(world.ada, number, Rice=12, Beans=4)
    told = handed(world.ben, number, lines=goods(Rice=10, Tea=2))
    assert moves(told.entry_id) == lines(
        "10 Rice/2027-05: Shelf B2 > recipient, 2 Tea: Shelf B2 > recipient"
    )
    found = request(world.ada, number)
    assert [(one.item, one.asked, one.approved, one.taken) for one in found.lines] == [
        ("Beans", 4, 4, 0),
        ("Rice", 20, 12, 10),
        ("Tea", 0, None, 2),
    ]
    assert [one.item for one in found.differences] == ["Beans", "Rice", "Tea"]


def test_what_went_out_crate_by_crate_is_not_booked_again(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    ark = agency(world.ada)
    number = asked(world.ada, ark, Rice=20)
    event_id = approved(world.ada, number)
    at_table = IssueAtEvent(
        command_id=uuid4(), event_id=event_id, lines=(IssueLine(item="Rice", quantity=15),)
    )
    assert partner_of(issue_at_event(at_table, world.ben, clock).entry_id) == ark
    with pytest.raises(MoreIsOut, match="15"):
        handed(world.ben, number, lines=goods(Rice=14))
    handed(world.ben, number)
    assert stock(world.ben) == rows("4 Rice/2027-05 @ Shelf B2")


def test_all_of_it_went_out_before_and_is_only_signed_for(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    issue = IssueAtEvent(
        command_id=uuid4(),
        event_id=approved(world.ada, number),
        lines=(IssueLine(item="Rice", quantity=20),),
    )
    went = issue_at_event(issue, world.ben, clock).entry_id
    assert handed(world.ben, number, signed_by="Noa", signature=SIGNED).entry_id is None
    found = request(world.ada, number)
    assert (found.standing, found.entry_id) == ("taken", went)


def test_an_undone_hand_over_is_to_be_handed_over_again(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    approved(world.ada, number)
    told = handed(world.ben, number, signed_by="Noa", signature=SIGNED)
    with pytest.raises(AlreadyHandedOver):
        handed(world.ben, number)
    undo = ReverseEntry(command_id=uuid4(), entry_id=told.entry_id or 0)
    reverse_entry(undo, world.ada, clock)
    found = request(world.ada, number)
    assert (found.standing, found.signed_by) == ("approved", "")
    again = handed(world.ben, number, lines=goods(Rice=18), signed_by="Noa", signature=SIGNED)
    assert again.discrepancies == ()
    assert stock(world.ben) == rows("6 Rice/2027-05 @ Shelf B2")


def test_a_code_signs_and_another_one_does_not(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    approved(world.ada, number)
    code = hand_over_code(SECRET_KEY, world.ada.depot_id, number)
    assert re.fullmatch(r"\d{6}", code)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    with pytest.raises(WrongHandOverCode):
        handed(world.ben, number, signed_by="Noa", code=wrong)
    with pytest.raises(Invalid, match="Who took it"):
        handed(world.ben, number, code=code)
    with pytest.raises(Invalid, match="draw"):
        handed(world.ben, number, signed_by="Noa")
    handed(world.ben, number, signed_by="Noa", code=f" {code[:3]} {code[3:]}")
    assert request(world.ada, number).signed_how == "code"
    assert code != hand_over_code(SECRET_KEY, world.ada.depot_id, number + 1)


def test_what_was_handed_over_is_declined_no_more(world: World) -> None:
    stocked(world.ben, "24 Rice/2027-05 @ Shelf B2")
    number = asked(world.ada, agency(world.ada), Rice=20)
    approved(world.ada, number)
    handed(world.ben, number)
    with pytest.raises(AlreadyHandedOver):
        decline_request(DeclineRequest(command_id=uuid4(), request_id=number), world.ada, clock)
