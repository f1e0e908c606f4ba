"""The weekly report as JSON-ready values: whole numbers, ISO days, no words to translate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from depot.reporting.figures import Figures
from depot.reporting.report import Compared, EventLine, ItemLine, Share, WeeklyReport


def as_json(report: WeeklyReport) -> dict[str, Any]:
    """Return the report as a dictionary for JSON; every figure is in a base unit or in grams."""
    return {
        "depot": report.depot.name,
        "depot_slug": report.depot.slug,
        "week": report.week.name,
        "from": report.week.first.isoformat(),
        "to": report.week.last.isoformat(),
        "time_zone": report.depot.time_zone,
        "filed_at": None,
        "seal": report.seal,
        "seq": report.seq,
        "factors": {"meals": asdict(report.factor)},
        "items": [_item(line) for line in report.items],
        "by_source": _shares(report.sources, "kind"),
        "by_category": [
            {"category": line.category, "items_not_weighed": line.not_weighed}
            | in_grams(line.grams)
            for line in report.categories
        ],
        "by_reason": _shares(report.losses, "reason"),
        "events": [_event(line) for line in report.events],
        "without_event": {"weight_grams": report.without_event_grams},
        "people": asdict(report.people),
        "totals": in_grams(report.totals)
        | {"made_grams": report.made_grams, "used_up_grams": report.used_up_grams},
        "estimated": in_grams(report.estimated),
        "items_not_weighed": report.not_weighed,
        "meals_equivalent": report.meals,
        "late_entries": report.late_entries,
        "compared": _compared(report),
    }


def in_grams(figures: Figures) -> dict[str, int]:
    """Return figures with their unit in their names: opening_grams, sourced_grams."""
    return {f"{name}_grams": number for name, number in asdict(figures).items()}


def _item(line: ItemLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "item_id": line.item_id,
        "category": line.category,
        "unit": line.unit,
        **asdict(line.quantities),
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
        **asdict(line.people),
        "weight_grams": line.weight_grams,
    }


def _compared(report: WeeklyReport) -> dict[str, Any]:
    """The last week and the mean of up to twelve before this one; null if there were none."""
    return {
        "last_week": _line(report.last_week),
        "mean": _line(report.mean_before),
        "weeks": [{"week": line.week.name} | _grams(line.grams) for line in report.before],
    }


def _line(line: Compared | None) -> dict[str, int] | None:
    return None if line is None else _grams(line)


def _grams(line: Compared) -> dict[str, int]:
    return {f"{name}_grams": number for name, number in line._asdict().items()}
