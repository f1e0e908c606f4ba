"""Offers: what the others offer, what this depot offers, and taking."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import query_text, reader, show_message
from blueprints.network.forms import (
    OfferForm,
    OnlyId,
    OnlyIdSchema,
    TakeForm,
    TakeFormSchema,
    offer_form,
)
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.network.commands.offers import EndOffer, TookOffer, end_offer, offer_goods, take_offer
from depot.network.queries import links as query


def index() -> ResponseReturnValue:
    """List the offers, with the form of a new one."""
    return _page(Form({"item": query_text("item")}))


def _page(form: Form) -> str:
    session, who = reader()
    now = utc_now()
    own = query.own_offers(session, who.depot_id)
    return show_form(
        "network/offers.html",
        form,
        who=who,
        offers=query.offers_to(session, who.depot_id, now),
        open_offers=[row for row in own if row.is_open(now)],
        over=[row for row in own if not row.is_open(now)],
        depots=query.listed_links(session, who.depot_id),
        items=[row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)],
    )


def offer() -> ResponseReturnValue:
    """Offer it to the others."""
    _session, actor = reader()

    def run(form: OfferForm, who: Actor) -> Outcome[SavedId]:
        return offer_goods(form.command(who), who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("Offered. The other depots see it on their Today page."))
        return redirect(url_for("offers.index"), 303)

    return submit_form(offer_form(actor.depot.time_zone), run, done=done, again=_page)


def end(offer_id: int) -> ResponseReturnValue:
    """End an offer before its hour."""

    def run(form: OnlyId, who: Actor) -> Outcome[SavedId]:
        return end_offer(EndOffer(command_id=form.command_id, offer_id=offer_id), who)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        show_message(_("The offer has ended."))
        return redirect(url_for("offers.index"), 303)

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=_page)


def take(offered_id: int) -> ResponseReturnValue:
    """Take of what another depot offers."""

    def run(form: TakeForm, who: Actor) -> Outcome[TookOffer]:
        row = query.offer_to(current_session(), who.depot_id, offered_id, utc_now())
        return take_offer(form.command(offered_id, row, who), who)

    def done(outcome: Outcome[TookOffer]) -> ResponseReturnValue:
        show_message(_("Taken. They see that it is to be sent."))
        return redirect(url_for("transfers.show", transfer_id=outcome.answer.id), 303)

    return submit_form(TakeFormSchema(form=True), run, done=done, again=_page)
