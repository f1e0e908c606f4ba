"""What is asked once before it is saved: a command doubts, a person says yes, and it is booked.

A command's body calls `work.doubt(SomeQuestion(...))` and goes on as if the answer were yes, with
whatever it writes down for that case. Questions that nobody has answered yet undo the transaction
at its end, all of them at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from depot.base.actors import Actor
from depot.base.errors import Question, Unconfirmed

#: Behind the key of a question: its other choice was taken.
INSTEAD: Final = "!"


def question_key(question: Question, command_id: str) -> str:
    """Return what confirms this question, with these values, for this command and no other."""
    said = [command_id, question.code, question.field, sorted(question.params.items())]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:24]


def is_instead(question: Question, command_id: str, actor: Actor) -> bool:
    """Say whether the actor was asked this and took its other choice."""
    if actor.asking is None or not question.instead:
        return False
    return question_key(question, command_id) + INSTEAD in actor.asking.confirmed


def require_confirmed(questions: Iterable[Question], command_id: str, actor: Actor) -> None:
    """Raise Unconfirmed with the questions that the actor can be asked and has not answered."""
    if actor.asking is None:
        return
    found = {question_key(question, command_id): question for question in questions}
    open_ones = {
        key: question for key, question in found.items() if key not in actor.asking.confirmed
    }
    if open_ones:
        raise Unconfirmed(open_ones)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDoubt:
    """A doubt as it was kept: its sort, the item, and what it says beside.

    `found` and `usual` are in `unit`, weights of one in milligrams; `text` is a day, the name of a
    hand-out, or the name that a new one is so like.
    """

    sort: str
    item: str = ""
    unit: str = ""
    found: int = 0
    usual: int | None = None
    text: str = ""
