"""The needs as an Atom feed (RFC 4287): an entry for each time the list changed."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from blueprints.needs.words import change_day_words, feed_text, feed_title
from depot.needs.queries.shown import PublicNeeds, PublishedList
from depot.words.reader import Reader

_NAMESPACE = "http://www.w3.org/2005/Atom"


def atom_feed(found: PublicNeeds, own_url: str, page_url: str, reader: Reader) -> bytes:
    """Return the feed that stands at `own_url`; with `page_url` its entries lead there."""
    feed = Xml.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", own_url)
    _add(feed, "title", feed_title(found, reader))
    _add(feed, "updated", found.now.changed_at.isoformat())
    author = Xml.SubElement(feed, "author")
    _add(author, "name", found.depot_name)
    Xml.SubElement(feed, "link", rel="self", href=own_url)
    for shown in (found.now, *found.earlier):
        _entry(feed, found, shown, own_url, page_url, reader)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(
    feed: Xml.Element,
    found: PublicNeeds,
    shown: PublishedList,
    own_url: str,
    page_url: str,
    reader: Reader,
) -> None:
    entry = Xml.SubElement(feed, "entry")
    _add(entry, "id", f"{own_url}#{shown.id}")
    _add(entry, "title", change_day_words(shown.changed_at, found.time_zone, reader))
    _add(entry, "updated", shown.changed_at.isoformat())
    if page_url:
        Xml.SubElement(entry, "link", rel="alternate", href=page_url)
    _add(entry, "content", feed_text(shown, reader))


def _add(parent: Xml.Element, name: str, text: str) -> None:
    # XML knows no control characters, not even escaped ones
    kept = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    Xml.SubElement(parent, name).text = kept
