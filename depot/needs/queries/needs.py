"""What the depot is short of and what it has too much of, by category and by single items.

Read from balances and day totals only: it costs the same however long the history.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.base.units import GRAM, weight_grams
from depot.items.item_facts import ItemFacts
from depot.items.item_names import names_read
from depot.items.queries.item_facts import item_facts
from depot.kernel.promises.reading import promised_by_item
from depot.ledger.choice.safety import may_go_out
from depot.ledger.holds import is_lot_held, places_apart
from depot.ledger.sql import AFTER_BEST_BEFORE
from depot.models import (
    Category,
    DayTotal,
    Item,
    Lot,
    NeedRule,
    StockBalance,
)
from depot.needs import shares
from depot.needs.queries.doubted import Doubted, find_doubted

CATEGORY: Final = "category"
ITEM: Final = "item"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a coordinator set for a category or an item; quantities in its unit."""

    share_permille: int | None = None
    minimum_quantity: int | None = None
    said: str = ""
    said_until: date | None = None
    note: str = ""
    is_left_out: bool = False

    def says(self, today: date) -> str:
        """Return the verdict said by hand that counts today; empty: the figures count."""
        return self.said if self.said_until is not None and today <= self.said_until else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One category, or an item with a rule of its own, and how it stands.

    Stock is what can be handed out: not on hold, not on the way, not past its day. Shares are
    thousandths of all of it; `wanted_permille` is 0 if nothing says what people get. `reason` is
    one of minimum, runs_out, little, much, balanced, no_figures, said. `quantity` is in `unit`.
    """

    kind: str
    id: int
    name: str
    category: str
    unit: str
    verdict: str
    reason: str
    quantity: int
    stock_grams: int
    handed_out_grams: int
    stock_permille: int
    wanted_permille: int
    days_left: int | None
    not_weighed: int
    rule: Rule

    @property
    def is_short(self) -> bool:
        """Whether people are to be asked for it."""
        return self.verdict == shares.SHORT and not self.rule.is_left_out

    @property
    def is_too_much(self) -> bool:
        """Whether people are to be told that there is enough of it."""
        return self.verdict == shares.TOO_MUCH and not self.rule.is_left_out


@dataclass(slots=True)
class _Sum:
    stock_grams: int = 0
    handed_out_grams: int = 0
    quantity: int = 0
    not_weighed: int = 0


@dataclass(slots=True)
class Supplies:
    """Everything that the lines are made of: stock and hand-outs by item, over so many days."""

    facts: dict[int, ItemFacts]
    category_of: dict[int, int]
    categories: dict[int, str]
    stock: Mapping[int, int]
    handed_out: Mapping[int, int]
    days: int
    rules: dict[tuple[str, int], Rule]
    sums: dict[tuple[str, int], _Sum] = field(default_factory=lambda: defaultdict(_Sum))


def list_needs(session: Session, depot_id: int, today: date) -> tuple[NeedLine, ...]:
    """Return how every category in use stands, and every item with a rule of its own.

    Categories come in the depot's order, each followed by its items; `today` is the depot's day.
    """
    return tuple(judge_supplies(_read(session, depot_id, today), today))


def judge_supplies(read: Supplies, today: date) -> list[NeedLine]:
    """Return the lines, in the depot's order of categories, each followed by its items."""
    _add_up(read)
    all_stock = sum(read.sums[CATEGORY, key].stock_grams for key in read.categories)
    wanted = _wanted(read)
    lines: list[NeedLine] = []
    for category_id, name in read.categories.items():
        lines.append(_line(read, (CATEGORY, category_id), name, wanted, all_stock, today))
        of_it = [
            item_id
            for kind, item_id in read.rules
            if kind == ITEM and read.category_of.get(item_id) == category_id
        ]
        for item_id in sorted(of_it, key=lambda one: natural_sort_key(read.facts[one].name)):
            name = read.facts[item_id].name
            lines.append(_line(read, (ITEM, item_id), name, wanted, all_stock, today))
    return lines


def short_first(lines: Iterable[NeedLine]) -> list[NeedLine]:
    """Return what people are to be asked for, what lasts the fewest days first."""
    short = [line for line in lines if line.is_short]
    return sorted(short, key=lambda line: (line.days_left is None, line.days_left or 0))


