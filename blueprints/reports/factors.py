"""What counts as a meal: the depot's factors, which of them counts, and a new one."""

from __future__ import annotations

from typing import Final

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show, submit
from blueprints.frame.guards import coordinator
from blueprints.frame.web import reader, tell
from blueprints.reports import filed, listings
from blueprints.reports.forms import pages as forms
from blueprints.reports.forms.schemas import ChooseFactorForm, FactorForm
from blueprints.reports.pages import bp
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.kernel.once import AnyOutcome
from depot.reports.commands.forms import choose_meal_factor, save_meal_factor
from depot.reports.queries.forms import FactorRow, meal_factors

__all__ = ["bp"]
#: The slice's other pages stand on the same blueprint.
PAGES: Final = (filed, forms, listings)
NUMBER: Final = f"int(max={2**63 - 1})"


@bp.get("/meals")
def meals() -> str:
    """Show the factors, and which of them counts."""
    coordinator()
    return _page(Form())


@bp.post("/meals/choose")
def choose_factor() -> ResponseReturnValue:
    """Let another factor count from now on."""
    coordinator()
    return submit(ChooseFactorForm(form=True), choose_meal_factor, done=_chosen, again=_page)


@bp.post("/meals")
def add_factor() -> ResponseReturnValue:
    """Add a factor."""
    coordinator()
    return submit(FactorForm(form=True), save_meal_factor, done=_saved, again=_page)


@bp.get(f"/meals/<{NUMBER}:factor_id>/edit")
def edit_factor(factor_id: int) -> str:
    """Show a factor to edit."""
    coordinator()
    row = _own(factor_id)
    values = {
        "grams_per_meal": row.grams_per_meal,
        "stated": _(row.stated),
        "source": _(row.source),
        "version": _(row.version) if row.version else "",
    }
    return _edit(row, Form(values))


@bp.post(f"/meals/<{NUMBER}:factor_id>/edit")
def update_factor(factor_id: int) -> ResponseReturnValue:
    """Save a factor."""
    coordinator()
    row = _own(factor_id)
    return submit(
        FactorForm(form=True),
        save_meal_factor,
        done=_saved,
        again=lambda form: _edit(row, form),
        extra={"factor_id": factor_id},
    )


def _own(factor_id: int) -> FactorRow:
    session, who = reader()
    rows = meal_factors(session, who.depot_id)
    row = next((row for row in rows if row.id == factor_id), None)
    if row is None:
        raise NotFound(what=N_("meal factor"), name=factor_id)
    return row


def _chosen(_outcome: AnyOutcome) -> ResponseReturnValue:
    tell(_("From now on meals are counted by it. Filed reports keep the one they were filed with."))
    return redirect(url_for("reports.meals"), 303)


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    tell(_("Saved."))
    return redirect(url_for("reports.meals"), 303)


def _page(form: Form) -> str:
    session, who = reader()
    rows = meal_factors(session, who.depot_id)
    chosen = next((row.id for row in rows if row.is_chosen), "")
    form.values.setdefault("factor_id", chosen)
    options = [(row.id, _(row.stated), _small(row)) for row in rows]
    # a template must not translate what people typed: it would take it for HTML
    factors = [
        (_(row.stated), _(row.source), url_for("reports.edit_factor", factor_id=row.id))
        for row in rows
    ]
    return show("reports/meals.html", form, options=options, factors=factors)


def _small(row: FactorRow) -> str:
    return "; ".join(_(part) for part in (row.source, row.version) if part)


def _edit(row: FactorRow, form: Form) -> str:
    return show("reports/edit_factor.html", form, row=row, stated=_(row.stated))
