"""What a preview says of amounts and weights that are far from usual: they are taken as written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from depot.base.errors import DepotError
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE
from depot.imports.plan import Remarks
from depot.imports.rows.rows import CrateRow, ItemRow, StockRow
from depot.ledger.doubts.rules import doubt_amount, is_likely_unit_weight


class UnlikelyAmount(DepotError):
    code = "unlikely_amount"
    template = N_(
        "So much of “%(item)s” is a lot at once. It is taken as written and listed among the things"
        " to look at."
    )


class UnlikelyProductCode(DepotError):
    code = "unlikely_product_code"
    template = N_("How much there is of “%(item)s” looks like a product code.")


class UnlikelyUnitWeight(DepotError):
    code = "unlikely_unit_weight"
    template = N_("One of “%(item)s” would weigh more, or less, than one thing does.")


def remark_amounts(
    rows: Iterable[CrateRow | StockRow], units: Mapping[str, str], remarks: Remarks
) -> None:
    """Remark on items of which all rows together say more than a first delivery brings."""
    sums: defaultdict[str, int] = defaultdict(int)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in rows:
        if row.item and row.quantity:
            key = name_key(row.item)
            names.setdefault(key, row.item)
            sums[key] += row.quantity.amount
            numbers[key].append(row.number)
    for key, amount in sums.items():
        sort = doubt_amount(amount, units.get(key, PIECE), None)
        if sort is not None:
            kind = UnlikelyProductCode if sort == "product_code" else UnlikelyAmount
            remarks.add(kind(item=names[key]), *numbers[key])


def remark_unit_weights(rows: Iterable[ItemRow], remarks: Remarks) -> None:
    """Remark on weights that one piece cannot have."""
    for row in rows:
        weight = row.unit_weight_milligrams
        if weight and row.base_unit in (None, PIECE) and not is_likely_unit_weight(weight, PIECE):
            remarks.add(UnlikelyUnitWeight(item=row.name), row.number)
