"""Forty people in the last week: who helped for a day, at which of five shifts, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Final, NamedTuple

from depot.base.actors import Actor
from depot.demo.stage import Stage
from depot.joining.commands.coming import Come, Leave, come, leave
from depot.joining.commands.helpers import JoinByLink, join_by_link
from depot.joining.commands.links import (
    CloseJoinLink,
    OpenJoinLink,
    close_join_link,
    join_secret,
    open_join_link,
)
from depot.rota.commands.taking import TakePart, take_part
from depot.rota.naming import name_of_day

#: The days before today that are played.
DAYS: Final = 6
_HELPERS: Final = (
    *("Abena", "Bilal", "Carys", "Deniz", "Elif", "Farid", "Grace", "Hana", "Idris", "Jonah"),
    *("Kezia", "Leila", "Mairi", "Nadia", "Orla", "Petra", "Quentin", "Rhys", "Sanjay", "Tess"),
    *("Uzma", "Viktor", "Winnie", "Xenia", "Yusuf", "Zara", "Alun", "Bronwen", "Chidi", "Duncan"),
    *("Esme", "Florin"),
)
#: So many come to each shift beside who comes each time; of so many one forgets to say goodbye.
_A_SHIFT: Final = 2
_FORGETS: Final = 7
#: So many are here now, and so many have said that they come to one of the next shifts.
_HERE: Final = 10
_SIGNED_UP: Final = 12


class Turn(NamedTuple):
    """A shift that comes round every day."""

    routine_id: int
    hour: int
    hours: int


@dataclass(slots=True)
class _Crowd:
    """Who helped so far."""

    stage: Stage
    secret: str
    known: dict[int, Actor] = field(default_factory=dict)

    def arrive(self, number: int, at: datetime) -> None:
        """Have a helper come: the first time by the code on the wall."""
        self.stage.at = at
        if number in self.known:
            lead = self.stage.coordinator
            self.stage.do(come, Come, lead, person_id=self.known[number].person_id)
            return
        name = _HELPERS[number]
        command = JoinByLink(command_id=self.stage.command_id(), secret=self.secret, name=name)
        joined = join_by_link(command, self.stage.depot, self.stage.clock).answer
        self.known[number] = Actor(self.stage.depot, "helper", name, person_id=joined.person_id)

    def go(self, number: int, at: datetime) -> None:
        self.stage.at = at
        self.stage.do(leave, Leave, self.known[number])


def show_crowd(stage: Stage, turns: Sequence[Turn]) -> None:
    """Have helpers of a day come and go, come back, be here now, and sign up for what is next."""
    first = stage.last_day - timedelta(days=DAYS)
    stage.at = stage.local(first, 7)
    opened = OpenJoinLink(command_id=stage.command_id())
    key = token_urlsafe(32)  # the link is taken down again: its key is kept nowhere
    link = open_join_link(opened, stage.coordinator, key, stage.clock).answer.id
    crowd = _Crowd(stage, join_secret(key, stage.depot.id, opened.command_id))
    for day in range(DAYS):
        _play(crowd, first + timedelta(days=day), day * len(turns) * _A_SHIFT, turns)
    people = list(crowd.known.values())
    stage.at = stage.now
    stage.do(close_join_link, CloseJoinLink, stage.coordinator, link_id=link)
    for number, who in enumerate(people[:_HERE]):
        at = stage.now - timedelta(minutes=7 * (number + 1))
        stage.do(come, Come, stage.coordinator, person_id=who.person_id, occurred_at=at)
    for number, who in enumerate(people[-_SIGNED_UP:]):
        turn = turns[number % len(turns)]
        on = stage.last_day + timedelta(days=1 + number % 3)
        stage.do(take_part, TakePart, who, activity=name_of_day(turn.routine_id, on))


def _play(crowd: _Crowd, day: date, number: int, turns: Sequence[Turn]) -> None:
    """Play one day, hour by hour: each helper has their turn after the others."""
    told: list[tuple[datetime, bool, int]] = []
    for turn in turns:
        begins = crowd.stage.local(day, turn.hour)
        for _ in range(_A_SHIFT):
            who = number % len(_HELPERS)
            told.append((begins + timedelta(minutes=number % 9), True, who))
            if number % _FORGETS:
                told.append((begins + timedelta(hours=turn.hours), False, who))
            number += 1
    for at, is_arriving, who in sorted(told):
        if is_arriving:
            crowd.arrive(who, at)
        else:
            crowd.go(who, at)
