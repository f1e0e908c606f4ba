"""The age bands of a depot, and how many people of each count as children, adults or seniors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import AgeBand, BandCount

#: The bands of every depot until it chooses others; they are the columns of a count of people.
USUAL: Final = (0, 18, 60)
_ADULT, _SENIOR = USUAL[1:]
MOST_BANDS: Final = 12
OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Band:
    """From an age on, up to and with another; None: and over. Without an id it is a usual one."""

    id: int | None
    from_age: int
    to_age: int | None


@dataclass(frozen=True, slots=True)
class BandPeople:
    """So many people of the band that begins with an age."""

    from_age: int
    people: int


@dataclass(frozen=True, slots=True)
class Ages:
    """People as every count has them; None was not asked, which is not zero."""

    adults: int | None
    children: int | None
    seniors: int | None


def check_bands(begins: Sequence[int]) -> None:
    """Raise Invalid unless bands that begin so cover all ages, and minors are told from adults."""
    if list(begins) != sorted(set(begins)) or not all(0 <= age <= OLDEST for age in begins):
        raise Invalid(
            field="begins", problem=N_("Ages from 0 to 120, each once, the lowest first.")
        )
    if not begins or begins[0] != 0 or _ADULT not in begins:
        problem = N_("One begins at 0 and one at 18, so that children and adults add up.")
        raise Invalid(field="begins", problem=problem)
    if len(begins) > MOST_BANDS:
        raise Invalid(field="begins", problem=N_("At most 12 bands, please."))


def with_ends(begins: Sequence[int]) -> list[tuple[int, int | None]]:
    """Return where bands that begin so end; the last one has no end."""
    ends = [age - 1 for age in begins[1:]]
    return list(zip(begins, [*ends, None], strict=True))


def bands_of(session: Session, depot_id: int) -> list[Band]:
    """Return the bands by which a depot asks now, the youngest first."""
    newest = select(func.max(AgeBand.version)).where(AgeBand.depot_id == depot_id)
    rows = session.scalars(
        select(AgeBand)
        .where(AgeBand.depot_id == depot_id, AgeBand.version == newest.scalar_subquery())
        .order_by(AgeBand.from_age)
    ).all()
    if not rows:
        return [Band(None, *ages) for ages in with_ends(USUAL)]
    return [Band(row.id, row.from_age, row.to_age) for row in rows]


def add_up(people: Iterable[BandPeople]) -> Ages:
    """Return people by band as children under 18, adults, and seniors of 60 and over.

    A band counts where it begins: one from 18 to 65 is of adults.
    """
    sums: dict[str, int] = {}
    for one in people:
        name = "children"
        if one.from_age >= _ADULT:
            name = "adults" if one.from_age < _SENIOR else "seniors"
        sums[name] = sums.get(name, 0) + one.people
    return Ages(sums.get("adults"), sums.get("children"), sums.get("seniors"))


def ages_said(
    adults: int | None,
    children: int | None,
    seniors: int | None,
    bands: Sequence[BandPeople],
) -> Ages:
    """Return the people of a count, said by band or as every count has them.

    Raises Invalid for both at once.
    """
    if not bands:
        return Ages(adults, children, seniors)
    if (adults, children, seniors) != (None, None, None):
        raise Invalid(field="bands", problem=N_("Say people by band, or as adults and children."))
    return add_up(bands)


def keep_bands(work: Work, entry_id: int | None, bands: Sequence[BandPeople]) -> None:
    """Keep how many people of each band an entry counted.

    They are of the newest choice that has all of them: a phone may have been without signal while
    others were chosen. Raises Invalid for a band that there never was.
    """
    if not bands:
        return
    begins = {one.from_age for one in bands}
    if len(begins) < len(bands):
        raise Invalid(field="bands", problem=N_("Each band once, please."))
    known = _newest_with(work, begins)
    if known is None:
        if begins <= set(USUAL):
            return  # they are columns of the count
        raise Invalid(field="bands", problem=N_("There is no band here that begins so."))
    rows = [
        {
            "entry_id": entry_id,
            "band_id": known[one.from_age],
            "depot_id": work.depot_id,
            "occurred_on": work.occurred_on,
            "people": one.people,
        }
        for one in bands
    ]
    work.session.execute(insert(BandCount), rows)


def _newest_with(work: Work, begins: set[int]) -> dict[int, int] | None:
    """Return the ids of the newest bands, by where they begin, that has all of those asked for."""
    versions: dict[int, dict[int, int]] = {}
    found = select(AgeBand).where(AgeBand.depot_id == work.depot_id)
    for row in work.session.scalars(found.order_by(AgeBand.version.desc())):
        versions.setdefault(row.version, {})[row.from_age] = row.id
    return next((known for known in versions.values() if begins <= known.keys()), None)
