"""A donor asks to be forgotten: how to reach them goes, what they gave stays."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden, NameTaken, NotFound
from depot.db.transaction import transaction
from depot.dropoffs.commands import (
    AnnounceDropOff,
    CallOffDropOff,
    announce_drop_off,
    call_off_drop_off,
)
from depot.mail.commands.queue import Letter, put_in_outbox
from depot.models import DropOff, MailOutbox, Partner
from depot.open_book.queries import setting_changes
from depot.partners.commands.erasing import ErasePartner, erase_partner
from depot.partners.commands.partners import SavePartner, save_partner
from tests.builders import NOW, World, clock
from tests.current import db

ADDRESS = "rosa@quux.example"


def save(who: Actor, name: str = "Rosa Quux") -> int:
    command = SavePartner(
        command_id=uuid4(), name=name, mail_address=ADDRESS, phone="0123 456", note="Rings twice"
    )
    return save_partner(command, who, clock).answer.id


def erase(who: Actor, partner_id: int, name: str = "") -> None:
    erase_partner(
        ErasePartner(command_id=uuid4(), partner_id=partner_id, name=name, why="asked"), who, clock
    )


def test_how_to_reach_them_goes_and_the_name_if_it_is_wished(world: World) -> None:
    rosa = save(world.ada)
    letter = Letter(to=ADDRESS, subject="Thanks", text="Dear Rosa")
    with transaction() as session:
        put_in_outbox(session, world.north.id, letter, NOW)
    erase(world.ada, rosa)
    kept = db.session.get_one(Partner, rosa)
    assert (kept.name, kept.mail_address, kept.phone, kept.note) == ("Rosa Quux", "", "", "")
    mail = db.session.scalars(select(MailOutbox)).one()
    assert (mail.to_address, mail.subject, mail.body) == ("", "", "")
    assert mail.given_up_at is not None
    told = setting_changes(db.session(), world.north.id, None, 1)[0]
    assert (told.kind, told.subject) == ("erasure", f"partner {rosa}")
    erase(world.ada, rosa, "A donor of 2026")
    db.session.expire_all()
    assert db.session.get_one(Partner, rosa).name == "A donor of 2026"


def test_settled_deliveries_are_theirs_under_the_new_name(world: World) -> None:
    rosa = save(world.ada)
    announced = AnnounceDropOff(
        command_id=uuid4(), donor="Rosa Quux", expected_at=clock(), lines=("Apples",)
    )
    number = announce_drop_off(announced, world.ada, clock).answer.id
    call_off_drop_off(CallOffDropOff(command_id=uuid4(), drop_off_id=number), world.ada, clock)
    erase(world.ada, rosa, "A donor")
    assert db.session.get_one(DropOff, number).donor == "A donor"


def test_who_may_and_whom(world: World) -> None:
    rosa = save(world.ada)
    save(world.ada, "Bakery")
    with pytest.raises(Forbidden):
        erase(world.ben, rosa)
    with pytest.raises(NotFound):
        erase(world.cleo, rosa)
    with pytest.raises(NameTaken):
        erase(world.ada, rosa, "bakery")
    assert db.session.get_one(Partner, rosa).phone == "0123 456"
