"""Names that are probably one name misspelt: shown as a warning, never changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, islice
from typing import Final

from depot.base.names import clean_name, name_key

#: What food groups are called in many pantries' lists, to tell misspelt ones. English only.
COMMON_CATEGORIES: Final = (
    *("Bakery", "Baking Supplies", "Beans", "Beverages", "Bread", "Breakfast", "Canned Goods"),
    *("Cereal", "Condiments", "Dairy", "Desserts", "Frozen Food", "Fruit", "Fruits", "Grains"),
    *("Household", "Hygiene", "Juice", "Legumes", "Meat", "Pasta", "Pastries", "Potatoes"),
    *("Poultry", "Produce", "Protein", "Sauces", "Seafood", "Snacks", "Soups", "Spices"),
    *("Sweets", "Toiletries", "Tomatoes", "Vegetables"),
)
#: Short names are often one letter apart and both right: Corn and Cork, Peas and Pears.
_SHORTEST: Final = 5
_ALIKE: Final = 0.8
#: Bounds on time and memory. A table with more different names is not checked further.
_MOST_NAMES: Final = 5_000
_LONGEST: Final = 60
_MOST_ALIKE: Final = 50


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """`name` is probably `like` misspelt; `likeness` is 0 to 1."""

    name: str
    like: str
    likeness: float


def near_duplicates(names: Iterable[str], known: Iterable[str] = ()) -> tuple[NearDuplicate, ...]:
    """Return the names that are one letter off another name, or off a `known` one.

    Of two, the known or else the more frequent or else the first is taken to be right, so pass
    names as often as they occur. Names that differ in case or blanks only are one name, and
    those that differ in a digit or a letter of a code ("Size 3", "Shelf B") are two.
    """
    known_keys = {name_key(name): clean_name(name) for name in known}
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name in names:
        key = name_key(name)
        counts[key] += 1
        written.setdefault(key, clean_name(name))
    order = {key: at for at, key in enumerate(written)}
    written = {**written, **known_keys}

    def rank(key: str) -> tuple[bool, int, int]:
        return key in known_keys, counts[key], -order.get(key, 0)

    found: dict[str, NearDuplicate] = {}
    for pair in sorted(_close_pairs(written)):
        wrong, right = sorted(pair, key=rank)
        likeness = SequenceMatcher(None, wrong, right, autojunk=False).ratio()
        if wrong in known_keys or likeness < max(_ALIKE, _best(found, wrong)):
            continue
        found[wrong] = NearDuplicate(written[wrong], written[right], likeness)
    return tuple(sorted(found.values(), key=lambda near: near.name))


def _best(found: dict[str, NearDuplicate], key: str) -> float:
    return found[key].likeness if key in found else 0.0


def _close_pairs(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs that become the same when one letter is left out of one or of both.

    Comparing each name with each other would take minutes for thousands of names.
    """
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    for key in islice(keys, _MOST_NAMES):
        if _SHORTEST <= len(key) <= _LONGEST:
            for shortened in {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}:
                buckets[shortened].append(key)
    seen = set()
    for bucket in buckets.values():
        for pair in combinations(bucket[:_MOST_ALIKE], 2):
            if pair not in seen and _differ_in_words(*pair):
                seen.add(pair)
                yield pair


def _differ_in_words(first: str, second: str) -> bool:
    """Return whether the names differ in words, not in numbers or in the letters of a code."""
    ours, theirs = first.split(), second.split()
    if len(ours) != len(theirs):
        ours, theirs = [first.replace(" ", "")], [second.replace(" ", "")]
    differing = [
        word for pair in zip(ours, theirs, strict=True) if len({*pair}) > 1 for word in pair
    ]
    return all(len(word) > 3 and not any(map(str.isdigit, word)) for word in differing)
