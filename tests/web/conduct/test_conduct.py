"""How people treat each other, through its pages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from flask import Flask

from tests.builders import find_actor
from tests.clients import Client
from tests.web.joining.test_joining import hang_up, join

ClientFor = Callable[[str], Client]


def send(client: Client, path: str, status: int = 303, /, **said: str) -> str:
    """Send a form; return the page that came back."""
    answer = client.post(path, {"command_id": str(uuid4())} | said)
    assert answer.status_code == status, answer.text
    return answer.text


def test_a_text_is_offered_and_not_imposed(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "Nothing was agreed yet." in ben.get("/conduct/")
    assert "Begin with a text of ours" not in ben.get("/conduct/")
    assert "Begin with a text of ours" in ada.get("/conduct/")
    assert "met with respect" not in ada.get("/conduct/words")
    assert "met with respect" in ada.get("/conduct/words?start=yes")
    assert "Nothing was agreed yet." in ada.get("/conduct/")


def test_today_shows_a_link_until_it_is_read_and_never_a_wall(client_for: ClientFor) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "How we treat each other here" not in ben.get("/")
    send(ada, "/conduct/words", text="We ask before we touch.", version="0")
    today = ben.get("/")
    assert "How we treat each other here" in today
    assert "Log a donation" in today
    page = ben.get("/conduct/")
    assert "We ask before we touch." in page
    assert "I have read it" in page
    assert "Not read yet by" not in page
    send(ben, "/conduct/", version="1")
    assert "How we treat each other here" not in ben.get("/")
    assert "You have read it." in ben.get("/conduct/")
    assert "Not read yet by: Ada" in ada.get("/conduct/")
    assert "other words meanwhile" in send(ada, "/conduct/words", 409, text="New.", version="0")
    assert "Version: 1, was nothing" in ben.get("/open-book/settings")


def test_everybody_finds_whom_to_turn_to(app: Flask, client_for: ClientFor) -> None:
    ada, ana = client_for("ada"), client_for("")
    with app.app_context():
        ben_id = str(find_actor("ben").person_id)
    said = {
        "confidants-0-person_id": ben_id,
        "confidants-0-reach": "Thursdays, by the kettle",
        "confidants-1-name": "Sister Clare",
        "confidants-1-reach": "020 7946 0000",
    }
    send(ada, "/conduct/whom", **said)
    assert 'value="Sister Clare"' in ada.get("/conduct/whom")
    assert join(ana, hang_up(ada), "Ana") == 303
    assert "Whom to turn to" in ana.get("/more")
    page = ana.get("/conduct/")
    for words in ("Ben", "by the kettle", "Sister Clare", "Stay with them", "stands nowhere"):
        assert words in page
    assert "020" not in client_for("ben").get("/open-book/settings")
    assert "Clare" not in client_for("cleo").get("/conduct/")
    for path in ("/conduct/words", "/conduct/whom"):
        ana.get(path, 403)
        client_for("ben").get(path, 403)
        send(client_for("ben"), path, 403)
    said |= {"confidants-2-name": "Third", "confidants-3-name": "Fourth"}
    assert "At most three" in send(ada, "/conduct/whom", 422, **said)
