"""Monday's work in the demo: last week is filed, and now and then a slip turns up afterwards."""

from __future__ import annotations

from datetime import timedelta

from depot.base.periods import last_complete_period
from depot.demo.stage import Stage
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.reports.filing import FileReport, file_report


def file_last_week(stage: Stage) -> None:
    """The coordinator files the report of the week that is over."""
    week = last_complete_period("week", stage.today, stage.depot.week_start)
    stage.do(file_report, FileReport, stage.coordinator, period=week.name)


def found_afterwards(stage: Stage) -> None:
    """A slip of Friday's turns up when the week has been filed."""
    lines = (ReceiptLine(category="Bread", weight_grams=7_800),)
    stage.do(
        receive_goods,
        ReceiveGoods,
        lines=lines,
        note="Slip found in the van",
        occurred_at=stage.at - timedelta(days=3, hours=1),
    )
