"""/join-links: made, listed, closed. For programs that act as a coordinator."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.security import secret_key
from blueprints.frame.web import reader, write_answer
from blueprints.joining.addresses import join_url
from blueprints.joining.schemas import (
    ClosedJoinLinkAnswer,
    CloseJoinLinkSchema,
    JoinLinkAnswer,
    JoinLinkListSchema,
    OpenJoinLinkSchema,
)
from depot.base.clock import utc_now
from depot.joining.commands.links import (
    CloseJoinLink,
    OpenJoinLink,
    close_join_link,
    open_join_link,
)
from depot.joining.queries import open_join_links

blp = ApiBlueprint("join_links_api", __name__, description="How people join for a day.")


@blp.not_for_everybody
@blp.response(200, JoinLinkListSchema)
def index() -> object:
    """List the links by which people may join now, the newest first."""
    need_coordinator()
    session, who = reader()
    rows = open_join_links(session, who.depot_id, utc_now())
    told = [asdict(row) | {"url": join_url(who.depot_id, row.command_id)} for row in rows]
    return {"join_links": told, "next": None}


@blp.not_for_everybody
@blp.arguments(OpenJoinLinkSchema())
@blp.response(201, JoinLinkAnswer)
def open_link(command: OpenJoinLink) -> object:
    """Make a link by which people join under a first name, until it ends."""
    body, status = write_answer(open_join_link(command, actor(), secret_key()))
    told: dict[str, Any] = body | {"url": join_url(actor().depot_id, command.command_id)}
    return told, status


@blp.not_for_everybody
@blp.arguments(CloseJoinLinkSchema())
@blp.response(201, ClosedJoinLinkAnswer)
def close(command: CloseJoinLink, link_id: int) -> object:
    """Close a link: nobody joins by it any more, and who joined stays."""
    return write_answer(close_join_link(replace(command, link_id=link_id), actor()))
