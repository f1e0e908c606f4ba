"""Partners: their list, what came from one, and the form of one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader, known_language
from blueprints.frame.web import found_or_404, query_text, reader, show_message
from blueprints.partners.schemas import ErasePartnerSchema, PartnerForm
from blueprints.words.entries import SOURCE_WORDS, describe_entry
from blueprints.words.weights import weight_text
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.partners.commands.erasing import erase_partner
from depot.partners.commands.partners import save_partner
from depot.partners.queries import partners as query
from depot.partners.queries.partners import PartnerFacts
from depot.words import figures

#: A partner's page looks back over a year.
YEAR = timedelta(days=365)


def source_words() -> dict[str, str]:
    """Return the word for each kind of source."""
    return {kind: _(word) for kind, word in SOURCE_WORDS.items()}


def partners() -> ResponseReturnValue:
    """List all partners by name."""
    session, who = reader()
    search = query_text("q")
    return render_template(
        "partners/partners.html",
        who=who,
        partners=[
            (row, _small(row)) for row in query.listed_partners(session, who.depot_id, search)
        ],
        values={"q": search},
        errors={},
    )


def _kind(row: PartnerFacts, *, gave: bool) -> str:
    """Return how goods come from a partner; an agency that gave none has no such kind."""
    return source_words()[row.source_kind] if gave or not row.is_agency else ""


def _small(row: PartnerFacts) -> str:
    kind = _kind(row, gave=row.last_at is not None)
    if row.last_at is None:
        return kind
    last = figures.day(figures.to_local(row.last_at, current_reader()).date(), current_reader())
    return str(_("%(kind)s · last on %(day)s", kind=kind, day=last))


def partner(partner_id: int) -> ResponseReturnValue:
    """Show what came from a partner in the last year."""
    session, who = reader()
    facts = _own(partner_id)
    since = local_day(utc_now(), who.depot.time_zone) - YEAR
    given = query.goods_given_since(session, who, partner_id, since)
    return render_template(
        "partners/partner.html",
        who=who,
        facts=facts,
        kind=_kind(facts, gave=bool(given.items)),
        given=given,
        entries=[describe_entry(row, current_reader(), url_for) for row in given.entries],
        weight_text=partial(weight_text, reader=current_reader()),
    )


def _own(partner_id: int) -> PartnerFacts:
    session, who = reader()
    facts = query.partner_facts(session, who.depot_id, partner_id)
    return found_or_404(N_("partner"), partner_id, facts)


def _values(facts: PartnerFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "source_kind": facts.source_kind,
        "mail_address": facts.mail_address,
        "phone": facts.phone,
        "language": known_language(facts.language),
        "is_agency": "yes" if facts.is_agency else "",
        "note": facts.note,
        "archived": "yes" if facts.archived else "",
    }


def ask_erasing(partner_id: int) -> str:
    """Say what goes when a partner asks to be forgotten, and what stays."""
    need_coordinator()
    return _erasing_page(partner_id, Form())


def _erasing_page(partner_id: int, form: Form) -> str:
    return show_form("partners/erase_partner.html", form, facts=_own(partner_id))


def erase(partner_id: int) -> ResponseReturnValue:
    """Erase how a partner is reached."""
    need_coordinator()
    return submit_form(
        ErasePartnerSchema(form=True),
        erase_partner,
        done=_erased,
        again=partial(_erasing_page, partner_id),
        extra={"partner_id": partner_id},
    )


def _erased(outcome: Outcome[SavedId]) -> ResponseReturnValue:
    show_message(_("Erased."))
    return redirect(url_for("partners.partner", partner_id=outcome.answer.id), 303)


EDITOR: Final = Editor(
    key="partner_id",
    find=_own,
    blank=lambda: {"source_kind": "donation"},
    values=_values,
    schema=lambda: PartnerForm(form=True),
    save=save_partner,
    template="partners/edit_partner.html",
    context=lambda _form, facts: {"facts": facts, "kinds": list(source_words().items())},
    after=lambda outcome: url_for("partners.partner", partner_id=outcome.answer.id),
)
