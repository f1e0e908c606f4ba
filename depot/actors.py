"""Who acts, and in which depot. Arguments of every command; no request, no session."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which depot, with which role: a person, an API token, or the console."""

    depot: DepotView
    role: str
    name: str
    person_id: int | None = None
    token_id: int | None = None

    @property
    def is_coordinator(self) -> bool:
        return self.role == "coordinator"

    @property
    def depot_id(self) -> int:
        return self.depot.id
