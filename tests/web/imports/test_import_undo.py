"""An import is undone on its page, once, by who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.models import Item
from tests.clients import Client
from tests.current import db
from tests.web.imports.test_imports import pressed, uploaded

ClientFor = Callable[[str], Client]


def test_an_import_of_items_is_undone_on_the_page(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    address = uploaded(client, "items", "Item\nCorn\nPeas\n")
    assert pressed(client, address, client.get(address)).status_code == 303
    page = client.get("/imports/")
    undo = re.search(r'action="(/imports/\d+/undo)"', page)
    assert undo
    other = client_for("cleo").post(undo[1], {"command_id": str(uuid4())})
    assert other.status_code in (403, 404)
    assert client_for("ben").post(undo[1], {"command_id": str(uuid4())}).status_code == 403
    assert client.post(undo[1], {"command_id": str(uuid4())}).status_code == 303
    page = client.get("/imports/")
    assert "Undone. Removed: 2." in page
    assert undo[1] not in page
    with app.app_context():
        assert not db.session.scalars(select(Item.id).where(Item.name.in_(["Corn", "Peas"]))).all()
    again = client.post(undo[1], {"command_id": str(uuid4())})
    assert again.status_code == 409
