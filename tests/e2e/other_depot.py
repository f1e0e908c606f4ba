"""What a site is given past its API: one more depot that works with its own, and visit cards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.distribution.commands.visits import SaveVisitSetting, save_visit_setting
from depot.models import Depot, DepotLink
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from tests.builders import receive
from tests.commands.network.linked import coming, link, send
from tests.current import at_work, db
from tests.e2e.phones import Site

_SLUG = "far"


def linked_depot(place: Site) -> None:
    """Let the site's depot work with one more, once."""
    with _both(place):
        pass


def sent_here(place: Site) -> int:
    """Have the other depot send some pears; return the number of the transfer at the site."""
    with _both(place) as (own, far):
        receive(far, 5, "Pears")
        send(far, own, (5, "Pears"))
        return coming(own)


def use_cards(place: Site) -> None:
    """Let the site's depot count visits by card."""
    with _both(place) as (own, _far):
        save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), own)


@contextmanager
def _both(place: Site) -> Iterator[tuple[Actor, Actor]]:
    """Put the site's database to work; yield who acts at its depot and at the other."""
    data = Path(place.running.environment["DEPOT_DATA"])
    with at_work(f"sqlite:///{data / 'depot.sqlite3'}"):
        slugs = db.session.scalars(select(Depot.slug).order_by(Depot.id)).all()
        if _SLUG not in slugs:
            found_depot(FoundDepot(name="Far", slug=_SLUG))
        own, far = (console_actor(db.session(), slug) for slug in (slugs[0], _SLUG))
        if db.session.scalar(select(DepotLink.depot_id)) is None:
            link(own, far)
        yield own, far
