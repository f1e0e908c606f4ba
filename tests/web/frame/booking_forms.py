"""A form of each kind that takes an amount, filled in for potatoes, which are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from flask import Flask
from sqlalchemy import func, select

from depot.models import StockEntry, StockMove
from tests.current import db

CODE: Final = "7K3M-9QX2"
Fields = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A form with an amount: where it is sent, what is in it, and the row of its amount."""

    address: str
    fields: Fields
    amount: str
    form: str = ""
    args: tuple[str, ...] = ()

    def typed(self, amount: str, **more: str) -> Fields:
        return {"command_id": str(uuid4())} | self.fields | {self.amount: amount} | more


def kinds(ids: dict[str, int]) -> dict[str, Kind]:
    """Return a form of each kind, for potatoes, which are weighed."""
    item = {"lines-0-item": "Potatoes"}
    event = f"/hand-outs/{ids['event']}"
    loose = f"/stock/places/{ids['place']}/goods/{ids['lot']}"
    door = {"source": "anyone", "what": "items"}
    return {
        "door": Kind("/donations/new", door | item, "lines-0-quantity", "donation"),
        "door by weight": Kind(
            "/donations/new",
            {"source": "anyone", "what": str(ids["category"])},
            "weight",
            "donation",
        ),
        "hand-out": Kind(f"{event}/hand-out", item, "lines-0-amount", "hand-out", ("event",)),
        "bring back": Kind(f"{event}/bring-back", item, "lines-0-amount", "bring-back", ("event",)),
        "move": Kind(f"{loose}/move", {"to": CODE}, "amount"),
        "write off": Kind(f"{loose}/out", {"what_for": "damaged"}, "amount"),
        "cook": Kind(
            "/production",
            {"inputs-0-item": "Potatoes", "outputs-0-item": "Soup", "outputs-0-amount": "5 pieces"},
            "inputs-0-amount",
        ),
    } | _of_crate(ids)


def _of_crate(ids: dict[str, int]) -> dict[str, Kind]:
    lot = {"lines-0-lot_id": str(ids["lot"]), "lines-0-unit": "gram"}
    return {
        "take out": Kind(
            f"/crates/{CODE}/take-out",
            {"what_for": "use", "which": "some"} | lot,
            "lines-0-amount",
            "crate-take-out",
            ("code",),
        ),
        "take out, not listed": Kind(
            f"/crates/{CODE}/take-out",
            {"what_for": "damaged", "which": "some", "others-0-item": "Potatoes"},
            "others-0-amount",
            "crate-take-out",
            ("code",),
        ),
        "fill": Kind(
            f"/crates/{CODE}/fill",
            {"source": "Arrivals"} | lot,
            "lines-0-amount",
            "crate-fill",
            ("code",),
        ),
        "put elsewhere": Kind(
            f"/crates/{CODE}/empty",
            {"which": "some", "to": "Arrivals"} | lot,
            "lines-0-amount",
            "crate-empty",
            ("code",),
        ),
    }


KINDS: Final = (
    "door",
    "door by weight",
    "hand-out",
    "bring back",
    "take out",
    "take out, not listed",
    "fill",
    "put elsewhere",
    "move",
    "write off",
    "cook",
)


def last_grams(app: Flask) -> int:
    """Return how much of what is weighed the last entry moved."""
    with app.app_context():
        last = select(func.max(StockEntry.id)).scalar_subquery()
        moved = select(func.sum(StockMove.quantity)).where(
            StockMove.entry_id == last, StockMove.quantity > 5
        )
        return int(db.session.scalar(moved) or 0)


def last_entry(app: Flask) -> StockEntry:
    with app.app_context():
        return db.session.scalars(select(StockEntry).order_by(StockEntry.id.desc())).first()  # type: ignore[return-value]
