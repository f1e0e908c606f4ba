from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.errors import InvalidBaseUrl
from labels.symbols.addresses import (
    MAX_NUMBER,
    Address,
    event_url,
    place_url,
    read_address,
    transfer_url,
)
from labels.symbols.codes import code_url, new_code
from labels.symbols.qr import qr_symbol

BASE = "https://depot.example"


def test_a_place_and_an_event_have_an_address_in_capitals() -> None:
    assert place_url("https://depot.example:8443/north/", 12) == (
        "https://DEPOT.EXAMPLE:8443/NORTH/P/12"
    )
    assert event_url("http://192.168.1.5:8000", 7) == "http://192.168.1.5:8000/E/7"


def test_a_transfer_is_named_by_what_both_its_depots_call_it() -> None:
    code = "6f1d2b64-0c1e-4c58-9c52-6b1f7c7b9d10"
    address = transfer_url(BASE, code)
    assert address == "https://DEPOT.EXAMPLE/T/6F1D2B64-0C1E-4C58-9C52-6B1F7C7B9D10"
    for text in (
        address,
        address.lower(),
        f"/t/{code}/?x",
        f"https://other.example/north/t/{code}",
    ):
        assert read_address(text) == Address("transfer", code=code)
    for text in (code, f"/t/{code[:-1]}", f"/x/{code}", "/t/12"):
        assert read_address(text) is None


def test_a_base_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(InvalidBaseUrl):
        place_url("ftp://depot.example", 12)


@pytest.mark.parametrize(
    "text",
    [
        "https://DEPOT.EXAMPLE/P/12",
        "HTTPS://depot.example/p/12",
        "http://old-name.local:8000/P/12",
        "https://DEPOT.EXAMPLE/NORTH/P/12",
        " https://DEPOT.EXAMPLE/P/0012/ ",
        "https://DEPOT.EXAMPLE/P/12?from=label#top",
        "/P/12",
    ],
)
def test_a_place_is_read_whatever_its_address_looks_like(text: str) -> None:
    assert read_address(text) == Address("place", number=12)


def test_a_crate_is_read_with_and_without_an_address_around_its_code() -> None:
    crate = Address("crate", code="7K3M-9QX2")
    assert read_address("https://DEPOT.EXAMPLE/C/7K3M-9QX2") == crate
    assert read_address("7k3m 9qx2") == crate


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P/12",
        "12",
        "https://DEPOT.EXAMPLE/P/",
        "https://DEPOT.EXAMPLE/P/0",
        "https://DEPOT.EXAMPLE/P/-3",
        "https://DEPOT.EXAMPLE/P/12x",
        "https://DEPOT.EXAMPLE/X/12",
        f"https://DEPOT.EXAMPLE/P/{MAX_NUMBER + 1}",
        "https://DEPOT.EXAMPLE/P/1" + "2" * 400,
        "https://DEPOT.EXAMPLE/items?next=/P/12",
        "WIFI:S:depot;T:WPA;P:secret;;",
    ],
)
def test_what_is_no_address_of_ours_is_nothing(text: str) -> None:
    assert read_address(text) is None


@given(st.integers(1, MAX_NUMBER))
def test_every_number_is_read_back(number: int) -> None:
    assert read_address(place_url(BASE, number)) == Address("place", number=number)
    assert read_address(event_url(BASE, number).lower()) == Address("event", number=number)


@given(st.integers(min_value=0))
def test_every_crate_is_read_back(seed: int) -> None:
    code = new_code(random.Random(seed))
    assert read_address(code_url(BASE, code)) == Address("crate", code=code)


@given(st.text())
def test_rubbish_never_raises(text: str) -> None:
    found = read_address(text)
    assert found is None or found.kind in ("crate", "place", "event")


def test_the_symbol_of_a_place_is_no_larger_than_a_crate_s() -> None:
    crate = qr_symbol(code_url(BASE, "7K3M-9QX2"))
    assert qr_symbol(place_url(BASE, 1_234_567)).side <= crate.side
