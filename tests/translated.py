"""What is wrong with a translation: with its placeholders, forms, tags, ends, length and words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from gettext import c2py
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from depot.words.languages import FOLDER
from tests.catalogue import TEMPLATE

GLOSSARY: Final = FOLDER / "glossary.tsv"
#: Messages that are spelt as a term and mean something else: the program, a category of goods.
OTHER_THINGS: Final = frozenset({"Depot", "Household"})
_HELD: Final = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
_TAG: Final = re.compile(r"</?\w+[^>]*>|&\w+;")
#: "No." ends with no stop in other languages.
_LONGEST_ABBREVIATION: Final = 4
#: The counted number itself, by the names that sentences give it.
_COUNTED: Final = frozenset({"%(num)s", "{n}"})
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
#: Numbers by which a header's rule is compared with CLDR's; millions have forms of their own there.
_NUMBERS: Final = (*range(1, 220), 1000, 1001, 1002, 1005, 1011, 0)
#: How a sentence ends, by its last letter; quotation marks and brackets behind it do not count.
_ENDS: Final = {
    letter: kind
    for kind, letters in {
        "stop": ".。۔",
        "question": "?？؟",
        "exclamation": "!！",
        "colon": ":：",
        "more": "…",
    }.items()
    for letter in letters
}


def catalogues() -> list[str]:
    """Return the languages that are translated."""
    return sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


@cache
def catalogue(language: str) -> Catalog:
    """Return what is in a language's catalogue."""
    return read(FOLDER / language / "LC_MESSAGES" / "messages.po", language)


@lru_cache(maxsize=1)
def sentences() -> Catalog:
    """Return what there is to translate."""
    return read(TEMPLATE)


def read(file: Path, language: str | None = None) -> Catalog:
    """Read a catalogue as its translator left it."""
    with file.open("rb") as opened:
        return read_po(opened, locale=language, abort_invalid=True)


def missing(found: Catalog, wanted: Catalog) -> Iterator[str]:
    """Yield what of `wanted` is not translated or not looked at, and what is none of ours."""
    for message in wanted:
        if not message.id:
            continue
        there = found.get(message.id)
        if there is None or not all(_forms(there)):
            yield f"not translated: {message.id}"
        elif there.fuzzy:
            yield f"not looked at: {message.id}"
    for message in found:
        if message.id and wanted.get(message.id) is None:
            yield f"no sentence of the program: {message.id}"


def wrong(language: str, message: Message) -> Iterator[str]:
    """Yield what is wrong with a translation, nothing for one that is missing."""
    originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = _forms(message)
    if len(originals) > 1 and len(forms) != len(rule_of(language)):
        yield f"{len(forms)} forms, not {len(rule_of(language))}"
        return
    for index, told in enumerate(forms):
        if told:
            for problem in _problems(language, originals, told, index):
                yield f"{problem}: {originals[-1]!r} as {told!r}"


def _problems(language: str, originals: tuple[str, ...], told: str, index: int) -> Iterator[str]:
    original = originals[-1]
    is_counted = len(originals) > 1
    yield from _held(originals, told, can_omit=is_counted and is_one_number(language, index))
    if "%(" in original and "%" in _HELD.sub("", told):
        yield "a lone %"
    if Counter(_TAG.findall(original)) != Counter(_TAG.findall(told)):
        yield "other tags"
    if _spaces(original) != _spaces(told):
        yield "other blanks or line ends"
    if (
        not is_counted
        and len(original) > _LONGEST_ABBREVIATION
        and end_of(original) != end_of(told)
    ):
        yield "ends otherwise"
    if len(told) > max(3 * len(original) + 12, 40):
        yield "far too long"
    if told == original and _is_sentence(original):
        yield "still English"
    if any(unicodedata.category(letter) == "Cc" and letter != "\n" for letter in told):
        yield "a control character"


