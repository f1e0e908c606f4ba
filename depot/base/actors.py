"""Who acts, and in which depot. Arguments of every command; no request, no session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.base.text import N_

#: What somebody may be in a depot, from who may least; as sentences and lists say it.
ROLE_WORDS: Final = {
    "helper": N_("helper"),
    "volunteer": N_("volunteer"),
    "coordinator": N_("coordinator"),
}


#: What a line of whoever runs the program is written under; a reader is told it in their language.
CONSOLE: Final = "console"


@dataclass(frozen=True, slots=True)
class DepotView:
    """The depot an actor works in, as commands and pages need it."""

    id: int
    slug: str
    name: str
    time_zone: str
    #: ISO day number on which a week begins: 1 is Monday, 7 is Sunday.
    week_start: int
    #: What people see weights in: kg or lb.
    weight_unit: str
    #: What papers are printed on: A4 or Letter.
    paper_size: str = "A4"
    #: Whether coordinators work here as such only with a second step at sign-in.
    needs_second_factor: bool = False
    #: Whether the day or the month comes first in dates that people write: dmy, mdy, or empty for
    #: what is usual in its country.
    date_order: str = ""
    #: What needs a second person, as words between spaces (`depot.base.kinds.ActKind`).
    second_kinds: str = ""
    #: From how many grams on a write-off does; None: none does.
    second_write_off_grams: int | None = None
    #: For so many days a second person is asked for.
    second_days: int = 3
    #: Of its labels and papers, and of who chose none; empty: the program's.
    language: str = ""

    def wants_second(self, kind: str) -> bool:
        """Say whether such an act needs a second person here; to want it less, if any does."""
        kinds = self.second_kinds.split()
        return bool(kinds) if kind == "rules" else kind in kinds


@dataclass(frozen=True, slots=True)
class Agreed:
    """That a second person agreed to what the actor had asked for."""

    person_id: int
    #: What it was about when it was asked for: it is done only if it still is.
    told: str


@dataclass(frozen=True, slots=True)
class Carriage:
    """How what was done came here when not at once: kept on a phone, or brought in a file.

    It is no part of the command, so that a command that comes both ways is still one.
    """

    #: When it happened by our own clock, worked out from the phone's; None: as the command says.
    happened_at: datetime | None = None
    #: What the entry says of it, in the words of who delivers it.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody is there who can be asked before it is saved, and may have answered already.

    As how it was carried, it is no part of the command: asked and confirmed it is the same one.
    """

    #: The keys of the questions that were answered with yes (`depot.base.questions`).
    confirmed: frozenset[str] = frozenset()
    #: Whether the person wrote down when it happened, instead of "now".
    states_time: bool = False
    #: It was done a while ago and is brought now: it is a fact, and its form is no longer there.
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A device of the depot's own, on which somebody tapped a name: who it is, it cannot swear."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which depot, with which role: a person, an API token, or the console."""

    depot: DepotView
    role: str
    name: str
    person_id: int | None = None
    token_id: int | None = None
    carriage: Carriage | None = None
    #: None: nobody can be asked (a command line, an import); what is doubtful is booked.
    asking: Asking | None = None
    #: Set while what was asked for is done.
    agreed: Agreed | None = None
    #: Whether they were given the right to read who signed in at hand-outs; no role brings it.
    reads_names: bool = False
    #: On what they do it, if it is a device of the depot's own: nobody is more than a helper there.
    device: OwnDevice | None = None
    #: Why they do it, in their words: the open book tells it. As how it was carried, it is no part
    #: of the command: said otherwise the second time it is the same one.
    why: str = ""

    @property
    def agreed_by_id(self) -> int | None:
        """The second person, where one had to agree."""
        return None if self.agreed is None else self.agreed.person_id

    @property
    def is_console(self) -> bool:
        """Whether it is whoever runs the program."""
        return self.person_id is None and self.token_id is None

    @property
    def is_coordinator(self) -> bool:
        return self.role == "coordinator"

    @property
    def is_helper(self) -> bool:
        """Whether they joined by the code on the wall, for today."""
        return self.role == "helper"

    @property
    def depot_id(self) -> int:
        return self.depot.id