def find_need(
    session: Session, depot_id: int, kind: str, subject_id: int, today: date
) -> NeedLine | None:
    """Return how one category or item stands, with a rule of its own or not; None if not known."""
    read = _read(session, depot_id, today)
    known = read.categories if kind == CATEGORY else read.category_of
    if subject_id not in known:
        return None
    if kind == ITEM and read.category_of[subject_id] not in read.categories:
        return None
    read.rules.setdefault((kind, subject_id), Rule())
    lines = judge_supplies(read, today)
    return next((line for line in lines if (line.kind, line.id) == (kind, subject_id)), None)


def _wanted(read: Supplies) -> dict[tuple[str, int], Fraction]:
    handed_out = {key: read.sums[CATEGORY, key].handed_out_grams for key in read.categories}
    targets = {
        key: rule.share_permille
        for (kind, key), rule in read.rules.items()
        if kind == CATEGORY and key in read.categories and rule.share_permille
    }
    found = {
        (CATEGORY, key): share for key, share in shares.wanted_shares(handed_out, targets).items()
    }
    whole = shares.positive_sum(handed_out.values())
    for (kind, key), rule in read.rules.items():
        if kind != ITEM:
            continue
        grams = read.sums[ITEM, key].handed_out_grams
        if rule.share_permille:
            found[ITEM, key] = Fraction(rule.share_permille, 1000)
        else:
            found[ITEM, key] = Fraction(max(grams, 0), whole) if whole else Fraction(0)
    return found


def _line(
    read: Supplies,
    key: tuple[str, int],
    name: str,
    wanted: Mapping[tuple[str, int], Fraction],
    all_stock: int,
    today: date,
) -> NeedLine:
    kind, number = key
    found, rule = read.sums[key], read.rules.get(key, Rule())
    category_id = number if kind == CATEGORY else read.category_of[number]
    supply = shares.Supply(
        found.stock_grams,
        found.handed_out_grams,
        wanted.get(key, Fraction(0)),
        rule.minimum_quantity is not None and found.quantity < rule.minimum_quantity,
    )
    judged = shares.judge_supply(supply, all_stock, read.days)
    said = rule.says(today)
    return NeedLine(
        kind=kind,
        id=number,
        name=name,
        category=read.categories[category_id],
        unit=GRAM if kind == CATEGORY else read.facts[number].base_unit,
        verdict=said or judged.verdict,
        reason="said" if said else judged.reason,
        quantity=found.quantity,
        stock_grams=found.stock_grams,
        handed_out_grams=found.handed_out_grams,
        stock_permille=shares.thousandths(judged.stock_share),
        wanted_permille=shares.thousandths(supply.wanted),
        days_left=judged.days_left,
        not_weighed=found.not_weighed,
        rule=rule,
    )


def _add_up(read: Supplies) -> None:
    """Add up the grams of each category and of each item with a rule.

    A category's quantity is its grams: that is what its minimum is compared with.
    """
    for item_id in {*read.stock, *read.handed_out}:
        facts = read.facts[item_id]
        stock, out = read.stock.get(item_id, 0), read.handed_out.get(item_id, 0)
        stock_grams = weight_grams(stock, facts.milligrams)
        out_grams = weight_grams(out, facts.milligrams)
        grams = max(stock_grams or 0, 0)
        for kind, number, quantity in (
            (CATEGORY, read.category_of[item_id], grams),
            (ITEM, item_id, stock),
        ):
            found = read.sums[kind, number]
            found.stock_grams += grams
            found.handed_out_grams += out_grams or 0
            found.not_weighed += stock_grams is None
            found.quantity += quantity


def _read(session: Session, depot_id: int, today: date) -> Supplies:
    doubted = find_doubted(session, depot_id)
    days, handed_out = handed_out_before(session, depot_id, today, doubted)
    return Supplies(
        facts=_facts(session, depot_id, doubted),
        category_of=categories_of_items(session, depot_id),
        categories=used_categories(session, depot_id),
        stock=_stock(session, depot_id, today, doubted),
        handed_out=handed_out,
        days=days,
        rules=need_rules(session, depot_id),
    )


