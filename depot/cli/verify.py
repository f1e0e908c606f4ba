"""`depot verify`: recompute everything, name every difference."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.errors import NotFound
from depot.base.text import N_
from depot.cli.frame import open_depot, reader_in, say
from depot.db.transaction import snapshot_session
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
    with click.progressbar(length=length, label=depot.name, file=sys.stderr) as bar:
        return verify_with_counts(session, depot.id, bar.update)


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
