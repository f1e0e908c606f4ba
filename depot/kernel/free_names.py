"""Names that nobody else of the depot bears."""

from __future__ import annotations

from sqlalchemy import select

from depot.base.errors import Invalid, NameTaken
from depot.base.names import clean_name, name_key
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import Category, Item, LabelSheet, Location, Partner, Printer

Named = (
    type[Category] | type[Item] | type[LabelSheet] | type[Location] | type[Partner] | type[Printer]
)


def free_name(work: Work, kind: Named, name: str, own_id: int | None) -> dict[str, str]:
    """Return the columns of a name that no other thing of this kind bears in the depot.

    `own_id` is the thing that is being renamed. Raises Invalid for an empty name, NameTaken.
    """
    wanted = {"name": clean_name(name), "name_key": name_key(name)}
    if not wanted["name"]:
        raise Invalid(field="name", problem=N_("It needs a name."))
    bearer = work.session.scalar(
        select(kind.id).where(kind.depot_id == work.depot_id, kind.name_key == wanted["name_key"])
    )
    if bearer not in (None, own_id):
        raise NameTaken(field="name", name=wanted["name"])
    return wanted