def categories_of_items(session: Session, depot_id: int) -> dict[int, int]:
    """Return the category of each item."""
    rows = session.execute(select(Item.id, Item.category_id).where(Item.depot_id == depot_id))
    return {row[0]: row[1] for row in rows}


def used_categories(session: Session, depot_id: int) -> dict[int, str]:
    """Return the names of the categories in use, in the depot's order."""
    rows = session.execute(
        select(Category.id, Category.name)
        .where(Category.depot_id == depot_id, ~Category.archived)
        .order_by(Category.position, Category.id)
    )
    return {row[0]: row[1] for row in rows}


def _facts(session: Session, depot_id: int, doubted: Doubted) -> dict[int, ItemFacts]:
    """Return the facts of items; a weight of one that is doubted is not known."""
    facts = dict(item_facts(session, depot_id))
    for item_id in doubted.unit_weights & facts.keys():
        facts[item_id] = replace(facts[item_id], unit_weight_milligrams=None)
    for item_id, name in names_read(session, depot_id).items():
        facts[item_id] = replace(facts[item_id], name=name)
    return facts


def _stock(session: Session, depot_id: int, today: date, doubted: Doubted) -> Counter[int]:
    """Return what is free of each item and not doubted, in its base unit."""
    found: Counter[int] = Counter()
    rows = session.execute(
        select(
            StockBalance.item_id,
            or_(
                StockBalance.location_id.in_(select(places_apart(depot_id).c.id)),
                is_lot_held(StockBalance.lot_id),
            ),
            StockBalance.lot_id,
            Lot.date_kind,
            Lot.date_on,
            AFTER_BEST_BEFORE,
            StockBalance.quantity,
        )
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Category, Category.id == Item.category_id)
        .where(StockBalance.depot_id == depot_id, StockBalance.quantity > 0)
        .order_by(StockBalance.quantity.desc(), StockBalance.location_id)
    )
    for item_id, is_held, lot_id, kind, date_on, after, quantity in rows:
        believed = doubted.take_off(lot_id, quantity)
        if may_go_out(kind, date_on, today, after, is_held=bool(is_held)).is_free:
            found[item_id] += believed
    # what is promised is as good as gone
    for item_id, promised in promised_by_item(session, depot_id, today).items():
        found[item_id] = max(found[item_id] - promised, 0)
    return found


def handed_out_before(
    session: Session, depot_id: int, today: date, doubted: Doubted
) -> tuple[int, Counter[int]]:
    """Return over how many days before today hand-outs are counted, and how much of each item.

    What is doubted of them is left out.
    """
    first = session.scalar(select(func.min(DayTotal.day)).where(DayTotal.depot_id == depot_id))
    age = (today - first).days if first is not None else 0
    days = min(max(age, shares.FEWEST_DAYS), shares.WINDOW_DAYS)
    rows = session.execute(
        select(DayTotal.item_id, func.sum(DayTotal.quantity))
        .where(
            DayTotal.depot_id == depot_id,
            DayTotal.day >= today - timedelta(days=days),
            DayTotal.day < today,
            DayTotal.flow == "handed_out",
        )
        .group_by(DayTotal.item_id)
    )
    found = Counter({item_id: -int(quantity) for item_id, quantity in rows})
    found.subtract(doubted.handed_out_since(today - timedelta(days=days), today))
    return days, found


def need_rules(session: Session, depot_id: int) -> dict[tuple[str, int], Rule]:
    """Return what coordinators set, by kind and id of what it is about."""
    rows = session.scalars(select(NeedRule).where(NeedRule.depot_id == depot_id))
    return {_subject(row): _rule(row) for row in rows}


def _subject(row: NeedRule) -> tuple[str, int]:
    if row.category_id is not None:
        return CATEGORY, row.category_id
    return ITEM, row.item_id or 0


def _rule(row: NeedRule) -> Rule:
    return Rule(
        row.share_permille,
        row.minimum_quantity,
        row.said,
        row.said_until,
        row.note,
        row.is_left_out,
    )
