"""What the depot knows by name: items made in place, and names that nobody else bears.

How items, categories, partners and places are edited stands in a file each beside this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from depot.base.errors import Invalid, NameTaken, UnknownCategory
from depot.base.names import (
    clean_name,
    find_almost,
    name_key,
    need_one_alphabet,
    need_own_look,
)
from depot.base.text import N_
from depot.kernel.lookups import ItemRef, ItemRow, find_items, make_item_row
from depot.kernel.once import Work
from depot.ledger.doubts.questions import AlmostKnown, AlmostKnownName
from depot.ledger.doubts.rules import Doubt
from depot.models import (
    Category,
    Item,
    LabelSheet,
    Location,
    Parcel,
    Partner,
    Printer,
    Recipe,
    TareBox,
)
from depot.models.goods import after_best_before
from depot.models.item_names import items_named

#: What bears a name of its own in a depot.
Named = (
    type[Category]
    | type[Item]
    | type[LabelSheet]
    | type[Location]
    | type[Parcel]
    | type[Partner]
    | type[Printer]
    | type[Recipe]
    | type[TareBox]
)


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item made in place, while logging goods."""

    name: str
    base_unit: str
    category: str | int | None = None
    unit_weight_milligrams: int | None = None


def add_item(work: Work, new: NewItem) -> ItemRow:
    """Make an item inside a command that needs it. Raises UnknownCategory.

    Without a category it goes to the depot's last one, "Other".
    """
    return add_items(work, [new])[name_key(new.name)]


def add_items(work: Work, wanted: Sequence[NewItem]) -> dict[str, ItemRow]:
    """Make items, one for each name, and return them by the name's key (two statements).

    Of two spellings of one name the first counts. Raises UnknownCategory, and MixedAlphabets where
    somebody is there to write it anew.
    """
    new = {name_key(item.name): item for item in reversed(wanted)}
    if not new:
        return {}
    meant = _AlmostKnown(work, new)
    for key in meant.chosen:
        del new[key]
    return meant.chosen | _make(work, new, meant)


def _make(work: Work, new: Mapping[str, NewItem], meant: _AlmostKnown) -> dict[str, ItemRow]:
    if not new:
        return {}
    categories = _Categories(work)
    home = {key: categories[item.category] for key, item in new.items()}
    values = [
        {
            "depot_id": work.depot_id,
            "category_id": home[key].id,
            "name": clean_name(item.name),
            "name_key": key,
            "base_unit": item.base_unit,
            "unit_weight_milligrams": item.unit_weight_milligrams,
        }
        for key, item in new.items()
    ]
    made = {
        item.name_key: make_item_row(item, after_best_before(item, home[item.name_key]))
        for item in work.session.scalars(insert(Item).returning(Item), values)
    }
    meant.note(made)
    return made


class _AlmostKnown:
    """New items that are almost called as known ones: who is there is asked which is meant."""

    def __init__(self, work: Work, new: Mapping[str, NewItem]) -> None:
        self._work = work
        #: The known items that are used instead, by the key of the new name.
        self.chosen: dict[str, ItemRow] = {}
        #: New names that nobody could be asked about, with the known one.
        self._doubted: dict[str, str] = {}
        known = self._known()
        for key, item in new.items():
            if work.is_attended:
                need_one_alphabet(item.name, "item")
            almost = find_almost(item.name, known)
            if almost is not None:
                self._ask(key, item, almost, known[almost])

    def _known(self) -> dict[str, str]:
        """Return the name and the base unit of every item in use."""
        rows = self._work.session.execute(
            select(Item.name, Item.base_unit).where(
                Item.depot_id == self._work.depot_id, ~Item.archived
            )
        )
        return {name: unit for name, unit in rows}

    def _ask(self, key: str, item: NewItem, almost: str, unit: str) -> None:
        if not self._work.is_attended:
            self._doubted[key] = almost
            return
        # what was typed as pieces is no number of grams
        kind = AlmostKnownName if unit == item.base_unit else AlmostKnown
        question = kind(name=clean_name(item.name), known=almost)
        if self._work.takes_instead(question):
            self.chosen[key] = find_items(self._work, [almost])[almost]
        else:
            self._work.doubt(question)

    def note(self, made: Mapping[str, ItemRow]) -> None:
        """Have a coordinator look at the names that nobody could be asked about."""
        self._work.doubts.extend(
            Doubt(sort="name", name=made[key].name, item_id=made[key].id, text=almost)
            for key, almost in self._doubted.items()
        )


def add_named(work: Work, new: Mapping[ItemRef, NewItem]) -> dict[ItemRef, ItemRow]:
    """Make the items that lines of a document name and return them by what each line said."""
    made = add_items(work, list(new.values()))
    return {ref: made[name_key(item.name)] for ref, item in new.items()}


class _Categories:
    """The depot's categories by id, by name, and the last one for whoever names none."""

    def __init__(self, work: Work) -> None:
        in_order = (Category.archived, Category.position.desc(), Category.id.desc())
        self._all = work.session.scalars(
            select(Category).where(Category.depot_id == work.depot_id).order_by(*in_order)
        ).all()

    def __getitem__(self, ref: str | int | None) -> Category:
        key = name_key(ref) if isinstance(ref, str) else ref
        for category in self._all:
            if ref is None or key in (category.id, category.name_key):
                return category
        raise UnknownCategory(field="category", name=ref)


def need_category(work: Work, ref: str | int | None) -> Category:
    """Return the category named; without a name the depot's last one. Raises UnknownCategory."""
    statement = select(Category).where(Category.depot_id == work.depot_id)
    if ref is None:
        newest = (Category.archived, Category.position.desc(), Category.id.desc())
        statement = statement.order_by(*newest).limit(1)
    elif isinstance(ref, int):
        statement = statement.where(Category.id == ref)
    else:
        statement = statement.where(Category.name_key == name_key(ref))
    category = work.session.scalar(statement)
    if category is None:
        raise UnknownCategory(field="category", name=ref)
    return category


def check_name_is_free(work: Work, kind: Named, name: str, own_id: int | None) -> dict[str, str]:
    """Return the columns of a name that no other thing of this kind bears in the depot.

    A name in letters that only look like those of a known one is not free either. `own_id` is the
    thing that is being renamed. Raises Invalid for an empty name, MixedAlphabets, NameTaken,
    NameAlike.
    """
    wanted = {"name": clean_name(name), "name_key": name_key(name)}
    if not wanted["name"]:
        raise Invalid(field="name", problem=N_("It needs a name."))
    need_one_alphabet(wanted["name"])
    others = select(kind.name).where(kind.depot_id == work.depot_id, kind.id != own_id)
    if work.session.scalar(others.where(kind.name_key == wanted["name_key"]).limit(1)) is not None:
        raise NameTaken(field="name", name=wanted["name"])
    # what looks the same is as long; a crate as a place is called by its code
    if kind is Item:
        need_name_of_no_other(work, wanted["name"], own_id)
    as_long = others.where(func.length(kind.name_key) == len(wanted["name_key"]))
    if kind is Location:
        as_long = as_long.where(Location.kind != "crate")
    need_own_look(wanted["name"], work.session.scalars(as_long))
    return wanted


def need_name_of_no_other(work: Work, name: str, own_id: int | None, field: str = "name") -> None:
    """Raise NameTaken where another item is called so, in any language."""
    if {*work.session.scalars(items_named(work.depot_id, name))} - {own_id}:
        raise NameTaken(field=field, name=name)
