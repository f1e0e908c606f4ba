"""Papers as pages and as PDFs: what stands on them, and who may have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import zxingcpp
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.handouts import IssueAtEvent, IssueLine, issue_at_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.mail.server import mail_server
from depot.models import MailAttachment, MailOutbox
from depot.stock.queries.items import all_movements, movements
from tests.book import Book
from tests.builders import NOW, find_actor, receive
from tests.clients import Client
from tests.commands.shelves import location_id_of, put_crate, put_place
from tests.current import db
from tests.unit.papers.shown import pictures, text_of
from tests.web.depot_addresses import MARK, furnish

ClientFor = Callable[[str], Client]
CODE = "7K3M-9QX2"
YEAR = utc_now().year
EVIL = "<b>=cmd|' /C calc'!A0</b>"


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """The north with rice on a shelf, beans in a crate there, a donor and a hand-out."""
    with app.app_context():
        ada = find_actor("ada")
        put_place(ada, "Shelf 2")
        put_crate(ada, CODE, at="Shelf 2")
        rice = ReceiptLine(item="Rice", quantity=20, location="Shelf 2", date="2031-05")
        beans = ReceiptLine(
            item="Beans", quantity=12, category="Tins and jars", crate_code=CODE, date="2030-01"
        )
        bread = ReceiptLine(category="Bread", weight_grams=4_000)
        given = ReceiveGoods(command_id=uuid4(), lines=(rice, beans, bread), partner="Bakery Lindt")
        entry = receive_goods(given, ada)
        receive(ada, 1, EVIL)
        planned = PlanEvent(
            command_id=uuid4(), name="Market", starts_at=utc_now(), expected_households=40
        )
        event_id = plan_event(planned, ada).body["id"]
        lines = (PlannedGoods("Rice", 15), PlannedGoods("Beans", 20))
        plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=lines), ada)
        out = IssueAtEvent(
            command_id=uuid4(), event_id=event_id, lines=(IssueLine(item="Rice", quantity=5),)
        )
        issue_at_event(out, ada)
        shelf = location_id_of(ada, "Shelf 2")
    assert entry.entry_id is not None
    return {"entry": entry.entry_id, "event": event_id, "shelf": shelf}


def pdf(client: Client, path: str) -> str:
    answer = client.raw(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.content_type == "application/pdf"
    assert "filename=" in answer.headers["Content-Disposition"]
    return text_of(answer.get_data())


def said(client: Client, page: str, query: str = "") -> tuple[str, str]:
    """Return the page and the text of its PDF, to which the page leads."""
    html = client.get(page + query)
    assert f"{page}.pdf{query}".replace("&", "&amp;") in html
    return html, pdf(client, f"{page}.pdf{query}")


@pytest.mark.usefixtures("ids")
def test_the_stock_list_says_what_lies_where(client_for: ClientFor) -> None:
    html, text = said(client_for("ben"), "/papers/stock")
    for told in ("Arrivals", "Shelf 2", "Rice", "best before May 2031", CODE, "4.8 kg"):
        assert told in html, told
        assert told in text, told
    assert "Rice best before May 2031 Allergens not known not weighed 15" in text.replace(
        "about ", ""
    )
    assert "&lt;b&gt;=cmd" in html
    assert EVIL in text


def test_a_stock_list_of_one_place_leaves_out_the_others(
    client_for: ClientFor, ids: dict[str, int]
) -> None:
    _html, text = said(client_for("ben"), "/papers/stock", f"?place={ids['shelf']}")
    assert "Rice" in text
    assert "Bread, loose" not in text
    for wrong in ("999999", "x", "9" * 30):
        client_for("ben").get(f"/papers/stock?place={wrong}", status=404)
    client_for("cleo").get(f"/papers/stock?place={ids['shelf']}", status=404)


@pytest.mark.usefixtures("ids")
def test_a_blind_count_sheet_says_nothing_of_the_book(client_for: ClientFor) -> None:
    ben = client_for("ben")
    _html, text = said(ben, "/papers/count")
    assert "The book says" in text
    assert "Beans best before Jan 2030 7K3M-9QX2 12" in text
    html, blind = said(ben, "/papers/count", "?blind=yes")
    assert "The book says" not in blind
    assert "Beans best before Jan 2030 7K3M-9QX2\n" in blind
    assert "Counted by" in blind
    assert ">12<" not in html


@pytest.mark.usefixtures("ids")
def test_the_list_of_what_goes_first_has_what_is_due(client_for: ClientFor, app: Flask) -> None:
    with app.app_context():
        receive(find_actor("ada"), 3, "Ham", date=str(utc_now().date()), date_kind="use_by")
    html, text = said(client_for("ben"), "/papers/first", "?days=14")
    assert "Ham" in text
    assert "Rice" not in text
    assert "within 14 days" in html


@pytest.mark.usefixtures("ids")
def test_a_crates_history_has_its_symbol(client_for: ClientFor, tmp_path: Path) -> None:
    ben = client_for("ben")
    html, text = said(ben, f"/papers/crates/{CODE}")
    assert "Beans best before Jan 2030" in text
    assert "Shelf 2" in html
    (page,) = pictures(ben.raw(f"/papers/crates/{CODE}.pdf").get_data(), tmp_path, dpi=150)
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text.endswith(f"/C/{CODE}")


def test_an_item_card_has_every_movement_with_the_balance(
    client_for: ClientFor, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        entries = [receive(ada, 1, "Rice").entry_id for _n in range(120)]
        reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entries[-1] or 0), ada)
    ben = client_for("ben")
    item = item_id_of(ben, "Rice")
    html, text = said(ben, f"/papers/items/{item}")
    assert "Older" in html
    assert "+1 135" in text  # the undone one
    assert "–1 134" in text
    after = html.split("after=")[1].split('"')[0]
    _html, older = said(ben, f"/papers/items/{item}", f"?after={after}")
    assert "+20 20" in older
    assert "–5 15" in older
    assert ids


def item_id_of(client: Client, name: str) -> int:
    html = client.get(f"/stock/items?q={name}")
    return int(html.split("/stock/items/")[-1].split('"')[0])


def test_the_sheet_of_a_hand_out_has_plan_and_figures_and_its_symbol(
    client_for: ClientFor, ids: dict[str, int], tmp_path: Path
) -> None:
    ben = client_for("ben")
    _html, text = said(ben, f"/papers/events/{ids['event']}")
    assert "Households expected 40" in text
    assert "Rice Allergens not known 15 5 5" in text
    assert "Beans Allergens not known 20" in text
    answer = ben.raw(f"/papers/events/{ids['event']}.pdf")
    (page, *_more) = pictures(answer.get_data(), tmp_path, dpi=150)
    (found,) = zxingcpp.read_barcodes(page)
    assert found.text.endswith(f"/E/{ids['event']}")


def test_a_pick_list_says_from_where_and_what_is_missing(
    client_for: ClientFor, ids: dict[str, int]
) -> None:
    html, text = said(client_for("ben"), f"/papers/events/{ids['event']}/picks")
    assert "loose Rice best before May 2031 Allergens not known 10" in text
    assert f"{CODE}, all of it Beans best before Jan 2030 Allergens not known 12" in text
    assert "Not enough here" in html
    assert "Beans 20 8" in text


def test_a_plan_is_typed_and_saved(client_for: ClientFor, ids: dict[str, int]) -> None:
    ben, path = client_for("ben"), f"/papers/events/{ids['event']}/plan"
    assert 'value="15"' in ben.get(path)
    typed: dict[str, Any] = {
        "command_id": str(uuid4()),
        "lines-0-item": "Rice",
        "lines-0-amount": "7",
        "lines-3-item": "Bread, loose",
        "lines-3-amount": "2,5",
    }
    assert ben.post(path, typed).status_code == 303
    html = ben.get(path)
    for told in ('value="7"', 'value="Bread, loose"', 'value="2.5"', "The plan is saved."):
        assert told in html, told
    assert 'value="20"' not in html


def test_an_unknown_item_of_a_plan_stands_at_its_line_with_what_was_typed(
    client_for: ClientFor, ids: dict[str, int]
) -> None:
    ben, path = client_for("ben"), f"/papers/events/{ids['event']}/plan"
    typed = {
        "command_id": str(uuid4()),
        "lines-1-item": "Rice",
        "lines-1-amount": "7",
        "lines-4-item": "Moonstones",
        "lines-4-amount": "2",
    }
    answer = ben.post(path, typed)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert 'id="f-lines-1-item-error"' in html
    assert 'value="Moonstones"' in html


def test_a_receipt_has_goods_and_weight_and_a_value_only_if_asked(
    client_for: ClientFor, ids: dict[str, int]
) -> None:
    ben = client_for("ben")
    path = f"/papers/receipts/{ids['entry']}"
    html, text = said(ben, path)
    for told in ("Bakery Lindt", "Beans 12", "4.8 kg", "Bread, loose 4 kg", "seal"):
        assert told in text, told
    assert "Value" not in text
    assert "Value, as the donor" not in html
    assert 'name="value"' in html
    assert "Value, as the donor states it: 120 EUR" in pdf(ben, f"{path}.pdf?value=120+EUR")


def test_an_undone_donation_has_no_receipt(
    client_for: ClientFor, app: Flask, ids: dict[str, int]
) -> None:
    with app.app_context():
        reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=ids["entry"]), find_actor("ada"))
    html = client_for("ben").get(f"/papers/receipts/{ids['entry']}", status=422)
    assert "was undone" in html


@pytest.mark.usefixtures("ids")
def test_statements_are_a_coordinators_and_have_the_words_of_the_depot(
    client_for: ClientFor,
) -> None:
    ada = client_for("ada")
    words = {
        "command_id": str(uuid4()),
        "sender": "Norwood Mutual Aid\r\n12 Station Road",
        "thanks": "Dear {donor}, thank you for {weight} in {year}.",
        "says_nothing_in_return": "yes",
    }
    assert ada.post("/papers/letter", words).status_code == 303
    assert "{donor}" in ada.get("/papers/letter")
    html = ada.get(f"/papers/donors?year={YEAR}")
    href = html.split('href="/papers/donors/')[1].split('"')[0]
    text = pdf(ada, f"/papers/donors/{href}".replace("?", ".pdf?"))
    for told in (
        "12 Station Road",
        "Bakery Lindt",
        "Bread, loose: 4 kg",
        "Dear Bakery Lindt, thank you for about",
        "North gave no goods or services in return",
    ):
        assert told in text, told
    everybody = pdf(ada, f"/papers/statements.pdf?year={YEAR}")
    assert "Bakery Lindt" in everybody
    ben = client_for("ben")
    for path in ("/papers/donors", f"/papers/donors/{href}", "/papers/letter"):
        ben.get(path, status=403)
    assert ben.raw(f"/papers/statements.pdf?year={YEAR}").status_code == 403


def test_statements_are_mailed_at_one_press(
    app: Flask, client_for: ClientFor, ids: dict[str, int]
) -> None:
    ada = client_for("ada")
    page = ada.get(f"/papers/donors?year={YEAR}")
    assert "None of them has a mail address" in page
    partner = int(page.split('href="/papers/donors/')[1].split("?")[0])
    typed = {"name": "Bakery Lindt", "source_kind": "rescue", "mail_address": "lindt@example.org"}
    edit = f"/stock/partners/{partner}/edit"
    assert ada.post(edit, typed | {"command_id": str(uuid4())}).status_code == 303
    assert 'value="lindt@example.org"' in ada.get(edit)
    for page in (f"/stock/partners/{partner}", "/stock/partners", "/stock/partners.csv"):
        assert "lindt@example.org" not in client_for("ben").raw(page).get_data(as_text=True)
    assert "Mail it to the 1 who has an address" in ada.get(f"/papers/donors?year={YEAR}")
    sent = {"command_id": str(uuid4()), "year": str(YEAR)}
    answer = ada.post("/papers/statements/mail", sent)
    assert answer.status_code == 422
    assert "No mail server is set up" in answer.get_data(as_text=True)
    app.config["DEPOT"] = replace(
        app.config["DEPOT"], mail=mail_server("smtp://127.0.0.1:1", "north@example.org")
    )
    answer = ada.post("/papers/statements/mail", sent)
    assert answer.status_code == 303
    with app.app_context():
        (mail,) = db.session.scalars(select(MailOutbox)).all()
        (file,) = db.session.scalars(select(MailAttachment)).all()
    assert mail.to_address == "lindt@example.org"
    assert "Bakery Lindt" in text_of(file.content)
    assert ids
    assert client_for("ben").post("/papers/statements/mail", sent).status_code == 403


def test_a_year_in_which_nobody_gave_is_a_sentence(client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert "Nobody who is named" in ada.get("/papers/donors?year=2001")
    assert ada.raw("/papers/statements.pdf?year=2001").status_code == 422


@pytest.mark.usefixtures("ids")
def test_a_wrong_placeholder_stands_at_its_field(client_for: ClientFor) -> None:
    words = {"command_id": str(uuid4()), "thanks": "Dear {name}"}
    answer = client_for("ada").post("/papers/letter", words)
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert "Nothing can be filled in for “{name}”" in html
    assert "Dear {name}" in html


@pytest.mark.usefixtures("ids")
def test_a_paper_is_on_the_depots_paper_unless_another_is_asked_for(
    client_for: ClientFor, tmp_path: Path
) -> None:
    ben = client_for("ben")
    for query, size in (("", (595, 842)), ("?paper=Letter", (612, 792)), ("?paper=x", (595, 842))):
        folder = tmp_path / f"paper{len(query)}"
        folder.mkdir()
        page = pictures(ben.raw(f"/papers/stock.pdf{query}").get_data(), folder, dpi=72)[0]
        assert page.size == pytest.approx(size, abs=1)


def test_the_outsiders_papers_are_her_own(client_for: ClientFor, app: Flask) -> None:
    furnish(app)
    cleo = client_for("cleo")
    for path in ("/papers/", "/papers/stock", "/papers/count", "/papers/first", "/papers/donors"):
        assert MARK not in cleo.get(path), path
    for path in ("/papers/stock.pdf", "/papers/count.pdf", "/papers/first.pdf"):
        assert MARK not in pdf(cleo, path), path


def test_the_papers_are_all_in_one_place(client_for: ClientFor, ids: dict[str, int]) -> None:
    html = client_for("ben").get("/papers/")
    assert f"/papers/events/{ids['event']}" in html
    assert "/papers/letter" not in html
    assert "/papers/letter" in client_for("ada").get("/papers/")


def test_an_item_cards_first_page_costs_the_same_however_long_the_history(app: Flask) -> None:
    """In steps of SQLite's own machine, the same on any computer and under any load."""

    def steps() -> int:
        taken = 0

        def step() -> int:
            nonlocal taken
            taken += 1
            return 0

        session = db.session()
        driver: Any = session.connection().connection.driver_connection
        driver.set_progress_handler(step, 10)
        page = movements(session, find_actor("ada"), beans.item_id, limit=20)
        driver.set_progress_handler(None, 0)
        assert len(page.rows) == 20
        db.session.remove()
        return taken

    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Beans", "Tins and jars", milligrams=400_000)

        def came_in(times: int) -> None:
            for _n in range(times):
                book.came_in(beans, 2, NOW)

        came_in(30)
        few = steps()
        came_in(400)
        assert steps() <= few * 1.1


def test_all_movements_end_where_the_item_began(app: Flask) -> None:
    with app.app_context():
        book = Book(find_actor("ada"))
        beans = book.goods("Beans", "Tins and jars")
        for quantity in range(1, 8):
            book.came_in(beans, quantity, NOW)
        found = list(all_movements(db.session(), find_actor("ada"), beans.item_id, at_once=3))
        assert [row.balance for row in found] == [28, 21, 15, 10, 6, 3, 1]
        assert found[-1].balance - found[-1].change == 0
