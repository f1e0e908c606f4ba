"""The `depot` command. Errors are one sentence on standard error and exit code 1."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click
from sqlalchemy import func, select

from depot.base.errors import DepotError
from depot.cli.demo import sign_in_words
from depot.cli.frame import application, say
from depot.cli.tls import say_secured, secure, setup_server
from depot.config import Config, from_environment
from depot.db.database import current_session
from depot.db.schema import migrate
from depot.models import Depot, Membership
from depot.people import queries
from depot.people.commands import accounts
from depot.people.commands.depots import FoundDepot, console_actor, found_depot
from depot.serving import ports

#: Where each slice keeps its commands: (module, names of click commands in it).
_TOPICS = (
    ("depot.cli.labels", ("labels",)),
    ("depot.cli.verify", ("verify",)),
    ("depot.cli.report", ("report",)),
    ("depot.cli.papers", ("papers",)),
    ("depot.cli.imports", ("import_",)),
    ("depot.cli.demo", ("demo",)),
    ("depot.cli.backup", ("backup", "restore")),
    ("depot.cli.openapi", ("openapi",)),
    ("depot.cli.mail", ("mail",)),
    ("depot.cli.export", ("export",)),
    ("depot.cli.tls", ("tls",)),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Depot: what came in, where it is, what was handed out."""


def main() -> None:
    """Run the command line; a named error is a sentence, never a traceback."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)  # what a command's own exit asked for
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DepotError as error:
        say(str(error))
        sys.exit(1)
    except OSError as error:
        say(f"{error.strerror or error}: {error.filename}" if error.filename else str(error))
        sys.exit(1)


@cli.command()
@click.option("--depot-name", default="My depot", show_default=True, help="Name of the depot.")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Berlin.")
def init(depot_name: str, time_zone: str) -> None:
    """Make or migrate the database and, in an empty one, the first depot."""
    with application():
        prepare(depot_name, time_zone)
        click.echo("The database is ready.")


@cli.command()
@click.argument("name")
@click.option("--time-zone", default="UTC", show_default=True, help="For example Europe/Berlin.")
def add(name: str, time_zone: str) -> None:
    """Add another depot called NAME and print the link that makes its first coordinator."""
    with application() as app:
        depot = found_depot(FoundDepot(name=name, time_zone=time_zone))
        actor = console_actor(current_session(), depot.slug)
        secret = accounts.invite(accounts.Invite("Coordinator", "coordinator"), actor)
        click.echo(f"{app.config['DEPOT'].base_url}/join/{secret}")


def prepare(depot_name: str = "My depot", time_zone: str = "UTC") -> None:
    """Migrate the database and found the first depot in an empty one (in an app context)."""
    migrate(db.engine)
    if not current_session().scalar(select(func.count()).select_from(Depot)):
        found_depot(FoundDepot(name=depot_name, time_zone=time_zone))


@cli.command()
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
    if setup_port and not tls:
        raise click.UsageError("--setup-port belongs to --tls.")
    secured = secure(os.environ, host, port, setup_port) if tls else None
    given = secured.environment if secured else dict(os.environ)
    config = from_environment(given)
    host, port = host or config.host, port or config.port
    given |= {"DEPOT_HOST": host, "DEPOT_PORT": str(port)}
    config = from_environment(given)
    if workers > 1 and config.database_url.startswith("sqlite"):
        raise click.UsageError("More than one worker needs PostgreSQL (DEPOT_DATABASE_URL).")
    ports.take(host, port, "--port").close()  # granian would say it with a stack of its own
    with application(config):
        prepare(time_zone=_machine_time_zone())
        link = _first_coordinator_link(config)
        demo = sign_in_words(config)
        beside = setup_server(secured, config) if secured else None
    os.environ |= given  # for the worker processes
    if secured:
        say_secured(secured, config)
    else:
        click.echo(f"Depot is on http://{f'[{host}]' if ':' in host else host}:{port}")
    if link:
        click.echo(f"Become the first coordinator (once, within 7 days): {link}")
    if demo:
        click.echo(demo)
    from depot.serving.server import run

    run(host, port, workers, config, secured.certificate.server_file if secured else None, beside)


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
    if first is None or session.scalar(
        select(func.count()).where(
            Membership.depot_id == first.id,
            Membership.role == "coordinator",
            Membership.ended_at.is_(None),
        )
    ):
        return None
    actor = console_actor(session, first.slug)
    secret = accounts.invite(accounts.Invite("Coordinator", "coordinator"), actor)
    return f"{config.base_url}/join/{secret}"


@cli.group()
def person() -> None:
    """Invite people."""


@person.command("invite")
@click.argument("name")
@click.option("--role", type=click.Choice(accounts.ROLES), required=True)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def person_invite(name: str, role: str, slug: str | None) -> None:
    """Make an invitation for NAME and print its link; it counts once, for seven days."""
    with application() as app:
        actor = console_actor(current_session(), slug)
        secret = accounts.invite(accounts.Invite(name, role), actor)
        click.echo(f"{app.config['DEPOT'].base_url}/join/{secret}")


@cli.group()
def token() -> None:
    """Make, list and end API tokens."""


@token.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(accounts.ROLES), required=True)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_create(name: str, role: str, slug: str | None) -> None:
    """Make a token called NAME and print it; it is shown this once only."""
    with application():
        click.echo(accounts.create_token(name, role, console_actor(current_session(), slug)))


@token.command("list")
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_list(slug: str | None) -> None:
    """List the tokens: id, role, since when, name."""
    with application():
        session = current_session()
        for row in queries.api_tokens(session, console_actor(session, slug).depot_id):
            ended = "ended" if row.revoked_at else row.role
            click.echo(f"{row.id:>5}  {ended:<12} {row.created_at:%Y-%m-%d}  {row.name}")


@token.command("revoke")
@click.argument("token_id", type=int)
@click.option("--depot", "slug", help="Which depot, if there are several.")
def token_revoke(token_id: int, slug: str | None) -> None:
    """End the token with that id."""
    with application():
        accounts.revoke_token(token_id, console_actor(current_session(), slug))
        click.echo(f"Token {token_id} no longer counts.")


def _attach_topics() -> None:
    for module, names in _TOPICS:
        found = importlib.import_module(module)
        for name in names:
            cli.add_command(getattr(found, name))


_attach_topics()
