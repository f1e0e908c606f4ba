"""Agencies: one agency's link, what it says of itself, and what it asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.fields import CommandSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import offered_languages
from blueprints.frame.web import found_or_404, keep_no_copy, reader, show_message
from blueprints.partners import words
from blueprints.partners.requests import request_words
from blueprints.partners.requests_schemas import EndLinkForm, LinkForm, StateForm
from depot.base.actors import Actor
from depot.base.text import N_
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.partners.commands.agencies import (
    MakeAgencyLink,
    agency_secret,
    end_agency_link,
    make_agency_link,
    state_agency,
)
from depot.partners.queries.agencies import link_since, said_by
from depot.partners.queries.partners import PartnerFacts, partner_facts
from depot.partners.queries.requests import requests_of


def show(partner_id: int) -> str:
    """Show an agency's page here."""
    return _page(_own(partner_id), Form())


def _own(partner_id: int) -> PartnerFacts:
    session, who = reader()
    facts = partner_facts(session, who.depot_id, partner_id)
    is_one = facts is not None and facts.is_agency
    return found_or_404(N_("agency"), partner_id, facts if is_one else None)


def _page(facts: PartnerFacts, form: Form) -> str:
    session, who = reader()
    said = said_by(session, who.depot_id, facts.id)
    if not form.values and said:
        form.values = {"people": said[0].people, "per": said[0].per, "needs": said[0].needs}
    return show_form(
        "partners/agency.html",
        form,
        who=who,
        facts=facts,
        said=said,
        per=[(per, _(word)) for per, word in words.PER_WORDS.items()],
        since=link_since(session, who.depot_id, facts.id),
        languages=offered_languages(),
        requests=requests_of(session, who.depot_id, facts.id),
        **request_words(),
    )


def make_link(partner_id: int) -> ResponseReturnValue:
    """Make the agency's link; it is shown on this answer only."""
    need_coordinator()
    facts = _own(partner_id)
    key: str = current_app.config["DEPOT"].secret_key
    made: list[MakeAgencyLink] = []

    def run(command: MakeAgencyLink, by: Actor) -> Outcome[SavedId]:
        made.append(replace(command, partner_id=facts.id))
        return make_agency_link(made[0], by, key)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        _session, who = reader()
        keep_no_copy()
        secret = agency_secret(key, who.depot_id, made[0].command_id)
        link = base_url() + url_for("agency_public.home", secret=secret)
        return render_template("partners/link.html", facts=facts, link=link), 201

    return submit_form(LinkForm(form=True), run, done=done, again=lambda form: _page(facts, form))


def end_link(partner_id: int) -> ResponseReturnValue:
    """End the agency's link."""
    sentence = _("That link shows nothing any more.")
    return _submit(partner_id, EndLinkForm(form=True), end_agency_link, sentence)


def state(partner_id: int) -> ResponseReturnValue:
    """Keep what the agency says of itself."""
    return _submit(partner_id, StateForm(form=True), state_agency, _("Kept with today’s date."))


def _submit(
    partner_id: int,
    schema: CommandSchema,
    run: Callable[[Any, Actor], Outcome[SavedId]],
    sentence: str,
) -> ResponseReturnValue:
    """Do what a coordinator sends about an agency, and show its page again."""
    need_coordinator()
    facts = _own(partner_id)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(sentence)
        return redirect(url_for("requests.agency", partner_id=facts.id), 303)

    return submit_form(
        schema,
        lambda command, by: run(replace(command, partner_id=facts.id), by),
        done=done,
        again=lambda form: _page(facts, form),
    )
