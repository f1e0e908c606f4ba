"""`depot demo` and `depot load`: made-up depots, with a lifelike history or a long one."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from sqlalchemy import Engine, event, func, select

from depot.base.clock import utc_now
from depot.base.errors import ConfigError
from depot.base.secrets import secret_hash
from depot.base.text import N_
from depot.cli.frame import open_depot, sentence
from depot.cli.people import make_invitation
from depot.config import Config
from depot.db.database import current_database, current_session
from depot.db.folder_lock import database_file
from depot.db.schema import migrate
from depot.demo.founding import NORWOOD
from depot.models import Depot, Person, StockEntry
from depot.people.queries import console_actor, find_invitation

#: Kept in the data folder of a demo: the made-up people's password, and the link's secret.
_NOTE: Final = "demo-sign-in"
_WORDS: Final = (
    *("apple", "barley", "basil", "butter", "carrot", "cherry", "cocoa", "crumpet"),
    *("damson", "endive", "fennel", "ginger", "hazel", "honey", "kettle", "ladle"),
    *("lemon", "lentil", "mango", "millet", "nutmeg", "oatmeal", "olive", "onion"),
    *("parsley", "pepper", "plum", "pumpkin", "quince", "radish", "sesame", "turnip"),
)


@click.command()
@click.option("--weeks", type=click.IntRange(1, 52), default=12, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=2026, show_default=True)
def demo(weeks: int, seed: int) -> None:
    """Fill an empty database with a lifelike history up to now."""
    with open_depot(makes=True) as config:
        engine = current_database().engine
        _hurry(engine)
        migrate(engine)
        if current_session().scalar(select(StockEntry.id).limit(1)) is not None:
            raise ConfigError(
                problem=N_(
                    "There are entries in this database. "
                    "Name an empty folder with DEPOT_DATA for the demo."
                )
            )
        from depot.demo.story import story  # `serve` needs the rest of this module only

        password = _password()
        steps = story(weeks, seed, utc_now(), password, config.secret_key)
        with click.progressbar(steps, label=sentence(N_("Filling the demo depots"))) as shown:
            for step in shown:
                step()
        _keep(config, password, _new_link(config))
        click.echo(sign_in_words(config))


@click.command()
@click.option("--depots", type=click.IntRange(1, 100_000), default=1, show_default=True)
@click.option(
    "--moves",
    type=click.IntRange(0, 100_000_000),
    default=10_000,
    show_default=True,
    help="Shared among the depots.",
)
def load(depots: int, moves: int) -> None:
    """Fill a database that has no people with made-up depots, for measuring."""
    from depot.load.depots import found_made_up, made_up_history, write_histories

    with open_depot(makes=True) as config:
        migrate(current_database().engine)
        _refuse_people()
        last_day = utc_now().date() - timedelta(days=1)
        first = (current_session().scalar(select(func.count(Depot.id))) or 0) + 1
        numbers = range(first, first + depots)
        with click.progressbar(numbers, label=sentence(N_("Founding depots"))) as shown:
            found = [found_made_up(number, last_day) for number in shown]
        session = current_session()
        histories = [made_up_history(session, who, last_day) for who in found]
        current_database().close()
        target: Path | str = database_file(config.database_url) or config.database_url
        written = write_histories(target, histories, moves // depots)
        label = sentence(N_("Writing histories"))
        with click.progressbar(written, length=depots, label=label) as shown_histories:
            for _history in shown_histories:
                pass


def _refuse_people() -> None:
    """Raise ConfigError for a database in which somebody works."""
    if current_session().scalar(select(Person.id).limit(1)) is not None:
        raise ConfigError(
            problem=N_(
                "There are people in this database. Made-up depots go into one of their own: "
                "name an empty folder with DEPOT_DATA."
            )
        )


def sign_in_words(config: Config) -> str | None:
    """Return how to sign in to the demo in this data folder; None if it holds no demo.

    The link makes an account of one's own, once, within seven days; a new one takes its place
    when it was used. Needs the database at work.
    """
    note = config.data / _NOTE
    if not note.is_file():
        return None
    password, secret = note.read_text().split("\n")[:2]
    if find_invitation(current_session(), secret_hash(secret), utc_now()) is None:
        secret = _new_link(config)
        _keep(config, password, secret)
    return "\n".join(
        (
            sentence(
                N_("This is a demo. Join as a coordinator (once, within 7 days): %(link)s"),
                link=f"{config.base_url}/join/{secret}",
            ),
            sentence(
                N_(
                    "Or sign in as rosa (coordinator of both depots) or ben (volunteer),"
                    " password: %(password)s"
                ),
                password=password,
            ),
        )
    )


def _hurry(engine: Engine) -> None:
    """Do not wait for the disk after each command: a demo that is broken off is begun again."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", lambda made, _: made.execute("PRAGMA synchronous=OFF"))
    engine.dispose()


def _new_link(config: Config) -> str:
    actor = console_actor(current_session(), NORWOOD.slug)
    return make_invitation(config.secret_key, actor, "Guest", "coordinator")


def _password() -> str:
    """Return a password that nobody knows beforehand: a demo may be served to a whole network.

    Of words that differ: one that repeats itself is refused as anybody else's is.
    """
    return "-".join(secrets.SystemRandom().sample(_WORDS, 4))


def _keep(config: Config, password: str, secret: str) -> None:
    path: Path = config.data / _NOTE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as note:
        note.write(f"{password}\n{secret}\n")
