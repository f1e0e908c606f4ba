"""The depot that is tortured: two depots with one of everything, and every form of their pages."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask

from depot.app import create_app
from depot.config import from_environment
from depot.db.schema import migrate
from tests.builders import make_world
from tests.clients import Client
from tests.current import db
from tests.databases import DURABLE, own_cluster
from tests.serving import settings
from tests.web.depot_addresses import North, bearer, furnish
from tests.web.form_reader import FoundForm, every_form

#: The databases a depot can stand on, by the names that rows of figures have.
SQLITE: Final = "SQLite"
POSTGRES: Final = "PostgreSQL"

#: What would end the session, the token or the rights of whoever tortures.
SPARED: Final = frozenset(
    {
        "account.change_password",
        "account.sign_out",
        "own.begin_factor",
        "own.end_device",
        "own.end_others",
        "people.change_role",
        "people.end_access",
        "people.end_factor",
        "people.revoke_token",
        "settings.save",
    }
)


@dataclass(frozen=True)
class Ground:
    """How to serve the depot, where its database is, and what is asked of it."""

    environment: Mapping[str, str]
    url: str
    #: The headers of a program that coordinates the north.
    headers: Mapping[str, str]
    north: North
    forms: tuple[FoundForm, ...]

    @property
    def log(self) -> str:
        """What its server has written into its log since it was started last."""
        return (Path(self.environment["DEPOT_DATA"]) / "serve.log").read_text()

    def app(self) -> Flask:
        """Return the application on this depot, in this process."""
        return create_app(from_environment(self.environment))


def make_ground(folder: Path, url: str = "", *, with_forms: bool = True) -> Ground:
    """Make the depots, in a file of the folder or in the empty PostgreSQL database at `url`.

    Its forms are what takes longest: all pages are walked for them.
    """
    more = {"DEPOT_DATABASE_URL": url} if url else {}
    environment = settings(folder, **more)
    folder.mkdir(parents=True, exist_ok=True)
    app = create_app(from_environment(environment))
    with app.app_context():
        migrate(db.engine)
        make_world()
    north, headers = furnish(app), bearer(app, "ada")
    forms = every_form(app, Client.signed_in(app, "ada")) if with_forms else []
    with app.app_context():
        db.session.remove()
        address = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    asked = tuple(form for form in forms if form.endpoint not in SPARED)
    return Ground(environment, address, headers, north, asked)


@contextmanager
def made_in(url: str = "") -> Iterator[Ground]:
    """Yield a ground in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="depot-tortured-") as folder:
        yield make_ground(Path(folder), url)


def grounds(wanted: Container[str]) -> Iterator[tuple[str, Ground]]:
    """Yield a ground on each of the databases that are wanted."""
    if SQLITE in wanted:
        with made_in() as ground:
            yield SQLITE, ground
    if POSTGRES in wanted:
        with own_cluster(DURABLE) as cluster, made_in(cluster.new_database()) as ground:
            yield POSTGRES, ground


_CSRF: Final = re.compile(r'name="csrf_token" value="([^"]+)"')


def csrf_in(page: str) -> str:
    """Return the token that a page's forms carry. Raises LookupError for a page without one."""
    found = _CSRF.search(page)
    if found is None:
        raise LookupError(page[:300])
    return found[1]
