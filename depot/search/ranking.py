"""How well a name answers what is sought: pure, and the same whichever database found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from depot.base.names import natural_sort_key
from depot.db.search.folding import (
    LONGEST_TEXT,
    MOST_WORDS,
    is_unspaced,
    pairs,
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
    whole, sought = "".join(words_of(name)), "".join(asked)
    where = 0 if whole == sought else 1 if whole.startswith(sought) else 2
    distances = [_distance(word, words) for word in asked]
    found = [one for one in distances if one is not None]
    besides = max(0, len(words) - len(asked))
    if found and len(found) == len(asked):
        return Closeness(max(found) >= SLIP, where, sum(found), besides)
    # chick pea, of which somebody wrote chickpeas
    is_parted = where < 2 and len(asked) > 1
    return Closeness(False, where, BENT * len(asked), besides) if is_parted else None


def share_found(asked: Sequence[str], words: Sequence[str]) -> float:
    """Return which part of what is sought is in these words, letter by letter, guesses half.

    Short words say little: how do I, wie kann ich.
    """
    letters = sum(map(len, asked))
    found = ((len(word), _distance(word, words)) for word in asked)
    counted = sum(
        size if distance < SLIP else size / 2 for size, distance in found if distance is not None
    )
    return counted / letters if letters else 0.0


def _distance(asked: str, words: Iterable[str]) -> int | None:
    found = (
        _unspaced(asked, word) if is_unspaced(asked) else _spaced(asked, word) for word in words
    )
    return min((one for one in found if one is not None), default=None)


def _spaced(asked: str, word: str) -> int | None:
    if asked == word:
        return SAME
    if len(asked) > 1 and word.startswith(asked):
        return BEGUN
    if stem(asked) == stem(word):
        return BENT
    most = slips_allowed(asked)
    if not most or is_unspaced(word) or word.isdecimal():
        return None
    slips = slips_between(asked, word, most)
    if slips <= most:
        return SLIP + slips
    # as one types: the rest of the word is still to come
    ends = range(len(asked) - 1, min(len(asked) + 2, len(word)))
    begun = min((slips_between(asked, word[:end], most) for end in ends), default=most + 1)
    return SLIP + begun + 1 if begun <= most else None


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