def _held(originals: tuple[str, ...], told: str, *, can_omit: bool) -> Iterator[str]:
    wanted = {held for original in originals for held in _HELD.findall(original)}
    found = set(_HELD.findall(told))
    needed = wanted - _COUNTED if can_omit else wanted
    if not needed <= found <= wanted:
        yield f"placeholders {sorted(found)}, not {sorted(wanted)}"


def _spaces(text: str) -> tuple[bool, bool, int]:
    return text[:1].isspace(), text[-1:].isspace(), text.count("\n")


def end_of(text: str) -> str:
    """Return how a text ends: with a stop, a question, with nothing."""
    bare = text.rstrip()
    while (bare and unicodedata.category(bare[-1]) in ("Pe", "Pf", "Pi", "Cf")) or bare[-1:] == '"':
        bare = bare[:-1].rstrip()  # French parts them by a space
    return "more" if bare.endswith("...") else _ENDS.get(bare[-1:], "")


def _is_sentence(text: str) -> bool:
    """Say whether it has so many words that no other language has the same."""
    return len(re.findall(r"[^\W\d_]{2,}", _HELD.sub("", _TAG.sub("", text)))) > 4


def _forms(message: Message) -> tuple[str, ...]:
    told: Any = message.string
    return (told,) if isinstance(told, str) else tuple(told)


@cache
def rule_of(language: str) -> tuple[str, ...]:
    """Return the forms of a language by CLDR, in the order in which catalogues have them."""
    plural = Locale.parse(language).plural_form
    used = {plural(number) for number in _NUMBERS}
    return tuple(form for form in _CATEGORIES if form in used)


@cache
def is_one_number(language: str, index: int) -> bool:
    """Say whether that form stands for one number only, which its words may say."""
    plural = Locale.parse(language).plural_form
    form = rule_of(language)[index]
    return sum(plural(number) == form for number in _NUMBERS) == 1


def differing_numbers(language: str, count: int, rule: str) -> list[int]:
    """Return numbers for which a header's rule has another form than CLDR; -1 if it has too few."""
    forms, plural = rule_of(language), Locale.parse(language).plural_form
    if count != len(forms):
        return [-1]
    chosen: Callable[[int], int] = c2py(rule)
    return [number for number in _NUMBERS if forms[chosen(number)] != plural(number)]


def glossary(file: Path = GLOSSARY) -> dict[str, dict[str, str]]:
    """Return each term's word by language."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["term"]: {name: word or "" for name, word in row.items()} for row in rows}


def other_words(
    language: str, found: Catalog, words: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    """Yield the messages that are nothing but a term, and are translated by another word.

    A word may bend: the case, the gender, the article. Where a term has several words, they stand
    in the glossary with " / " between them.
    """
    for message in found:
        if not isinstance(message.id, str) or not message.string or message.id in OTHER_THINGS:
            continue
        term = words.get(message.id) or words.get(message.id[:1].lower() + message.id[1:]) or {}
        known = [word for word in term.get(language, "").split(" / ") if word]
        told = str(message.string)
        if known and not any(_is_alike(told, word) for word in known):
            yield f"{message.id!r} is {told!r}, in the glossary {' / '.join(known)!r}"


def _is_alike(told: str, word: str) -> bool:
    """Say whether two texts have a word in common, bent or not."""
    return any(
        one in other or other in one or one[: _stem(one, other)] == other[: _stem(one, other)]
        for one in _words(told)
        for other in _words(word)
    )


def _stem(one: str, other: str) -> int:
    """Return how many letters at the beginning of two words make them forms of one."""
    return max(3, (2 * min(len(one), len(other)) + 2) // 3)


def _words(text: str) -> list[str]:
    """Return the words of a text without accents, vowel signs and the Arabic article."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    found = [word.removeprefix("ال") for word in re.findall(r"[^\W\d_]+", bare)]
    return [word for word in found if len(word) > 2] or found
