"""The outsider sees no figure of another depot: numbers carry no name, so they are compared.

The south has one of everything too. Not a digit of what its coordinator is shown changes while the
north takes in, counts, loses and hands out.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from depot.app import create_app
from depot.kernel.goods_lines import GoodsLine
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import find_actor, receive
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.web.depot_addresses import MARK, North, bearer, furnish
from tests.web.frame.seen import shown_text
from tests.web.frame.test_outsider import post_everything, rules

ClientFor = Callable[[str], Client]
Headers = dict[str, str]
#: How often the outsider read names, which is the walk itself.
_TIMES = re.compile(r'\d+ times|"times": \d+')
#: What each address shows, or answers.
Shown = dict[str, str]


@pytest.fixture
def other_app(world_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """The application once more, on a database of its own."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.copy(world_file, folder / "depot.sqlite3")
    found = create_app(config_for(folder, f"sqlite:///{folder / 'depot.sqlite3'}"))
    yield found
    with found.app_context():
        db.engine.dispose()


def live(app: Flask) -> None:
    """Let the north have one of everything, and everything done to it."""
    north = furnish(app)
    with app.app_context():
        ada = find_actor("ada")
        for _ in range(3):  # more to look at than the south has
            more = (GoodsLine(item=f"{MARK} rice", quantity=7_000),)
            take_out(TakeOut(command_id=uuid4(), place="Arrivals", reason="issue", lines=more), ada)
            receive(ada, 31_000, f"{MARK} rice")
    headers = bearer(app, "ada")
    list(post_everything(app, Client.signed_in(app, "ada"), north, headers))


def everything_shown(app: Flask, cleo: Client, south: North, headers: Headers) -> Shown:
    """Return what each address of the south shows its coordinator."""
    found: Shown = {}
    # the journal tells of each reading of names: it has a line of it before it is looked at
    for ending in ("", ".csv"):
        cleo.raw(f"/sign-in-sheets/{south.ids['event_id']}/names{ending}")
    for rule in rules(app, "GET"):
        if rule.endpoint == "static" or rule.arguments - set(south.ids):
            continue
        path = south.address(rule)
        answer = cleo.raw(path, headers=headers if path.startswith("/api/") else None)
        found[path] = f"{answer.status_code} {' '.join(_TIMES.sub('', shown_text(answer)).split())}"
    return found


def everything_answered(app: Flask) -> Shown:
    """Return what the south is answered, and shown then, to each thing that it does."""
    south, headers = furnish(app, "cleo"), bearer(app, "cleo")
    cleo = Client.signed_in(app, "cleo")
    told: Shown = {}
    for endpoint, answer in post_everything(app, cleo, south, headers, follow_redirects=True):
        told[endpoint] = f"{answer.status_code} {shown_text(answer)}"
    return told


def assert_alike(before: Shown, after: Shown) -> None:
    assert before.keys() == after.keys()
    assert not {
        name: others(was, after[name]) for name, was in before.items() if was != after[name]
    }


def others(was: str, now: str) -> list[str]:
    """Return the words in which two texts differ, each time with what stands before them."""
    one, other = was.split(), now.split()
    changes = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return [
        f"{' '.join(one[max(start - 4, 0) : start])} [{' '.join(one[start:end])}|"
        f"{' '.join(other[since:until])}]"
        for what, start, end, since, until in changes
        if what != "equal"
    ]


def test_no_figure_of_the_south_moves_with_the_north(app: Flask, client_for: ClientFor) -> None:
    south, headers, cleo = furnish(app, "cleo"), bearer(app, "cleo"), client_for("cleo")
    before = everything_shown(app, cleo, south, headers)
    live(app)
    assert_alike(before, everything_shown(app, cleo, south, headers))
    figures = [shown for shown in before.values() if any(sign.isdigit() for sign in shown[4:])]
    assert len(figures) > len(before) // 2  # else nothing was compared


def test_nothing_the_south_does_is_answered_with_a_figure_of_the_north(
    app: Flask, other_app: Flask
) -> None:
    live(app)
    assert_alike(everything_answered(other_app), everything_answered(app))
