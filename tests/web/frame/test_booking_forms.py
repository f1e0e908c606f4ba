"""All forms that take an amount or book something, found by a walk over the routes.

Each amount says its unit beside it and is read by one rule; each form that books something can say
when it happened. A form that is new shows up here by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from blueprints.deliveries import PAGE_FORMS
from blueprints.frame.guards import limiter
from depot.base.clock import utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.models import Category, Depot, StockEntry, StockMove
from depot.reports.filing import FileReport, file_report
from tests.builders import find_actor, receive, stock_at
from tests.clients import Client
from tests.commands.shelves import put_crate
from tests.current import db
from tests.web.depot_addresses import furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules
from tests.web.phone_client import Phone, make_command
from tests.web.phone_client import form as phone_form

CODE: Final = "7K3M-9QX2"
#: Pages' forms that book something, by where they are sent.
BOOKS: Final = {
    "intake.create",
    "crates.do_move",
    "crates.do_take_out",
    "crates.do_count",
    "crates.do_fill",
    "crates.do_empty",
    "stock.do_goods",
    "distribution.issue",
    "distribution.take_back",
    "distribution.count",
    "production.produce",
}
#: Forms with an amount that book nothing.
BOOKS_NOTHING: Final = {
    "items.create_item",
    "items.update_item",
    "items.create_category",
    "items.update_category",
    "needs.save_category",
    "needs.save_item",
    "papers.save_plan",
    "scans.do_learn",
}
#: Numbers that are no amount, or of what their label names: they need no unit beside them.
NO_AMOUNT: Final = re.compile(
    r"households|adults|children|seniors|"
    r"position|port|across|down|times|count|start_at|hour|number|best_before_extension_days|"
    r"own_(width|height)|offset_[xy]|share|grams_per_meal|days"
)


def forms_of(page: str) -> Iterator[tuple[str, str]]:
    """Yield the address and the HTML of each form of a page that is sent by POST."""
    for found in re.finditer(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL):
        if 'method="post"' in found[1] and (action := re.search(r'action="([^"]*)"', found[1])):
            yield action[1], found[2]


def endpoint_of(app: Flask, action: str) -> str:
    path = action.partition("?")[0].replace("&amp;", "&")
    try:
        return str(app.url_map.bind("localhost").match(path, method="POST")[0])
    except HTTPException:
        return ""


@pytest.fixture
def pages(app: Flask) -> dict[str, str]:
    """Every page of a depot that has one of everything, by its endpoint."""
    north = furnish(app)
    ada = Client.signed_in(app, "ada")
    with app.app_context():
        limiter.reset()
    found: dict[str, str] = {}
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING:
            continue
        answer = ada.raw(_address(rule, north.address(rule)))
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found[rule.endpoint] = answer.get_data(as_text=True)
    return found


def _address(rule: Rule, address: str) -> str:
    return address + "?from=Zzyzx+shelf" if rule.endpoint == "crates.fill" else address


def test_each_form_that_books_something_can_say_when(app: Flask, pages: dict[str, str]) -> None:
    met, without = set(), set()
    for page in pages.values():
        for action, html in forms_of(page):
            endpoint = endpoint_of(app, action)
            if endpoint in BOOKS_NOTHING or not ("data-amount" in html or endpoint in BOOKS):
                continue
            met.add(endpoint)
            if 'name="when_day"' not in html or 'name="when_time"' not in html:
                without.add(endpoint)
    assert without == set()
    assert met == BOOKS


def test_each_form_that_a_phone_keeps_can_say_when(pages: dict[str, str]) -> None:
    kept = {
        (endpoint, name[1]): "when_day" in html
        for endpoint, page in pages.items()
        for attributes, html in re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL)
        if (name := re.search(r'data-outbox="([^"]+)"', attributes))
    }
    assert {what for what, has in kept.items() if not has} == set()
    assert {name for _endpoint, name in kept} == set(PAGE_FORMS)


def test_each_amount_says_its_unit(pages: dict[str, str]) -> None:
    fields, without = 0, set()
    for endpoint, page in pages.items():
        for found in re.finditer(
            r'<input [^>]*inputmode="(?:decimal|numeric)"[^>]*>(.{0,80})', page
        ):
            name = re.search(r'name="([^"]*)"', found[0])
            assert name
            if NO_AMOUNT.search(name[1]):
                continue
            fields += 1
            unit = re.match(r'<span class="unit"[^>]*>([^<]+)', found[1])
            if unit is None or not unit[1].strip():
                without.add(f"{endpoint}: {name[1]}")
    assert without == set()
    assert fields > 40


Fields = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A form with an amount: where it is sent, what is in it, and the row of its amount."""

    address: str
    fields: Fields
    amount: str
    form: str = ""
    args: tuple[str, ...] = ()

    def typed(self, amount: str, **more: str) -> Fields:
        return {"command_id": str(uuid4())} | self.fields | {self.amount: amount} | more


