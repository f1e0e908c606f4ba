"""Choosing a language: for a browser, for an account, for the depot; and who reads which."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from depot.app import create_app
from depot.models import Depot, Partner, Person, StockEntry
from depot.words.languages import Languages
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.translations import translated
from tests.web.settings.test_settings import GOOD
from tests.web.stock_setup import number_of, stock_up

ClientFor = Callable[[str], Client]
NEEDED = "This needs a token that counts."
TOLD = "Das braucht ein gültiges Token."


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str) -> Flask:
    """The application with German, Arabic and Portuguese catalogues of a few sentences."""
    words = translated(tmp_path / "words", "de", {"Sign in": "Anmelden", NEEDED: TOLD})
    translated(words, "ar", {"Sign in": "تسجيل الدخول"})
    translated(words, "pt_BR", {"Sign in": "Entrar"})
    config = config_for(tmp_path, sqlite_url)
    return create_app(replace(config, languages=Languages((words,))))


def tag_of(html: str) -> str:
    found = re.search(r'<html lang="([\w-]+)" dir="(\w+)"', html)
    assert found
    return found[1] + (" " + found[2] if found[2] == "rtl" else "")


def test_a_stranger_chooses_a_language_for_the_browser(app: Flask) -> None:
    client = Client.signed_in(app, "")
    page = client.get("/sign-in?next=/stock/")
    for name, tag, own in (("de", "de", "Deutsch"), ("pt_BR", "pt-BR", "Português (Brasil)")):
        assert f'value="{name}" lang="{tag}" dir="ltr">{own}</button>' in page
    assert 'value="ar" lang="ar" dir="rtl">العربية</button>' in page
    away = client.raw("/language?language=de&next=/sign-in?next=/stock/%26language=ar")
    assert away.status_code == 302
    assert away.headers["Location"] == "/sign-in?next=%2Fstock%2F"
    assert "HttpOnly" in away.headers["Set-Cookie"]
    assert tag_of(client.get("/sign-in")) == "de"
    assert "Anmelden" in client.get("/sign-in")
    client.raw("/language?language=tlh")
    assert tag_of(client.get("/sign-in")) == "de"
    assert client.raw("/language?language=de&next=//evil.example/").headers["Location"] == "/"


def test_the_address_counts_before_the_account_and_the_account_before_the_browser(
    app: Flask, client_for: ClientFor
) -> None:
    ada = client_for("ada")
    assert tag_of(ada.get("/account")) == "en"
    ada.raw("/language?language=de")
    assert tag_of(ada.get("/account")) == "de"
    assert ada.post("/account/language", {"language": "ar"}).status_code == 303
    assert tag_of(ada.get("/account")) == "ar rtl"
    assert tag_of(ada.get("/account?language=pt")) == "pt-BR"
    assert tag_of(ada.get("/account?language=tlh")) == "ar rtl"
    assert tag_of(client_for("ada").get("/account")) == "ar rtl"  # on another device
    assert tag_of(client_for("ben").get("/account")) == "en"
    assert ada.post("/account/language", {"language": ""}).status_code == 303
    assert tag_of(ada.get("/account")) == "de"


def test_who_is_signed_in_changes_nobody_elses_language(app: Flask, client_for: ClientFor) -> None:
    client_for("ben").post("/account/language", {"language": "de", "person_id": "1"})
    with app.app_context():
        rows = db.session.execute(select(Person.login, Person.language)).all()
    told = {row.login: row.language for row in rows}
    assert told["ben"] == "de"
    assert set(told.values()) == {"de", ""}
    assert client_for("").post("/account/language", {"language": "de"}).status_code == 302


def test_a_depot_speaks_its_language_to_who_chose_none(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    form = GOOD | {"command_id": str(uuid4()), "language": "de"}
    assert ada.post("/settings/", form).status_code == 303
    assert tag_of(ada.get("/settings/")) == "de"
    assert '<option value="de" lang="de" dir="ltr" selected>Deutsch</option>' in ada.get(
        "/settings/"
    )
    assert "Language of the depot: Deutsch, was nothing" in ada.get("/open-book/settings")
    asked = {"Accept-Language": "ar-EG, en;q=0.5"}
    assert tag_of(ada.http.get("/settings/", headers=asked).text) == "ar rtl"
    assert tag_of(ada.http.get("/settings/", headers={"Accept-Language": "fi"}).text) == "de"
    assert tag_of(client_for("cleo").get("/")) == "en"


def test_a_program_is_answered_in_the_language_that_it_asks_for(app: Flask) -> None:
    http = app.test_client()
    answers = [
        http.get("/api/v1/items?language=de"),
        http.get("/api/v1/items", headers={"Accept-Language": "de-AT, en;q=0.9"}),
    ]
    assert [found.get_json()["message"] for found in answers] == [TOLD] * 2
    assert http.get("/api/v1/items?language=tlh").get_json()["message"] == NEEDED


def test_a_language_whose_catalogue_is_gone_is_passed_over(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        db.session.execute(update(Depot).values(language="sw"))
        db.session.execute(update(Person).values(language="sw"))
        db.session.commit()
    assert tag_of(client_for("ada").get("/")) == "en"


def test_a_receipt_is_in_the_donors_language_and_a_list_in_the_depots(
    app: Flask, client_for: ClientFor
) -> None:
    words = Path(app.config["DEPOT"].languages.folders[0])
    translated(words, "fr", {"Receipt for a donation": "Reçu de don", "Stock list": "Liste"})
    stock_up(app)
    ada, number = client_for("ada"), number_of(app, Partner, "Bakery Lindt")
    with app.app_context():
        entry = db.session.scalars(select(StockEntry.id).order_by(StockEntry.id.desc())).first()
    assert "Receipt for a donation" in ada.get(f"/papers/receipts/{entry}")
    said = {"name": "Bakery Lindt", "source_kind": "donation", "language": "fr"}
    answer = ada.post(f"/stock/partners/{number}/edit", said | {"command_id": str(uuid4())})
    assert answer.status_code == 303
    assert "Reçu de don" in ada.get(f"/papers/receipts/{entry}")
    assert '<option value="fr" lang="fr" dir="ltr" selected>' in ada.get(
        f"/papers/receipts/{entry}"
    )
    page = ada.get("/papers/stock")
    assert "Stock list" in page
    assert '<option value="en" lang="en" dir="ltr" selected>' in page
    ada.post("/settings/", GOOD | {"command_id": str(uuid4()), "language": "fr"})
    page = ada.http.get("/papers/stock", headers={"Accept-Language": "en"}).text
    assert "Stock list" in page
    assert '<option value="fr" lang="fr" dir="ltr" selected>' in page
    pdf = ada.http.get("/papers/stock.pdf?language=fr")
    assert (pdf.status_code, pdf.data[:4]) == (200, b"%PDF")


def test_a_form_that_is_shown_again_keeps_the_language(client_for: ClientFor) -> None:
    ada = client_for("ada")
    wrong = GOOD | {"command_id": str(uuid4()), "time_zone": "Mars/Base"}
    assert ada.post("/settings/", wrong).status_code == 422
    again = ada.post("/settings/", wrong | {"command_id": str(uuid4()), "language": "de"})
    assert again.status_code == 422
    assert 'value="de" lang="de" dir="ltr" selected' in again.get_data(as_text=True)


def test_whoever_reads_may_have_larger_letters_in_this_browser(client_for: ClientFor) -> None:
    """The switch stands under More, where helpers and devices come too, and in the account."""
    ada = client_for("ada")
    for path in ("/more", "/account"):
        assert 'value="larger" aria-pressed="false"' in ada.get(path)
    away = ada.raw("/letters?letters=larger&next=/more")
    assert away.headers["Location"] == "/more"
    assert "HttpOnly" in away.headers["Set-Cookie"]
    assert '<html lang="en" dir="ltr" class="larger">' in ada.get("/stock/")
    assert 'value="usual" aria-pressed="true"' in ada.get("/account")
    assert 'class="larger"' not in client_for("ben").get("/more")
    ada.raw("/letters?letters=usual")
    assert 'class="larger"' not in ada.get("/stock/")
    assert ada.raw("/letters?letters=larger&next=//evil.example/").headers["Location"] == "/"


def test_over_https_larger_letters_are_forgotten_as_they_were_kept(
    tmp_path: Path, sqlite_url: str
) -> None:
    """A browser heeds what is said about a `__Host-` cookie only if it is said securely."""
    config = replace(config_for(tmp_path, sqlite_url), base_url="https://depot.example.org")
    browser = create_app(config).test_client()
    kept, forgotten = (
        browser.get(f"/letters?letters={letters}").headers["Set-Cookie"]
        for letters in ("larger", "usual")
    )
    for cookie in (kept, forgotten):
        assert cookie.startswith("__Host-depot-letters=")
        assert "; Secure; HttpOnly; Path=/; SameSite=Lax" in cookie
    assert "Max-Age=0" in forgotten
