"""The ledger for programs: entries and their reversal."""

from __future__ import annotations

from flask_smorest import Blueprint

blp = Blueprint("ledger_api", __name__, description="Entries of the ledger, and undoing them.")
