"""Labels: a code leads to one crate, now and for good, and is what its crate is called."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from depot.models import Crate, CrateLabel, Location
from depot.verify.findings import MAX_OF_A_KIND, Findings
from labels.symbols import codes


def check_labels(session: Session, depot_id: int, findings: Findings) -> None:
    """Check every code of the depot, those of replaced labels too."""
    _check_names(session, depot_id, findings)
    _check_replaced(session, depot_id, findings)


def _check_names(session: Session, depot_id: int, findings: Findings) -> None:
    rows = session.execute(
        select(Crate.code, Location.name)
        .join(Location, Location.id == Crate.location_id)
        .where(
            Crate.depot_id == depot_id,
            or_(Location.name != Crate.code, Location.depot_id != depot_id),
        )
        .limit(MAX_OF_A_KIND + 1)
    )
    for code, name in rows:
        findings.add("label", f"Crate {code} is called {name} where it stands.")


def _check_replaced(session: Session, depot_id: int, findings: Findings) -> None:
    own, taken = aliased(Crate), aliased(Crate)
    rows = session.execute(
        select(CrateLabel.code, own.depot_id, taken.location_id)
        .outerjoin(own, own.location_id == CrateLabel.crate_id)
        .outerjoin(taken, and_(taken.depot_id == depot_id, taken.code == CrateLabel.code))
        .where(CrateLabel.depot_id == depot_id)
        .order_by(CrateLabel.code)
    )
    for code, owner, taken_by in rows:
        if owner != depot_id:
            findings.add("label", f"The replaced label {code} leads to no crate of this depot.")
        if taken_by is not None:
            findings.add("label", f"The replaced label {code} is a crate's label again.")
        if codes.normalise_code(code) != code:
            findings.add("label", f"The replaced label {code} is no code.")
