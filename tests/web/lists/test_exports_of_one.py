"""What belongs to one thing as a file: a hand-out's goods, a partner's deliveries, a place."""

from __future__ import annotations

import io
from uuid import uuid4

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from depot.base.clock import utc_now
from depot.distribution.commands.events import IssueAtEvent, IssueLine, ReturnGoods, ReturnLine
from depot.distribution.commands.handouts import issue_at_event
from depot.distribution.commands.returns import return_goods
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Partner
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.builders import find_actor
from tests.current import db
from tests.web.depot_addresses import MARK, PLACE, North, furnish
from tests.web.lists.test_exports import ClientFor, rows_of

#: Each file: the page that links it, its address without the ending, and a thing that is in it.
FILES = {
    "goods of a hand-out": (
        "/hand-outs/{event_id}",
        "/hand-outs/{event_id}/goods.{ending}",
        f"{MARK} kale",
    ),
    "the same, to print": (
        "/hand-outs/{event_id}/summary",
        "/hand-outs/{event_id}/goods.{ending}",
        f"{MARK} kale",
    ),
    "donors of a year": (
        "/papers/donors?year={year}",
        "/papers/donors.{ending}?year={year}",
        f"{MARK} bakery",
    ),
    "deliveries": (
        "/stock/partners/{partner_id}",
        "/stock/partners/{partner_id}/deliveries.{ending}",
        f"{MARK} note",
    ),
    "a place": (
        "/stock/places/{location_id}",
        "/stock/places/{location_id}/goods.{ending}",
        f"{MARK} kale",
    ),
    "made lately": ("/production", "/production/made.{ending}", f"{MARK} pudding"),
    "product codes": ("/stock/items", "/stock/codes.{ending}", "5000112637922"),
    "meal factors": ("/reports/meals", "/reports/meals/list.{ending}", f"{MARK} county"),
    "links to reports": ("/shares/", "/shares/list.{ending}", f"{MARK} county"),
    "a crate": ("/crates/{code}", "/crates/{code}/history.{ending}", f"{MARK} rice"),
}
FOR_COORDINATORS = {"donors of a year", "meal factors", "links to reports"}
#: Lists of all of a depot: the outsider gets her own, and nothing under the numbers of another.
OF_ALL = {"donors of a year", "made lately", "product codes", "meal factors", "links to reports"}
every_file = pytest.mark.parametrize("name", FILES)


@pytest.fixture
def north(app: Flask) -> North:
    """The north, where five of its kale were handed out and two of them came back."""
    north = furnish(app)
    with app.app_context():
        ada = find_actor("ada")
        event_id, kale = north.ids["event_id"], f"{MARK} kale"
        lines = (IssueLine(item=kale, quantity=5),)
        issue_at_event(IssueAtEvent(command_id=uuid4(), event_id=event_id, lines=lines), ada)
        back = (ReturnLine(item=kale, quantity=2),)
        return_goods(ReturnGoods(command_id=uuid4(), event_id=event_id, lines=back), ada)
        bakery = select(Partner.id).where(Partner.name == f"{MARK} bakery")
        north.ids["partner_id"] = db.session.scalars(bakery).one()
    north.ids["year"] = utc_now().year
    return north


def address(name: str, north: North, ending: str = "csv") -> str:
    return FILES[name][1].format_map(north.ids | {"ending": ending})


@every_file
def test_a_file_is_linked_from_its_page_and_holds_what_the_page_shows(
    client_for: ClientFor, north: North, name: str
) -> None:
    page, _file, told = FILES[name]
    ada = client_for("ada")
    html = ada.get(page.format_map(north.ids), follow=True)
    for ending in ("csv", "xlsx"):
        assert f'href="{address(name, north, ending)}' in html, ending
    assert told in repr(rows_of(ada, address(name, north)))


@every_file
def test_a_workbook_of_it_has_as_many_rows(client_for: ClientFor, north: North, name: str) -> None:
    ada = client_for("ada")
    rows = rows_of(ada, address(name, north))
    book = openpyxl.load_workbook(io.BytesIO(ada.raw(address(name, north, "xlsx")).get_data()))
    head, *lines = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert rows
    assert list(head) == list(rows[0])
    assert len(lines) - len(rows) in (0, 1)  # perhaps a line of sums


