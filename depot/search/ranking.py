"""How well a name answers what is sought: pure, and the same whichever database found it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from depot.base.names import natural_sort_key
from depot.db.search.folding import (
    LONGEST_TEXT,
    MOST_WORDS,
    is_unspaced,
    pairs,
    remains,
    slips_allowed,
    slips_between,
    stem,
    words_of,
)

#: How far a word is from one that is sought: the same, its beginning, another ending; then slips.
SAME: Final = 0
BEGUN: Final = 1
BENT: Final = 2
#: From here on it is a guess.
SLIP: Final = 3


class Closeness(NamedTuple):
    """How near a name is to what is sought: the lower, the nearer."""

    #: Whether some word of it is a guess.
    is_guess: bool
    #: 0: it is the name, 1: the name begins so, 2: it is somewhere in it.
    where: int
    #: The sum of how far each word is.
    distance: int
    #: How many words the name has besides.
    besides: int


def asked_words(text: str) -> tuple[str, ...]:
    """Return the words that are sought; what is too long is cut."""
    return words_of(text[:LONGEST_TEXT])[:MOST_WORDS]


def closeness(asked: Sequence[str], words: Sequence[str], name: str = "") -> Closeness | None:
    """Return how near a thing with these words is; None if a word that is sought is not in it."""
    whole = "".join(words_of(name))
    return closeness_of([_distance(word, words) for word in asked], asked, len(words), whole)


def closeness_of(
    distances: Sequence[int | None], asked: Sequence[str], size: int, whole: str
) -> Closeness | None:
    """Return how near a thing of `size` words is, which are so far from those that are sought.

    `whole` are the words of its name without the blanks between them.
    """
    sought = "".join(asked)
    where = 0 if whole == sought else 1 if whole.startswith(sought) else 2
    found = [one for one in distances if one is not None]
    besides = max(0, size - len(asked))
    if found and len(found) == len(asked):
        return Closeness(max(found) >= SLIP, where, sum(found), besides)
    # chick pea, of which somebody wrote chickpeas
    is_parted = where < 2 and len(asked) > 1
    return Closeness(False, where, BENT * len(asked), besides) if is_parted else None


def share_found(asked: Sequence[str], distances: Sequence[int | None]) -> float:
    """Return which part of what is sought was found so near, letter by letter, guesses half.

    Short words say little: how do I, wie kann ich.
    """
    letters = sum(map(len, asked))
    counted = sum(
        len(word) if distance < SLIP else len(word) / 2
        for word, distance in zip(asked, distances, strict=True)
        if distance is not None
    )
    return counted / letters if letters else 0.0


class Vocabulary:
    """Words that are known beforehand, in which those near a word are found without trying all."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._known: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for key in self._keys(word):
                self._known[key].append(word)

    @staticmethod
    def _keys(word: str) -> Iterator[str]:
        if is_unspaced(word):
            yield from (*word, *pairs(word))
            return
        yield f"-{stem(word)}"
        yield from remains(word)

    def near(self, asked: str) -> dict[str, int]:
        """Return the words that are near one that is sought, and how far each is."""
        start = bisect_left(self._words, asked)
        end = bisect_left(self._words, asked + "\U0010ffff")
        likely = {*self._words[start:end]}
        for key in self._keys(asked):
            likely.update(self._known.get(key, ()))
        found = ((word, _distance(asked, (word,))) for word in likely)
        return {word: distance for word, distance in found if distance is not None}


def _distance(asked: str, words: Iterable[str]) -> int | None:
    measure = _unspaced if is_unspaced(asked) else _spaced
    found = (measure(asked, word) for word in words)
    return min((one for one in found if one is not None), default=None)


@lru_cache(maxsize=16_384)  # the same words stand in many names
def _spaced(asked: str, word: str) -> int | None:
    if asked == word:
        return SAME
    if len(asked) > 1 and word.startswith(asked):
        return BEGUN
    if stem(asked) == stem(word):
        return BENT
    most = slips_allowed(asked)
    if not most or _remains(asked).isdisjoint(_remains(word)):
        return None
    slips = slips_between(asked, word, most)
    if slips <= most:
        return SLIP + slips
    # as one types: the rest of the word is still to come
    ends = range(len(asked) - 1, min(len(asked) + 2, len(word)))
    begun = min((slips_between(asked, word[:end], most) for end in ends), default=most + 1)
    return SLIP + begun + 1 if begun <= most else None


@lru_cache(maxsize=16_384)
def _remains(word: str) -> frozenset[str]:
    return frozenset(remains(word))


def _unspaced(asked: str, word: str) -> int | None:
    if asked == word:
        return SAME
    if asked in word:
        return BEGUN
    if len(asked) > 1 and set(pairs(asked)) <= set(pairs(word)):
        return BENT
    if slips_allowed(asked) and is_unspaced(word):
        ends = range(len(asked) - 1, len(asked) + 2)
        parts = {word[at : at + end] for at in range(len(word)) for end in ends}
        if any(slips_between(asked, part, 1) <= 1 for part in parts):
            return SLIP
    return None


def order_of(near: Closeness, is_aside: bool, name: str, number: int) -> tuple[object, ...]:
    """Return what things are sorted by: the nearest first, of equal ones by name."""
    return (near.is_guess, is_aside, *near[1:], natural_sort_key(name), number)
