"""Today: what is on, the three big buttons, what happened just now; and More."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from blueprints.filters import local
from blueprints.web import reader
from depot.clock import utc_now

bp = Blueprint("today", __name__)


@bp.get("/")
def show() -> Any:
    """Show what is on now."""
    return render_template("today/show.html", today=local(utc_now()).date())


@bp.get("/more")
def more() -> Any:
    """Show the way to everything else."""
    _, who = reader()
    return render_template("today/more.html", who=who)
