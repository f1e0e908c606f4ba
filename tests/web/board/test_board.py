"""The board on the wall: what it shows, to whom, and of whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from flask import Flask

from depot.base.clock import local_day, utc_now
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.joining.commands.coming import Come, Leave, come, leave
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())


def test_it_shows_who_is_here_and_no_longer_who_left(app: Flask, client_for: ClientFor) -> None:
    ada = client_for("ada")
    assert "nobody yet" in words(ada.get("/board/"))
    with app.app_context():
        ben = find_actor("ben")
        come(Come(command_id=uuid4(), occurred_at=utc_now() - timedelta(minutes=5)), ben)
        db.session.remove()
    assert re.search(r"Here now Ben\b", words(ada.get("/board/")))
    assert "Ben" not in words(client_for("cleo").get("/board/"))
    with app.app_context():
        leave(Leave(command_id=uuid4()), find_actor("ben"))
        db.session.remove()
    assert "Ben" not in words(ada.get("/board/"))


def test_it_shows_the_next_hand_out_and_what_must_go_out_today(
    app: Flask, client_for: ClientFor
) -> None:
    with app.app_context():
        ada = find_actor("ada")
        today = local_day(utc_now(), ada.depot.time_zone)
        for days, item in ((0, "Yoghurt"), (5, "Cheese")):
            receive(
                ada, 12, item, date=(today + timedelta(days=days)).isoformat(), date_kind="use_by"
            )
        plan_event(
            PlanEvent(
                command_id=uuid4(),
                name="Saturday hand-out",
                starts_at=utc_now() + timedelta(days=2),
            ),
            ada,
        )
        db.session.remove()
    told = words(client_for("ben").get("/board/"))
    assert "Saturday hand-out" in told
    must = told.partition("Must go out today")[2].partition("Short")[0]
    assert "Yoghurt" in must
    assert "Cheese" not in must
    assert "Yoghurt" not in words(client_for("cleo").get("/board/"))


def test_it_renews_itself_with_and_without_scripts_and_is_not_kept(client_for: ClientFor) -> None:
    answer = client_for("ben").raw("/board/")
    page = answer.get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page
    assert "board.js" in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_who_is_not_signed_in_sees_no_board(client_for: ClientFor) -> None:
    assert client_for("").raw("/board/").status_code in (302, 303)
