"""What is sent of recipes, parcels and freezing where every address is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.production.commands.parcels import ParcelLineSaid, PerSaid, SaveParcel, save_parcel

Body = dict[str, Any]


def making(ids: dict[str, Any]) -> list[tuple[str, str, Body]]:
    """Return what makes, freezes and packs kale."""
    kale = {"item": ids["kale"], "quantity": 1}
    bag = {"name": "Bag", "lines": [{"item": ids["kale"], "per": {"household": 2}}]}
    stew = {"name": "Stew", "inputs": [kale], "outputs": [kale | {"quantity": 2}]}
    soon = (utc_now() + timedelta(days=10)).date().isoformat()
    lot = {"lot_id": ids["lot_id"], "quantity": 1}
    return [
        ("POST", "/recipes", stew),
        ("POST", "/parcels", bag),
        ("PATCH", "/parcels/{parcel_id}", {"name": "Larger bag"}),
        ("POST", "/frozen-lives", {"item": "Fresh", "frozen": {"amount": 3, "unit": "month"}}),
        ("POST", "/freezing", lot | {"date": "2030-05-05"}),
        ("POST", "/thawing", lot | {"date": soon}),
    ]


def make_parcel(who: Actor, mark: str) -> dict[str, int]:
    """Write a parcel of kale, and return what names it."""
    line = ParcelLineSaid(item=f"{mark} kale", per=PerSaid(household=1))
    parcel = SaveParcel(command_id=uuid4(), name=f"{mark} parcel", lines=(line,))
    return {"parcel_id": save_parcel(parcel, who).answer.id}
