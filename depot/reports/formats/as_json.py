"""A report as JSON-ready values: whole numbers, ISO days, no words to translate.

What is filed is this very dictionary, without the filing, so it leaves nothing of a report out:
`depot.reports.sums.frozen` reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from depot.reports.sums.figures import FIGURE_NAMES, Figures, figure_values
from depot.reports.sums.in_kind import in_kind_as_json
from depot.reports.sums.report import (
    ComparedFlows,
    DueGoods,
    EventLine,
    FiledHead,
    ItemLine,
    Needs,
    Report,
    Share,
)

_IN_GRAMS: Final = tuple(f"{name}_grams" for name in FIGURE_NAMES)


def report_as_json(report: Report) -> dict[str, Any]:
    """Return the report as a dictionary for JSON; every figure is in a base unit or in grams.

    Of a filed report `seal` is its own, and `ledger_seal` that of the ledger at `seq`; a report
    that is not filed bears the ledger's as both.
    """
    below = {"below_nothing": [_below_nothing(line) for line in report.below_nothing]}
    hours = {} if report.hours is None else {"hours": asdict(report.hours)}
    return figures_of(report) | below | hours | _filed(report.filed, report.seal)


def figures_of(report: Report) -> dict[str, Any]:
    """Return what of a report is frozen when it is filed: all of it but the filing.

    The hours that people gave are none of it: who forgot to say when they left may say it later.
    """
    return {
        **_head(report),
        "items": [_item(line) for line in report.items],
        "by_source": _shares(report.sources, "kind"),
        "by_category": [
            {
                "category": line.category,
                "is_food": line.is_food,
                "items_not_weighed": line.not_weighed,
            }
            | in_grams(line.grams)
            for line in report.categories
        ],
        "received": [asdict(cell) for cell in report.received],
        "by_reason": _shares(report.losses, "reason"),
        "events": [_event(line) for line in report.events],
        "without_event": {"weight_grams": report.without_event_grams},
        "people": asdict(report.people),
        "totals": in_grams(report.totals)
        | {"made_grams": report.made_grams, "used_up_grams": report.used_up_grams},
        "estimated": in_grams(report.estimated),
        "items_not_weighed": report.not_weighed,
        "food_handed_out_grams": report.food_out_grams,
        "meals_equivalent": report.meals,
        "late_entries": report.late_entries,
        "compared": _compared(report),
        "due": None if report.due is None else [_due(line) for line in report.due],
        "open_discrepancies": report.open_discrepancies,
        "needs": None if report.needs is None else _needs(report.needs),
        "doubts": [{"seq": line.seq} | asdict(line.doubt) for line in report.doubts],
        **({} if report.in_kind is None else {"in_kind": in_kind_as_json(report.in_kind)}),
        **({} if report.visits is None else {"visits": asdict(report.visits)}),
        **({"bands": [asdict(line) for line in report.bands]} if report.bands else {}),
    }


def _below_nothing(line: ItemLine) -> dict[str, Any]:
    """An item of which less than nothing is told: something that came in is not written."""
    return {
        "item_id": line.item_id,
        "item": line.item,
        "unit": line.unit,
        "opening": line.quantities.opening,
        "closing": line.quantities.closing,
    }


def in_grams(figures: Figures) -> dict[str, int]:
    """Return figures with their unit in their names: opening_grams, sourced_grams."""
    return dict(zip(_IN_GRAMS, figure_values(figures), strict=True))


def _head(report: Report) -> dict[str, Any]:
    depot, period = report.depot, report.period
    return {
        "depot": depot.name,
        "depot_slug": depot.slug,
        "time_zone": depot.time_zone,
        "week_start": depot.week_start,
        "weight_unit": depot.weight_unit,
        "kind": period.kind,
        "period": period.name,
        "week": period.name if period.kind == "week" else None,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "seq": report.seq,
        "ledger_seal": report.seal,
        "factors": {"meals": asdict(report.factor)},
    }


def _filed(filed: FiledHead | None, ledger_seal: str) -> dict[str, Any]:
    if filed is None:
        return {
            "number": None,
            "version": None,
            "filed_at": None,
            "filed_by": None,
            "seal": ledger_seal,
        }
    return asdict(filed) | {"filed_at": filed.filed_at.isoformat()}


def _item(line: ItemLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "item_id": line.item_id,
        "category": line.category,
        "unit": line.unit,
        **dict(zip(FIGURE_NAMES, figure_values(line.quantities), strict=True)),
        "weights": None if line.grams is None else in_grams(line.grams),
        "estimated": line.is_estimated,
    }


def _shares(shares: Iterable[Share], name: str) -> list[dict[str, Any]]:
    return [
        {
            name: share.kind,
            "weight_grams": share.weight_grams,
            "items_not_weighed": share.not_weighed,
        }
        for share in shares
    ]


def _event(line: EventLine) -> dict[str, Any]:
    return {
        "id": line.event_id,
        "name": line.name,
        "date": None if line.held_on is None else line.held_on.isoformat(),
        **asdict(line.people),
        "weight_grams": line.weight_grams,
    }


def _due(line: DueGoods) -> dict[str, Any]:
    return asdict(line) | {"give_out_until": line.give_out_until.isoformat()}


def _needs(needs: Needs) -> dict[str, Any]:
    return {
        "short": [asdict(need) for need in needs.short],
        "too_much": [asdict(need) for need in needs.too_much],
    }


def _compared(report: Report) -> dict[str, Any]:
    """The period before and the mean of some before this one; null if there were none.

    `last_week` and `weeks` are what `previous` and `periods` were called first; they stay.
    """
    previous = _line(report.previous)
    return {
        "previous": previous,
        "last_week": previous,
        "mean": _line(report.mean_before),
        "periods": [
            {
                "period": line.period.name,
                "from": line.period.first.isoformat(),
                "to": line.period.last.isoformat(),
            }
            | _grams(line.grams)
            for line in report.before
        ],
        "weeks": [
            {"week": line.period.name} | _grams(line.grams)
            for line in report.before
            if line.period.kind == "week"
        ],
    }


def _line(line: ComparedFlows | None) -> dict[str, int] | None:
    return None if line is None else _grams(line)


def _grams(line: ComparedFlows) -> dict[str, int]:
    return {f"{name}_grams": number for name, number in line._asdict().items()}
