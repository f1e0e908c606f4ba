"""Each page, list and paper calls an item as its reader does; only some say its own name too."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from flask import Flask
from sqlalchemy import insert, select

from depot.models import Item, ItemName
from tests.builders import find_actor
from tests.clients import Client
from tests.current import db
from tests.unit.papers.shown import text_of
from tests.unwrapped import cells_of
from tests.web.depot_addresses import furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

#: Pages that say an item's own name as well, each with the reason.
OWN_NAME: Final = {
    "items.item": "its names in all languages stand there",
    "items.edit_item": "its own name is edited there",
    "items.items_file": "read back by an import, with a column for each language",
    "playbooks.own": "a playbook keeps own names, to be taken elsewhere",
    "playbooks.about_own": "the same",
    "dropoffs.index": "what a donor wrote that they would bring",
    "dropoffs.show": "the same",
    "transfers.file": "a file for another depot's program",
}
#: What is kept as it was told, whoever reads: filed reports, the report that will be filed, what is
#: sent to programs.
KEPT: Final = (
    "reports",
    "report_forms",
    "sharing",
    "api_docs",
    "programs",
    "exporting",
    "open_book",
)


def words_of(mimetype: str, data: bytes) -> str:
    """Return what an answer says."""
    if mimetype == "application/pdf":
        return text_of(data)
    if "spreadsheet" in mimetype:
        return "\n".join(cells_of(data))
    text = data.decode("utf-8-sig", "replace")
    if mimetype == "text/html":
        text = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "\n", text))
    return text


def test_an_item_is_called_as_its_reader_calls_it(app: Flask) -> None:
    north = furnish(app)
    with app.app_context():
        items = db.session.execute(select(Item.id, Item.name, Item.depot_id)).all()
        for number, _name, depot_id in items:
            called = f"صنف{number}"
            named = {"depot_id": depot_id, "item_id": number, "language": "ar"}
            db.session.execute(insert(ItemName).values(name=called, name_key=called, **named))
        db.session.commit()
        here = find_actor("ada").depot_id
    # what another depot sent and nobody took in is called as its sender called it
    names = [name for _id, name, depot in items if depot == here and name.startswith("Zzyzx ")]
    ada, found, called_so = Client.signed_in(app, "ada"), {}, 0
    for rule in rules(app, "GET"):
        part = rule.endpoint.partition(".")[0]
        unread = rule.endpoint in OWN_NAME.keys() | NAMES_NOTHING
        if unread or part in KEPT or part.endswith("_api"):
            continue
        address = north.address(rule)
        answer = ada.raw(f"{address}{'&' if '?' in address else '?'}language=ar")
        if answer.status_code != 200:
            continue
        told = words_of(answer.mimetype or "", answer.get_data())
        called_so += "صنف" in told
        if shown := [name for name in names if name in told]:
            found[rule.endpoint] = shown
    assert found == {}
    assert called_so > 30