@every_file
def test_outsiders_volunteers_and_other_endings(
    client_for: ClientFor, north: North, name: str
) -> None:
    cleo = client_for("cleo").raw(address(name, north))
    assert cleo.status_code == (200 if name in OF_ALL else 404)
    assert MARK.encode() not in cleo.get_data()
    wanted = 403 if name in FOR_COORDINATORS else 200
    assert client_for("ben").raw(address(name, north)).status_code == wanted
    assert client_for("ada").raw(address(name, north, "exe")).status_code == 404


def test_the_goods_of_a_hand_out_say_what_came_back(client_for: ClientFor, north: North) -> None:
    (kale,) = rows_of(client_for("ada"), address("goods of a hand-out", north))
    assert (kale["Out"], kale["Came back"], kale["Handed out"], kale["Unit"]) == (
        "5",
        "2",
        "3",
        "pieces",
    )


def test_donors_of_a_year_are_those_of_that_year(client_for: ClientFor, north: North) -> None:
    ada, year = client_for("ada"), north.ids["year"]
    (row,) = rows_of(ada, f"/papers/donors.csv?year={year}")
    assert (row["Partner"], row["How many times"], row["Year"]) == (
        f"{MARK} bakery",
        "1",
        str(year),
    )
    assert row["Items not weighed"] == "2"
    assert rows_of(ada, f"/papers/donors.csv?year={year - 1}") == []


def test_a_partners_file_holds_no_other_partners_lines(client_for: ClientFor, north: North) -> None:
    ada = client_for("ada")
    rows = rows_of(ada, address("deliveries", north))
    assert {row["Who from"] for row in rows} == {f"{MARK} bakery"}
    assert {row["Item"] for row in rows} == {f"{MARK} kale", f"{MARK} rice"}


def test_a_place_tells_crates_and_shelves_in_it(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        command = MoveCrate(command_id=uuid4(), crate_code=north.ids["code"], to=PLACE)
        move_crate(command, ada)
    rows = rows_of(client_for("ada"), address("a place", north))
    assert {(row["Item"], row["Crate"]) for row in rows} >= {(f"{MARK} kale", "")}
    assert {row["Place"] for row in rows} == {PLACE}


def test_a_crates_file_has_its_whole_history(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        for place in ("Arrivals", PLACE) * 14:  # more than a page of it
            command = MoveCrate(command_id=uuid4(), crate_code=north.ids["code"], to=place)
            move_crate(command, ada)
    rows = rows_of(client_for("ada"), address("a crate", north))
    seqs = [int(row["Line of the book"]) for row in rows]
    assert seqs == sorted(seqs, reverse=True)
    assert sum(row["Kind"] == "Moved" and bool(row["Crate"]) for row in rows) == 28
    assert {row["Item"] for row in rows if row["Item"]} == {f"{MARK} rice"}


def test_what_was_made_says_what_went_in(client_for: ClientFor, north: North) -> None:
    rows = rows_of(client_for("ada"), address("made lately", north))
    told = {(row["In or out"], row["Item"], row["Amount"]) for row in rows}
    assert {("goes in", f"{MARK} kale", "1"), ("comes out", f"{MARK} pudding", "2")} <= told


def test_links_are_told_without_what_opens_them(client_for: ClientFor, north: North) -> None:
    (link,) = rows_of(client_for("ada"), "/shares/list.csv")
    assert set(link) == {"Report", "By", "Since", "Until", "Ended", "Note"}
    assert "/shared/" not in repr(link)


def test_no_cell_of_them_is_a_formula(app: Flask, client_for: ClientFor, north: North) -> None:
    with app.app_context():
        ada = find_actor("ada")
        trick = ReceiveGoods(
            command_id=uuid4(),
            partner="=HYPERLINK(1)",
            note="+note",
            lines=(ReceiptLine(item="@SUM(1)", quantity=1, category=f"{MARK} greens"),),
        )
        receive_goods(trick, ada)
        bad = select(Partner.id).where(Partner.name == "=HYPERLINK(1)")
        north.ids["partner_id"] = db.session.scalars(bad).one()
    for name in ("deliveries", "donors of a year"):
        rows = rows_of(client_for("ada"), address(name, north))
        cells = [cell for row in rows for cell in row.values()]
        assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
