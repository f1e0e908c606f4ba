"""The client as one module: what every client begins with, then what the description says."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from typing import Any, Final

from depot.programs.client import runtime
from depot.programs.client.classes import choice_lines, class_lines, shapes_of
from depot.programs.client.described import Document, Operation, operations_of
from depot.programs.client.kinds import kinds_of
from depot.programs.client.layout import docstring
from depot.programs.client.methods import Writer

_TYPING: Final = "from typing import "
#: What the described half needs of it beside what `runtime` does.
_MORE_TYPES: Final = {"Literal", "NotRequired", "TypedDict"}
_ABOUT: Final = (
    "A client for the API of Depot, for Python 3.11 and newer: the standard library alone.",
    "Written by “depot client” from the description of the API, version {version}: do not edit it."
    " Put it beside your program:",
    """\
    from depot_client import Depot

    depot = Depot("https://depot.example.org", "TOKEN")
    for item in depot.all_items():
        print(item["name"])""",
    "Each address is a method, called by its method and its words: GET /api/v1/items is get_items,"
    " POST /api/v1/crates/{code}/move is post_crate_move. What is sent and what is answered are"
    " dictionaries with typed fields. Times and dates are texts in answers; where they are sent,"
    " they may be datetimes. A list that comes in pages has a method for all of it, as all_items.",
    "A write bears a command_id, which the client makes unless one is given, and keeps while it"
    " tries again: what was done, and whose answer was lost, is done once. All that goes wrong is a"
    " DepotError. Several threads may ask by one client: nothing is kept between two requests.",
)


def python_client(description: Document) -> str:
    """Return a client for the API that an OpenAPI document describes, as the text of a module.

    The same description always makes the same text, formatted and typed as the house's own.
    Raises KeyError where the document lacks what a client needs, as a name of an operation.
    """
    plain: dict[str, Any] = json.loads(json.dumps(description, sort_keys=True, default=str))
    lines = [*_about(plain), *_runtime(), *_described(plain)]
    return "\n".join(lines).replace("\n\n\n\n", "\n\n\n") + "\n"


def _about(description: Document) -> Iterator[str]:
    version = str(description["info"]["version"])
    yield from docstring((text.replace("{version}", version) for text in _ABOUT), 0)
    yield ""


def _runtime() -> Iterator[str]:
    """Yield the text of `runtime` behind its own docstring, with the types that are missing."""
    source = inspect.getsource(runtime)
    about = ast.parse(source).body[0]
    for line in source.splitlines()[about.end_lineno or 0 :][1:]:
        if line.startswith(_TYPING):
            names = _MORE_TYPES | set(line.removeprefix(_TYPING).split(", "))
            yield _TYPING + ", ".join(sorted(names, key=str.lower))
        else:
            yield line


def _described(description: Document) -> Iterator[str]:
    operations = operations_of(description)
    kinds = kinds_of(description, operations)
    shapes = shapes_of(description, operations)
    yield "\n"
    yield from choice_lines(kinds)
    yield from class_lines(shapes, kinds, operations)
    yield "\n"
    yield from _depot(Writer(shapes, kinds), operations)


def _depot(writer: Writer, operations: list[Operation]) -> Iterator[str]:
    yield "class Depot(_Asking):"
    told = "One depot, asked with one token: a method for each address of its API."
    yield from docstring([told, _arguments()], 1)
    for one in sorted(operations, key=lambda one: (one.path, one.method)):
        yield ""
        yield from writer.lines(one)


def _arguments() -> str:
    """Return what `_Asking` says of its arguments, which are those of the client."""
    said = inspect.getdoc(runtime._Asking) or ""
    return said.partition("\n\n")[2]
