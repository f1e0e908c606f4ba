"""The operations of an API as methods."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from depot.programs.client.classes import Shapes
from depot.programs.client.described import AFTER, FORMAT, Operation, Parameter
from depot.programs.client.kinds import Kinds, literal
from depot.programs.client.layout import WIDTH, block, docstring, statement

#: Names that the methods use themselves.
_OWN: Final = {"self", "body", "command_id", "query", "answer", "read", "on_from"}
_IN_PATH: Final = re.compile(r"\{(\w+)\}")
_TWO: Final = (
    "Where the depot wants a second person to agree, nothing is done yet: DepotError with status"
    " 202, and `asked` in its details."
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes methods of one description."""

    shapes: Shapes
    kinds: Kinds

    def lines(self, one: Operation) -> Iterator[str]:
        """Yield the methods of an operation: itself, its other forms and its rows."""
        yield from self._itself(one)
        if one.has_forms:
            yield ""
            yield from self._forms(one)
        if one.rows is not None:
            yield ""
            yield from self._rows(one, one.rows)

    def _itself(self, one: Operation) -> Iterator[str]:
        said = one.queried
        asked = [self._optional(parameter) for parameter in said]
        if one.is_command:
            asked.append("command_id: UUID | str | None = None")
        first = [*self._placed(one), *self._body(one)]
        yield from _head(one.name, first, asked, one.answer or "None")
        yield from docstring(_told(one, said), 2)
        yield from _query(said)
        function, given = _call(one, bool(said), has_body=bool(self._body(one)))
        if one.answer is None:
            yield from statement(f"self.{function}(", given, ")", 2)
            return
        yield from statement(f"answer: {one.answer} = self.{function}(", given, ")", 2)
        yield "        return answer"

    def _forms(self, one: Operation) -> Iterator[str]:
        """Yield the method that returns the answer as a file."""
        said = one.queried
        words = next(p for p in one.in_query if p.name == FORMAT).schema["enum"]
        kind = literal(tuple(word for word in words if word != "json"))
        first = [*self._placed(one), f"{FORMAT}: {kind}"]
        yield from _head(
            f"{one.name}_as", first, [self._optional(parameter) for parameter in said], "bytes"
        )
        yield from docstring([f"Return the same as {one.name} in another form."], 2)
        yield from _query((Parameter(FORMAT, {}, ""), *said))
        yield f"        return self._file({_address(one)}, query)"

    def _rows(self, one: Operation, rows: str) -> Iterator[str]:
        """Yield the method that goes over all pages of a list."""
        said = one.queried
        placed = [_argument(parameter) for parameter in one.in_path]
        asked = [self._optional(parameter) for parameter in said]
        row = self.kinds.kind(
            self.shapes.schemas[one.answer or ""]["properties"][rows]["items"], is_sent=False
        )
        if one.is_feed:
            name, made, place = f"follow_{_words(one)}", f"Feed[{row}]", "int"
            others = [self._optional(parameter) for parameter in said if parameter.name != AFTER]
            asked = [f"{AFTER}: int = 0", *others]
            told = f"Go over all of {one.name} in order, and on from there: see Feed."
            end = f'return Feed(read, "{rows}", {AFTER})'
        else:
            name, made, place = f"all_{_words(one)}", f"Iterator[{row}]", "int | None"
            told = f"Go over all rows of {one.name}, page after page."
            end = f'return _all_rows(read, "{rows}", {AFTER})'
        yield from _head(name, self._placed(one), asked, made)
        yield from docstring([told], 2)
        given = [*placed, *(_handed_on(parameter) for parameter in said)]
        yield ""
        yield f"        def read(on_from: {place}) -> {one.answer}:"
        yield from block(f"return self.{one.name}(", given, ")", 3)
        yield ""
        yield f"        {end}"

    def _placed(self, one: Operation) -> list[str]:
        return [
            f"{_argument(parameter)}: {self.kinds.kind(parameter.schema, is_sent=True)}"
            for parameter in one.in_path
        ]

    def _body(self, one: Operation) -> list[str]:
        """Return the argument of the body; none where only the command's number is in it."""
        if one.body is None or not self.shapes.fields(one.body):
            return []
        needed = self.shapes.needed(one.body)
        return [f"body: {one.body}" if needed else f"body: {one.body} | None = None"]

    def _optional(self, parameter: Parameter) -> str:
        kind = self.kinds.kind(parameter.schema, is_sent=True)
        return f"{_argument(parameter)}: {kind} | None = None"


def _words(one: Operation) -> str:
    return one.name.partition("_")[2]


def _argument(parameter: Parameter) -> str:
    is_taken = keyword.iskeyword(parameter.name) or parameter.name in _OWN
    return f"{parameter.name}_" if is_taken else parameter.name


def _handed_on(parameter: Parameter) -> str:
    name = _argument(parameter)
    return f"{name}=on_from" if parameter.name == AFTER else f"{name}={name}"


def _head(name: str, first: list[str], named: list[str], answer: str) -> Iterator[str]:
    parts = ["self", *first, *(["*", *named] if named else [])]
    line = f"    def {name}({', '.join(parts)}) -> {answer}:"
    if len(parts) <= 3 and len(line) <= WIDTH:
        yield line
    else:
        yield from block(f"def {name}(", parts, f") -> {answer}:", 1)


def _told(one: Operation, said: Iterable[Parameter]) -> Iterator[str]:
    yield one.summary
    yield one.description
    for parameter in said:
        if parameter.description:
            yield f"`{_argument(parameter)}`: {parameter.description}"
    if one.may_take_two:
        yield _TWO
    yield f"{one.method} {one.path}"


def _query(said: Iterable[Parameter]) -> Iterator[str]:
    pairs = [f'"{parameter.name}": {_argument(parameter)}' for parameter in said]
    if pairs:
        yield from block("query: dict[str, object] = {", pairs, "}", 2)


def _address(one: Operation) -> str:
    names = {parameter.name: _argument(parameter) for parameter in one.in_path}
    filled = _IN_PATH.sub(lambda found: f"{{_part({names[found[1]]})}}", one.path)
    return f"{'f' if names else ''}{json.dumps(filled)}"


def _call(one: Operation, has_query: bool, *, has_body: bool) -> tuple[str, list[str]]:
    """Return which function asks, and what it is given."""
    place = [f'"{one.method}"', _address(one)]
    if one.is_command:
        return "_write", [*place, "body" if has_body else "None", "command_id"]
    query = ["query" if has_query else "None"] if has_query or has_body else []
    return "_ask", [*place, *query, *(["body"] if has_body else [])]