def kinds(ids: dict[str, int]) -> dict[str, Kind]:
    """Return a form of each kind, for potatoes, which are weighed."""
    item = {"lines-0-item": "Potatoes"}
    lot = {"lines-0-lot_id": str(ids["lot"]), "lines-0-unit": "gram"}
    event = f"/hand-outs/{ids['event']}"
    loose = f"/stock/places/{ids['place']}/goods/{ids['lot']}"
    door = {"source": "anyone", "what": "items"}
    return {
        "door": Kind("/donations/new", door | item, "lines-0-quantity", "donation"),
        "door by weight": Kind(
            "/donations/new",
            {"source": "anyone", "what": str(ids["category"])},
            "weight",
            "donation",
        ),
        "hand-out": Kind(f"{event}/hand-out", item, "lines-0-amount", "hand-out", ("event",)),
        "bring back": Kind(f"{event}/bring-back", item, "lines-0-amount", "bring-back", ("event",)),
        "take out": Kind(
            f"/crates/{CODE}/take-out",
            {"what_for": "use", "which": "some"} | lot,
            "lines-0-amount",
            "crate-take-out",
            ("code",),
        ),
        "take out, not listed": Kind(
            f"/crates/{CODE}/take-out",
            {"what_for": "damaged", "which": "some", "others-0-item": "Potatoes"},
            "others-0-amount",
            "crate-take-out",
            ("code",),
        ),
        "fill": Kind(
            f"/crates/{CODE}/fill",
            {"source": "Arrivals"} | lot,
            "lines-0-amount",
            "crate-fill",
            ("code",),
        ),
        "put elsewhere": Kind(
            f"/crates/{CODE}/empty",
            {"which": "some", "to": "Arrivals"} | lot,
            "lines-0-amount",
            "crate-empty",
            ("code",),
        ),
        "move": Kind(f"{loose}/move", {"to": CODE}, "amount"),
        "write off": Kind(f"{loose}/out", {"what_for": "damaged"}, "amount"),
        "cook": Kind(
            "/production",
            {"inputs-0-item": "Potatoes", "outputs-0-item": "Soup", "outputs-0-amount": "5 pieces"},
            "inputs-0-amount",
        ),
    }


KINDS: Final = (
    "door",
    "door by weight",
    "hand-out",
    "bring back",
    "take out",
    "take out, not listed",
    "fill",
    "put elsewhere",
    "move",
    "write off",
    "cook",
)


@pytest.fixture
def ids(app: Flask) -> dict[str, int]:
    """The north has 100 kg of potatoes at Arrivals, 100 kg in a crate, and a hand-out."""
    with app.app_context():
        ada = find_actor("ada")
        put_crate(ada, CODE)
        receive(ada, 100_000, "Potatoes", unit="gram")
        receive(ada, 100_000, "Potatoes", crate_code=CODE)
        plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=utc_now())
        move = db.session.scalars(select(StockMove)).first()
        assert move is not None
        return {
            "event": int(plan_event(plan, ada).body["id"]),
            "lot": move.lot_id,
            "place": move.target_id,
            "category": _category(),
        }


def _category() -> int:
    return int(db.session.scalars(select(Category.id).where(Category.name == "Bread")).first() or 0)


@pytest.fixture
def ben(app: Flask) -> Client:
    return Client.signed_in(app, "ben")


