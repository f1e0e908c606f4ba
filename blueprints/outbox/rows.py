"""What the rows of the table of deliveries are made with: schemas that are made once, answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeAlias

from marshmallow import Schema

from blueprints.frame.fields import WholeNumber
from blueprints.frame.web import Answer
from blueprints.outbox.delivery import Delivery
from blueprints.outbox.schemas import MAX_ID
from depot.base.actors import Actor
from depot.kernel.once import A, Outcome

AddressFields: TypeAlias = dict[str, Any]
#: A command of the API or of a page, and the sentence that answers it.
RunCommand: TypeAlias = Callable[[Any, Actor], Outcome[A]]
Translate: TypeAlias = Callable[[Outcome[A]], Answer]


def always(schema: Callable[[], Schema]) -> Callable[[Actor], Schema]:
    """Return what gives the schema: made with the first command that it reads, for all of them.

    To make one takes longer than to read a command with it, and it keeps nothing of what it reads.
    """
    made = cache(schema)
    return lambda _who: made()


def of_form(schema: type[Schema]) -> Callable[[Actor], Schema]:
    """As `always`, of a schema that reads what a page's form sends."""
    options: dict[str, Any] = {"form": True}
    return always(partial(schema, **options))


def plain(say: Translate[A]) -> Callable[[Outcome[A], AddressFields], Answer]:
    """Return what answers with the sentence, whatever the address named."""
    return lambda outcome, _named: say(outcome)


def id_field() -> WholeNumber:
    """Return what reads an id."""
    return WholeNumber(required=True, most=MAX_ID)


def whole(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a command that names all it needs itself."""
    return Delivery(always(schema), lambda loaded, _named, who: command(loaded, who), plain(say))


def plain_form(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a page whose form says all that its command needs."""
    return Delivery(of_form(schema), lambda form, _named, who: command(form, who), plain(say))
