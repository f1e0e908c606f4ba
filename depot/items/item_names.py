"""What items are called in other languages: kept, and read for those that are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from depot.base.errors import Invalid
from depot.base.names import clean_name, name_key, need_one_alphabet
from depot.base.text import N_
from depot.db.few import in_portions
from depot.kernel.new_items import need_name_of_no_other
from depot.kernel.once import Work
from depot.models import ItemName
from depot.models.item_names import names_in

#: The field of a form that they stand in.
FIELD = "names"
_LONGEST = 120


def save_item_names(work: Work, item_id: int, names: Mapping[str, str]) -> None:
    """Keep what an item is called in each of these languages; where a name is empty, nothing.

    Raises NameTaken for a name that another item bears in any language, Invalid, MixedAlphabets.
    """
    cleaned = {language: clean_name(name) for language, name in names.items()}
    wanted = {language: name for language, name in cleaned.items() if name}
    for language, name in wanted.items():
        if not language or len(name) > _LONGEST:
            raise Invalid(field=FIELD, problem=N_("That is no name in a language of ours."))
        need_one_alphabet(name, FIELD)
        need_name_of_no_other(work, name, item_id, FIELD)
    this = (ItemName.depot_id == work.depot_id) & (ItemName.item_id == item_id)
    work.session.execute(delete(ItemName).where(this, ItemName.language.in_(names)))
    add_item_names(work, {item_id: wanted})


def add_item_names(work: Work, names: Mapping[int, Mapping[str, str]]) -> None:
    """Keep names in languages in which these items, by their ids, have none yet.

    That nothing else is called so was looked at before.
    """
    values = [
        {
            "depot_id": work.depot_id,
            "item_id": item_id,
            "language": language,
            "name": name,
            "name_key": name_key(name),
        }
        for item_id, told in names.items()
        for language, name in told.items()
    ]
    for some in in_portions(values):
        work.session.execute(insert(ItemName), some)


def names_read(session: Session, depot_id: int) -> dict[int, str]:
    """Return what items are called in the language that names are read in (one statement).

    Nothing where names are read as they are.
    """
    if not names_in():
        return {}
    rows = session.execute(
        select(ItemName.item_id, ItemName.name).where(
            ItemName.depot_id == depot_id, ItemName.language == names_in()
        )
    )
    return {number: name for number, name in rows}


def names_of_all_items(session: Session, depot_id: int) -> dict[int, dict[str, str]]:
    """Return what every item of a depot is called, by language (one statement)."""
    return _by_item(session, ItemName.depot_id == depot_id)


def names_of_items(
    session: Session, depot_id: int, items: Iterable[int]
) -> dict[int, dict[str, str]]:
    """Return what each of these items is called, by language (one statement)."""
    return _by_item(session, (ItemName.depot_id == depot_id) & ItemName.item_id.in_(list(items)))


def _by_item(session: Session, which: ColumnElement[bool]) -> dict[int, dict[str, str]]:
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = session.execute(
        select(ItemName.item_id, ItemName.language, ItemName.name)
        .where(which)
        .order_by(ItemName.item_id, ItemName.language)
    )
    for item_id, language, name in rows:
        found[item_id][language] = name
    return found