def last_grams(app: Flask) -> int:
    """Return how much of what is weighed the last entry moved."""
    with app.app_context():
        last = select(func.max(StockEntry.id)).scalar_subquery()
        moved = select(func.sum(StockMove.quantity)).where(
            StockMove.entry_id == last, StockMove.quantity > 5
        )
        return int(db.session.scalar(moved) or 0)


def last_entry(app: Flask) -> StockEntry:
    with app.app_context():
        return db.session.scalars(select(StockEntry).order_by(StockEntry.id.desc())).first()  # type: ignore[return-value]


@pytest.mark.parametrize("name", KINDS)
def test_every_form_reads_an_amount_by_the_same_rule(
    app: Flask, ben: Client, ids: dict[str, int], name: str
) -> None:
    kind = kinds(ids)[name]
    for typed, grams in (("2", 2000), ("2 kg", 2000), ("2500 g", 2500), ("2 x 1,5 kg", 3000)):
        answer = ben.post(kind.address, kind.typed(typed))
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert last_grams(app) == grams, typed
    for typed in ("1.200", "9-1", "2 stones", "3 tins", "2 l", "-4"):
        refused = ben.post(kind.address, kind.typed(typed))
        page = refused.get_data(as_text=True)
        assert refused.status_code == 422, typed
        assert f"“{typed}”" in page, typed
        assert f'value="{typed}"' in page, "what was typed is kept"
    assert last_grams(app) == 3000


@pytest.mark.parametrize("name", KINDS)
def test_every_form_takes_a_slip_of_the_day_before(
    app: Flask, ben: Client, ids: dict[str, int], name: str
) -> None:
    kind, now = kinds(ids)[name], utc_now()
    long_here(app)
    day = (now - timedelta(days=1)).strftime("%Y-%m-%d")
    answer = ben.post(kind.address, kind.typed("2", when_day=day, when_time="09:30"))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    entry = last_entry(app)
    assert entry.occurred_at == at(day, "09:30")
    assert entry.occurred_on.isoformat() == day
    assert "entered later, on" in ben.get("/ledger/")
    future = kind.typed("2", when_day=(now + timedelta(days=2)).strftime("%Y-%m-%d"))
    refused = ben.post(kind.address, future)
    assert refused.status_code == 422
    assert "is still to come. It is " in refused.get_data(as_text=True)
    odd = ben.post(kind.address, kind.typed("2", when_day=day, when_time="25:99"))
    assert "“25:99” is not a time." in odd.get_data(as_text=True)
    assert last_entry(app).id == entry.id


QUEUED: Final = tuple(name for name in KINDS if name not in ("move", "write off", "cook"))


@pytest.mark.parametrize("name", QUEUED)
def test_what_a_phone_kept_keeps_the_time_that_was_written_down(
    app: Flask, ids: dict[str, int], name: str
) -> None:
    kind, now = kinds(ids)[name], utc_now()
    long_here(app)
    day = (now - timedelta(days=3)).strftime("%Y-%m-%d")
    args: dict[str, Any] = {"event": {"event_id": ids["event"]}, "code": {"code": CODE}}
    named = args[kind.args[0]] if kind.args else {}
    typed = {key: value for key, value in kind.typed("2").items() if key != "command_id"}
    sent = phone_form(kind.form, named) | {
        "fields": typed | {"when_day": day, "when_time": "17:00"},
        "occurred_at": (now - timedelta(hours=5)).isoformat(),
    }
    [told] = Phone(app, "ben").sync(sent, sent_at=(now + timedelta(hours=1)).isoformat())
    assert told["result"] == "posted", told
    assert last_entry(app).occurred_at == at(day, "17:00")


def test_a_scan_of_an_earlier_day_is_booked_on_that_day(app: Flask, ids: dict[str, int]) -> None:
    long_here(app)
    now = utc_now()
    day = (now - timedelta(days=2)).strftime("%Y-%m-%d")
    scan = make_command("issue", at=now, event_id=ids["event"], crate_code=CODE)
    [told] = Phone(app, "ben").sync(scan | {"when_day": day})
    assert told["result"] == "posted", told
    entry = last_entry(app)
    assert entry.occurred_at == at(day, "12:00"), "noon at the depot"


