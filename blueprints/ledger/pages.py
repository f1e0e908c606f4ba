"""The ledger's pages: what happened, line by line, and undoing it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("ledger", __name__)
