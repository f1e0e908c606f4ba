"""A filed report read back from what was frozen: the inverse of `as_json.figures_of`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from depot.base.actors import DepotView
from depot.base.periods import Period, parse_period
from depot.base.questions import ToldDoubt
from depot.reports.sums.figures import Figures
from depot.reports.sums.in_kind import in_kind_of
from depot.reports.sums.report import (
    BandLine,
    CategoryLine,
    ComparedFlows,
    DoubtLine,
    DueGoods,
    EventLine,
    FiledHead,
    ItemLine,
    MealFactor,
    Need,
    Needs,
    People,
    PeriodLine,
    ReceivedLine,
    Report,
    Share,
    Visits,
)

_FIGURES: Final = tuple(field.name for field in fields(Figures))
_PEOPLE: Final = tuple(field.name for field in fields(People))


def unfreeze_report(
    depot: DepotView, figures: Mapping[str, Any], filed: FiledHead | None = None
) -> Report:
    """Return the report that `figures_of` made `figures` of, as a filed one if `filed` is given.

    The depot is as it was then; only what papers are printed on is as `depot` has it now.
    """
    depot = replace(
        depot,
        slug=figures["depot_slug"],
        name=figures["depot"],
        time_zone=figures["time_zone"],
        week_start=figures["week_start"],
        weight_unit=figures["weight_unit"],
    )
    totals = figures["totals"]
    return Report(
        depot=depot,
        period=_period(figures["period"], depot),
        seq=figures["seq"],
        seal=figures["ledger_seal"],
        items=tuple(map(_item, figures["items"])),
        categories=tuple(map(_category, figures["by_category"])),
        sources=_shares(figures["by_source"], "kind"),
        received=tuple(ReceivedLine(**cell) for cell in figures["received"]),
        losses=_shares(figures["by_reason"], "reason"),
        events=tuple(map(_event, figures["events"])),
        without_event_grams=figures["without_event"]["weight_grams"],
        people=People(**figures["people"]),
        totals=_grams(totals),
        estimated=_grams(figures["estimated"]),
        made_grams=totals["made_grams"],
        used_up_grams=totals["used_up_grams"],
        before=tuple(_before(line, depot) for line in figures["compared"]["periods"]),
        late_entries=figures["late_entries"],
        due=_due(figures["due"]),
        open_discrepancies=figures["open_discrepancies"],
        needs=_needs(figures["needs"]),
        doubts=_doubts(figures.get("doubts", ())),
        factor=MealFactor(**figures["factors"]["meals"]),
        in_kind=in_kind_of(figures["in_kind"]) if "in_kind" in figures else None,
        visits=Visits(**figures["visits"]) if "visits" in figures else None,
        bands=tuple(BandLine(**line) for line in figures.get("bands", ())),
        filed=filed,
    )


def _period(name: str, depot: DepotView) -> Period:
    return parse_period(name, depot.week_start)


def _item(line: Mapping[str, Any]) -> ItemLine:
    return ItemLine(
        item_id=line["item_id"],
        item=line["item"],
        category=line["category"],
        unit=line["unit"],
        quantities=Figures(*(line[name] for name in _FIGURES)),
        grams=None if line["weights"] is None else _grams(line["weights"]),
        is_estimated=line["estimated"],
    )


def _category(line: Mapping[str, Any]) -> CategoryLine:
    return CategoryLine(line["category"], _grams(line), line["items_not_weighed"], line["is_food"])


def _grams(line: Mapping[str, Any]) -> Figures:
    return Figures(*(line[f"{name}_grams"] for name in _FIGURES))


def _shares(lines: Iterable[Mapping[str, Any]], name: str) -> tuple[Share, ...]:
    return tuple(
        Share(line[name], line["weight_grams"], line["items_not_weighed"]) for line in lines
    )


def _event(line: Mapping[str, Any]) -> EventLine:
    people = People(*(line[name] for name in _PEOPLE))
    held_on = None if line["date"] is None else date.fromisoformat(line["date"])
    return EventLine(line["id"], line["name"], people, line["weight_grams"], held_on)


def _before(line: Mapping[str, Any], depot: DepotView) -> PeriodLine:
    grams = ComparedFlows(*(line[f"{name}_grams"] for name in ComparedFlows._fields))
    return PeriodLine(_period(line["period"], depot), grams)


def _due(lines: Iterable[Mapping[str, Any]] | None) -> tuple[DueGoods, ...] | None:
    if lines is None:
        return None
    return tuple(
        DueGoods(**(dict(line) | {"give_out_until": date.fromisoformat(line["give_out_until"])}))
        for line in lines
    )


def _doubts(lines: Iterable[Mapping[str, Any]]) -> tuple[DoubtLine, ...]:
    """Reports of before there were doubts have none."""
    return tuple(
        DoubtLine(line["seq"], ToldDoubt(**{name: line[name] for name in line.keys() - {"seq"}}))
        for line in lines
    )


def _needs(needs: Mapping[str, Any] | None) -> Needs | None:
    if needs is None:
        return None
    return Needs(
        tuple(Need(**need) for need in needs["short"]),
        tuple(Need(**need) for need in needs["too_much"]),
    )
