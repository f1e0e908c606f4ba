"""`depot verify` and `export`: recompute everything; hand it on with a program that does so."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.errors import ConfigError, NotFound
from depot.base.text import N_
from depot.cli.frame import counting_bar, open_depot, reader_in, say, sentence
from depot.db.database import current_session
from depot.db.search.keeping import rebuild
from depot.db.transaction import snapshot_session, transaction
from depot.ledger.seal import short_seal
from depot.models import ChainHead, Depot
from depot.verify.verify import Audit, verify_with_counts


@click.command()
@click.option("--depot", "slug", help="Only this depot.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(slug: str | None, as_json: bool) -> None:
    """Recompute everything from the book; exit 1 with every difference named."""
    with open_depot():
        session = snapshot_session()
        found = [(depot, _audited(session, depot)) for depot in _depots(session, slug)]
    if as_json:
        click.echo(json.dumps({"depots": [_body(*one) for one in found]}, indent=2))
    else:
        for depot, audited in found:
            _tell(depot, audited)
    if any(audited.differences for _, audited in found):
        sys.exit(1)


def _depots(session: Session, slug: str | None) -> list[Depot]:
    statement = select(Depot).order_by(Depot.id)
    found = session.scalars(statement.where(Depot.slug == slug) if slug else statement).all()
    if slug and not found:
        raise NotFound(what=N_("depot"), name=slug)
    return list(found)


def _audited(session: Session, depot: Depot) -> Audit:
    length = session.scalar(select(ChainHead.seq).where(ChainHead.depot_id == depot.id)) or 0
    with counting_bar(length, depot.name) as progress:
        return verify_with_counts(session, depot.id, progress)


def _tell(depot: Depot, audited: Audit) -> None:
    for difference in audited.differences:
        click.echo(f"{depot.name}: {difference.sentence}")
    reader = reader_in(depot.view())
    parts = [
        reader.ngettext("%(num)s entry", "%(num)s entries", audited.entries),
        reader.ngettext("%(num)s line", "%(num)s lines", audited.moves),
    ]
    if audited.filed:
        parts.append(
            reader.ngettext("%(num)s filed report", "%(num)s filed reports", audited.filed)
        )
    parts.append(reader.gettext("does NOT add up" if audited.differences else "all green"))
    say(
        N_("%(depot)s: %(facts)s. Seal %(seal)s"),
        depot=depot.name,
        facts=", ".join(parts),
        seal=short_seal(audited.seal),
    )


def _body(depot: Depot, audited: Audit) -> dict[str, Any]:
    return {
        "depot": depot.slug,
        "entries": audited.entries,
        "moves": audited.moves,
        "filed_reports": audited.filed,
        "seal": audited.seal,
        "green": not audited.differences,
        "differences": [
            {"check": difference.check, "sentence": difference.sentence}
            for difference in audited.differences
        ],
    }


@click.command("renew-search")
@click.option("--depot", "slug", help="Only this depot.")
def renew_search(slug: str | None) -> None:
    """Make what search finds by name anew, from the rows themselves."""
    with open_depot():
        for depot in _depots(current_session(), slug):
            with transaction(is_long=True) as session:
                renewed = rebuild(session.connection(), depot.id)
            say(N_("%(depot)s: search knows %(count)s names."), depot=depot.name, count=renewed)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--depot", "slug", help="Which depot, if there are several.")
def export(file: Path, slug: str | None) -> None:
    """Write a depot's tables, ledger and filed reports into FILE, with a program that checks it.

    Passwords, tokens and links are left out. While the depot is served, it is the depot of one
    moment.
    """
    from depot.exporting.whole import count_steps, write_export
    from depot.people.access_journal import note_export
    from depot.people.queries import console_actor

    if file.exists():
        raise ConfigError(
            problem=sentence(N_("%(file)s is there already: name a new file."), file=file)
        )
    part = file.with_name(file.name + ".part")
    with open_depot():
        actor = console_actor(current_session(), slug)
        depot = actor.depot
        note_export(actor)
        session = snapshot_session()
        try:
            length = count_steps(session, depot.id)
            with counting_bar(length, depot.name) as progress:
                write_export(session, depot, part, progress)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    say(
        N_("Saved %(file)s (%(size)s bytes); verify.py in it checks it."),
        file=file,
        size=file.stat().st_size,
    )
