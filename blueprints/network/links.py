"""The depots that this one works with: inviting, joining, what each shows, and their stock."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.security import secret_key
from blueprints.frame.web import found_or_404, keep_no_copy, reader, show_message
from blueprints.network.forms import (
    AgreementForm,
    AgreementFormSchema,
    JoinForm,
    JoinFormSchema,
    OnlyId,
    OnlyIdSchema,
)
from blueprints.words.network.transfers import SHARED_WORDS
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.items.queries import catalog
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.network.commands.links import (
    DepotJoined,
    InviteDepot,
    JoinDepot,
    LeaveDepot,
    SaveAgreement,
    invitation_code,
    invite_depot,
    join_depot,
    leave_depot,
    save_agreement,
)
from depot.network.queries import links as query
from depot.network.queries.links import LinkRow


def index() -> ResponseReturnValue:
    """List the depots that this one works with."""
    return _index_page(Form())


def _index_page(form: Form, code: str = "") -> str:
    session, who = reader()
    return show_form(
        "network/depots.html",
        form,
        who=who,
        links=query.listed_links(session, who.depot_id),
        shared_words={kind: _(word) for kind, word in SHARED_WORDS.items()},
        code=code,
    )


def invite() -> ResponseReturnValue:
    """Make the code with which another depot joins, and show it once."""
    keep_no_copy()
    key = secret_key()
    shown: dict[str, str] = {}

    def run(form: OnlyId, who: Actor) -> Outcome[SavedId]:
        shown["code"] = invitation_code(key, who.depot_id, form.command_id)
        return invite_depot(InviteDepot(command_id=form.command_id), who, key)

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        return _index_page(Form(), shown["code"])

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=_index_page)


def join() -> ResponseReturnValue:
    """Accept another depot's invitation."""

    def run(form: JoinForm, who: Actor) -> Outcome[DepotJoined]:
        return join_depot(JoinDepot(command_id=form.command_id, code=form.code), who)

    def done(outcome: Outcome[DepotJoined]) -> ResponseReturnValue:
        show_message(_("You work with %(depot)s now.", depot=outcome.answer.name))
        return redirect(url_for("network.agreement", other_id=outcome.answer.other_id), 303)

    return submit_form(JoinFormSchema(form=True), run, done=done, again=_index_page)


def _own(other_id: int) -> LinkRow:
    session, who = reader()
    return found_or_404(N_("depot"), other_id, query.link_row(session, who.depot_id, other_id))


def agreement(other_id: int) -> ResponseReturnValue:
    """Show what the other depot is shown."""
    link = _own(other_id)
    values: dict[str, Any] = {"shares": link.shares}
    return _agreement_page(other_id, Form(values))


def _agreement_page(other_id: int, form: Form) -> str:
    session, who = reader()
    return show_form(
        "network/agreement.html",
        form,
        link=_own(other_id),
        categories=catalog.categories(session, who.depot_id),
        kinds=[(kind, _(word)) for kind, word in SHARED_WORDS.items()],
    )


def save(other_id: int) -> ResponseReturnValue:
    """Save what the other depot is shown."""

    def run(form: AgreementForm, who: Actor) -> Outcome[DepotJoined]:
        command = SaveAgreement(
            command_id=form.command_id,
            other_id=other_id,
            shares=form.shares,
            category_ids=tuple(one.id for one in form.categories if one.shown),
        )
        return save_agreement(command, who)

    def done(outcome: Outcome[DepotJoined]) -> ResponseReturnValue:
        show_message(_("Saved. %(depot)s sees no more than that.", depot=outcome.answer.name))
        return redirect(url_for("network.index"), 303)

    return submit_form(
        AgreementFormSchema(form=True),
        run,
        done=done,
        again=lambda form: _agreement_page(other_id, form),
    )


def leave(other_id: int) -> ResponseReturnValue:
    """Work with the other depot no more."""

    def run(form: OnlyId, who: Actor) -> Outcome[DepotJoined]:
        return leave_depot(LeaveDepot(command_id=form.command_id, other_id=other_id), who)

    def done(outcome: Outcome[DepotJoined]) -> ResponseReturnValue:
        show_message(_("You work with %(depot)s no more.", depot=outcome.answer.name))
        return redirect(url_for("network.index"), 303)

    return submit_form(OnlyIdSchema(form=True), run, done=done, again=_index_page)


def stock(other_id: int) -> ResponseReturnValue:
    """Show what another depot shows of its free stock."""
    session, who = reader()
    day = local_day(utc_now(), who.depot.time_zone)
    return render_template(
        "network/stock.html",
        link=_own(other_id),
        stock=query.shared_stock(session, who.depot_id, other_id, day),
    )