def test_a_filed_period_is_asked_about_once_and_shows_it_afterwards(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    long_here(app)
    with app.app_context():
        ada = find_actor("ada")
        week = (utc_now() - timedelta(days=7)).strftime("%G-W%V")
        filed = FileReport(command_id=uuid4(), period=week)
        number = file_report(filed, ada).answer.number
    day = (utc_now() - timedelta(days=7)).strftime("%Y-%m-%d")
    typed = kinds(ids)["door"].typed("2", when_day=day)
    asked = ben.post("/donations/new", typed)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409
    assert "in a report that was filed already" in page
    assert f'value="{day}"' in page
    keys = re.search(r'name="confirmed" value="([^"]+)"', page)
    assert keys
    before = last_entry(app).id
    again = ben.post("/donations/new", typed | {"confirmed": "nonsense"})
    assert again.status_code == 409
    assert last_entry(app).id == before
    saved = ben.post("/donations/new", typed | {"confirmed": keys[1]})
    assert saved.status_code == 303
    late = Client.signed_in(app, "ada").get(f"/reports/filed/{number}/late")
    assert "Potatoes" in late


def test_a_program_with_an_earlier_time_is_not_asked(app: Flask, ids: dict[str, int]) -> None:
    phone = Phone(app, "ben")
    old = make_command("receipt", at=datetime(2020, 1, 1, tzinfo=UTC), source={"kind": "donation"})
    [told] = phone.sync(old | {"lines": [{"item": "Rice", "quantity": 1}]})
    assert told["result"] == "posted"


def test_a_day_before_the_first_is_asked_about(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    typed = kinds(ids)["door"].typed("2", when_day="2019-03-04")
    asked = ben.post("/donations/new", typed)
    assert asked.status_code == 409
    assert "2019 is before the first day of this depot" in asked.get_data(as_text=True)
    absurd = kinds(ids)["door"].typed("2", when_day="0999-03-04")
    assert ben.post("/donations/new", absurd).status_code == 422


def at(day: str, time: str) -> datetime:
    """Return an instant of the wall clock in the north."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo("Europe/Berlin"))


def long_here(app: Flask) -> None:
    """The depot is there since a year ago."""
    with app.app_context():
        for depot in db.session.scalars(select(Depot)):
            depot.created_at = utc_now() - timedelta(days=365)
        db.session.commit()


def test_what_is_typed_is_shown_as_it_is_understood(
    app: Flask, ben: Client, ids: dict[str, int]
) -> None:
    def said(**asked: str) -> dict[str, str]:
        found: dict[str, str] = ben.raw("/stock/amounts", query_string=asked).get_json()
        return found

    assert said(text="2 x 500 g", unit="gram") == {"unit": "kg", "said": "= 1 kg", "problem": ""}
    assert said(text="20", item="potatoes") == {"unit": "kg", "said": "= 20 kg", "problem": ""}
    assert said(text="1,234 kg", item="Potatoes")["said"] == "= 1,234 kg"
    assert said(text="1234 g", item="Potatoes")["said"] == "= 1.234 kg"
    assert said(text="24", item="Something new")["said"] == "= 24"
    assert said(text="2 kg", item="Something new") == {
        "unit": "kg",
        "said": "= 2 kg",
        "problem": "",
    }
    assert said(text="", item="Potatoes") == {"unit": "kg", "said": "", "problem": ""}
    assert (
        said(text="1.200", unit="gram")["problem"]
        == "“1.200” can be two numbers. Write 1.2 or 1200."
    )
    assert said(text="5 tins", unit="gram")["problem"].startswith("“5 tins”: this is weighed.")
    assert said(text="400", unit="small") == {"unit": "g", "said": "= 400 g", "problem": ""}
    assert said(text="14 oz", unit="small")["said"].startswith("= 396.89")
    assert said(text="0", unit="gram")["said"] == "= 0 kg"
    with app.app_context():
        assert stock_at(find_actor("ben"), "Arrivals") == {"Potatoes": 100_000}, "nothing is booked"
