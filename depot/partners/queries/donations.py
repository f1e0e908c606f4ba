"""What was given, for those who gave it: one donation, and a year of one donor or of all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from depot.base.kinds import SourceKind
from depot.base.names import natural_sort_key
from depot.db.columns import key_of
from depot.kernel.weights import Total, Weight, total_weight, weigh_goods
from depot.models import Category, DonorLetter, Item, Partner, StockEntry, StockMove
from depot.models.item_names import ITEM_NAME, names_in, naming_in
from depot.models.ledger import is_undone
from depot.reports.queries.in_kind import value_table
from depot.reports.sums.in_kind import NOT_GIVEN, ValueTable

_BRACED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class DonorLetterWords:
    """What a depot writes to donors; empty where it wrote nothing yet."""

    sender: str = ""
    thanks: str = ""
    says_nothing_in_return: bool = False
    #: What goods are worth; None where the depot does not tell it on receipts.
    values: ValueTable | None = None

    def thanked(self, facts: Mapping[str, str]) -> str:
        """Return the thanks with its placeholders filled in; an unknown one stays as it is."""
        return _BRACED.sub(lambda found: facts.get(found[1], found[0]), self.thanks)


@dataclass(frozen=True, slots=True)
class GivenLine:
    """So much of an item that was given, in its base unit."""

    item: str
    category: str
    unit: str
    quantity: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class Donation:
    """One delivery. `partner` is None where nobody was named."""

    entry_id: int
    seq: int
    given_on: date
    source_kind: SourceKind
    partner_id: int | None
    partner: str | None
    note: str
    seal: str
    is_undone: bool
    lines: tuple[GivenLine, ...]
    #: What the partner reads; empty: nobody said.
    language: str = ""

    @property
    def total(self) -> Total:
        """What it weighs together."""
        return total_weight(line.weight for line in self.lines)


@dataclass(frozen=True, slots=True)
class DonorYear:
    """A donor in the list of a year: how often they gave, and the last day."""

    partner_id: int
    name: str
    source_kind: SourceKind
    times: int
    last_on: date
    has_address: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """All that one donor gave in a year, what was undone left out."""

    partner_id: int
    partner: str
    year: int
    donations: tuple[Donation, ...]
    #: What the partner reads; empty: nobody said.
    language: str = ""

    @property
    def total(self) -> Total:
        """What all of it weighs; its kinds are the lines."""
        return total_weight(line.weight for gift in self.donations for line in gift.lines)

    def by_category(self) -> list[tuple[str, Total]]:
        """Return the weight of each category, by name."""
        found: defaultdict[str, list[Weight]] = defaultdict(list)
        for gift in self.donations:
            for line in gift.lines:
                found[line.category].append(line.weight)
        pairs = [(name, total_weight(weights)) for name, weights in found.items()]
        return sorted(pairs, key=lambda pair: natural_sort_key(pair[0]))


def letter_words(session: Session, depot_id: int) -> DonorLetterWords:
    """Return what the depot writes to donors (two statements, three where it tells values)."""
    row = session.get(DonorLetter, depot_id)
    values = value_table(session, depot_id, for_receipts=True)
    if row is None:
        return DonorLetterWords(values=values)
    return DonorLetterWords(row.sender, row.thanks, row.says_nothing_in_return, values)


def find_donation(session: Session, depot_id: int, entry_id: int) -> Donation | None:
    """Return one gift to the depot by its entry; None if it is none (two statements)."""
    if not 0 < entry_id < 2**63:
        return None
    found = list(
        _donations(session, depot_id, _receipts(depot_id).where(StockEntry.id == entry_id))
    )
    return found[0] if found else None


def donors_of(session: Session, depot_id: int, year: int) -> list[DonorYear]:
    """Return who gave in a year, by name (one statement)."""
    rows = session.execute(
        select(
            Partner.id,
            Partner.name,
            Partner.source_kind,
            func.count(),
            func.max(StockEntry.occurred_on),
            Partner.mail_address != "",
        )
        .join(StockEntry, StockEntry.partner_id == Partner.id)
        .where(Partner.depot_id == depot_id, _given(depot_id), *_in(year))
        .group_by(*key_of(Partner))
    )
    found = [
        DonorYear(number, name, kind, times, _day(last), bool(address))
        for number, name, kind, times, last, address in rows
    ]
    return sorted(found, key=lambda row: natural_sort_key(row.name))


def given_by_donor(session: Session, depot_id: int, year: int) -> dict[int, Total]:
    """Return what the goods of each donor of a year weigh, by the partner's id."""
    named = StockEntry.partner_id.is_not(None)
    gifts = _donations(
        session, depot_id, _receipts(depot_id).where(named, ~is_undone(), *_in(year))
    )
    weights: defaultdict[int, list[Weight]] = defaultdict(list)
    for gift in gifts:
        weights[gift.partner_id or 0].extend(line.weight for line in gift.lines)
    return {partner_id: total_weight(found) for partner_id, found in weights.items()}


