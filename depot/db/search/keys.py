"""The keys under which a thing is kept and sought: words with their depot and kind before them.

A key is letters and digits alone, which both databases take as one word, and begins with whose it
is: what is sought in one depot is nowhere near the words of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from depot.db.search.folding import is_unspaced, pairs, remains, stem, words_of

#: What is kept by name. A crate is kept by the words that it bears; its code and its goods are
#: found where they stand.
KINDS: Final = ("item", "location", "partner", "event", "entry", "crate")
#: Kinds of which there may be many have a letter of their own; what there is less of shares one.
_LETTER_OF: Final = {"item": "i", "entry": "e"}
GROUPS: Final = ("item", "entry", "others")
#: What sort of key it is: the whole name, a word, what is left of a word without its ending, what
#: slips leave of it.
_WHOLE: Final = "0"
_WORD: Final = "1"
_STEM: Final = "2"
_REMAIN: Final = "3"
#: So many letters begin a word; fewer are half of all words.
_SHORTEST_BEGINNING: Final = 2
_LONGEST_NAME: Final = 60
#: Words kept of one thing; a longer note is found by its beginning.
_MOST_KEPT: Final = 80


def keys_of(depot_id: int, kind: str, texts: Iterable[str]) -> str:
    """Return all keys of a thing with blanks between; the first of its texts is its name."""
    start = _start(depot_id, kind)
    named = [words for words in map(words_of, texts) if words]
    whole = dict.fromkeys(f"{_WHOLE}{_whole(words)}" for words in named)
    every = [word for words in named for word in words][:_MOST_KEPT]
    rest = dict.fromkeys(key for word in every for key in _keys_of_word(word))
    return " ".join(f"{start}{key}" for key in (*whole, *rest))


def _start(depot_id: int, kind: str) -> str:
    return f"{depot_id}{_LETTER_OF.get(kind, 'o')}"


def _whole(words: Iterable[str]) -> str:
    return "".join(words)[:_LONGEST_NAME]


@lru_cache(maxsize=16_384)
def _keys_of_word(word: str) -> tuple[str, ...]:
    found = [f"{_WORD}{word}"]
    if is_unspaced(word):
        found += [f"{_STEM}{pair}" for pair in (*word, *pairs(word))]
    else:
        found.append(f"{_STEM}{stem(word)}")
    found += [f"{_REMAIN}{remain}" for remain in remains(word)]
    return tuple(dict.fromkeys(found))


class Sought(tuple[tuple[str, ...], ...]):
    """What is sought: all of these, of each one of its keys; one that ends with `*` begins so."""

    __slots__ = ()


def sought_whole(depot_id: int, kind: str, words: tuple[str, ...]) -> Iterator[Sought]:
    """Yield what finds those whose name is this, then those whose name begins so."""
    start = f"{_start(depot_id, kind)}{_WHOLE}{_whole(words)}"
    yield Sought(((start,),))
    if len(_whole(words)) >= _SHORTEST_BEGINNING or is_unspaced(words[0]):
        yield Sought(((f"{start}*",),))


def sought_words(
    depot_id: int, kind: str, words: Sequence[str], *, all_begun: bool = True
) -> Sought:
    """Return what finds those that have all the words, begun or with another ending.

    Unless `all_begun`, only the last word may be begun, as it is while one types: to look up how
    words begin costs most of a search.
    """
    start = _start(depot_id, kind)
    found: list[tuple[str, ...]] = []
    for at, word in enumerate(words, 1):
        if is_unspaced(word):
            found += [(f"{start}{_STEM}{pair}",) for pair in pairs(word)]
            continue
        is_beginning = len(word) >= _SHORTEST_BEGINNING and (all_begun or at == len(words))
        begun = f"{start}{_WORD}{word}" + ("*" if is_beginning else "")
        found.append(tuple(dict.fromkeys((begun, f"{start}{_STEM}{stem(word)}"))))
    return Sought(found)


def sought_slips(depot_id: int, kind: str, words: Iterable[str]) -> Sought:
    """Return what finds those that have all the words but for slips, and some more."""
    start = _start(depot_id, kind)
    found: list[tuple[str, ...]] = []
    for word in words:
        plain = sought_words(depot_id, kind, [word])
        slips = [f"{start}{_REMAIN}{remain}" for remain in remains(word)]
        found += [(*(key for keys in plain for key in keys), *slips)] if slips else plain
    return Sought(found)


def for_sqlite(sought: Sought) -> str:
    """Return it as FTS5 is asked."""
    return " AND ".join(f"({' OR '.join(map(_of_sqlite, keys))})" for keys in sought)


def _of_sqlite(key: str) -> str:
    return f'"{key[:-1]}"*' if key.endswith("*") else f'"{key}"'


def for_postgresql(sought: Sought) -> str:
    """Return it as a tsquery is written."""
    return " & ".join(f"({' | '.join(map(_of_postgresql, keys))})" for keys in sought)


def _of_postgresql(key: str) -> str:
    return f"'{key[:-1]}':*" if key.endswith("*") else f"'{key}'"


def kept_words(depot_id: int, kind: str, keys: str) -> list[str]:
    """Return the words of a thing from the keys that are kept of it, each once."""
    start = f"{_start(depot_id, kind)}{_WORD}"
    size = len(start)
    return [key[size:] for key in keys.split(" ") if key.startswith(start)]
