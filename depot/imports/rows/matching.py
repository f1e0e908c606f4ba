"""Which column holds which field: a guess from the headers, correctable by the person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from depot.imports.rows.contents import are_weights, guess_by_content
from depot.imports.rows.fields import (
    FIELDS,
    IN_OUR_LISTS,
    Field,
    fields_of,
    main_field,
    name_fields,
    plain_heading,
)
from depot.imports.sheets.headers import ABOVE_AND_BELOW
from depot.imports.sheets.reader import Row
from depot.imports.sheets.refusals import (
    BadOverride,
    MissingColumns,
    NoBoxNumbers,
    UnknownColumn,
    UnknownField,
)
from depot.imports.words.name_columns import ENGLISH_NAMES, NAMES_OF_ONE, language_said
from depot.words.languages import USUAL, in_all_languages, matching_language

#: A word must be this long to be believed inside a longer header: "date" in "Date received" and
#: "box" in "Box weight" mislead, "quantity" in "Quantity (tins)" does not.
_TELLING: Final = 6
#: A sign of Chinese says as much as some letters.
_IDEOGRAPHS: Final = "\u3400"
_TELLING_IDEOGRAPHS: Final = 2
#: How far behind a part of a header stands, more than any field has words.
_LESS_LIKELY: Final = 1_000
#: What a column without a header is called.
_NO_HEADER: Final = re.compile(r"Column [A-Z]{1,3}")


def guess_columns(kind: str, headers: Sequence[str], rows: Sequence[Row]) -> dict[str, str]:
    """Return for each field of `kind` that was found the header of its column.

    First headers that are a field's word, whatever their case and punctuation, then headers that
    contain one ("Product name (English)"). Of several, a column with anything in it wins, then
    the commoner word. No column serves two fields. Of names in several languages, one that says no
    language is the item's own. A table without headers is guessed by what is in its columns.
    Raises UnknownKind.
    """
    every = fields_of(kind)
    fields = FIELDS[kind]
    if headers and all(_NO_HEADER.fullmatch(header) for header in headers):
        guessed = guess_by_content([field.name for field in fields], headers, rows)
    else:
        guessed = _guess_by_words(fields, headers, rows)
        _look_inside(guessed, fields, headers, rows)
        _guess_names(guessed, kind, headers)
    return {one.name: guessed[one.name] for one in every if one.name in guessed}


def _guess_by_words(
    fields: Sequence[Field], headers: Sequence[str], rows: Sequence[Row]
) -> dict[str, str]:
    filled = {
        header for at, header in enumerate(headers) if any(row.cells[at].strip() for row in rows)
    }
    spoken = {header: _spoken(header, headers) for header in headers}
    guessed: dict[str, str] = {}
    for rank in (_rank_equal, _rank_within):
        offers = sorted(
            (header not in filled, score, at, field.name, header)
            for field in fields
            for at, header in enumerate(headers)
            if (score := _best_rank(rank, field, spoken[header])) is not None
        )
        for *_, name, header in offers:
            if name not in guessed and header not in guessed.values():
                guessed[name] = header
    return guessed


def _guess_names(guessed: dict[str, str], kind: str, headers: Sequence[str]) -> None:
    """Find names in other languages; where no column has the item's own, the first is taken."""
    main, fields = main_field(kind), name_fields(kind)
    synonyms, languages = set(_synonyms(main)), [field.language for field in fields]
    in_english = plain_heading(guessed.get(main.name, "")) in ENGLISH_NAMES
    for header in headers:
        plain = plain_heading(header)
        said = language_said(plain, synonyms, languages)
        if not said and in_english:
            said = matching_language(NAMES_OF_ONE.get(plain, ""), languages)
        if not said or header in guessed.values():
            continue
        name = f"name_{said}" if main.name in guessed else main.name
        guessed.setdefault(name, header)


def _synonyms(field: Field) -> tuple[str, ...]:
    """Return what people call a field, and what this program calls it in every language."""
    labels = (field.label, *IN_OUR_LISTS.get(field.name, ()))
    return (*field.synonyms, *(word for label in labels for word in _own_words()[label]))


@lru_cache(maxsize=1)
def _own_words() -> dict[str, tuple[str, ...]]:
    labels = [field.label for fields in FIELDS.values() for field in fields]
    labels += [label for more in IN_OUR_LISTS.values() for label in more]
    told = in_all_languages(labels, USUAL)
    return {
        label: tuple(dict.fromkeys(map(plain_heading, words)))
        for label, words in zip(labels, told, strict=True)
    }


