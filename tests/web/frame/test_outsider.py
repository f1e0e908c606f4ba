"""The outsider, the volunteer and the stranger at every door: a walk over all routes there are.

Cleo of the south knows every id and code of the north. A new route needs its row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any, Final

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.clients import Client
from tests.web.decisions.bodies import DECISIONS
from tests.web.depot_addresses import MARK, North, bearer, depot_rows, furnish, row_counts, send
from tests.web.doors import COORDINATORS
from tests.web.duties.bodies import DUTIES
from tests.web.handover.bodies import NOTES
from tests.web.name_sheets.bodies import NAME_SHEETS
from tests.web.network.bodies import BETWEEN
from tests.web.partners.bodies import REQUESTS
from tests.web.rota.bodies import ROTA
from tests.web.safety.bodies import HOLDS, TEMPERATURES
from tests.web.series.bodies import SERIES
from tests.web.tasks.bodies import TASKS
from tests.web.visits.bodies import CARD

ClientFor = Callable[[str], Client]
Body = dict[str, Any]

SHELL: Final = ("icon_png", "manifest", "offline", "healthz", "readyz", "metrics", "service_worker")
#: Doors that stand open to anybody, and say nothing of a depot.
OPEN: Final = {
    "static",
    *(f"shell.{page}" for page in SHELL),
    "account.sign_in",
    "languages.choose",
    "languages.choose_letters",
    "account.do_sign_in",
    "account.sign_out",
    "account.join",
    "account.do_join",
    "account.ask_recovery",
    "account.asked",
    "account.code",
    "account.do_ask_recovery",
    "account.do_code",
    "account.sign_in_by_passkey",
    *(f"devices_public.{act}" for act in ("who", "tap", "join", "leave")),
    "api_docs.client",
    "api_docs.show",
    "phones.ready",
    *(f"guides.{page}" for page in ("index", "show", "picture")),
    "api-docs.openapi_json",
}
#: Addresses whose parameter names a form of an answer, not a thing of a depot.
NAMES_NOTHING: Final = {
    "static",
    "bundles.show",
    "guides.picture",
    "guides.show",
    "reports.weekly_file",
    "account.join",
    "account.do_join",
    "account.recover",
    "account.do_recover",
    # what a depot shows everybody, if it does: tests/web/needs/test_needs.py
    "mails_public.confirm",
    "mails_public.do_confirm",
    "mails_public.do_end",
    "mails_public.end",
    "needs_public.page",
    "needs_public.as_geojson",
    "needs_public.as_json",
    # where donors announce: tests/web/dropoffs/test_drop_offs.py
    "dropoffs_public.ask",
    "dropoffs_public.announce",
    "dropoffs_public.thanks",
    # what an agency's link opens: tests/web/partners/test_requests.py
    "agency_public.home",
    "agency_public.state",
    "agency_public.ask",
    "agency_public.create",
    "agency_public.show",
    "agency_public.change",
    "agency_public.withdraw",
    # who has the code on the wall joins: tests/web/joining/test_joining.py
    "joining_public.ask",
    "joining_public.join",
    # who has the link sets a device up: tests/web/devices/test_devices.py
    "devices_public.ask",
    "devices_public.set_up",
    # what a calendar's secret opens: tests/web/calendars/test_calendars.py
    *(f"calendars_public.{page}" for page in ("feed", "confirm", "do_confirm", "end", "do_end")),
    # what the program brings along: tests/web/playbooks/test_playbooks.py
    "playbooks.look",
    "playbooks.take",
    "sharing_public.file",  # what a link shows: tests/web/sharing/test_sharing.py
    "sharing_public.report",
    "sharing_public.version",
    "sharing_public.version_file",
    "needs_public.as_feed",
    "shell.icon_png",
    "reports.period_file",
    "reports_api.file_week",
}
#: Doors of the pages' own scripts: they are told in JSON, never sent to another page.
PROGRAMS_DOORS: Final = {
    "sync.deliver",
    "sync.known",
    "scan_answers.look",
    "search_answers.suggest",
    "scan_answers.compare_for_script",
}
_RICE: Final = {"item": "Rice", "quantity": 1}
#: What is done to one webhook.
WEBHOOK_ACTS: Final = ("end", "resume", "test")
#: What is sent to each address that names a thing: all of it right, but for whose thing it is.
SENT: Final[dict[str, Body]] = {
    "agreeing.agree": {},
    "agreeing.decline": {"why": "No"},
    "agreeing.withdraw": {},
    "agreeing_api.withdraw": {},
    "imports_api.undo": {},
    "ledger_api.settle": {"resolution": "accepted"},
    "codes.adopt": {},
    "counts.add_crate": {"crate": "7K3M-9QX2"},
    "counts.add_found": {"item": "Rice", "amount": "1"},
    "counts.call_off": {},
    "counts.write": {"lines-0-number": "1", "lines-0-amount": "1"},
    "counts_api.add_crate": {"crate": "7K3M-9QX2"},
    "counts_api.add_found": _RICE,
    "counts_api.call_off": {},
    "counts_api.post": {},
    "counts_api.undo": {},
    "counts_api.write": {"lines": [{"number": 1, "quantity": 1}]},
    "counts_posting.post": {"version": "0"},
    "counts_posting.undo": {},
    "crates.do_count": {"found-0-item": "Rice", "found-0-amount": "1"},
    "crates.do_empty": {"which": "all", "to": "Arrivals"},
    "crates.do_fill": {"which": "all", "source": "Arrivals"},
    "crates.do_move": {"to": "Arrivals"},
    "crates.do_relabel": {},
    "crates.do_retire": {},
    "crates.do_take_out": {"which": "all", "what_for": "use"},
    "crates.look_count": {},
    "crates.look_fill": {},
    "crates_api.counted": {"found": [_RICE]},
    "crates_api.fill": {"source": "Arrivals"},
    "crates_api.move": {"to": "Arrivals"},
    "crates_api.retire": {},
    "crates_api.take": {"reason": "use"},
    **{f"{door}.{act}": {} for door in ("webhooks", "programs_api") for act in WEBHOOK_ACTS},
    "devices.end": {},
    "devices_api.end": {},
    "discrepancies.resolve": {"resolution": "accepted"},
    "distribution.close": {},
    "distribution.count": {"households": "1"},
    "distribution.issue": {"lines-0-item": "Rice", "lines-0-amount": "1"},
    "distribution.open_": {},
    "distribution.take_back": {"lines-0-item": "Rice", "lines-0-amount": "1"},
    "distribution_api.bring_back": {"lines": [_RICE]},
    "distribution_api.close": {},
    "table.hand_out": {"parcel": f"{MARK} parcel", "adults": "1"},
    "table_api.hand_out": {"parcel": 1, "adults": 1},
    "visits.count": {"card": CARD},
    "visits_api.count": {"card": CARD},
    "distribution_api.issue": {"lines": [_RICE]},
    "distribution_api.people": {"households": 1},
    "imports.run": {},
    "intake.update_box": {"name": "Box", "grams": "2"},
    "erasing.erase": {},
    **DUTIES,
    "join_links.close": {},
    "join_links.end_helper": {},
    "join_links.end_phone": {},
    "join_links.let_in_again": {},
    "join_links_api.close": {},
    "ledger.undo": {},
    "ledger_api.reverse": {},
    "mails.drop": {},
    "mails.end": {},
    "mails.retry": {},
    "needs.save_category": {"minimum": "3"},
    "needs.save_item": {"minimum": "3"},
    "papers.save_plan": {"lines-0-item": "Rice", "lines-0-amount": "1"},
    "people.change_role": {"role": "volunteer"},
    "own.end_device": {},
    "own.end_passkey": {},
    "people.end_access": {},
    "people.end_factor": {},
    "people.help_back_in": {},
    "people.revoke_invitation": {},
    "people.revoke_token": {},
    "scans.compare": {},
    "scans.finish": {"found": "0", "missing": "0", "misplaced": "0"},
    "scans.forget": {},
    "scans.set_right": {"text": "5000112637922"},
    "printers.print_test": {},
    "printers.update_printer": {"name": "Printer", "kind": "sheet"},
    "printers.update_sheet": {
        "name": "Sheet",
        "page": "A4",
        "across": "1",
        "down": "1",
        "label_width": "50",
        "label_height": "50",
        "left": "5",
        "top": "5",
    },
    "printing.print_crate": {},
    "sharing.end": {},
    "reports.drop_value": {},
    "reports.update_factor": {"grams_per_meal": "5", "stated": "5 g", "source": "Us"},
    "reports.update_form": {
        "name": "Form",
        "kind": "week",
        "tables-0-title": "In",
        "entries0-0-words": "In",
        "entries0-0-figure": "sourced",
    },
    "stock.do_goods": {"amount": "1", "what_for": "use"},
    "crates.tag": {"add": "mine"},
    "printing.print_packed": {},
    "distribution.do_change": {"name": "Mine", "starts_at": "2030-05-05T11:00"},
    "distribution.do_call_off": {},
    "distribution.pack": {},
    "distribution.pick": {"location_id": "1", "lot_id": "1", "quantity": "1"},
    "distribution_api.call_off": {},
    "distribution.fetch": {"lines-0-item": "Rice", "lines-0-amount": "1"},
    "distribution_api.pick": {"lines": [_RICE]},
    "imports.undo": {},
    "dropoffs.confirm": {"lines-0-item": "Kale", "lines-0-amount": "1"},
    "dropoffs.call_off": {},
    # the page of its item is asked for again, which is not there
    "items.keep_photo": {},
    "items.remove_photo": {},
    "items_api.remove_photo": {},
    "items.update_category": {"name": "Greens"},
    "items.update_item": {"name": "Kale", "category": "1", "base_unit": "piece"},
    "partners.erase_partner": {"name": "A donor of 2026"},
    "partners.update_partner": {"name": "Bakery", "source_kind": "donation"},
    "locations_api.count": {"lines": [_RICE]},
    "locations.update_place": {"name": "Shelf", "kind": "storage"},
    **ROTA,
    **TASKS,
    **SERIES,
    **(TEMPERATURES | DECISIONS | REQUESTS | BETWEEN),
    **NAME_SHEETS,
    **NOTES,
    "handbook.update": {"title": "Mine", "text": "Mine"},
    **HOLDS,
    "production.do_apart": {"to": "Arrivals"},
    "production.update_recipe": {
        "name": "Stew",
        "inputs-0-item": "Rice",
        "inputs-0-quantity": "1",
        "outputs-0-item": "Rice",
        "outputs-0-quantity": "1",
    },
    "production.update_parcel": {
        "name": "Mine",
        "lines-0-item": "Rice",
        "lines-0-household": "1",
    },
    "production.plan_parcels": {"grid": "event=1&households-0-1-0=1"},
    "production.freeze": {"amount": "1", "date": "2030-05-05"},
    "production.thaw": {"amount": "1", "date": "2030-05-05"},
}
#: Addresses that are nothing without a query or a token.
ASKS_FOR_MORE: Final = {"needs.poster", "printing.print_again", "shell.metrics"}
#: The outsider may take a label into use that nobody in the south has made: it tells nothing.
OWN_IN_EACH_DEPOT: Final = {"codes.adopt"}


@pytest.fixture
def north(app: Flask) -> North:
    """The north, with one of everything in it."""
    return furnish(app)


def rules(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def post_everything(
    app: Flask, client: Client, own: North, headers: dict[str, str], **options: Any
) -> Iterator[tuple[str, Any]]:
    """Post to each address that names a thing of one's own depot, what ends things last."""
    last = ("relabel", "close", "take_down", "retire", "end_access", "erase", "undo", "reverse")
    wanted = [rule for rule in rules(app, "POST") if rule.endpoint in SENT]
    for rule in sorted(wanted, key=lambda rule: any(word in rule.endpoint for word in last)):
        body = dict(SENT[rule.endpoint])
        if rule.endpoint == "items.update_item":
            body["category"] = str(own.ids["category_id"])
        if "crate" in body:
            body["crate"] = str(own.ids["code"])
        if "grid" in body:
            body["grid"] = f"event={own.ids['event_id']}&households-0-1-0=1"
        if rule.endpoint == "table_api.hand_out":
            body["parcel"] = own.ids["parcel_id"]
        if "term" in body:
            body["term"] = own.ids["term"]
        if "lot_id" in body:
            body |= {name: str(own.ids[name]) for name in ("location_id", "lot_id")}
        yield rule.endpoint, send(client, own.address(rule), body, headers, **options)


