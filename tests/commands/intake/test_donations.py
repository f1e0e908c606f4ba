"""What was given, for those who gave it, and what a depot writes to them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import Forbidden, Invalid
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import MailAttachment, MailOutbox
from depot.partners.commands.donor_letters import SaveDonorLetter, save_donor_letter
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.statement_mails import MailStatements, StatementLetter, mail_statements
from depot.partners.queries.donations import (
    Statement,
    donors_of,
    find_donation,
    letter_words,
    statement_of,
    statements_of,
)
from tests.builders import World, clock


def give(world: World, partner: str | None, at: datetime, *lines: ReceiptLine) -> int:
    command = ReceiveGoods(command_id=uuid4(), lines=lines, partner=partner, occurred_at=at)
    entry_id = receive_goods(command, world.ada, clock).entry_id
    assert entry_id is not None
    return entry_id


def beans(quantity: int) -> ReceiptLine:
    return ReceiptLine(item="Beans", quantity=quantity, category="Tins and jars")


MARCH = datetime(2026, 3, 5, 9, tzinfo=UTC)
#: New Year in Berlin is still the old year in UTC.
NEW_YEAR = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
BREAD = ReceiptLine(category="Bread", weight_grams=4_000)


def bakery(world: World, year: int = 2026) -> Statement:
    (donor,) = [row for row in donors_of(world.session, world.north.id, year)]
    found = statement_of(world.session, world.north.id, donor.partner_id, year)
    assert found is not None
    return found


def test_a_donation_has_its_goods_and_their_weights(world: World) -> None:
    entry_id = give(world, "Bakery Lindt", MARCH, beans(10), beans(5), BREAD)
    gift = find_donation(world.session, world.north.id, entry_id)
    assert gift is not None
    assert (gift.partner, gift.given_on.isoformat(), gift.is_undone) == (
        "Bakery Lindt",
        "2026-03-05",
        False,
    )
    said = [(line.item, line.quantity, line.weight.grams) for line in gift.lines]
    assert said == [("Beans", 15, 6_000), ("Bread, loose", 4_000, 4_000)]
    assert gift.total.grams == 10_000
    assert find_donation(world.session, world.south.id, entry_id) is None
    assert find_donation(world.session, world.north.id, 10**30) is None


def test_a_year_is_that_of_the_depots_clock_and_what_was_undone_is_left_out(world: World) -> None:
    give(world, "Bakery Lindt", NEW_YEAR, beans(1))
    give(world, "Bakery Lindt", MARCH, beans(2))
    wrong = give(world, "Bakery Lindt", MARCH, beans(100))
    reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=wrong), world.ada, clock)
    give(world, None, MARCH, beans(3))
    found = bakery(world)
    assert [gift.lines[0].quantity for gift in found.donations] == [1, 2]
    assert [(name, total.grams) for name, total in found.by_category()] == [
        ("Tins and jars", 1_200)
    ]
    assert donors_of(world.session, world.north.id, 2025) == []
    (donor,) = donors_of(world.session, world.north.id, 2026)
    assert (donor.times, donor.last_on.isoformat()) == (2, "2026-03-05")
    undone = find_donation(world.session, world.north.id, wrong)
    assert undone is not None
    assert undone.is_undone


def test_who_was_paid_is_no_donor(world: World) -> None:
    give(world, "Cash & Carry", MARCH, beans(1))
    for kind in ("purchase", "transfer"):
        bought = ReceiveGoods(
            command_id=uuid4(),
            lines=(beans(50),),
            partner="Cash & Carry",
            source_kind=kind,
            occurred_at=MARCH,
        )
        entry_id = receive_goods(bought, world.ada, clock).entry_id
        assert entry_id is not None
        assert find_donation(world.session, world.north.id, entry_id) is None
    assert [gift.lines[0].quantity for gift in bakery(world).donations] == [1]
    (donor,) = donors_of(world.session, world.north.id, 2026)
    assert donor.times == 1


def test_all_statements_of_a_year_come_by_name_and_stay_in_their_depot(world: World) -> None:
    for name in ("Shop 10", "Shop 2", "Bakery"):
        give(world, name, MARCH, beans(1))
    found = list(statements_of(world.session, world.north.id, 2026))
    assert [one.partner for one in found] == ["Bakery", "Shop 2", "Shop 10"]
    assert list(statements_of(world.session, world.south.id, 2026)) == []
    assert statement_of(world.session, world.south.id, found[0].partner_id, 2026) is None


def test_the_words_for_donors_are_kept_and_filled_in(world: World) -> None:
    assert letter_words(world.session, world.north.id).thanks == ""
    command = SaveDonorLetter(
        command_id=uuid4(),
        sender="Norwood Mutual Aid\n12 Station Road",
        thanks="Dear {donor}, thank you for {weight} in {year}. {depot}, {date}",
        says_nothing_in_return=True,
    )
    save_donor_letter(command, world.ada, clock)
    assert save_donor_letter(command, world.ada, clock).repeated
    words = letter_words(world.session, world.north.id)
    facts = {"donor": "{weight}", "weight": "5 kg", "year": "2026", "depot": "N", "date": "today"}
    assert words.thanked(facts) == "Dear {weight}, thank you for 5 kg in 2026. N, today"
    assert words.says_nothing_in_return
    assert letter_words(world.session, world.south.id).sender == ""


@pytest.mark.parametrize("thanks", ["Dear {name}", "{donor", "donor}", "{donor.__class__}", "{}"])
def test_what_nobody_can_fill_in_is_refused(world: World, thanks: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_donor_letter(SaveDonorLetter(command_id=uuid4(), thanks=thanks), world.ada, clock)
    assert refused.value.field == "thanks"
    assert letter_words(world.session, world.north.id).thanks == ""


def test_a_volunteer_does_not_write_the_words_for_donors(world: World) -> None:
    with pytest.raises(Forbidden):
        save_donor_letter(SaveDonorLetter(command_id=uuid4(), thanks="Hi"), world.ben, clock)


def letter(partner_id: int) -> StatementLetter:
    return StatementLetter(partner_id, "Your year", "Thank you.", "north-2026.pdf", b"%PDF-1.4")


def queued(world: World) -> list[tuple[int, str]]:
    rows = world.session.execute(select(MailOutbox.depot_id, MailOutbox.to_address))
    return [(depot_id, address) for depot_id, address in rows]


def test_statements_are_mailed_once_to_those_who_have_an_address(world: World) -> None:
    ids = [
        save_partner(
            SavePartner(command_id=uuid4(), name=name, mail_address=address), who, clock
        ).body["id"]
        for name, address, who in (
            ("Bakery", "Bakery@Example.ORG", world.ada),
            ("Shop", "", world.ada),
            ("Grits Inc", "grits@example.org", world.cleo),
        )
    ]
    command = MailStatements(command_id=uuid4(), year=2026)
    letters = [letter(number) for number in ids]
    assert mail_statements(command, letters, world.ada, clock).body == {"queued": 1}
    assert mail_statements(command, letters, world.ada, clock).repeated
    assert queued(world) == [(world.north.id, "Bakery@example.org")]
    (file,) = world.session.scalars(select(MailAttachment)).all()
    assert (file.name, file.media_type) == ("north-2026.pdf", "application/pdf")


def test_a_volunteer_mails_no_statements(world: World) -> None:
    with pytest.raises(Forbidden):
        mail_statements(MailStatements(command_id=uuid4(), year=2026), [], world.ben, clock)


@pytest.mark.parametrize("address", ["ann", "ann@x\nBcc: eve@x.org", "a@b.org, c@d.org"])
def test_an_address_that_is_none_is_refused_at_its_field(world: World, address: str) -> None:
    command = SavePartner(command_id=uuid4(), name="Bakery", mail_address=address)
    with pytest.raises(Invalid) as refused:
        save_partner(command, world.ada, clock)
    assert refused.value.field == "mail_address"