def _spoken(header: str, headers: Sequence[str]) -> list[str]:
    """Return the header and the parts of it that may be the field's word, the likeliest first.

    Of two rows of headers, "Best before / Month", each may be; a first word that all headers
    share ("HB.name", "HB.quantity") says nothing.
    """
    said = [header]
    if ABOVE_AND_BELOW in header:
        above, below = header.split(ABOVE_AND_BELOW, 1)
        said += [below, above]
    words = _words(header)
    if len(headers) > 2 and all(len(w := _words(h)) > 1 and w[:1] == words[:1] for h in headers):
        said.append(" ".join(words[1:]))
    return said


def _best_rank(
    rank: Callable[[Field, str], int | None], field: Field, spoken: Sequence[str]
) -> int | None:
    ranks = [
        score + at * _LESS_LIKELY
        for at, text in enumerate(spoken)
        if (score := rank(field, text)) is not None
    ]
    return min(ranks, default=None)


def _look_inside(
    guessed: dict[str, str], fields: Sequence[Field], headers: Sequence[str], rows: Sequence[Row]
) -> None:
    """Put right what words alone mislead about: sizes that are weights, what is only described."""
    names = [field.name for field in fields]
    size = guessed.get("size")
    if size and "weight" in names and "weight" not in guessed:
        at = headers.index(size)
        if are_weights([row.cells[at] for row in rows]):
            guessed["weight"] = guessed.pop("size")
    main = next((field.name for field in fields if field.name in ("name", "item")), "")
    if main and main not in guessed and "location" not in names[:1] and "note" in guessed:
        if "description" in _words(guessed["note"]):
            guessed[main] = guessed.pop("note")


def _rank_equal(field: Field, header: str) -> int | None:
    """Return how common the word is that `header` is for the field, 0 the commonest."""
    squeezed = "".join(_words(header))
    synonyms = ["".join(synonym.split()) for synonym in _synonyms(field)]
    return synonyms.index(squeezed) if squeezed in synonyms else None


def _rank_within(field: Field, header: str) -> int | None:
    """Return a lower number the longer the word for the field is that `header` contains."""
    padded = f" {' '.join(_words(header))} "
    within = [word for word in _synonyms(field) if f" {word} " in padded]
    longest = max(within, key=len, default="")
    least = _TELLING if longest < _IDEOGRAPHS else _TELLING_IDEOGRAPHS
    return -len(longest) if len(longest) >= least else None


def _words(header: str) -> list[str]:
    return plain_heading(header).split()


def parse_overrides(texts: Iterable[str]) -> dict[str, str]:
    """Read FIELD=COLUMN texts, as on the command line; raises BadOverride."""
    overrides = {}
    for text in texts:
        name, equals, column = text.partition("=")
        if not equals or not name.strip():
            raise BadOverride(field="map", text=text[:60])
        overrides[name.strip()] = column.strip()
    return overrides


def apply_overrides(
    kind: str, headers: Sequence[str], columns: Mapping[str, str], overrides: Mapping[str, str]
) -> dict[str, str]:
    """Return `columns` as corrected: field to header; a blank column leaves the field out.

    A column named for one field is taken away from the field it was guessed for. Headers are
    found whatever their case and punctuation. Raises UnknownKind, UnknownField, UnknownColumn.
    """
    fields = [field.name for field in fields_of(kind)]
    said: dict[str, str] = {}
    for name, column in overrides.items():
        if name not in fields:
            raise UnknownField(field="map", name=name[:60], fields=", ".join(fields))
        said[name] = _header(column, headers) if column.strip() else ""
    merged = {
        **{name: header for name, header in columns.items() if header not in said.values()},
        **said,
    }
    return {name: merged[name] for name in fields if merged.get(name)}


def _header(column: str, headers: Sequence[str]) -> str:
    if column in headers:
        return column
    wanted = _words(column)
    alike = [header for header in headers if wanted and _words(header) == wanted]
    if len(alike) == 1:
        return alike[0]
    raise UnknownColumn(field="map", name=column[:60], columns=", ".join(headers)[:500])


def require_columns(kind: str, columns: Mapping[str, str], headers: Sequence[str]) -> None:
    """Check that every required field has a column.

    Raises MissingColumns, which names the fields without one and the columns of the file.
    """
    missing = [
        field.name for field in fields_of(kind) if field.required and field.name not in columns
    ]
    if missing:
        refusal = NoBoxNumbers if "box_number" in missing and "item" in columns else MissingColumns
        raise refusal(field="map", fields=", ".join(missing), columns=", ".join(headers)[:500])
