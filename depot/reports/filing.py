"""Filing a report: what a query says, frozen by a command. Above both, because it needs both.

The chain of the ledger is locked while the figures are read, so that they are those of the line
that the filed report names, and while the report's own number is given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.periods import Period, parse_period
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second
from depot.models import FiledReport
from depot.reports.formats.as_json import figures_of
from depot.reports.queries.reports import report_material
from depot.reports.sums.assemble import assemble_report, facts_used
from depot.reports.sums.filing import (
    FIRST,
    Frozen,
    canonical_json,
    facts_json,
    lasting,
    seal_report,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """The report of a period is to be kept as it is now; `period` is a name like 2026-W47."""

    command_id: UUID
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledNumber(Answer):
    """A report was filed under this number."""

    number: int
    version: int
    period: str
    seal: str
    #: Whether this very report was filed before: then the number is the one it has since.
    is_known: bool = False


def file_report(command: FileReport, actor: Actor, clock: Clock = utc_now) -> Outcome[FiledNumber]:
    """Freeze, number and seal the report; filing a period again makes its next version.

    While nothing of it has changed the answer is the version there is: of two people who file at
    once, one does.

    Raises Forbidden for a volunteer, Invalid for a period that is none or not over, and
    DoesNotReconcile for a report that does not add up. Nothing is posted to the ledger.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _file, FiledNumber)


def _file(command: FileReport, work: Work) -> FiledNumber:
    depot = work.actor.depot
    period = parse_period(command.period, depot.week_start)
    if period.last >= work.today:
        raise Invalid(
            field="period", problem=N_("That is not over yet. File it when its last day is over.")
        )
    facts, read = report_material(work.session, depot, period, work.today)
    report = assemble_report(depot, period, facts, read)
    figures, facts_kept = figures_of(report), facts_json(facts_used(facts, read, report))
    filed = _newest_version(work, period)
    if filed is not None and _is_same(filed, figures, facts_kept):
        return _answer(filed, is_known=True)
    if filed is not None:
        need_second(work, "report", _changed(filed, figures, facts_kept))
    number, previous = _last(work)
    frozen = Frozen(
        depot_id=work.depot_id,
        number=number + 1,
        version=filed.version + 1 if filed else 1,
        kind=period.kind,
        period=period.name,
        first_on=period.first,
        last_on=period.last,
        filed_at=work.recorded_at,
        person_id=work.actor.person_id,
        token_id=work.actor.token_id,
        ledger_seq=report.seq,
        ledger_seal=report.seal,
        figures=figures,
        facts=facts_kept,
    )
    row = _row(frozen, seal_report(previous, frozen))
    work.session.add(row)
    return _answer(row, is_known=False)


def _answer(row: FiledReport, *, is_known: bool) -> FiledNumber:
    return FiledNumber(
        number=row.number,
        version=row.version,
        period=row.period,
        seal=row.seal,
        is_known=is_known,
    )


def _is_same(filed: FiledReport, figures: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Say whether a filed report and one of now tell the same, the moment of filing left out."""
    return filed.facts == canonical_json(facts) and canonical_json(
        lasting(json.loads(filed.figures))
    ) == canonical_json(lasting(figures))


def _changed(
    filed: FiledReport, figures: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the next version tells otherwise: the totals, and a digest of all of it."""
    before, after = json.loads(filed.figures)["totals"], figures["totals"]
    whole = canonical_json(lasting(figures)) + canonical_json(facts)
    return {
        "period": filed.period,
        "version": filed.version + 1,
        "totals": [
            {"figure": name, "before": before.get(name), "after": value}
            for name, value in after.items()
            if before.get(name) != value
        ],
        "digest": hashlib.sha256(whole.encode()).hexdigest(),
    }


def _last(work: Work) -> tuple[int, str]:
    """Return the number and the seal of the depot's last filed report."""
    row = work.session.execute(
        select(FiledReport.number, FiledReport.seal)
        .where(FiledReport.depot_id == work.depot_id)
        .order_by(FiledReport.number.desc())
        .limit(1)
    ).one_or_none()
    return (0, FIRST) if row is None else (row[0], row[1])


def _newest_version(work: Work, period: Period) -> FiledReport | None:
    """Return the last report of this period: by its days, whatever they are called now."""
    return work.session.scalar(
        select(FiledReport)
        .where(
            FiledReport.depot_id == work.depot_id,
            FiledReport.kind == period.kind,
            FiledReport.first_on == period.first,
            FiledReport.last_on == period.last,
        )
        .order_by(FiledReport.version.desc())
        .limit(1)
    )


def _row(frozen: Frozen, sealed: str) -> FiledReport:
    return FiledReport(
        depot_id=frozen.depot_id,
        number=frozen.number,
        version=frozen.version,
        kind=frozen.kind,
        period=frozen.period,
        first_on=frozen.first_on,
        last_on=frozen.last_on,
        filed_at=frozen.filed_at,
        person_id=frozen.person_id,
        token_id=frozen.token_id,
        ledger_seq=frozen.ledger_seq,
        ledger_seal=frozen.ledger_seal,
        figures=canonical_json(frozen.figures),
        facts=canonical_json(frozen.facts),
        seal=sealed,
    )