def _day(found: Any) -> date:
    return found if isinstance(found, date) else date.fromisoformat(found)


def statement_of(session: Session, depot_id: int, partner_id: int, year: int) -> Statement | None:
    """Return what one partner gave in a year; None for a partner of another depot."""
    partner = session.get(Partner, partner_id) if 0 < partner_id < 2**63 else None
    if partner is None or partner.depot_id != depot_id:
        return None
    its_own = StockEntry.partner_id == partner_id
    wanted = _receipts(depot_id).where(its_own, ~is_undone(), *_in(year))
    gifts = tuple(_donations(session, depot_id, wanted))
    return Statement(partner.id, partner.name, year, gifts, partner.language)


def statements_of(
    session: Session, depot_id: int, year: int, only: Collection[int] | None = None
) -> Iterator[Statement]:
    """Yield the statements of all donors of a year, by name, each read when it is asked for.

    `only` are the ids of the partners wanted, if not all are.
    """
    for donor in donors_of(session, depot_id, year):
        if only is not None and donor.partner_id not in only:
            continue
        found = statement_of(session, depot_id, donor.partner_id, year)
        if found is not None:
            yield found


def statement_in(session: Session, depot_id: int, found: Statement, language: str) -> Statement:
    """Return a statement with the goods called as they are in a language (read once more)."""
    if language == names_in():
        return found
    with naming_in(language):
        return statement_of(session, depot_id, found.partner_id, found.year) or found


def _in(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return StockEntry.occurred_on >= first, StockEntry.occurred_on <= last


def _given(depot_id: int) -> ColumnElement[bool]:
    return and_(StockEntry.depot_id == depot_id, *_gift(), ~is_undone())


def _gift() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return StockEntry.kind == "receipt", StockEntry.source_kind.not_in(NOT_GIVEN)


def _receipts(depot_id: int) -> Select[*tuple[Any, ...]]:
    statement: Select[*tuple[Any, ...]] = (
        select(StockEntry, Partner.name, Partner.language, is_undone())
        .outerjoin(Partner, Partner.id == StockEntry.partner_id)
        .where(StockEntry.depot_id == depot_id, *_gift())
        .order_by(StockEntry.occurred_on, StockEntry.seq)
    )
    return statement


def _donations(
    session: Session, depot_id: int, wanted: Select[*tuple[Any, ...]]
) -> Iterator[Donation]:
    rows = session.execute(wanted).all()
    lines = _lines(session, depot_id, [row.StockEntry.id for row in rows])
    for entry, name, language, undone in rows:
        yield Donation(
            entry.id,
            entry.seq,
            entry.occurred_on,
            entry.source_kind,
            entry.partner_id,
            name,
            entry.note,
            entry.seal,
            bool(undone),
            tuple(lines.get(entry.id, ())),
            language or "",
        )


def _lines(
    session: Session, depot_id: int, entry_ids: list[int]
) -> defaultdict[int, list[GivenLine]]:
    """Return what came in with the entries, the same item in one line."""
    found: defaultdict[int, list[GivenLine]] = defaultdict(list)
    quantity = func.sum(StockMove.quantity)
    for start in range(0, len(entry_ids), 500):
        rows = session.execute(
            select(
                StockMove.entry_id,
                ITEM_NAME,
                Category.name,
                Item.base_unit,
                Item.unit_weight_milligrams,
                Category.average_unit_milligrams,
                quantity,
            )
            .join(Item, Item.id == StockMove.item_id)
            .join(Category, Category.id == Item.category_id)
            .where(
                StockMove.depot_id == depot_id,
                StockMove.entry_id.in_(entry_ids[start : start + 500]),
            )
            .group_by(StockMove.entry_id, *key_of(Item), *key_of(Category))
            .order_by(StockMove.entry_id, func.min(StockMove.line))
        )
        for entry_id, item, category, unit, known, average, amount in rows:
            weight = weigh_goods(int(amount), unit, known, average)
            found[entry_id].append(GivenLine(item, category, unit, int(amount), weight))
    return found
