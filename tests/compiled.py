"""What is the same in every test, made once a process: templates' code, and statements' SQL.

A program that runs makes each of them once; a test's application and its database are new, and
would make them all again: that was half of the time of a test. Nothing of a test's own is kept:
code is known by the digest of the template's text, SQL by what SQLAlchemy knows a statement by.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from types import CodeType
from typing import Any, Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event


class TemplateCode(BytecodeCache):
    """The code of templates, for all applications of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in the code of a template that is known, unless its text has changed."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


#: So many statements of a kind of database are kept, some tens of kilobytes each.
MOST: Final = 1000


class Statements(MutableMapping[Any, Any]):
    """Compiled statements of one kind of database, whichever engine asks.

    SQLAlchemy's key begins with the engine's own dialect: what is left names the statement.
    """

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self._kept[key[1:]]

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what is kept under the key."""
        return self._kept.get(key[1:], default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key[1:]] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._kept[key[1:]]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


_STATEMENTS: Final[dict[str, Statements]] = {}


def share_templates(kind: type[Flask]) -> None:
    """Let all applications of this kind that are made from now on share their templates' code."""
    kind.jinja_options = kind.jinja_options | {"bytecode_cache": TemplateCode()}


def quicken(engine: Engine) -> None:
    """Let a test's engine find statements that another one of its kind has compiled.

    And let SQLite not wait for the disk, as the tests' PostgreSQL does not: the file does not
    outlive its test. Programs that tests start do wait.
    """
    kept = _STATEMENTS.setdefault(engine.dialect.name, Statements())
    engine.update_execution_options(compiled_cache=kept)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
