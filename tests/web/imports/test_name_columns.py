"""Names in several languages through the import's pages, and back out of the list of items."""

from __future__ import annotations

from collections.abc import Callable

from depot.words.languages import Languages
from tests.clients import Client
from tests.web.imports.test_imports import pressed, uploaded

ClientFor = Callable[[str], Client]
SHEET = (
    "Item,name (es),name:ar,name_zh-Hans,Category,Weight,Allergens,Diets\n"
    'Red lentils,Lentejas rojas,عدس أحمر,红扁豆,Tins and jars,1500 g,"nuts, milk",vegetarian\n'
    "Basmati,,,,Tins and jars,2500 g,,\n"
)


def test_the_page_shows_which_column_has_which_language(client_for: ClientFor) -> None:
    ada = client_for("ada")
    address = uploaded(ada, "items", SHEET)
    page = ada.get(address)
    for label, header in (("Español", "name (es)"), ("العربية", "name:ar")):
        assert f"Item · {label}" in page
        assert f'<option value="{header}" selected>' in page
    assert "Italiano" not in page.partition("Which column is what")[2]
    assert pressed(ada, address, page).status_code == 303
    assert "Red lentils" in ada.get("/stock/items?q=lentejas")
    # a choice can be taken back
    other = uploaded(ada, "items", SHEET.replace("Red lentils,Lentejas rojas", "Peas,Guisantes"))
    told = f"{other.partition('?')[0]}?col-name=Item&col-name_es="
    assert "Item · Español" not in ada.get(told).partition("The first rows, as they are read")[2]


def test_the_list_of_items_is_read_back_as_it_was_written(client_for: ClientFor) -> None:
    ada, cleo = client_for("ada"), client_for("cleo")
    address = uploaded(ada, "items", SHEET)
    pressed(ada, address, ada.get(address))
    for language in Languages().names():
        written = ada.raw(f"/stock/items.csv?language={language}").get_data()
        head = written.decode("utf-8-sig").splitlines()[0]
        for tag in ("es", "ar", "zh-Hans"):
            assert f"({tag})" in head, head
        again = ada.get(uploaded(ada, "items", written, "items.csv"))
        assert "There is nothing to import" in again, language
        assert "Some rows cannot be read" not in again, language
    assert "Lentejas" not in cleo.raw("/stock/items.csv").get_data().decode()
    there = uploaded(cleo, "items", written, "items.csv")
    pressed(cleo, there, cleo.get(there))
    assert "Red lentils" in cleo.get("/stock/items?q=عدس")
    told = cleo.raw("/stock/items.csv?q=lentils").get_data().decode()
    assert "Red lentils,عدس أحمر,Lentejas rojas,红扁豆," in told
