"""The pick buttons of the donation page, and an earlier delivery as a filled-in form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from blueprints.words.amounts import typed_amount, typed_weight
from blueprints.words.entries import SOURCE_WORDS
from depot.intake.queries import EarlierReceipt
from depot.items.queries.catalog import CategoryChoice, PartnerChoice

#: As many categories stand as buttons at once; the others are one tap further.
FIRST_CATEGORIES = 4


def source_kinds() -> list[tuple[str, str]]:
    """Return the kinds of source with the word for each."""
    return [(kind, _(word)) for kind, word in SOURCE_WORDS.items()]


def source_picks(partners: Sequence[PartnerChoice]) -> list[tuple[str, str, str]]:
    """Return the buttons of "From": a passer-by, those who came lately, somebody else."""
    words = dict(source_kinds())
    known = [
        (str(partner.id), partner.name, words.get(partner.source_kind, "")) for partner in partners
    ]
    return [("anyone", _("Passer-by"), ""), *known, ("new", _("Someone else…"), "")]


def goods_picks(
    categories: Sequence[CategoryChoice], usual: Sequence[int]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the buttons of "What": what usually comes and by item, then all the others.

    The depot's own first category leads whatever comes: mixed food, unless somebody renamed it.
    """
    rank = {category_id: place for place, category_id in enumerate(usual, start=1)}
    rank |= {category.id: 0 for category in categories[:1]}
    ordered = sorted(categories, key=lambda category: rank.get(category.id, len(rank) + 1))
    found = [(str(category.id), category.name) for category in ordered]
    return [*found[:FIRST_CATEGORIES], ("items", _("By item…"))], found[FIRST_CATEGORIES:]


def repeat_values(
    earlier: EarlierReceipt, partners: Sequence[PartnerChoice], weight_unit: str
) -> dict[str, Any]:
    """Return an earlier delivery as the form's values, without its date of today.

    A donor who has a button, one of `partners`, keeps it; another one is typed as before.
    """
    values: dict[str, Any] = {
        "source": str(earlier.partner_id or "anyone"),
        "source_kind": earlier.source_kind,
    }
    if earlier.partner is not None and earlier.partner_id not in {one.id for one in partners}:
        values |= {"partner": earlier.partner, "source": "new"}
    first = earlier.lines[0]
    if len(earlier.lines) == 1 and first.is_loose:
        weight = typed_weight(first.quantity, weight_unit)
        return values | {"what": str(first.category_id), "weight": weight}
    for index, line in enumerate(line for line in earlier.lines if line.is_loose):
        weight = typed_weight(line.quantity, weight_unit)
        values |= {
            f"weighed-{index}-what": str(line.category_id),
            f"weighed-{index}-weight": weight,
        }
    for index, line in enumerate(line for line in earlier.lines if not line.is_loose):
        values |= {"what": "items", f"lines-{index}-item": line.item}
        if line.unit == "gram":
            values[f"lines-{index}-weight"] = typed_weight(line.quantity, weight_unit)
        else:
            typed = typed_amount(line.quantity, line.unit, weight_unit)
            values[f"lines-{index}-quantity"] = typed
    return values
