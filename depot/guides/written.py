"""A guide's Markdown as a part of a page: no HTML of its own, and links that hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it.token import Token

#: Where a guide, or a guide's picture, is to be had; None: it is not.
Address = Callable[[str], str | None]
_GUIDE: Final = re.compile(r"(?:\.\./|\./)*([a-z0-9-]+)\.md")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a guide, below its title."""

    id: str
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Written:
    """A guide as a part of a page, without its title; and what one can go to in it."""

    html: str
    headings: tuple[Heading, ...]


def write_guide(text: str, guide: Address, picture: Address, ids: Iterable[str] = ()) -> Written:
    """Return the Markdown as HTML. `ids` are the headings', where another language has them.

    What looks like HTML in it is shown as it was typed. A link to what is no guide keeps its words.
    """
    from markdown_it import MarkdownIt  # loaded with the first guide, not with the program

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = _without_title(reader.parse(text))
    headings = tuple(_name_headings(tokens, list(ids)))
    for token in tokens:
        if token.children:
            token.children = list(_led(token.children, guide, picture))
    return Written(str(reader.renderer.render(tokens, reader.options, {})), headings)


def slug(words: str) -> str:
    """Return what leads to a heading of these words, as on pages that show Markdown elsewhere."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.lower()).strip())


def _without_title(tokens: list[Token]) -> list[Token]:
    """Leave out the first heading: the page shows it as its own."""
    is_titled = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
    return tokens[3:] if is_titled else tokens


def _name_headings(tokens: list[Token], ids: list[str]) -> Iterator[Heading]:
    known: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = _plain(tokens[at + 1])
        made = ids[len(known)] if len(known) < len(ids) else slug(words)
        while made in known:
            made += "-"
        known.add(made)
        token.attrSet("id", made)
        yield Heading(made, words, int(token.tag[1:]))


def _plain(inline: Token) -> str:
    return "".join(part.content for part in inline.children or () if part.content)


def _led(parts: Iterable[Token], guide: Address, picture: Address) -> Iterator[Token]:
    """Let links and pictures lead where they are to be had here; leave out those that are not."""
    kept: list[bool] = []
    for part in parts:
        if part.type == "link_open":
            kept.append(_lead(part, "href", _target(str(part.attrGet("href") or ""), guide)))
            if kept[-1]:
                yield part
        elif part.type == "link_close":
            if kept.pop():
                yield part
        elif part.type == "image":
            name = str(part.attrGet("src") or "").rpartition("/")[2].partition(".")[0]
            if _lead(part, "src", picture(name)):
                part.attrSet("loading", "lazy")
                yield part
        else:
            yield part


def _lead(part: Token, attribute: str, address: str | None) -> bool:
    if address is not None:
        part.attrSet(attribute, address)
    return address is not None


def _target(href: str, guide: Address) -> str | None:
    """Return where a link of a guide leads from inside the program."""
    found: Any = urlsplit(href)
    if found.scheme in ("http", "https") or (href.startswith("#")):
        return href
    named = _GUIDE.fullmatch(found.path)
    address = guide(named[1]) if named else None
    if address is None:
        return None
    return f"{address}#{found.fragment}" if found.fragment else address
