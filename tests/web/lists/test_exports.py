"""Every list as a file: what the page shows, with its filters, for who may see the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from flask import Flask

from tests.clients import Client
from tests.web.depot_addresses import MARK, PLACE, North, furnish

ClientFor = Callable[[str], Client]
#: Each list: its page, its file without the ending, something of the north that stands in it.
LISTS = {
    "stock by item": ("/stock/", "/stock/stock.{}", f"{MARK} kale"),
    "stock by place": ("/stock/?by=place", "/stock/stock.{}?by=place", PLACE),
    "stock by category": ("/stock/?by=category", "/stock/stock.{}?by=category", f"{MARK} greens"),
    "give out first": ("/stock/first", "/stock/first.{}", ""),
    "items": ("/stock/items", "/stock/items.{}", f"{MARK} rice"),
    "categories": ("/stock/categories", "/stock/categories.{}", f"{MARK} greens"),
    "partners": ("/stock/partners", "/stock/partners.{}", f"{MARK} bakery"),
    "places": ("/stock/places", "/stock/places.{}", PLACE),
    "crates": ("/crates?state=in_use", "/crates/list.{}?state=in_use", ""),
    "ledger": ("/ledger/", "/ledger/list.{}", f"{MARK} note"),
    "hand-outs": ("/hand-outs", "/hand-outs/list.{}", f"{MARK} market"),
    "to look at": ("/to-look-at/", "/to-look-at/list.{}", f"{MARK} rice"),
    "filed reports": ("/reports/filed", "/reports/filed/list.{}", ""),
    "needs": ("/needs/", "/needs/list.{}", f"{MARK} greens"),
    "people": ("/people/", "/people/list.{}", "Ben"),
    "readers of the week": ("/mails/", "/mails/readers.{}", "zzyzx@example.org"),
    "mails not sent": ("/mails/", "/mails/unsent.{}", "zzyzx@example.org"),
    "printers": ("/printers", "/printers/list.{}", f"{MARK} printer"),
    "label sheets": ("/printers", "/printers/sheets/list.{}", f"{MARK} sheet"),
}
FOR_COORDINATORS = {"to look at", "people", "mails not sent", "printers", "label sheets"}
every_list = pytest.mark.parametrize("name", LISTS)


@pytest.fixture
def north(app: Flask) -> North:
    return furnish(app)


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.raw(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.content_type == "text/csv; charset=utf-8"
    text = answer.get_data().decode("utf-8-sig")
    assert int(answer.headers["Content-Length"]) == len(answer.get_data())
    return list(csv.DictReader(io.StringIO(text, newline="")))


@every_list
@pytest.mark.usefixtures("north")
def test_a_list_is_linked_from_its_page_and_says_what_the_page_says(
    client_for: ClientFor, name: str
) -> None:
    page, file, told = LISTS[name]
    ada = client_for("ada")
    html = ada.get(page, follow=True)
    assert file.format("csv").replace("&", "&amp;") in html
    assert file.format("xlsx").replace("&", "&amp;") in html
    answer = ada.raw(file.format("csv"))
    assert told in answer.get_data(as_text=True)
    assert "attachment; filename=north-" in answer.headers["Content-Disposition"]


@every_list
@pytest.mark.usefixtures("north")
def test_a_workbook_has_the_cells_of_the_csv(client_for: ClientFor, name: str) -> None:
    file = LISTS[name][1]
    ada = client_for("ada")
    rows = rows_of(ada, file.format("csv"))
    book = openpyxl.load_workbook(io.BytesIO(ada.raw(file.format("xlsx")).get_data()))
    head, *lines = book.active.iter_rows(values_only=True)  # type: ignore[union-attr]
    if rows:
        assert list(head) == list(rows[0])
    for row, cells in zip(rows, lines, strict=False):
        for said, cell in zip(row.values(), cells, strict=True):
            assert told_alike(said, cell), (said, cell)
    assert len(lines) - len(rows) in (0, 1)  # perhaps a line of sums


def told_alike(said: str, cell: object) -> bool:
    """Say whether a CSV's cell and a workbook's say the same."""
    if isinstance(cell, datetime):
        return cell.isoformat(" ").startswith(said)
    if isinstance(cell, int | float):
        return float(said) == cell
    return said.removeprefix("'") == str("" if cell is None else cell).removeprefix("'")


@every_list
@pytest.mark.usefixtures("north")
def test_the_outsider_gets_her_own_list(client_for: ClientFor, name: str) -> None:
    for ending in ("csv", "xlsx"):
        answer = client_for("cleo").raw(LISTS[name][1].format(ending))
        assert answer.status_code == 200
        data = answer.get_data()
        if ending == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(data))
            data = repr([row for sheet in book for row in sheet.values]).encode()
        assert MARK.lower().encode() not in data.lower()


@every_list
@pytest.mark.usefixtures("north")
def test_a_volunteer_gets_the_lists_whose_pages_are_theirs(
    client_for: ClientFor, name: str
) -> None:
    theirs = LISTS.keys() - FOR_COORDINATORS
    wanted = 200 if name in theirs else 403
    assert client_for("ben").raw(LISTS[name][1].format("csv")).status_code == wanted


@every_list
def test_another_ending_is_no_address(client_for: ClientFor, name: str) -> None:
    assert client_for("ada").raw(LISTS[name][1].format("exe")).status_code == 404


@pytest.mark.usefixtures("north")
def test_filters_and_searches_are_kept(client_for: ClientFor) -> None:
    ada = client_for("ada")
    html = ada.get("/stock/items?q=kale")
    assert "/stock/items.csv?q=kale" in html
    assert [row["Item"] for row in rows_of(ada, "/stock/items.csv?q=kale")] == [f"{MARK} kale"]
    html = ada.get("/ledger/?kind=receipt&after=99&item=rice")
    assert "/ledger/list.csv?kind=receipt&amp;item=rice" in html
    lines = rows_of(ada, "/ledger/list.csv?kind=receipt&item=rice")
    assert {row["Kind"] for row in lines} == {"Came in"}
    assert ada.raw("/ledger/list.csv?since=yesterday").status_code == 422


def test_a_file_has_the_whole_list_and_not_a_page_of_it(
    client_for: ClientFor, north: North
) -> None:
    ada = client_for("ada")
    rows = rows_of(ada, "/ledger/list.csv?limit=1&after=2")
    # came in, cooked, counted out, and sent to another depot
    assert len({row["Line of the book"] for row in rows}) == 4
    assert len(rows) >= 4
    item = rows_of(ada, f"/stock/items/{north.ids['item_id']}/movements.csv")
    assert [(row["Difference"], row["Here afterwards"]) for row in item] == [
        ("-1", "8"),
        ("9", "9"),
    ]


@pytest.mark.usefixtures("north")
def test_the_list_of_people_holds_no_secrets(client_for: ClientFor) -> None:
    (ada, _ben) = rows_of(client_for("ada"), "/people/list.csv")
    assert set(ada) == {"Name", "Sign-in name", "Role", "Since"}


@pytest.mark.usefixtures("north")
def test_the_lists_of_mails_hold_no_message_and_no_link(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    (asked,) = rows_of(ada, "/mails/readers.csv")
    assert (asked["Mail address"], asked["Said yes"]) == ("zzyzx@example.org", "")
    assert rows_of(ben, "/mails/readers.csv") == [], "a volunteer sees their own alone"
    (mail,) = rows_of(ada, "/mails/unsent.csv")
    assert set(mail) == {
        "Mail address",
        "Subject",
        "Waiting since",
        "Times tried",
        "The mail server said",
        "Again on",
        "Given up",
    }
    assert "://" not in repr(mail)


@pytest.mark.usefixtures("north")
def test_the_lists_of_printing_hold_the_measures(client_for: ClientFor) -> None:
    ada = client_for("ada")
    (printer,) = rows_of(ada, "/printers/list.csv")
    assert (printer["Kind"], printer["Moved right, mm"]) == ("label sheets", "0")
    (sheet,) = rows_of(ada, "/printers/sheets/list.csv")
    assert float(sheet["Page’s width, mm"]) == 210
