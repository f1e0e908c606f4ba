"""What counts as a meal: the depot's factors, which of them counts, and a new one."""

from __future__ import annotations

from typing import Any, Final

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import found_or_404, reader, show_message
from blueprints.reports.forms.schemas import ChooseFactorForm, FactorForm
from depot.base.text import N_
from depot.kernel.once import AnyOutcome
from depot.reports.commands.forms import choose_meal_factor, save_meal_factor
from depot.reports.queries.forms import FactorRow, meal_factors


def choose_factor() -> ResponseReturnValue:
    """Let another factor count from now on."""
    need_coordinator()
    return submit_form(ChooseFactorForm(form=True), choose_meal_factor, done=_chosen, again=_list)


def _chosen(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(
        _("From now on meals are counted by it. Filed reports keep the one they were filed with.")
    )
    return redirect(url_for("reports.meals"), 303)


def _list(form: Form) -> str:
    return show_form("reports/meals.html", form, **_listed(form))


def _listed(form: Form) -> dict[str, Any]:
    """Return what the list shows; a new factor is typed below it."""
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
    return {"options": options, "factors": factors}


def _small(row: FactorRow) -> str:
    return "; ".join(_(part) for part in (row.source, row.version) if part)


def _own(factor_id: int) -> FactorRow:
    session, who = reader()
    rows = meal_factors(session, who.depot_id)
    row = next((row for row in rows if row.id == factor_id), None)
    return found_or_404(N_("meal factor"), factor_id, row)


def _values(row: FactorRow) -> dict[str, Any]:
    return {
        "grams_per_meal": row.grams_per_meal,
        "stated": _(row.stated),
        "source": _(row.source),
        "version": _(row.version) if row.version else "",
    }


def _context(form: Form, row: FactorRow | None) -> dict[str, Any]:
    return {"row": row, "stated": _(row.stated)} if row else _listed(form)


EDITOR: Final = Editor(
    key="factor_id",
    find=_own,
    blank=dict,
    values=_values,
    schema=lambda: FactorForm(form=True),
    save=save_meal_factor,
    template="reports/edit_factor.html",
    empty_template="reports/meals.html",
    context=_context,
    after=lambda _outcome: url_for("reports.meals"),
    sentence=lambda _outcome: _("Saved."),
)
