"""The rule of consent: a proposal stands when no reasoned objection to its present words stands.

Each speaks for themselves, and the last thing that they say to the present wording is what they
say. Who was here before it was raised counts; who it is about, and who helps for today, speaks and
does not count. An objection stays when whoever raised it leaves, or is made to leave. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from depot.base.kinds import ResponseKind

#: Whose answer it is: a person, or a name spoken in the room.
Voice: TypeAlias = tuple[Literal["person", "spoken"], int]
#: What somebody is whose answer counts.
COUNTED_ROLES: Final = ("volunteer", "coordinator")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said to a wording."""

    number: int
    voice: Voice
    version: int
    kind: ResponseKind
    said_at: datetime
    #: What they were when the proposal was raised; of a spoken name, nothing.
    role: str | None = None
    #: Whether they wrote it themselves, and nobody for them.
    is_own: bool = True


def counts(said: Said, about_id: int | None) -> bool:
    """Say whether an answer can keep a proposal from standing.

    A spoken name counts: who writes it down vouches that they were here before.
    """
    kind, number = said.voice
    if kind == "spoken":
        return True
    return number != about_id and said.role in COUNTED_ROLES


def present(answers: Iterable[Said], version: int) -> list[Said]:
    """Return what each says to that wording now, in the order in which they began to speak.

    An objection that somebody wrote themselves is taken back by nobody else.
    """
    last: dict[Voice, Said] = {}
    told = (one for one in answers if one.version == version)
    for one in sorted(told, key=lambda said: (said.said_at, said.number)):
        before = last.get(one.voice)
        is_held = before is not None and before.kind == "objection" and before.is_own
        if one.is_own or not is_held:
            last[one.voice] = one
    return list(last.values())


def objections(answers: Iterable[Said], version: int, about_id: int | None) -> list[Said]:
    """Return the objections that stand: with none, the proposal does."""
    return [
        one
        for one in present(answers, version)
        if one.kind == "objection" and counts(one, about_id)
    ]


def asked_again(answers: Sequence[Said], version: int, about_id: int | None) -> list[Said]:
    """Return the objections to the wording before, of those who said nothing to this one yet."""
    answered = {one.voice for one in answers if one.version == version}
    before = objections(answers, version - 1, about_id)
    return [one for one in before if one.voice not in answered]


def may_be_settled(
    answer_by: date | None, worded_on: date, today: date, in_room_count: int | None
) -> bool:
    """Say whether everybody had the time to speak: they were in the room, or the day is past.

    A wording that came after the day to answer was never asked about.
    """
    if in_room_count is not None:
        return True
    return answer_by is not None and worded_on <= answer_by < today
