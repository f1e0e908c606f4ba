"""Partners: their list, what came from one, and the form of one."""

from __future__ import annotations

from datetime import timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show, submit
from blueprints.frame.guards import coordinator
from blueprints.frame.web import asked, reader, tell
from blueprints.stock.frame import (
    ID,
    bp,
    found_or_404,
    weight_text,
)
from blueprints.stock.schemas import PartnerForm
from blueprints.words import filters
from blueprints.words.entries import SOURCE_WORDS, told
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome
from depot.partners.commands.partners import save_partner
from depot.partners.queries import partners as query
from depot.partners.queries.partners import PartnerFacts

#: A partner's page looks back over a year.
YEAR = timedelta(days=365)


def source_words() -> dict[str, str]:
    """Return the word for each kind of source."""
    return {kind: _(word) for kind, word in SOURCE_WORDS.items()}


@bp.get("/partners")
def partners() -> ResponseReturnValue:
    """List all partners by name."""
    session, who = reader()
    search = asked("q")
    return render_template(
        "stock/partners.html",
        who=who,
        partners=[
            (row, _small(row)) for row in query.listed_partners(session, who.depot_id, search)
        ],
        values={"q": search},
        errors={},
    )


def _small(row: PartnerFacts) -> str:
    kind = source_words()[row.source_kind]
    if row.last_at is None:
        return kind
    last = filters.day(filters.local(row.last_at).date())
    return str(_("%(kind)s · last on %(day)s", kind=kind, day=last))


@bp.get(f"/partners/<{ID}:partner_id>")
def partner(partner_id: int) -> ResponseReturnValue:
    """Show what came from a partner in the last year."""
    session, who = reader()
    facts = _own(partner_id)
    since = local_day(utc_now(), who.depot.time_zone) - YEAR
    given = query.given_since(session, who, partner_id, since)
    return render_template(
        "stock/partner.html",
        who=who,
        facts=facts,
        kind=source_words()[facts.source_kind],
        given=given,
        entries=[told(row) for row in given.entries],
        weight_text=weight_text,
    )


@bp.get("/partners/new")
def new_partner() -> ResponseReturnValue:
    """Show an empty form."""
    coordinator()
    return _page(Form({"source_kind": "donation"}), None)


@bp.post("/partners/new")
def create_partner() -> ResponseReturnValue:
    """Make a partner."""
    coordinator()
    schema = PartnerForm(form=True)
    return submit(schema, save_partner, done=_saved, again=lambda form: _page(form, None))


@bp.get(f"/partners/<{ID}:partner_id>/edit")
def edit_partner(partner_id: int) -> ResponseReturnValue:
    """Show a partner's form."""
    coordinator()
    facts = _own(partner_id)
    values = {
        "name": facts.name,
        "source_kind": facts.source_kind,
        "mail_address": facts.mail_address,
        "note": facts.note,
        "archived": "yes" if facts.archived else "",
    }
    return _page(Form(values), facts)


@bp.post(f"/partners/<{ID}:partner_id>/edit")
def update_partner(partner_id: int) -> ResponseReturnValue:
    """Save a partner."""
    coordinator()
    facts = _own(partner_id)
    return submit(
        PartnerForm(form=True),
        save_partner,
        done=_saved,
        again=lambda form: _page(form, facts),
        extra={"partner_id": partner_id},
    )


def _own(partner_id: int) -> PartnerFacts:
    session, who = reader()
    facts: PartnerFacts = found_or_404(
        N_("partner"), partner_id, query.partner_facts(session, who.depot_id, partner_id)
    )
    return facts


def _page(form: Form, facts: PartnerFacts | None) -> str:
    kinds = list(source_words().items())
    return show("stock/edit_partner.html", form, facts=facts, kinds=kinds)


def _saved(outcome: Outcome[Saved]) -> ResponseReturnValue:
    tell(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("stock.partner", partner_id=outcome.answer.id), 303)
