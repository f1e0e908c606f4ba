"""The bodies and answers of an API as typed dictionaries, and its choices of words."""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from depot.programs.client.described import (
    COMMAND_ID,
    Document,
    Operation,
    Schema,
    all_refs,
    schemas_of,
)
from depot.programs.client.kinds import Kinds, Words, quoted
from depot.programs.client.layout import block, comment, docstring


@dataclass(frozen=True, slots=True)
class Shapes:
    """Which schemas are sent, which are answered, and which bodies are those of commands."""

    schemas: Mapping[str, Schema]
    sent: frozenset[str]
    answered: frozenset[str]
    commands: frozenset[str]

    def fields(self, name: str) -> dict[str, Schema]:
        """Return the fields of a schema that a program sees: a command's number is none of them."""
        found = self.schemas[name].get("properties", {})
        hidden = COMMAND_ID if name in self.commands else None
        return {field: schema for field, schema in sorted(found.items()) if field != hidden}

    def needed(self, name: str) -> set[str]:
        """Return the fields that are always there.

        Where an answer says of none, all are but those that are there “Only if” something is so.
        """
        fields, said = self.fields(name), self.schemas[name].get("required")
        if said is None and name not in self.sent:
            return {field for field, schema in fields.items() if not _is_rare(schema)}
        return set(said or ()) & set(fields)


def _is_rare(schema: Schema) -> bool:
    return str(schema.get("description", "")).startswith("Only ")


def shapes_of(document: Document, operations: list[Operation]) -> Shapes:
    """Return what the operations send and answer, with all that stands in it."""
    schemas = schemas_of(document)
    bodies = {one.body for one in operations if one.body}
    answers = {one.answer for one in operations if one.answer}
    return Shapes(
        schemas,
        sent=frozenset(_with_parts(schemas, bodies)),
        answered=frozenset(_with_parts(schemas, answers)),
        commands=frozenset(one.body for one in operations if one.body and one.is_command),
    )


def _with_parts(schemas: Mapping[str, Schema], names: set[str]) -> set[str]:
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += all_refs(schemas[name])
    return found


def choice_lines(kinds: Kinds) -> Iterator[str]:
    """Yield the choices of words that have names."""
    for words, name in sorted(kinds.names.items(), key=_by_name):
        yield from block(f"{name} = Literal[", map(quoted, words), "]")


def _by_name(pair: tuple[Words, str]) -> str:
    return pair[1]


def class_lines(shapes: Shapes, kinds: Kinds, operations: list[Operation]) -> Iterator[str]:
    """Yield a typed dictionary for each schema that has fields, each with what it is for."""
    for name, uses in sorted(_uses(shapes, operations)):
        if shapes.fields(name):
            yield "\n"
            yield from _class(shapes, kinds, name, uses)


def _uses(shapes: Shapes, operations: list[Operation]) -> Iterator[tuple[str, str]]:
    """Yield the names of schemas with what is said of them."""
    sent, answered = _by_schema(operations, "body"), _by_schema(operations, "answer")
    parts: defaultdict[str, set[str]] = defaultdict(set)
    for name in shapes.sent | shapes.answered:
        for part in all_refs(shapes.schemas[name]):
            parts[part].add(name)
    for name in shapes.sent | shapes.answered:
        told = {"Sent by": sent[name], "Answer of": answered[name], "Part of": sorted(parts[name])}
        yield name, " ".join(f"{word} {', '.join(by)}." for word, by in told.items() if by)


def _by_schema(operations: list[Operation], where: str) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in operations:
        found[getattr(one, where) or ""].append(one.name)
    return found


def _class(shapes: Shapes, kinds: Kinds, name: str, uses: str) -> Iterator[str]:
    needed = shapes.needed(name)
    is_sent = name not in shapes.answered
    fields = {
        field: (schema, _field_kind(kinds, schema, field in needed, is_sent))
        for field, schema in shapes.fields(name).items()
    }
    reserved = {field: pair for field, pair in fields.items() if not _is_name(field)}
    base = "TypedDict"
    if reserved:  # a word of Python's own is no name in a class
        base = f"_{name}Words"
        words = (f'"{field}": {kind}' for field, (_schema, kind) in reserved.items())
        yield f'{base} = TypedDict("{base}", {{{", ".join(words)}}})'
        yield "\n"
    yield f"class {name}({base}):"
    yield from docstring([uses], 1)
    yield ""
    for field, (schema, kind) in fields.items():
        if field not in reserved:
            yield from comment(schema.get("description", ""), 1)
            yield f"    {field}: {kind}"


def _field_kind(kinds: Kinds, schema: Schema, is_needed: bool, is_sent: bool) -> str:
    kind = kinds.kind(schema, is_sent=is_sent)
    return kind if is_needed else f"NotRequired[{kind}]"


def _is_name(field: str) -> bool:
    return field.isidentifier() and not keyword.iskeyword(field)
