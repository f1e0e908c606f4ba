"""The requests that a depot makes all day, each with the most it is to cost beside nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from depot.config import from_environment
from depot.db.database import open_database, use
from depot.locations.commands import SavePlace, save_place
from depot.people.queries import console_actor
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from tests.bench.ground import Ground
from tests.bench.load import Ask, api

#: What makes a request for a page of somebody who signed in.
Page = Callable[[str], Ask]
#: So many moves a phone brings at once.
BATCH = 50
#: What is made of two items, again and again.
RECIPE = "Soup of two"
#: More than there are clients: two batches at once never go to the same.
SHELVES = tuple(f"Shelf {letter}" for letter in "ABCDEFGHIJKL")


def make_shelves(ground: Ground) -> None:
    """Make the places that crates are moved between, and the recipe of what is made."""
    with use(open_database(from_environment(ground.environment).database_url)) as database:
        actor = console_actor(database.session(), None)
        for name in SHELVES:
            save_place(SavePlace(command_id=uuid4(), name=name), actor)
        carrots, onions, soup = ground.items[:3]
        recipe = SaveRecipe(
            command_id=uuid4(),
            name=RECIPE,
            inputs=tuple(RecipeInput(item=item, quantity=2) for item in (carrots, onions)),
            outputs=(RecipeOutput(item=soup, quantity=3, keeps_days=30),),
        )
        save_recipe(recipe, actor)


@dataclass(frozen=True)
class Case:
    """One of them: how it is asked the n-th time, and its aim in empty views."""

    name: str
    aim: int
    ask: Callable[[Ground, Page, int], Ask]
    #: How much dearer than a look-up it is about: it is asked so many times less often.
    weight: int = 1
    writes: bool = False


def _reading(path: Callable[[Ground], str]) -> Callable[[Ground, Page, int], Ask]:
    return lambda ground, _page, _number: api(ground.token, "GET", f"/api/v1{path(ground)}")


def _page(path: Callable[[Ground], str]) -> Callable[[Ground, Page, int], Ask]:
    return lambda ground, page, _number: page(path(ground))


def _post(ground: Ground, path: str, body: dict[str, Any]) -> Ask:
    return api(ground.token, "POST", f"/api/v1{path}", {"command_id": str(uuid4())} | body)


def _receipt(ground: Ground, _page: Page, number: int) -> Ask:
    lines = [
        {"item": ground.items[(number + line) % len(ground.items)], "quantity": 6 + line}
        for line in range(3)
    ]
    return _post(ground, "/receipts", {"source": {"kind": "donation"}, "lines": lines})


def _hand_out(ground: Ground, _page: Page, number: int) -> Ask:
    # from the end: the first is looked up, and is to hold what it held
    crate = ground.crates[-1 - number]
    return _post(ground, f"/events/{ground.event_id}/issues", {"crate_code": crate})


def _make(ground: Ground, _page: Page, number: int) -> Ask:
    return _post(ground, "/production", {"recipe": RECIPE, "times": 1 + number % 3})


def _moves(ground: Ground, _page: Page, number: int) -> Ask:
    """Crates go from shelf to shelf, so that each of the moves is one."""
    to = SHELVES[number % len(SHELVES)]
    commands = [
        {"type": "move", "command_id": str(uuid4()), "crate_code": code, "to": to}
        for code in ground.crates[1 : BATCH + 1]
    ]
    body = {"device_id": "bench", "commands": commands}
    return api(ground.token, "POST", "/api/v1/sync", body)


CASES = (
    Case("look-up by API", 5, _reading(lambda ground: f"/crates/{ground.crates[0]}")),
    Case("crate page", 25, _page(lambda ground: f"/crates/{ground.crates[0]}"), weight=5),
    Case("receipt of three lines", 12, _receipt, weight=4, writes=True),
    Case("hand-out of a crate", 12, _hand_out, weight=4, writes=True),
    Case("soup by its recipe", 14, _make, weight=4, writes=True),
    Case(f"sync of {BATCH} moves", 150, _moves, weight=100, writes=True),
    Case("Today", 40, _page(lambda _ground: "/"), weight=10),
    Case("stock", 50, _page(lambda _ground: "/stock/"), weight=15),
    Case("scan page", 25, _page(lambda _ground: "/scan"), weight=5),
    Case("scan list", 100, _page(lambda _ground: "/scan/list"), weight=40),
    Case(
        "week by API",
        60,
        _reading(lambda ground: f"/reports/weekly?week={ground.week.name}"),
        weight=25,
    ),
)
