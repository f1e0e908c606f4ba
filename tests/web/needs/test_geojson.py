"""The needs on a map: GeoJSON as RFC 7946 has it, read here without what wrote it."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.clients import Client
from tests.web.needs.test_needs import BEANS, OIL, shelves, turn_on

__all__ = ["shelves"]

ClientFor = Callable[[str], Client]
ADDRESS = "/bring/north.geojson"
WORDS = "5 Mill Lane, Saturdays 10 to 12"


def read_geojson(text: str) -> list[tuple[tuple[Decimal, Decimal] | None, dict[str, Any]]]:
    """Return longitude and latitude, and the properties, of each feature of a collection.

    Fails for what RFC 7946 does not allow of a collection of points.
    """
    told = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=pytest.fail)
    assert set(told) == {"type", "features"}, "RFC 7946 knows no crs, and we add no member"
    assert told["type"] == "FeatureCollection"
    found = []
    for feature in told["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} <= set(feature)
        assert not {"coordinates", "features", "geometries"} & set(feature)
        found.append((_point(feature["geometry"]), feature["properties"]))
    return found


def _point(geometry: dict[str, Any] | None) -> tuple[Decimal, Decimal] | None:
    if geometry is None:
        return None
    assert set(geometry) == {"type", "coordinates"}
    assert geometry["type"] == "Point"
    east, north = geometry["coordinates"]
    assert -180 <= east <= 180
    assert -90 <= north <= 90
    return east, north


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("typed", "east", "north"),
    [
        ("52.520008, 13.404954", "13.404954", "52.520008"),
        ("-33.8688197, 151.2092955", "151.209296", "-33.86882"),
        ("(0.1 -179.9999999)", "-180", "0.1"),
        ("90,0", "0", "90"),
    ],
)
def test_a_map_gets_the_place_the_hours_and_the_list(
    client_for: ClientFor, typed: str, east: str, north: str
) -> None:
    turn_on(client_for("ada"), as_json="yes", words=WORDS, coordinates=typed)
    answer = client_for("").raw(ADDRESS)
    assert answer.content_type == "application/geo+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    ((point, told),) = read_geojson(answer.get_data(as_text=True))
    assert point == (Decimal(east), Decimal(north))
    assert told["depot"] == "North"
    assert told["words"] == WORDS
    assert [one["name"] for one in told["short"]] == [OIL]
    assert [one["name"] for one in told["too_much"]] == [BEANS]
    assert set(told) == {"depot", "changed_at", "short", "too_much", "words"}


@pytest.mark.usefixtures("shelves")
def test_without_a_place_the_feature_stands_nowhere(client_for: ClientFor) -> None:
    turn_on(client_for("ada"), as_json="yes", words=WORDS)
    ((point, told),) = read_geojson(client_for("").raw(ADDRESS).get_data(as_text=True))
    assert (point, told["words"]) == (None, WORDS)


@pytest.mark.usefixtures("shelves")
def test_it_is_kept_and_linked_as_the_list_for_programs_is(client_for: ClientFor) -> None:
    ada = client_for("ada")
    turn_on(ada, on_page="yes", as_json="yes", coordinates="1, 2")
    anybody = client_for("")
    first = anybody.raw(ADDRESS)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = anybody.raw(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert f'href="{ADDRESS}"' in anybody.get("/bring/north")
    turn_on(ada, on_page="yes", coordinates="1, 2")
    assert anybody.raw(ADDRESS).status_code == 404
    assert ADDRESS not in anybody.get("/bring/north")


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    "typed", ["here", "91, 0", "0, 180.1", "52.5", "1e1, 2", "52,5, 13,4", "nan, 1"]
)
def test_what_is_no_place_on_earth_is_said_at_its_field(client_for: ClientFor, typed: str) -> None:
    ada = client_for("ada")
    answer = ada.post("/needs/shown", {"command_id": str(uuid4()), "coordinates": typed})
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert "Write latitude and longitude like" in html
    assert typed in html, "what was typed is kept"


@pytest.mark.usefixtures("shelves")
def test_the_form_shows_what_was_saved_and_the_open_book_tells_it(client_for: ClientFor) -> None:
    ada = client_for("ada")
    turn_on(ada, as_json="yes", coordinates="-52.520008, 13.4")
    assert 'value="-52.520008, 13.4"' in ada.get("/needs/shown")
    book = ada.get("/open-book/settings")
    assert "Latitude: \u221252.520008, was nothing" in book or "Latitude: -52.520008, was" in book
    turn_on(ada, as_json="yes")
    ((point, _told),) = read_geojson(client_for("").raw(ADDRESS).get_data(as_text=True))
    assert point is None
