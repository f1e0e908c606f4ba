"""What is kept of visit cards: whether they are used, and the digest by which a card is known."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from depot.models import StockEntry, Visit, VisitSetting


def visit_setting(session: Session, depot_id: int) -> VisitSetting | None:
    """Return what a depot says of visit cards; None if it never did."""
    return session.scalar(select(VisitSetting).where(VisitSetting.depot_id == depot_id))


def uses_cards(session: Session, depot_id: int) -> bool:
    """Say whether the depot counts visits by card."""
    setting = visit_setting(session, depot_id)
    return setting is not None and setting.is_on


def card_digest(card_secret: str, code: str) -> str:
    """Return what is kept of a card's code (HMAC, RFC 2104): another depot's key makes another."""
    return hmac.new(card_secret.encode(), code.encode(), hashlib.sha256).hexdigest()


def is_not_undone(visit: Any = Visit) -> ColumnElement[bool]:
    """Say that the count of a visit stands."""
    undoing = aliased(StockEntry)
    return ~exists().where(
        undoing.depot_id == visit.depot_id, undoing.reverses_id == visit.entry_id
    )
