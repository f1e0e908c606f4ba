"""`depot init`, `grant`, `serve`; `openapi`, `client`: all of it served, and its API told."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from sqlalchemy import func, select

from depot.backups.keeping import need_fresh_start
from depot.backups.plan import Bucket
from depot.base.text import N_
from depot.cli.demo import sign_in_words
from depot.cli.frame import open_depot, say, sentence
from depot.cli.people import make_first_link
from depot.config import Config, from_environment
from depot.db.database import current_database, current_session
from depot.db.folder_lock import hold_while_serving
from depot.db.schema import migrate
from depot.models import Depot
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.first_link import count_coordinators
from depot.people.queries import console_actor
from depot.programs.description import api_description
from depot.serving import ports

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option("--depot-name", default="My depot", show_default=True, help="Name of the depot.")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Berlin.")
@click.option("--playbook", metavar="KEY", help="Begin with it: weekly-pantry, community-fridge, …")
@click.option("--language", default="", metavar="NAME", help="Of its labels and papers: en, …")
def init(depot_name: str, time_zone: str, playbook: str | None, language: str) -> None:
    """Make or migrate the database and, in an empty one, the first depot."""
    from depot.cli.people import begin_with, need_language, need_playbook

    begun = need_playbook(playbook)
    with open_depot(makes=True) as config:
        first = FoundDepot(
            name=depot_name, time_zone=time_zone, language=need_language(language, config)
        )
        _prepare(config, first)
        if begun is not None:
            begin_with(begun, None)
        say(N_("The database is ready."))


@click.command()
@click.argument("user")
def grant(user: str) -> None:
    """Let the database user USER serve, and neither change nor delete what is in the book.

    For PostgreSQL: run it as the owner of the tables, after every “depot init”.
    """
    with open_depot() as config:
        if config.database_url.startswith("sqlite"):
            raise click.UsageError(sentence(N_("A file has no users: this is for PostgreSQL.")))
        from depot.db.rights import grant_serving

        with current_database().engine.begin() as connection:
            tables = grant_serving(connection, user)
        say(
            N_("%(user)s may serve, and only add to: %(tables)s."),
            user=user,
            tables=", ".join(tables),
        )


#: What the first depot is unless somebody says otherwise.
_FIRST: Final = FoundDepot(name="My depot")


def _prepare(config: Config, first: FoundDepot) -> None:
    words = config.languages.reader(language=first.language).gettext
    prepare_database(first, config.backups.folder(config.data), words)


def prepare_database(
    first: FoundDepot = _FIRST,
    backups: Path | Bucket | None = None,
    words: Callable[[str], str] = str,
) -> None:
    """Migrate the database and found the first depot in an empty one at work here.

    `words` puts what it starts with into the words of its language.

    Raises ConfigError where the place of `backups` says that it was not empty before.
    """
    migrate(current_database().engine)
    if not current_session().scalar(select(func.count()).select_from(Depot)):
        if backups is not None:
            need_fresh_start(backups)
        found_depot(first, say=words)


@click.command()
@click.option("--host", help="Address to listen on (DEPOT_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (DEPOT_PORT).")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; more than one needs PostgreSQL.",
)
@click.option("--tls", is_flag=True, help="Serve https on the local network, for phones' cameras.")
@click.option(
    "--setup-port",
    type=click.IntRange(1, 65535),
    help="With --tls: where phones are set up, over plain http (8000, or 8001 if that is taken).",
)
def serve(
    host: str | None, port: int | None, workers: int, tls: bool, setup_port: int | None
) -> None:
    """Serve the depot; make or migrate the database first."""
    from depot.serving.stopping import end_at_once_when_asked

    end_at_once_when_asked()
    gc.disable()  # until all is loaded: looking through what stays would take a quarter of a start
    if setup_port and not tls:
        raise click.UsageError(sentence(N_("--setup-port belongs to --tls.")))
    secured = None
    if tls:
        # with what makes certificates, a tenth of the program's memory
        from depot.cli.tls import prepare_tls, say_secured, setup_server

        secured = prepare_tls(os.environ, host, port, setup_port)
    given = secured.environment if secured else dict(os.environ)
    config = from_environment(given)
    host, port = host or config.host, port or config.port
    given |= {"DEPOT_HOST": host, "DEPOT_PORT": str(port)}
    config = from_environment(given)
    if workers > 1 and config.database_url.startswith("sqlite"):
        raise click.UsageError(
            sentence(N_("More than one worker needs PostgreSQL (DEPOT_DATABASE_URL)."))
        )
    ports.open_port(host, port, "--port").close()  # granian would say it with a stack of its own
    with open_depot(config, makes=True):
        first = replace(_FIRST, time_zone=_machine_time_zone())
        _prepare(config, first)
        link = _first_coordinator_link(config)
        demo = sign_in_words(config)
        beside = setup_server(secured, config) if secured else None
    os.environ |= given  # for the worker processes
    hold_while_serving(config.database_url)
    if secured:
        say_secured(secured, config)
    else:
        say(
            N_("Depot is on %(address)s"),
            address=f"http://{f'[{host}]' if ':' in host else host}:{port}",
        )
    if link:
        say(N_("Become the first coordinator (once, within 7 days): %(link)s"), link=link)
    if demo:
        click.echo(demo)
    from depot.serving.server import run_server

    run_server(
        host, port, workers, config, secured.certificate.server_file if secured else None, beside
    )


def _machine_time_zone() -> str:
    """Return the machine's time zone by name where it can be told, else UTC."""
    try:
        name = str(Path("/etc/localtime").readlink()).partition("zoneinfo/")[2]
    except OSError:
        return "UTC"
    from zoneinfo import available_timezones

    return name if name in available_timezones() else "UTC"


def _first_coordinator_link(config: Config) -> str | None:
    """Make the one-time link, as long as nobody coordinates the first depot."""
    session = current_session()
    first = session.scalar(select(Depot).order_by(Depot.id).limit(1))
    if first is None or count_coordinators(session, first.id):
        return None
    return make_first_link(config, console_actor(session, first.slug))


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else: print it.")
def openapi(output: Path | None) -> None:
    """Write the OpenAPI description of the API."""
    from depot.app import create_app

    _write(describe_api(create_app()), output)


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Else: print it.")
def client(output: Path | None) -> None:
    """Write a client for the API: one module in Python, which needs nothing else."""
    from depot.app import create_app

    _write(write_client(create_app()), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, "utf-8")


def describe_api(app: Flask) -> str:
    """Return the API's OpenAPI document as stable, indented JSON."""
    return json.dumps(api_description(app.extensions), indent=2, sort_keys=True, default=str) + "\n"


def write_client(app: Flask) -> str:
    """Return a client for the API, as the text of a module in Python."""
    from depot.programs.client.written import python_client

    return python_client(api_description(app.extensions))
