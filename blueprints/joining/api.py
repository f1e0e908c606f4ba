"""/join-links, made, listed, closed by coordinators' programs; /here, and who comes and leaves."""

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
    ComeSchema,
    HereListSchema,
    JoinLinkAnswer,
    JoinLinkListSchema,
    LeaveSchema,
    MarkAnswer,
    OpenJoinLinkSchema,
    TakeBackMarkSchema,
)
from depot.base.clock import utc_now
from depot.joining.commands import coming
from depot.joining.commands.coming import Come, Leave, TakeBackMark
from depot.joining.commands.links import (
    CloseJoinLink,
    OpenJoinLink,
    close_join_link,
    open_join_link,
)
from depot.joining.queries import here_now, open_join_links

blp = ApiBlueprint("join_links_api", __name__, description="How people join for a day.")
coming_blp = ApiBlueprint("coming_api", __name__, description="Who is here, comes and leaves.")


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


@coming_blp.response(200, HereListSchema)
def here() -> object:
    """List who is here now, first-timers before the others."""
    session, who = reader()
    rows = here_now(session, who.depot, utc_now())
    return {"here": [row for row in rows if row.is_here], "next": None}


@coming_blp.arguments(ComeSchema())
@coming_blp.response(201, MarkAnswer)
def come(command: Come) -> object:
    """Write down that somebody is here, by id or, walked in, by a first name."""
    return write_answer(coming.come(command, actor()))


@coming_blp.arguments(LeaveSchema())
@coming_blp.response(201, MarkAnswer)
def leave(command: Leave) -> object:
    """Write down that somebody goes."""
    return write_answer(coming.leave(command, actor()))


@coming_blp.arguments(ComeSchema())
@coming_blp.response(201, MarkAnswer)
def come_to(command: Come, activity: str) -> object:
    """Write down that somebody came to a shift; more than it asks for are taken too."""
    return write_answer(coming.come(replace(command, activity=activity), actor()))


@coming_blp.arguments(LeaveSchema())
@coming_blp.response(201, MarkAnswer)
def leave_from(command: Leave, activity: str) -> object:
    """Write down that somebody leaves a shift."""
    return write_answer(coming.leave(replace(command, activity=activity), actor()))


@coming_blp.not_for_everybody
@coming_blp.arguments(TakeBackMarkSchema())
@coming_blp.response(201, MarkAnswer)
def take_back(command: TakeBackMark, mark_id: int) -> object:
    """Take back that somebody came or left: it was a mistake."""
    return write_answer(coming.take_back_mark(replace(command, mark_id=mark_id), actor()))
