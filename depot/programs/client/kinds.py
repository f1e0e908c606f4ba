"""How Python's types say what a schema takes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from depot.programs.client.described import Document, Operation, Schema, ref_of, schemas_of

#: A choice of words that is longer than this has a name of its own.
_LONGEST: Final = 48
_KINDS: Final = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}
#: What a program may give instead of the text that is sent.
_GIVEN: Final = {
    "date": "datetime.date | str",
    "date-time": "datetime.datetime | str",
    "uuid": "UUID | str",
}
Words = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kinds:
    """The types of one description: `names` are those of its long choices of words."""

    names: Mapping[Words, str]

    def kind(self, schema: Schema, *, is_sent: bool) -> str:
        """Return the type of what a schema takes; `is_sent`: only programs send it.

        A whole type, with a bar between its parts where there are several.
        """
        parts = list(dict.fromkeys(self._parts(schema, is_sent)))
        if "None" in parts:
            parts = [*(part for part in parts if part != "None"), "None"]
        return " | ".join(parts)

    def _parts(self, schema: Schema, is_sent: bool) -> Iterator[str]:
        named = ref_of(schema)
        if named is not None:
            yield named
        elif "anyOf" in schema:
            for one in schema["anyOf"]:
                yield from self._parts(one, is_sent)
        elif "enum" in schema:
            yield from self._choice(schema["enum"])
        elif "type" in schema:
            kinds = schema["type"]
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                yield self._of_type(kind, schema, is_sent)
        else:
            yield "Any"

    def _choice(self, words: list[Any]) -> Iterator[str]:
        said = tuple(word for word in words if word is not None)
        yield self.names.get(said, literal(said))
        if len(said) < len(words):
            yield "None"

    def _of_type(self, kind: str, schema: Schema, is_sent: bool) -> str:
        if kind == "array":
            return f"list[{self.kind(schema.get('items', {}), is_sent=is_sent)}]"
        if kind == "object":
            inner = schema.get("additionalProperties") or {}
            return f"dict[str, {self.kind(inner, is_sent=is_sent)}]"
        if kind == "string" and is_sent:
            return _GIVEN.get(schema.get("format", ""), "str")
        return _KINDS[kind]


def quoted(word: object) -> str:
    """Return a word or a number as it stands in code."""
    return json.dumps(word, ensure_ascii=False)


def literal(words: Words) -> str:
    """Return the type of one of some words."""
    return f"Literal[{', '.join(map(quoted, words))}]"


def kinds_of(document: Document, operations: list[Operation]) -> Kinds:
    """Return the types of a description, its long choices named by the field that they stand in.

    That is the one in which a choice stands most often. Where fields of one name have several
    choices, what they stand in is named too, by the shortest name that there is.
    """
    found: defaultdict[Words, list[tuple[str, str]]] = defaultdict(list)
    for place, field, schema in _fields(document, operations):
        for words in _choices(schema):
            if len(literal(words)) > _LONGEST:
                found[words].append((place.removesuffix("Answer"), field))
    fields = {words: _most_frequent(field for _, field in uses) for words, uses in found.items()}
    taken = set(schemas_of(document))
    names: dict[Words, str] = {}
    for words, field in fields.items():
        name = _camel(field)
        if list(fields.values()).count(field) > 1 or name in taken:
            places = {place for place, its in found[words] if its == field}
            name = _camel(min(places, key=_shortest)) + name
        names[words] = name
    return Kinds(names)


def _most_frequent(fields: Iterable[str]) -> str:
    counted = Counter(fields)
    return min(counted, key=lambda field: (-counted[field], field))


def _shortest(name: str) -> tuple[int, str]:
    return len(name), name


def _fields(document: Document, operations: list[Operation]) -> Iterator[tuple[str, str, Schema]]:
    """Yield each field of a schema and each parameter, with the name of what it stands in."""
    for name, schema in sorted(schemas_of(document).items()):
        for field, inner in sorted(schema.get("properties", {}).items()):
            yield name, field, inner
    for one in operations:
        for parameter in one.queried:
            yield one.name, parameter.name, parameter.schema


def _choices(schema: Schema) -> Iterator[Words]:
    if "enum" in schema:
        yield tuple(word for word in schema["enum"] if word is not None)
    for one in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(one, Mapping):
            yield from _choices(one)


def _camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
