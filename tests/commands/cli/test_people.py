"""`depot add` and `depot person`: one first link at a time, and a way back for the last one."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from depot.cli import cli
from depot.cli.people import make_first_link
from depot.models import Depot, Location
from depot.people.queries import console_actor
from tests.clients import Client
from tests.current import db

NEW = "quite another password"


@pytest.fixture
def environment(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The command line works on the test world."""
    config = app.config["DEPOT"]
    monkeypatch.setenv("DEPOT_DATA", str(config.data))
    monkeypatch.setenv("DEPOT_DATABASE_URL", config.database_url)
    monkeypatch.setenv("DEPOT_SECRET_KEY", config.secret_key)
    return app


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def path_of(done: Result) -> str:
    """Return the path of the link that was printed."""
    assert done.exit_code == 0, done.output
    return done.output.strip().removeprefix("http://127.0.0.1:8000")


def test_the_last_coordinator_gets_in_again(environment: Flask) -> None:
    link = path_of(run("person", "recover", "ada", "--depot", "north"))
    ada = Client(environment.test_client())
    assert ada.post(link, {"password": NEW}).status_code == 303
    assert ada.raw("/people/").status_code == 200


@pytest.mark.parametrize("name", ["cleo", "nobody", ""])
def test_who_does_not_work_there_gets_no_link(environment: Flask, name: str) -> None:
    done = run("person", "recover", name, "--depot", "north")
    assert done.exit_code != 0
    assert "http" not in done.output


def test_a_lost_second_step_is_ended_where_it_is_asked_for(environment: Flask) -> None:
    done = run("person", "recover", "ada", "--depot", "north", "--end-second-step")
    assert path_of(done).startswith("/recover/by/")
    assert run("person", "recover", "ada").exit_code != 0  # there are two depots


def test_somebody_is_erased_and_the_last_coordinator_only_when_the_depot_closes(
    environment: Flask,
) -> None:
    done = run("person", "erase", "ben", "--depot", "north", "--why", "asked")
    assert done.exit_code == 0, done.output
    assert "somebody who left" in done.output
    assert run("person", "erase", "ben", "--depot", "north").exit_code != 0
    assert run("person", "erase", "ada", "--depot", "north").exit_code != 0
    assert run("person", "erase", "no number", "--number", "--depot", "north").exit_code != 0
    assert run("person", "erase", "ada", "--depot", "north", "--even-last").exit_code == 0
    # and whoever opens it again begins as in a new one
    with environment.app_context():
        config = environment.config["DEPOT"]
        assert "/join/" in make_first_link(config, console_actor(db.session(), "north"))


def test_the_next_first_link_of_a_new_depot_ends_the_one_before(environment: Flask) -> None:
    first = path_of(run("add", "East"))
    with environment.app_context():
        east = console_actor(db.session(), "east")
        second = make_first_link(environment.config["DEPOT"], east)
    stranger = Client(environment.test_client())
    assert stranger.raw(first).status_code == 410
    form = {"name": "Eve", "login": "eve", "password": "three short words"}
    assert stranger.post(first, form).status_code == 410
    path = second.removeprefix("http://127.0.0.1:8000")
    assert stranger.post(path, form).status_code == 303
    assert Client(environment.test_client()).raw(path).status_code == 410


def test_a_depot_begins_with_a_playbook(environment: Flask) -> None:
    path_of(run("add", "East", "--playbook", "community-kitchen"))
    assert run("init", "--playbook", "nobody-knows").exit_code == 1
    assert run("add", "West", "--playbook", "nobody-knows").exit_code == 1
    with environment.app_context():
        session = db.session()
        east = console_actor(session, "east")
        places = select(Location.name).where(Location.depot_id == east.depot_id)
        assert "Cold room" in set(session.scalars(places))
        assert session.scalar(select(Depot.id).where(Depot.slug == "west")) is None
