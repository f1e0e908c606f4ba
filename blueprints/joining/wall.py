"""The code on the wall, as coordinators hang it up, change it and take it down."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import offered_languages, reader_in
from blueprints.frame.security import secret_key
from blueprints.frame.web import keep_no_copy, reader, show_message
from blueprints.joining.addresses import join_url
from blueprints.joining.schemas import CloseJoinLinkSchema, HangUpSchema
from blueprints.joining.words import make_join_poster
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.joining.commands.links import (
    LASTS_DAYS,
    USES,
    OpenJoinLink,
    close_join_link,
    open_join_link,
)
from depot.joining.poster import join_poster_pdf
from depot.joining.queries import open_join_links
from depot.kernel.answers import SavedId
from depot.kernel.once import AnyOutcome, Outcome
from depot.papers.sheet import SHEETS


def show() -> ResponseReturnValue:
    """Show the code, until when it counts, and how many joined by it."""
    return _page(Form())


def _page(form: Form) -> str:
    keep_no_copy()
    session, who = reader()
    form.values.setdefault("uses_max", str(USES))
    form.values.setdefault("days", str(LASTS_DAYS))
    links = open_join_links(session, who.depot_id, utc_now())
    return show_form(
        "joining/wall.html",
        form,
        links=[(link, join_url(who.depot_id, link.command_id)) for link in links],
        sizes=tuple(SHEETS),
        papers=[(size, size) for size in SHEETS],
        paper=who.depot.paper_size,
        languages=offered_languages(),
        language=reader_in("").language,
    )


def open_link() -> ResponseReturnValue:
    """Make a new code; the one it replaces ends at once."""
    return submit_form(
        HangUpSchema(form=True),
        _open,
        done=partial(_done, _("The new code counts from now on.")),
        again=_page,
    )


def _open(command: OpenJoinLink, who: Actor) -> Outcome[SavedId]:
    return open_join_link(command, who, secret_key())


def close(link_id: int) -> ResponseReturnValue:
    """Let nobody join by a code any more."""
    return submit_form(
        CloseJoinLinkSchema(form=True),
        lambda command, who: close_join_link(replace(command, link_id=link_id), who),
        done=partial(_done, _("Nobody joins by that code any more. Who is here stays.")),
        again=_page,
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("join_links.show"), 303)


def poster(link_id: int) -> Response:
    """Send the poster with the code, on A4 or Letter, in any of the languages there are."""
    session, who = reader()
    links = open_join_links(session, who.depot_id, utc_now())
    found = next((link for link in links if link.id == link_id), None)
    if found is None:
        raise NotFound(what=N_("join link"), name=link_id)
    size = request.args.get("paper", who.depot.paper_size)
    made = make_join_poster(
        who.depot,
        join_url(who.depot_id, found.command_id),
        found.ends_at,
        reader_in(request.args.get("language", "")),
        size if size in SHEETS else who.depot.paper_size,
    )
    headers = {"Content-Disposition": f'inline; filename="{who.depot.slug}-join.pdf"'}
    return Response(join_poster_pdf(made), content_type="application/pdf", headers=headers)
