"""Labels, cards and letters in the language of who reads them, with the goods called as they do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Item, ItemName
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.unit.papers.shown import text_of

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"


@pytest.fixture
def ada(app: Flask, client_for: ClientFor) -> Client:
    """Rice in a crate, called Arroz in Spanish; a donor who reads Spanish gave it."""
    with app.app_context():
        actor = find_actor("ada")
        put_crate(actor, CODE, at="Arrivals")
        line = ReceiptLine(item="Rice", quantity=8, crate_code=CODE, date="2031-05")
        given = ReceiveGoods(
            command_id=uuid4(), source_kind="donation", partner="Kestrel Bakery", lines=(line,)
        )
        receive_goods(given, actor)
        number = db.session.scalars(select(Item.id).where(Item.name == "Rice")).one()
        named = {"depot_id": actor.depot_id, "item_id": number, "language": "es"}
        db.session.execute(insert(ItemName).values(name="Arroz", name_key="arroz", **named))
        db.session.execute(text("update partner set language = 'es'"))
        db.session.commit()
    return client_for("ada")


def printed(client: Client, language: str) -> str:
    sent = {"command_id": str(uuid4()), "kind": "crates", "times": "1", "start_at": "1"}
    made = client.post(f"/crates/{CODE}/label", sent | {"sheet": "L7160", "language": language})
    if made.status_code == 303:
        made = client.raw(made.headers["Location"])
    assert made.mimetype == "application/pdf"
    return text_of(made.get_data())


def test_a_label_is_in_the_language_that_is_chosen_else_in_the_depots(
    app: Flask, ada: Client
) -> None:
    assert "Rice: 8" in printed(ada, "en")
    spanish = printed(ada, "es")
    assert "Arroz: 8" in spanish
    assert "consumo preferente" in spanish
    with app.app_context():
        db.session.execute(text("update depot set language = 'es'"))
        db.session.execute(text("update person set language = 'en'"))
        db.session.commit()
    page = ada.get(f"/crates/{CODE}/label?language=en")
    assert '<option value="es" selected>Español</option>' in page
    assert "Arroz: 8" in printed(ada, "")
    assert "Rice: 8" in printed(ada, "en")
    assert "Arroz: 8" in text_of(ada.raw(f"/crates/{CODE}/label.pdf").get_data())


def test_visit_cards_are_in_the_language_that_is_chosen(ada: Client) -> None:
    ada.post("/hand-outs/cards", {"command_id": str(uuid4()), "is_on": "yes"})
    assert '<option value="en" selected>' in ada.get("/hand-outs/cards")
    for language, words in (("", "Visit card"), ("en", "Visit card"), ("es", "Tarjeta")):
        sent = {"command_id": str(uuid4()), "cards": "1", "language": language}
        card = text_of(ada.post("/hand-outs/cards/print", sent).get_data())
        assert words in card, (language, card)


def test_a_donors_receipt_and_statement_call_goods_as_the_donor_does(
    app: Flask, ada: Client
) -> None:
    with app.app_context():
        found = db.session.execute(
            text("select id, partner_id from stock_entry where kind = 'receipt'")
        ).one()
    receipt = text_of(ada.raw(f"/papers/receipts/{found.id}.pdf").get_data())
    assert "Arroz" in receipt
    assert "Rice" in text_of(ada.raw(f"/papers/receipts/{found.id}.pdf?language=en").get_data())
    year = datetime.now(UTC).year
    address = f"/papers/donors/{found.partner_id}.pdf?year={year}"
    assert "Arroz" in text_of(ada.raw(address).get_data())
