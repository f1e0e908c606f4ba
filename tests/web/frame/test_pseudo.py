"""A walk over all pages and files in a language that wraps each sentence: the rest is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from depot.app import create_app
from depot.base.clock import utc_now
from depot.config import from_environment
from depot.mail.links import CONFIRM, END, MailLinks
from depot.mail.server import mail_server
from depot.models import MailAttachment, MailOutbox, ReportSubscription
from depot.needs.commands import SaveNeedsSetting, save_needs_setting
from depot.needs.round import renew_all_lists
from depot.reports.commands.sharing import ShareReport, link_secret, share_report
from depot.reports.weekly_round import queue_weekly_reports
from depot.words.languages import Languages, own_name
from tests.builders import find_actor, make_invitation
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.pseudo import OPEN, SHUT, WRAPPED, write_pseudo
from tests.serving import depot, settings
from tests.unit.papers.shown import text_of
from tests.unwrapped import cells_of, strange, strange_lines, strange_words, written_in
from tests.web.depot_addresses import MARK, North, furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules
from tests.web.walks import password_of, walk

#: Pages of which this walk reads nothing, and why.
UNREAD: Final = NAMES_NOTHING | {
    "api_docs.show",  # for programmers: made from the schema's docstrings, English like its fields
    "guides.index",  # titles of guides: each is a text of its own in each language, or English
}
#: What people wrote that bears no mark: the only column's name in the file that is looked at, the
#: depot's name as it was when the report was filed, and the code of a currency.
WRITTEN: Final = {
    "imports.look": {"name"},
    "reports.filed": {"North"},
    "reports.values": {"EUR"},
    "people.journal": {"Ada"},  # who did something, as they were called then
    "today.show": {"Zz"},  # initials
}
#: What people wrote, where all of it is made recognisable.
MARKED: Final = re.compile(rf"\b{MARK}(\d+|( \w+)?)|\bzzyzx@example\.org\b")
#: A language is called what its speakers call it, whoever reads.
OWN_NAMES: Final = {own_name(name) for name in Languages().names()}
LINKS: Final = MailLinks("http://127.0.0.1:8000", "a key")


@pytest.fixture
def pseudo(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application in the wrapped language, with two depots in it."""
    folder = write_pseudo(tmp_path / "pseudo")
    languages = Languages((folder,), usual=WRAPPED)
    app = create_app(replace(config_for(tmp_path, sqlite_url), languages=languages))
    yield app
    with app.app_context():
        db.engine.dispose()


def _mark_what_depots_begin_with(app: Flask) -> None:
    """Rename what founding a depot wrote, and the mail that was written before anybody reads."""
    with app.app_context():
        for table in ("depot", "person", "category", "location", "tare_box"):
            written = f"name not like '{MARK}%' and name not like '____-____'"  # a crate's code
            db.session.execute(text(f"update {table} set name = '{MARK}' || id where {written}"))
        db.session.execute(text(f"update mail_outbox set subject = '{MARK}' || id"))
        db.session.commit()


def _furnished(app: Flask) -> North:
    north = furnish(app)
    _mark_what_depots_begin_with(app)
    return north


def test_every_word_of_a_page_is_a_sentence_of_the_catalogue(pseudo: Flask) -> None:
    north = _furnished(pseudo)
    ada, walked = Client.signed_in(pseudo, "ada"), 0
    found: dict[str, set[str]] = {}
    for rule in rules(pseudo, "GET"):
        answer = ada.raw(north.address(rule)) if rule.endpoint not in UNREAD else None
        if answer is None or answer.mimetype != "text/html" or answer.status_code != 200:
            continue  # a redirection's page is the web framework's
        walked += 1
        assert OPEN in answer.text, rule.endpoint
        words = set(strange(answer.text, MARKED)) - WRITTEN.get(rule.endpoint, set())
        if words:
            found[rule.endpoint] = words
    assert found == {}
    assert walked > 80


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"<p>{OPEN}Say <b>it</b>{SHUT}</p>", []),
        (f"<p>{OPEN}Moved to {OPEN}here{SHUT} now{SHUT} by {MARK}3</p>", ["by Zzyzx3"]),
        (f'<p title="Find">{OPEN}Find{SHUT}</p>', ["Find"]),
        (f"<button>{OPEN}Find{SHUT}</button> Monday", ["Monday"]),
        ("<td>maanantai</td><td>A67P-WS6S</td><td>CSV</td>", []),
        ("<script>const word = 1</script>", []),
        (f"<p>{OPEN}It weighs 12,5 kg at 18.02 on 24.11.2026.{SHUT} −3</p>", []),
        (f"<p>{OPEN}It weighs 12.5{SHUT}</p>", [f"{OPEN}It weighs 12.5{SHUT}"]),
        (f"<p>{OPEN}Until 2026-11-24{SHUT}</p>", [f"{OPEN}Until 2026-11-24{SHUT}"]),
        (f"<p>{OPEN}Until Tue 24 Nov{SHUT}</p>", [f"{OPEN}Until Tue 24 Nov{SHUT}"]),
        ("<td>-3</td>", ["-3"]),
    ],
)
def test_the_walk_sees_what_is_not_wrapped(page: str, found: list[str]) -> None:
    assert strange(page, MARKED) == found


@pytest.fixture
def demo(tmp_path: Path) -> tuple[Flask, str]:
    """The demo's depots in the wrapped language, and the coordinator's password."""
    folder = write_pseudo(tmp_path / "pseudo")
    environment = settings(
        tmp_path / "data", DEPOT_LANGUAGE=WRAPPED, DEPOT_TRANSLATIONS=str(folder)
    )
    said = depot(environment, "demo", "--weeks", "3")
    return create_app(from_environment(environment)), password_of(said)


