"""Importing on pages: choose, look, correct, import; and every file that cannot be taken."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from blueprints.imports import uploads
from blueprints.imports.words import row_ranges
from depot.kernel.lookups import find_crates
from depot.models import Category, Item, Lot, StockEntry
from tests.builders import find_actor, on_hand, receive, stock_at
from tests.clients import Client
from tests.commands.working import work_of
from tests.current import db
from tests.pantry import FILES, pantry_file
from tests.unit.imports.books import ods, ods_text, workbook

ClientFor = Callable[[str], Client]
_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def send(client: Client, kind: str, data: bytes | str, name: str = "boxes.csv") -> TestResponse:
    """Upload a file."""
    raw = data.encode() if isinstance(data, str) else data
    answer = client.post("/imports/", {"kind": kind, "file": (io.BytesIO(raw), name)})
    answer.request.environ["wsgi.input"].close()  # the test client's own temporary file
    return answer


def uploaded(client: Client, kind: str, data: bytes | str, name: str = "boxes.csv") -> str:
    """Upload a file that can be read; return the address of its review."""
    answer = send(client, kind, data, name)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def hidden(page: str) -> dict[str, str]:
    """Return what the import button of a review page sends."""
    form = page[page.index('<form class="stack" method="post"') :]
    fields = dict(_HIDDEN.findall(form[: form.index("</form>")]))
    del fields["csrf_token"]
    return fields


def pressed(client: Client, address: str, page: str) -> TestResponse:
    """Press the import button of a review page."""
    return client.post(address.partition("?")[0], hidden(page))


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def kept_files(app: Flask) -> list[Path]:
    folder = app.config["DEPOT"].data / "uploads"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_the_pantry_is_imported_through_the_pages(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    client.get("/imports/")
    for kind in FILES:
        address = uploaded(client, kind, pantry_file(kind).read_bytes(), FILES[kind])
        page = client.get(address)
        assert FILES[kind] in page
        assert pressed(client, address, page).status_code == 303
    assert "New crates: 21, with goods in them: 11" in client.get("/imports/")
    with app.app_context():
        ada = find_actor("ada")
        box = find_crates(work_of(ada), ["BOX12345"])["BOX12345"]
        assert stock_at(ada, box.code) == {"Canned Chicken": 52}
    assert kept_files(app) == []


def test_the_review_shows_what_would_happen_and_writes_nothing(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    before = count(app, Item)
    page = client.get(uploaded(client, "items", pantry_file("items").read_bytes()))
    assert "Import 102 rows" in page
    assert "“Bevereges” is perhaps “Beverages” misspelt" in page
    assert "Rows: 74–77" in page
    assert count(app, Item) == before


def test_a_column_is_corrected(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    address = uploaded(client, "crates", "Nr,What,Qty\nB1,Corn,24\n")
    page = client.get(address)
    assert "Choose the column it is in." in page
    assert "Columns that are not read: Nr, What" in page
    assert "Import 1 row" not in page
    address += "?col-box_number=Nr&col-item=What&col-quantity=Qty"
    page = client.get(address)
    assert "Import 1 row" in page
    assert pressed(client, address, page).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ada"), "Corn") == 24


def test_a_column_that_is_left_out_stays_left_out(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    text = "Item,Category,Note\nCorn,Tins,sweet\n"
    address = uploaded(client, "items", text) + "?col-name=Item&col-category=&col-note=Note"
    pressed(client, address, client.get(address))
    with app.app_context():
        corn = db.session.scalars(select(Item).where(Item.name == "Corn")).one()
        assert corn.note == "sweet"
        assert db.session.scalar(select(Item.id).where(Item.name == "Tins, loose")) is None


def test_every_problem_is_said_in_words_and_good_rows_can_go_alone(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    text = "Box,Item,Qty\nB1,Corn,24\nB2,Corn,2.5\nB3,<b>Corn</b>,many\n"
    address = uploaded(client, "crates", text)
    page = client.get(address)
    assert "“2.5” is not a whole number." in page
    assert "Row 3, Quantity" in page
    assert "Row 4, Quantity" in page
    assert "<b>Corn" not in page
    whole = hidden(page) | {"skip_problems": ""}
    refused = client.post(address, whole)
    assert refused.status_code == 422
    assert "Rows with problems: 2. Nothing was imported." in refused.get_data(as_text=True)
    assert count(app, StockEntry) == 0
    assert "Import 1, leave out 2" in page
    assert pressed(client, address, page).status_code == 303
    assert count(app, StockEntry) == 1


def test_a_form_sent_twice_imports_once(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    address = uploaded(client, "crates", "Box,Item,Qty\nB1,Corn,24\n")
    page = client.get(address)
    assert pressed(client, address, page).status_code == 303
    assert pressed(client, address, page).status_code == 303
    assert count(app, StockEntry) == 1
    again = uploaded(client, "crates", "Box,Item,Qty\nB1,Corn,24\n")
    assert "All of it is here already." in client.get(again)


def test_an_id_used_for_another_import_is_refused(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    first = uploaded(client, "crates", "Box,Item,Qty\nB1,Corn,24\n")
    page = client.get(first)
    second = uploaded(client, "crates", "Box,Item,Qty\nB2,Corn,24\n")
    same_id = hidden(page)
    assert client.post(first, same_id).status_code == 303
    answer = client.post(second, same_id)
    assert answer.status_code == 409
    assert hidden(answer.get_data(as_text=True))["command_id"] != same_id["command_id"]
    assert client.post(second, same_id | {"command_id": "x"}).status_code == 422


def test_a_workbook_is_imported_from_the_sheet_chosen(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    book = workbook([["Item"], ["Corn"]], Store=[["Product", "Weight (g)"], ["Peas", 400]])
    address = uploaded(client, "items", book, "goods.xlsx")
    assert "Corn" in client.get(address)
    address += "?sheet=Store&col-name=Item"
    page = client.get(address)
    assert "Peas" in page
    assert pressed(client, address, page).status_code == 303
    with app.app_context():
        peas = db.session.scalars(select(Item).where(Item.name == "Peas")).one()
        assert peas.unit_weight_milligrams == 400_000
    gone = uploaded(client, "items", book, "goods.xlsx") + "?sheet=Nowhere"
    assert "has no sheet called “Nowhere”" in client.get(gone, 422)


def test_a_formula_cell_counts_by_its_saved_result_or_not_at_all(client_for: ClientFor) -> None:
    client = client_for("ada")
    book = workbook([["Box", "Item", "Qty"], ["B1", "Corn", "=20+4"], ["B2", "=A1", 24]])
    page = client.get(uploaded(client, "crates", book, "boxes.xlsx"))
    assert page.count("The formula in this cell has no saved result.") == 2
    typed = client.get(uploaded(client, "crates", 'Box,Item,Qty\nB1,"=HYPERLINK(1)",24\n'))
    assert "is a formula. Write its result." in typed


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "boxes.csv", "is empty"),
        (b" \n\n", "boxes.csv", "is empty"),
        (b"%PDF-1.7", "boxes.csv", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "boxes.csv", "is a picture"),
        (b"\xd0\xcf\x11\xe0old", "boxes.xls", "is an old Excel file"),
        (b"PK\x03\x04nonsense", "boxes.xlsx", "is damaged"),
        (b"Box,Item\nB1,Corn\n", "boxes.xlsx", "is called an Excel workbook but is none"),
        (b"<html><table>", "boxes.csv", "is a web page"),
        (b"Box\n" + b"B\n" * 1_000_000, "boxes.csv", "has more than 20000 rows"),
        (b"x" * 10_000_001, "boxes.csv", "is larger than 10 MB"),
        (b'Box\n"B1\n', "boxes.csv", "a quotation mark is not closed"),
        (b"Box\nB\x001\n", "boxes.csv", "invisible control character"),
        (b"Box," * 300 + b"\n" + b"1," * 300, "boxes.csv", "more than 200 columns"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(
    app: Flask, client_for: ClientFor, data: bytes, name: str, sentence: str
) -> None:
    answer = send(client_for("ada"), "crates", data, name)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert kept_files(app) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(client_for: ClientFor, encoding: str) -> None:
    client = client_for("ada")
    page = client.get(uploaded(client, "items", "Item;Note\nKäse;süß\n".encode(encoding)))
    assert "Käse" in page


def test_no_file_and_no_kind_are_said_at_their_fields(client_for: ClientFor) -> None:
    client = client_for("ada")
    page = client.post("/imports/", {"kind": "people"}).get_data(as_text=True)
    assert "Choose a file." in page
    assert "Say what is in the file." in page
    huge = send(client, "crates", b"x" * 13_000_000)
    assert huge.status_code == 413


def test_nobody_elses_file_can_be_opened(app: Flask, client_for: ClientFor) -> None:
    address = uploaded(client_for("ada"), "crates", "Box,Item,Qty\nB1,Corn,24\n")
    outsider = client_for("cleo")
    assert "The file is no longer here." in outsider.get(address, 404)
    fields = {"command_id": str(uuid4()), "col-box_number": "Box"}
    assert outsider.post(address, fields).status_code == 404
    assert count(app, StockEntry) == 0
    client = client_for("ada")
    # not the last letter: some of its bits say nothing
    client.get(address[:-2] + ("A" if address[-2] != "A" else "B") + address[-1], 404)
    client.get("/imports/people/1", 404)
    assert "Corn" in client.get(address)


def test_a_file_is_gone_after_a_day(
    app: Flask, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for("ada")
    address = uploaded(client, "crates", "Box\nB1\n")
    (file,) = kept_files(app)
    assert file.stat().st_mode & 0o777 == 0o600
    long_ago = time.time() - uploads.KEPT_SECONDS - 60
    os.utime(file, (long_ago, long_ago))
    uploaded(client, "crates", "Box\nB2\n")
    assert file not in kept_files(app)
    client.get(address, 404)
    monkeypatch.setattr(uploads, "MAX_UPLOADS", 2)
    for number in range(4):
        uploaded(client, "crates", f"Box\nB{number}\n")
    assert len(kept_files(app)) == 2


def test_a_volunteer_and_a_stranger_do_not_come_in(client_for: ClientFor) -> None:
    volunteer = client_for("ben")
    volunteer.get("/imports/", 403)
    assert send(volunteer, "items", "Item\nCorn\n").status_code == 403
    assert "/sign-in" in client_for("").raw("/imports/").headers["Location"]


def test_a_folder_that_cannot_be_written_to_is_a_sentence(
    app: Flask, client_for: ClientFor
) -> None:
    (app.config["DEPOT"].data / "uploads").write_text("in the way")
    answer = send(client_for("ada"), "items", "Item\nCorn\n")
    assert answer.status_code == 503
    assert "Nothing was saved." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("rows", "shown"),
    [((12,), "12"), ((22, 14, 15, 12, 15), "12, 14–15, 22"), (tuple(range(2, 9)), "2–8")],
)
def test_rows_are_said_in_ranges(rows: tuple[int, ...], shown: str) -> None:
    assert row_ranges(rows) == shown


def test_an_old_box_number_opens_its_crate_and_an_undone_import_keeps_it(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    address = uploaded(client, "crates", pantry_file("crates").read_bytes())
    pressed(client, address, client.get(address))
    assert "Canned Chicken" in client.get("/C/BOX12345", follow=True)
    client.get("/C/BOX12375", follow=True)
    with app.app_context():
        entry = db.session.scalars(select(StockEntry.id)).one()
    assert client.post(f"/ledger/{entry}/undo", {"command_id": str(uuid4())}).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ada"), "Canned Chicken") == 0
    client.get("/C/BOX12345", follow=True)


def test_the_preview_says_what_is_understood_left_out_not_used_and_what_will_be_here(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    with app.app_context():
        receive(find_actor("ada"), 5, "Corn")
    text = "Item,Qty,Price,Status\nCorn,24,1.20,\nPeas,10,2,sold\nRice,x,2,\nTotal,34,,\n"
    page = client.get(uploaded(client, "stock", text))
    assert "1 of 4" in page
    lines = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"“sold”: by the file it is no longer here\. +Rows: 3 ", lines)
    assert re.search(r"“Total” is a sum of the rows above\. +Rows: 5 ", lines)
    assert re.search(r"Rows left out +Each is named below\. +3 ", lines)
    assert "Price" in page
    assert "<td>5</td><td>29</td>" in page
    assert "Some of it is here already: Corn" in page


def test_stock_without_crates_is_imported_through_the_pages(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    address = uploaded(client, "stock", "Shelf,Item,Qty\nShelf 1,Corn,24\nShelf 2,Corn,6\n")
    page = client.get(address)
    assert pressed(client, address, page).status_code == 303
    assert "Lines of stock: 2, new items: 1" in client.get("/imports/")
    with app.app_context():
        assert stock_at(find_actor("ada"), "Shelf 1") == {"Corn": 24}
    again = uploaded(client, "stock", "Shelf,Item,Qty\nShelf 1,Corn,24\nShelf 2,Corn,6\n")
    assert "All of it is here already." in client.get(again)


def test_how_a_list_is_read_is_chosen_on_the_page_and_kept(
    app: Flask, client_for: ClientFor
) -> None:
    client = client_for("ada")
    text = "Item,Qty,Exp\nFOOD:,,\nCorn,24,6/1/27\nPeas,3,7/1/27\n"
    address = uploaded(client, "stock", text)
    page = client.get(address)
    assert "6/1/27 are read with the day first, as is usual in the depot’s country." in page
    assert "Headings, not items: FOOD" in page
    address += "?date_order=month&headings=yes"
    page = client.get(address)
    assert "read with the month first" in page
    assert pressed(client, address, page).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Lot.date_text).order_by(Lot.date_text)).all() == [
            "2027-06-01",
            "2027-07-01",
        ]
        assert db.session.scalar(select(Category.id).where(Category.name == "FOOD"))


def test_a_list_without_headers_is_said_to_be_one(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    address = uploaded(client, "stock", "Corn,Shelf 1\nPeas,Shelf 1\n") + "?headless=yes"
    page = client.get(address)
    assert "Choose the column it is in." in page
    assert "Column A" in page
    page = client.get(uploaded(client, "stock", "Corn,24\nPeas,10\n"))
    assert "No row names the columns" in page
    assert "2 of 2" in page


def test_names_in_a_file_are_shown_as_text(client_for: ClientFor) -> None:
    client = client_for("ada")
    evil = "<script>alert(1)</script>"
    text = f"Item,Qty,{evil}\n{evil},24,a\n{evil.upper()}:,,\nTotal {evil},24,\nCorn,{evil},\n"
    page = client.get(uploaded(client, "stock", text))
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page.lower()


def test_an_open_document_spreadsheet_is_imported(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ada")
    rows = "".join(
        f"<table:table-row>{''.join(ods_text(cell) for cell in cells)}</table:table-row>"
        for cells in (("Item", "Qty"), ("Corn", "24"))
    )
    address = uploaded(client, "stock", ods(rows), "list.ods")
    page = client.get(address)
    assert pressed(client, address, page).status_code == 303
    with app.app_context():
        assert on_hand(find_actor("ada"), "Corn") == 24
