"""`depot mail`, and the thread of `depot serve` that sends."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from depot.config import from_environment
from depot.people.queries import console_actor
from tests.current import at_work, db
from tests.letters import write
from tests.mail_server import Mailroom, mail_server
from tests.serving import depot, serve_depot, settings


def post_office(data: Path, room: Mailroom) -> dict[str, str]:
    """Return the environment of a depot that hands its mails in at `room`."""
    return settings(
        data,
        DEPOT_SMTP_URL=f"smtp://localhost:{room.port}",
        DEPOT_MAIL_FROM="North Depot <depot@example.org>",
    )


def write_one(environment: dict[str, str]) -> None:
    """Queue a mail in that depot, as a command of the program would."""
    with at_work(from_environment(environment).database_url):
        write(console_actor(db.session(), None))


def test_the_command_sends_what_waits_and_says_so(tmp_path: Path) -> None:
    with mail_server() as room:
        environment = post_office(tmp_path, room)
        depot(environment, "init")
        write_one(environment)
        assert depot(environment, "mail", "send") == "1 sent, 0 failed.\n"
        assert depot(environment, "mail", "send") == "0 sent, 0 failed.\n"
        assert len(room.arrived) == 1


def test_a_failure_is_an_exit_code_and_a_depot_without_a_server_says_what_to_set(
    tmp_path: Path,
) -> None:
    with mail_server() as room:
        room.answers = {"ann@example.org": "550 no such user"}
        environment = post_office(tmp_path, room)
        depot(environment, "init")
        write_one(environment)
        with pytest.raises(subprocess.CalledProcessError):
            depot(environment, "mail", "send")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        depot(settings(tmp_path), "mail", "send")
    assert "DEPOT_SMTP_URL" in refused.value.stderr


def test_a_serving_depot_sends_by_itself_and_not_again_after_a_restart(tmp_path: Path) -> None:
    with mail_server() as room:
        environment = post_office(tmp_path, room)
        depot(environment, "init")
        write_one(environment)
        for _ in range(2):
            with serve_depot(environment):
                until = time.monotonic() + 30
                while not room.arrived and time.monotonic() < until:
                    time.sleep(0.05)
        assert room.to() == ["ann@example.org"]
