"""What the client for programs says is always in an answer, beside the answers that tests get.

The description says of few answers which fields they always have; the client takes the others to
be there as well (`depot/programs/client/classes.py`), and every answer of the API that any test
gets is held against that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from depot.programs.client.classes import Shapes, shapes_of
from depot.programs.client.described import Document, Schema, operations_of, ref_of


class Promised:
    """What each operation promises of its answer."""

    def __init__(self, document: Document) -> None:
        operations = operations_of(document)
        self._shapes: Shapes = shapes_of(document, operations)
        self._answers = {(one.method, one.path): one.answer for one in operations}

    def missing(self, method: str, path: str, body: Any) -> list[str]:
        """Return the fields that should be in an answer that is a success, and are not."""
        name = self._answers.get((method, path))
        return sorted(set(self._of(name, body))) if name else []

    def _of(self, name: str, body: Any) -> Iterator[str]:
        if not isinstance(body, dict):
            return
        yield from (f"{name}.{field}" for field in self._shapes.needed(name) - body.keys())
        for field, schema in self._shapes.fields(name).items():
            if field in body:
                yield from self._in(schema, body[field])

    def _in(self, schema: Schema, value: Any) -> Iterator[str]:
        for one in (schema, *schema.get("anyOf", ())):
            named = ref_of(one)
            if named is not None:
                yield from self._of(named, value)
        for each in value if isinstance(value, list) else ():
            yield from self._in(schema.get("items", {}), each)
