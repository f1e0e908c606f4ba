"""The list of guides, and each of them."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.frame.edge.packing import may_be_kept
from blueprints.frame.guides.addresses import guide_url, picture_url
from blueprints.frame.language import current_reader
from depot.guides.shelf import GROUPS, WRITTEN_IN, find_picture, names, read_guide
from depot.guides.written import Written, write_guide


def index() -> ResponseReturnValue:
    """List the guides, by what people come for."""
    tag = current_reader().tag
    groups = [(_(title), [read_guide(name, tag) for name in listed]) for title, listed in GROUPS]
    return render_template("guides/index.html", groups=groups)


def show(name: str) -> ResponseReturnValue:
    """Show a guide in the reader's language, or in English, which is said then."""
    if name not in names():
        abort(HTTPStatus.NOT_FOUND)
    guide = read_guide(name, current_reader().tag)
    written = _written(name, guide.language)
    is_other = guide.language == WRITTEN_IN != current_reader().tag.partition("-")[0]
    return render_template(
        "guides/show.html",
        guide=guide,
        is_other=is_other,
        headings=[heading for heading in written.headings if heading.level <= 2],
        text=Markup(written.html),  # noqa: S704  # made of files of ours; HTML in them is escaped
    )


def picture(name: str) -> Response:
    """Answer with the picture of a guide; its address bears what is in it."""
    found = find_picture(name)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    answer = send_file(found, mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return may_be_kept(answer)


@lru_cache(maxsize=512)
def _written(name: str, language: str) -> Written:
    """Return the guide as a part of a page; its headings bear the same ids in each language."""
    ids: tuple[str, ...] = ()
    if language != WRITTEN_IN:
        ids = tuple(heading.id for heading in _written(name, WRITTEN_IN).headings)
    return write_guide(read_guide(name, language).text, guide_url, picture_url, ids)