def test_every_address_that_names_a_thing_has_its_row(app: Flask) -> None:
    named = {rule.endpoint for rule in rules(app, "POST") if rule.arguments} - NAMES_NOTHING
    assert named == set(SENT)
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= COORDINATORS | OPEN


def test_the_outsider_reads_nothing_of_the_north(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    cleo, headers = client_for("cleo"), bearer(app, "cleo")
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING:
            continue
        path = north.address(rule)
        answer = cleo.raw(path, headers=headers if path.startswith("/api/") else None)
        if rule.arguments - {"ending"}:  # an ending names the form of a file, not a thing
            assert answer.status_code == HTTPStatus.NOT_FOUND, path
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, path
        assert MARK.encode() not in answer.get_data(), path


def test_the_outsider_writes_nothing_of_the_north(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    cleo, headers = client_for("cleo"), bearer(app, "cleo")
    before, kept = row_counts(app), depot_rows(app, "north")
    for rule in rules(app, "POST"):
        if rule.endpoint not in SENT or rule.endpoint in OWN_IN_EACH_DEPOT:
            continue
        path = north.address(rule)
        answer = send(cleo, path, SENT[rule.endpoint], headers)
        assert answer.status_code == HTTPStatus.NOT_FOUND, (path, answer.get_data(as_text=True))
        assert MARK not in answer.get_data(as_text=True), path
    assert row_counts(app) == before
    assert depot_rows(app, "north") == kept


def test_what_is_sent_would_have_counted_from_the_north(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    # the walk above would prove nothing if its bodies were refused for another reason
    ada, headers = client_for("ada"), bearer(app, "ada")
    for endpoint, answer in post_everything(app, ada, north, headers):
        status = answer.status_code
        assert status != HTTPStatus.NOT_FOUND, (endpoint, answer.get_data(as_text=True))
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR, endpoint


def test_a_volunteer_has_no_coordinators_door(
    app: Flask, client_for: ClientFor, north: North
) -> None:
    ben = client_for("ben")
    before = row_counts(app)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if rule.endpoint not in COORDINATORS:
                continue
            path = north.address(rule)
            body = SENT.get(rule.endpoint, {"name": "X", "role": "volunteer"})
            answer = ben.raw(path) if method == "GET" else send(ben, path, body, {})
            assert answer.status_code == HTTPStatus.FORBIDDEN, (method, path)
    assert row_counts(app) == before


def test_a_volunteer_has_every_other_door(app: Flask, client_for: ClientFor, north: North) -> None:
    ben = client_for("ben")
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING | COORDINATORS | ASKS_FOR_MORE:
            continue
        if not (path := north.address(rule)).startswith("/api/"):
            assert ben.raw(path).status_code in (HTTPStatus.OK, HTTPStatus.FOUND), path


def test_a_stranger_is_sent_to_sign_in(app: Flask, client_for: ClientFor, north: North) -> None:
    stranger = client_for("")
    before = row_counts(app)
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            if rule.endpoint in OPEN | NAMES_NOTHING:
                continue
            path, body = north.address(rule), SENT.get(rule.endpoint, {})
            answer = stranger.raw(path) if method == "GET" else send(stranger, path, body, {})
            if path.startswith("/api/") or rule.endpoint in PROGRAMS_DOORS:
                assert answer.status_code == HTTPStatus.UNAUTHORIZED, (method, path)
            else:
                assert answer.status_code == HTTPStatus.FOUND, (method, path)
                assert answer.headers["Location"].startswith("/sign-in"), (method, path)
            assert MARK not in answer.get_data(as_text=True), path
    assert row_counts(app) == before
