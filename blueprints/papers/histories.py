"""Papers of what happened: to a crate, to an item with its running balance, between depots."""

from __future__ import annotations

from typing import Final

from flask import url_for

from blueprints.frame.api import base_url
from blueprints.frame.web import query_id, reader
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader
from blueprints.papers.words import crate_paper, item_paper
from depot.base.text import N_
from depot.crates.queries.crate_history import crate_history
from depot.crates.queries.crates import crate_view, find_crate
from depot.network.papers import transfer_paper
from depot.network.queries.transfers import transfer_row
from depot.stock.queries import items
from labels.symbols.addresses import transfer_url
from labels.symbols.codes import code_url

#: So many lines stand on one paper; older ones are on the next.
HISTORY_LINES: Final = 100


def cursor() -> int | None:
    """Return where a history goes on, as the address says; nonsense is its beginning."""
    return query_id("after")


def crate(code: str) -> PaperPage:
    """Show a crate's contents and what happened to it."""
    session, who = reader()
    head = found_or_404(N_("crate"), code, find_crate(session, who.depot_id, code))
    view = crate_view(session, who.depot_id, head)
    after = cursor()
    page = crate_history(session, who, head.id, after, HISTORY_LINES)
    paper = crate_paper(view, page.rows, code_url(base_url(), head.code), who, paper_reader())
    back = url_for("crates.show", code=head.code)
    older = page.next and url_for("papers.crate", code=head.code, after=page.next)
    newer = url_for("papers.crate", code=head.code) if after else None
    return PaperPage(paper, back, newer=newer, older=older or None)


def item_card(item_id: int) -> PaperPage:
    """Show every movement of an item with what there was afterwards, the newest first."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    after = cursor()
    page = items.movements(session, who, item_id, after, HISTORY_LINES)
    paper = item_paper(facts, page.rows, who, paper_reader(), has_more=bool(page.next))
    older = page.next and url_for("papers.item_card", item_id=item_id, after=page.next)
    newer = url_for("papers.item_card", item_id=item_id) if after else None
    back = url_for("items.item", item_id=item_id)
    return PaperPage(paper, back, newer=newer, older=older or None)


def transfer(transfer_id: int) -> PaperPage:
    """Show what goes to another depot or came from one, to be taken along and ticked off."""
    session, who = reader()
    row = found_or_404(
        N_("transfer"), transfer_id, transfer_row(session, who.depot_id, transfer_id)
    )
    paper = transfer_paper(row, transfer_url(base_url(), row.code), who, paper_reader())
    return PaperPage(paper, url_for("transfers.show", transfer_id=transfer_id))