def test_every_page_paper_and_file_of_the_demo_speaks_the_readers_language(
    demo: tuple[Flask, str],
) -> None:
    app, password = demo
    rosa = Client(app.test_client())
    rosa.post("/sign-in", {"login": "rosa", "password": password})
    read = _readers(app)
    found: dict[str, str] = {}
    walked: Counter[str] = Counter()
    for path, answer in walk(app, rosa.http):
        form = answer.mimetype or ""
        walked[form] += 1
        if "language=" in path or path.startswith("/guides/"):
            continue  # asked for in another one, or a text of its own in each language
        for words in set(read[form](answer) if form in read else ()) - OWN_NAMES:
            found.setdefault(words, path)
    assert found == {}
    assert walked["text/html"] > 100
    assert walked["application/pdf"] > 15
    assert walked["text/csv"] > 15
    assert walked["text/plain"] > 2


def _readers(app: Flask) -> dict[str, Callable[[TestResponse], list[str]]]:
    """Return what reads each form of an answer and finds what is in no language."""
    with app.app_context():
        written = written_in(db.session())
        by_word = written_in(db.session(), by_word=True)
    # a spreadsheet's own: its numbers and days are cells, and what programs read is in English
    return {
        "text/html": lambda answer: strange(answer.text, written),
        "text/plain": lambda answer: strange_lines(answer.text, written),
        "text/csv": lambda answer: [
            words
            for line in answer.text.splitlines()
            if "section,period," not in answer.text[:20]
            for words in strange_words(line, written=written)
        ],
        "application/pdf": lambda answer: strange_lines(text_of(answer.data), by_word),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lambda answer: [
            words for cell in cells_of(answer.data) for words in strange_lines(cell, written)
        ],
    }


def test_pages_for_anybody_speak_the_visitors_language(pseudo: Flask) -> None:
    north = _furnished(pseudo)
    key = pseudo.config["DEPOT"].secret_key
    links = replace(LINKS, secret_key=key)
    with pseudo.app_context():
        ada = find_actor("ada")
        shown = SaveNeedsSetting(command_id=uuid4(), on_page=True, as_json=True, as_feed=True)
        save_needs_setting(shown, ada)
        db.session.commit()
        renew_all_lists(db.session())
        link = ShareReport(command_id=uuid4(), period="2026-W40", days=9)
        share_report(link, ada, key)
        slug, subscription = ada.depot.slug, north.ids["subscription_id"]
        secret = link_secret(key, ada.depot_id, link.command_id)
        joining = make_invitation(f"{MARK} Eve", "volunteer", ada)
    anybody = pseudo.test_client()
    for path in (
        "/sign-in",
        f"/join/{joining}",
        f"/bring/{slug}",
        f"/shared/{secret}",
        links.url(CONFIRM, subscription).partition("8000")[2],
        links.url(END, subscription).partition("8000")[2],
        "/offline",
    ):
        answer = anybody.get(path)
        assert answer.status_code == 200, path
        assert strange(answer.text, MARKED) == [], path


def test_errors_speak_the_readers_language(pseudo: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    north = _furnished(pseudo)
    ada, ben = Client.signed_in(pseudo, "ada"), Client.signed_in(pseudo, "ben")
    pseudo.testing = pseudo.debug = False
    anybody = pseudo.test_client()
    monkeypatch.setitem(pseudo.view_functions, "today.more", lambda: 1 // 0)
    answers = {
        404: ada.raw("/no/such/page"),
        403: ben.raw("/people/"),
        405: ada.http.get("/sign-out"),
        410: anybody.get("/join/no-such-link"),
        413: ada.http.post("/imports/", data=b"x" * (13 * 2**20)),
        400: ada.http.post(f"/crates/{north.ids['code']}/move", data={"to": "Arrivals"}),
        500: ada.http.get("/more"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {
        status: status for status in answers
    }
    for status, answer in answers.items():
        assert OPEN in answer.text, status
        assert strange(answer.text, MARKED) == [], status


def test_every_mail_speaks_the_usual_language(pseudo: Flask) -> None:
    north = _furnished(pseudo)
    config = pseudo.config["DEPOT"]
    mail = mail_server("smtp://127.0.0.1:1", "north@example.org")
    pseudo.config["DEPOT"] = replace(config, mail=mail)
    ada = Client.signed_in(pseudo, "ada")
    with pseudo.app_context():
        db.session.execute(text("update partner set mail_address = 'baker@example.org'"))
        db.session.execute(text("delete from mail_outbox"))
        for wish in db.session.scalars(select(ReportSubscription)):
            wish.created_at = wish.confirmed_at = datetime(2020, 1, 1, tzinfo=UTC)
        db.session.commit()
        assert queue_weekly_reports(db.session(), LINKS, languages=config.languages) == 1
    year = {"command_id": str(uuid4()), "year": str(utc_now().year)}
    assert ada.post("/papers/statements/mail", year).status_code == 303
    asked = {"command_id": str(uuid4()), "address": "eve@example.org"}
    assert ada.post("/mails/ask", asked).status_code == 303
    with pseudo.app_context():
        mails = db.session.scalars(select(MailOutbox)).all()
        files = db.session.scalars(select(MailAttachment)).all()
        assert {one.to_address for one in mails} == {
            "baker@example.org",
            "eve@example.org",
            "zzyzx@example.org",
        }
        for one in mails:
            assert OPEN in one.subject
            assert strange_lines(f"{one.subject}\n{one.body}", MARKED) == []
        assert len(files) == 2
        for file in files:
            assert strange_lines(text_of(file.content), MARKED) == [], file.name
    assert north.ids
