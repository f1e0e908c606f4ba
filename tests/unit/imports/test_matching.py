"""Columns found by their headers, and put right by a person."""

from __future__ import annotations

import pytest

from depot.imports.rows.fields import FIELDS
from depot.imports.rows.matching import (
    apply_overrides,
    guess_columns,
    parse_overrides,
    require_columns,
)
from depot.imports.sheets import refusals
from depot.imports.sheets.reader import Row


def filled(headers: tuple[str, ...]) -> tuple[Row, ...]:
    return (Row(2, tuple("x" for _ in headers)),)


def guessed(kind: str, *headers: str) -> dict[str, str]:
    return guess_columns(kind, headers, filled(headers))


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("items", "PRODUCT NAME", "name"),
        ("items", "product_name", "name"),
        ("items", "Product name (English)", "name"),
        ("items", "Artikel", "name"),
        ("items", "Catégorie", "category"),
        ("items", "Net wt.", "weight"),
        ("items", "Weight (g)", "weight"),
        ("items", "Código de barras", "barcode"),
        ("items", "Examples", "note"),
        ("locations", "Lagerort", "name"),
        ("locations", "Ubicación", "name"),
        ("crates", "Box #", "box_number"),
        ("crates", "BoxNumber", "box_number"),
        ("crates", "Kisten-Nr.", "box_number"),
        ("crates", "Best before", "date"),
        ("crates", "Expiry date (MM/YYYY)", "date"),
        ("crates", "MHD", "date"),
        ("crates", "Exp. Year", "date_year"),
        ("crates", "Date filled", "filled_on"),
        ("crates", "Gefüllt am", "filled_on"),
        ("crates", "Qty.", "quantity"),
        ("crates", "Stückzahl", "quantity"),
        ("crates", "Quantity (tins)", "quantity"),
        ("crates", "Lot No.", "lot_code"),
    ],
)
def test_a_header_is_found_whatever_its_case_and_language(
    kind: str, header: str, field: str
) -> None:
    assert guessed(kind, header) == {field: header}


@pytest.mark.parametrize("header", ["Date", "Date received", "Box weight", "Colour", "Column A"])
def test_a_header_that_could_mislead_is_left_to_the_person(header: str) -> None:
    assert guessed("crates", header) == {}


def test_no_column_serves_two_fields() -> None:
    columns = guessed("items", "Category", "Category description", "Description", "Name")
    assert columns == {
        "name": "Name",
        "category": "Category",
        "category_description": "Category description",
        "note": "Description",
    }


def test_of_two_columns_the_one_with_anything_in_it_wins() -> None:
    headers = ("Item", "Product")
    assert guess_columns("items", headers, (Row(2, ("", "Corn")),))["name"] == "Product"
    assert guess_columns("items", headers, (Row(2, ("Corn", "Corn")),))["name"] == "Item"


def test_a_header_without_a_word_is_nobodys() -> None:
    assert guessed("items", "Product name", "[", "Colour") == {"name": "Product name"}


def test_a_person_corrects_the_guess() -> None:
    headers = ("Product", "Group", "Aisle")
    columns = guessed("items", *headers)
    assert columns == {"name": "Product", "category": "Group"}
    corrected = apply_overrides("items", headers, columns, {"category": "aisle", "note": "Group"})
    assert corrected == {"name": "Product", "category": "Aisle", "note": "Group"}


def test_a_column_named_for_one_field_is_taken_from_another() -> None:
    headers = ("Product", "Description")
    columns = apply_overrides(
        "items", headers, guessed("items", *headers), {"name": "Description", "note": ""}
    )
    assert columns == {"name": "Description"}


def test_an_unknown_field_or_column_is_named_with_those_there_are() -> None:
    with pytest.raises(refusals.UnknownField, match=r"colour.*name, category"):
        apply_overrides("items", ("Product",), {}, {"colour": "Product"})
    with pytest.raises(refusals.UnknownColumn, match=r"Produkt.*Product, Group"):
        apply_overrides("items", ("Product", "Group"), {}, {"name": "Produkt"})


def test_a_missing_column_and_an_unknown_kind_are_named() -> None:
    with pytest.raises(refusals.MissingColumns, match=r"box_number.*Product, Nr"):
        require_columns("crates", {"item": "Product"}, ("Product", "Nr"))
    with pytest.raises(refusals.UnknownKind, match="items, locations, crates, stock"):
        guess_columns("people", ("Name",), ())


def test_overrides_are_read_as_typed() -> None:
    assert parse_overrides(["name=Product", "note = a=b"]) == {"name": "Product", "note": "a=b"}
    for wrong in ("name", "=Product"):
        with pytest.raises(refusals.BadOverride):
            parse_overrides([wrong])


def test_every_word_means_one_field_of_a_kind() -> None:
    for kind, fields in FIELDS.items():
        own = [{word.replace(" ", "") for word in field.synonyms} for field in fields]
        words = [word for field_words in own for word in field_words]
        doubled = {word for word in words if words.count(word) > 1}
        assert not doubled, (kind, doubled)
