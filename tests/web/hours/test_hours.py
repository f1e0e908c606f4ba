"""Hours through the pages, files and papers: sums for all, names for coordinators."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.periods import month_of
from depot.joining.commands.coming import Come, Leave, come, leave
from tests.builders import find_actor
from tests.clients import Client
from tests.commands.rota.acts import single, take
from tests.web.depot_addresses import bearer

ClientFor = Callable[[str], Client]


def be_here(who: Actor, minutes: int = 90) -> date:
    """Come that long ago and leave now; return the day on which it began over there."""
    at = utc_now() - timedelta(minutes=minutes)
    come(Come(command_id=uuid4(), occurred_at=at), who)
    leave(Leave(command_id=uuid4()), who)
    return local_day(at, who.depot.time_zone)


def test_sums_without_names(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        year = be_here(find_actor("ben")).year
    ben = client_for("ben")
    page = ben.get(f"/hours/?year={year}")
    assert "1.5 h" in page
    assert "Ben" not in page.partition("<main")[2]
    listed = ben.raw(f"/hours/sums.csv?year={year}").get_data(as_text=True)
    assert "1.5" in listed
    assert "Ben" not in listed
    assert "1.5 h" not in client_for("cleo").get(f"/hours/?year={year}")
    assert "1.5 h" not in ben.get("/hours/?year=2020")
    assert ben.raw("/hours/?year=nonsense").status_code == 200


def test_programs_are_told_of_any_period(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        month = month_of(be_here(find_actor("ben"))).name
    client, headers = client_for(""), bearer(app, "ada")
    told = client.http.get(f"/api/v1/hours?period={month}", headers=headers).get_json()
    assert (told["period"], told["times"], told["people"], told["minutes"]) == (month, 1, 1, 90)
    assert client.http.get("/api/v1/hours?period=soon", headers=headers).status_code == 422
    assert client.http.get("/api/v1/hours", headers=headers).status_code == 422


@pytest.mark.parametrize(
    "address", ["/hours/attendance.csv?month={month}", "/papers/attendance?day={day}"]
)
def test_names_are_for_coordinators(app: Flask, client_for: ClientFor, address: str) -> None:
    with app.app_context():
        day = be_here(find_actor("ben"))
    address = address.format(month=month_of(day).name, day=day)
    assert "Ben" in client_for("ada").raw(address).get_data(as_text=True)
    assert client_for("ben").raw(address).status_code == 403
    assert "Ben" not in client_for("cleo").raw(address).get_data(as_text=True)


def test_the_rota_of_a_week_is_a_paper(app: Flask, client_for: ClientFor) -> None:
    with app.app_context():
        at = utc_now()
        name = single(find_actor("ada"), timedelta(), starts_at=at, ends_at=at + timedelta(hours=2))
        take(find_actor("ben"), name, at)
    ben = client_for("ben")
    page = ben.get("/papers/rota")
    assert "Door" in page
    assert "Ben" in page
    assert ben.raw("/papers/rota.pdf").data.startswith(b"%PDF")
    assert "Nothing is on in this week." in ben.get("/papers/rota?from=2026-01-07")
    assert "Door" in ben.get("/papers/rota?from=soon")
    assert "Door" not in client_for("cleo").get("/papers/rota")
