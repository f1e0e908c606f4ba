"""What search found, in words, with where each leads; and which pages a text may mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from blueprints.browser.sentences import ScriptText, kept_by_language, plural_forms
from blueprints.search.ways import WAYS
from blueprints.words.addresses import Address
from depot.base.actors import Actor
from depot.base.text import N_
from depot.db.search.folding import words_of
from depot.guides.shelf import names, read_guide
from depot.search.queries import FoundThing
from depot.search.ranking import Vocabulary, asked_words, closeness_of, share_found
from depot.words import figures
from depot.words.goods import name_goods
from depot.words.reader import Reader

#: Kinds of results, in the order in which they are shown, each under its heading.
KINDS: Final = {
    "page": N_("Pages"),
    "item": N_("Items"),
    "crate": N_("Crates"),
    "location": N_("Places"),
    "partner": N_("Partners"),
    "person": N_("People"),
    "event": N_("Hand-outs"),
    "entry": N_("Entries"),
    "guide": N_("Guides"),
}
_MOST_PAGES: Final = 5
_HEADING: Final = re.compile(r"^#{2,3} (.*)$", re.MULTILINE)
#: So many languages are kept.
_MOST_LANGUAGES: Final = 32
#: Of what is sought so much is to be in what is said of a page: people ask in sentences.
_LEAST_SHARE: Final = 0.5
#: Where a thing of each kind has its page, and what its number is called there.
_PAGES: Final = {
    "item": ("items.item", "item_id"),
    "location": ("locations.place", "location_id"),
    "partner": ("partners.partner", "partner_id"),
    "event": ("distribution.event", "event_id"),
    "entry": ("ledger.entry", "entry_id"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """Something that may be meant, as it is shown."""

    kind: str
    id: int | str
    name: str
    small: str
    href: str


@dataclass(frozen=True, slots=True)
class ResultGroup:
    """The results of a kind under their heading."""

    kind: str
    title: str
    results: tuple[Result, ...]


def thing_results(
    found: Iterable[FoundThing], who: Actor, reader: Reader, address: Address
) -> list[Result]:
    """Put what was found in the depot into words."""
    return [
        Result(one.kind, one.id, one.name, _small(one, reader), _href(one, who, address))
        for one in found
    ]


def _small(one: FoundThing, reader: Reader) -> str:
    """Return what is told beside the name: how much of it is where, what is in it, of which day."""
    if one.kind == "item":
        amount = figures.quantity(*one.held, reader) if one.held else ""
        held = reader.gettext("%(amount)s here", amount=amount) if amount else ""
        return " · ".join([held or reader.gettext("none here"), *one.places])
    if one.kind == "crate":
        return " · ".join(part for part in (name_goods(one.goods, reader), *one.places) if part)
    return figures.day(one.day, reader) if one.day else ""


def _href(one: FoundThing, who: Actor, address: Address) -> str:
    if one.kind == "crate":
        return address("crates.show", code=one.code)
    if one.kind == "person":
        return address("people.index" if who.is_coordinator else "open_book.index")
    endpoint, number = _PAGES[one.kind]
    return address(endpoint, **{number: one.id})


def page_results(asked: str, who: Actor, reader: Reader, address: Address) -> list[Result]:
    """Return the pages and guides that a text may mean to this reader, the likeliest first."""
    words = asked_words(asked)
    if not words:
        return []
    told, vocabulary, said_on = _told(reader.speaker)
    near = [vocabulary.near(word) for word in words]
    likely = {at for one in near for word in one for at in said_on[word]}
    found = [
        (rank, at)
        for at in sorted(likely)
        if (rank := _rank(words, near, told[at])) is not None and _may_enter(told[at], who)
    ]
    results = [_result(told[at], address) for _, at in sorted(found)]
    return [
        one
        for kind in ("page", "guide")
        for one in [result for result in results if result.kind == kind][:_MOST_PAGES]
    ]


def _result(page: _Told, address: Address) -> Result:
    if page.kind == "guide":
        return Result("guide", page.key, page.title, "", address("guides.show", name=page.key))
    return Result("page", page.key, page.title, page.small, address(page.key))


class _Told(NamedTuple):
    """A page or a guide in the words of a language."""

    kind: str
    #: The endpoint of a page, the name of a guide.
    key: str
    whose: str
    title: str
    small: str
    title_words: tuple[str, ...]
    #: The title's words without blanks.
    whole: str
    all_words: frozenset[str]


@lru_cache(maxsize=_MOST_LANGUAGES)
def _told(
    speaker: Reader,
) -> tuple[tuple[_Told, ...], Vocabulary, Mapping[str, Sequence[int]]]:
    """Return the pages as a reader's language calls them, all words, and on which each is said."""
    pages = (*_told_ways(speaker), *_told_guides(speaker))
    said_on: defaultdict[str, list[int]] = defaultdict(list)
    for at, page in enumerate(pages):
        for word in page.all_words:
            said_on[word].append(at)
    return pages, Vocabulary(said_on), said_on


def _told_ways(speaker: Reader) -> Iterator[_Told]:
    for way in WAYS:
        title, small, also = (
            speaker.gettext(text) if text else "" for text in (way.title, way.small, way.also)
        )
        yield _told_as("page", way.endpoint, way.whose, title, small, also)


def _told_guides(speaker: Reader) -> Iterator[_Told]:
    """Yield the guides by their titles and headings."""
    for name in sorted(names()):
        guide = read_guide(name, speaker.tag)
        headings = " ".join(_HEADING.findall(guide.text))
        yield _told_as("guide", name, "anybody", guide.title, "", headings)


def _told_as(kind: str, key: str, whose: str, title: str, small: str, also: str) -> _Told:
    named, said = words_of(title), frozenset(words_of(f"{title} {small} {also}"))
    return _Told(kind, key, whose, title, small, named, "".join(named), said)


def _rank(
    words: Sequence[str], near: Sequence[Mapping[str, int]], page: _Told
) -> tuple[float, ...] | None:
    """Return where a page comes: those whose title says it, then what is said of them."""
    named = closeness_of(_nearest(near, page.title_words), words, len(page.title_words), page.whole)
    if named is not None and not named.is_guess:
        return (0, named.where, named.distance, named.besides)
    share = share_found(words, _nearest(near, page.all_words))
    if share < _LEAST_SHARE or (len(words) == 1 and share < 1 and named is None):
        return None
    return (1, -share, 0, 0)


def _nearest(near: Sequence[Mapping[str, int]], words: Collection[str]) -> list[int | None]:
    """Return how far the nearest of the words is from each that is sought."""
    return [min((one[word] for word in words if word in one), default=None) for one in near]


def _may_enter(page: _Told, who: Actor) -> bool:
    if page.key == "account.mine" and who.device is not None:
        return False
    return {
        "anybody": True,
        "members": not who.is_helper,
        "coordinators": who.is_coordinator,
    }[page.whose]


def result_groups(found: Iterable[Result], reader: Reader) -> list[ResultGroup]:
    """Return the results kind by kind, the kinds with any under their headings."""
    results = list(found)
    groups = [
        ResultGroup(kind, reader.gettext(title), tuple(one for one in results if one.kind == kind))
        for kind, title in KINDS.items()
    ]
    return [group for group in groups if group.results]


def _texts(reader: Reader) -> dict[str, ScriptText]:
    return {
        "found": plural_forms(
            lambda n: reader.ngettext("{n} suggestion", "{n} suggestions", n), reader
        )
    }


#: What the script of the page says, as JSON.
SEARCH_WORDS: Final = kept_by_language(_texts)
