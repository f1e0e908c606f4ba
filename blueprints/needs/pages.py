"""What is short and what is too much: the list with its reasons, its rules, the poster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import actor, need_coordinator
from blueprints.frame.language import current_reader, reader_for_all
from blueprints.frame.web import reader, show_message
from blueprints.needs import words
from blueprints.needs.schemas import BY_FIGURES, RuleSchema, SettingSchema
from blueprints.words.amounts import typed_amount
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.errors import NotFound
from depot.base.kinds import GrownFrom
from depot.base.text import N_
from depot.db.database import current_session
from depot.items.queries.catalog import item_names
from depot.kernel.once import AnyOutcome
from depot.models.item_names import naming_in
from depot.needs.commands import save_need_rule, save_needs_setting
from depot.needs.coordinates import written_degrees
from depot.needs.poster import poster_pdf
from depot.needs.queries.needs import CATEGORY, ITEM, NeedLine, find_need, list_needs, short_first
from depot.needs.queries.shown import needs_settings, newest_list
from depot.needs.round import renew_needs_list
from depot.papers.paper import SIZES
from depot.rota.queries.tasks import GrownTask, grown_from
from depot.words import figures

_WORDS: Final = {CATEGORY: N_("category"), ITEM: N_("item")}


def index() -> str:
    """Show how every category stands."""
    session, who = reader()
    lines = list_needs(session, who.depot_id, figures.to_local(utc_now(), current_reader()).date())
    short = short_first(lines)
    too_much = [line for line in lines if line.is_too_much]
    rest = [line for line in lines if line not in short and line not in too_much]
    return render_template(
        "needs/index.html",
        who=who,
        grown=_grown(short),
        short=[words.describe_need(line, current_reader(), url_for) for line in short],
        too_much=[words.describe_need(line, current_reader(), url_for) for line in too_much],
        rest=[words.describe_need(line, current_reader(), url_for) for line in rest],
        items=[row.name for row in item_names(session, who.depot_id)] if who.is_coordinator else [],
        switches=needs_settings(session, who.depot_id),
        newest=newest_list(session, who.depot_id),
        posters=[(url_for("needs.poster", paper=size), f"PDF, {size}") for size in SIZES],
    )


def _grown(lines: Sequence[NeedLine]) -> dict[tuple[str, int], list[GrownTask]]:
    """Return the tasks that grew from what is short, by kind and number."""
    session, who = reader()
    found: dict[tuple[str, int], list[GrownTask]] = {}
    kinds: tuple[GrownFrom, ...] = ("category", "item")
    for kind in kinds:
        numbers = [line.id for line in lines if line.kind == kind]
        told = grown_from(session, who.depot_id, kind, numbers)
        found |= {(kind, number): tasks for number, tasks in told.items()}
    return found


def find_rule() -> ResponseReturnValue:
    """Go to the rule of the item named in the address."""
    need_coordinator()
    session, who = reader()
    name = request.args.get("item", "").strip()
    found = [row for row in item_names(session, who.depot_id) if row.name == name]
    if not found:
        raise NotFound(what=N_("item"), name=name[:80])
    return redirect(url_for("needs.edit_item", item_id=found[0].id), 303)


def edit_category(category_id: int) -> str:
    """Show the rule of a category."""
    return _rule_page(_own(CATEGORY, category_id))


def save_category(category_id: int) -> ResponseReturnValue:
    """Save the rule of a category."""
    return _save(_own(CATEGORY, category_id))


def edit_item(item_id: int) -> str:
    """Show the rule of an item."""
    return _rule_page(_own(ITEM, item_id))


def save_item(item_id: int) -> ResponseReturnValue:
    """Save the rule of an item."""
    return _save(_own(ITEM, item_id))


def where() -> str:
    """Ask where the needs are to be shown."""
    need_coordinator()
    session, who = reader()
    now = needs_settings(session, who.depot_id)
    names = ("at_door", "on_poster", "on_page", "as_json", "as_feed")
    values = {name: "yes" if getattr(now, name) else "" for name in names}
    place = ", ".join(map(written_degrees, now.place or ()))
    return _where_page(Form(values | {"words": now.words, "coordinates": place}))


def save_where() -> ResponseReturnValue:
    """Turn the ways of showing the needs on and off."""
    need_coordinator()
    return submit_form(SettingSchema(form=True), save_needs_setting, done=_saved, again=_where_page)


def poster() -> Response:
    """Send the poster, on A4 or Letter, if the depot has one."""
    session, who = reader()
    now, reads = needs_settings(session, who.depot_id), reader_for_all()
    with naming_in(reads.language):
        found = newest_list(session, who.depot_id)
    if not now.on_poster or found is None:
        raise NotFound(what=N_("page"), name=_("poster"))
    size = request.args.get("paper", SIZES[0])
    url = _public_url(who) if now.on_page else ""
    made = words.make_poster(
        found,
        who.depot,
        reads,
        words=now.words,
        url=url,
        size=size if size in SIZES else SIZES[0],
    )
    headers = {"Content-Disposition": f'inline; filename="{who.depot.slug}-poster.pdf"'}
    return Response(poster_pdf(made), content_type="application/pdf", headers=headers)


def _own(kind: str, subject_id: int) -> NeedLine:
    need_coordinator()
    session, who = reader()
    line = find_need(
        session,
        who.depot_id,
        kind,
        subject_id,
        figures.to_local(utc_now(), current_reader()).date(),
    )
    if line is None:
        raise NotFound(what=_WORDS[kind], name=subject_id)
    return line


def _rule_page(line: NeedLine) -> str:
    rule = line.rule
    values = {
        "share": words.typed_percent(rule.share_permille),
        "minimum": _typed(rule.minimum_quantity, line.unit),
        "said": rule.said or BY_FIGURES,
        "said_until": rule.said_until.isoformat() if rule.said_until else "",
        "note": rule.note,
        "is_left_out": "yes" if rule.is_left_out else "",
    }
    return _page(Form(values), line)


def _save(line: NeedLine) -> ResponseReturnValue:
    schema = RuleSchema(line, actor().depot.weight_unit, form=True)
    return submit_form(schema, save_need_rule, done=_saved, again=lambda form: _page(form, line))


def _page(form: Form, line: NeedLine) -> str:
    return show_form(
        "needs/edit.html",
        form,
        line=line,
        told=words.describe_need(line, current_reader(), url_for),
        verdict=words.verdict_word(line.verdict, current_reader()),
        action=words.rule_href(line, url_for),
        wanted=figures.percent(line.wanted_permille, current_reader()),
    )


def _where_page(form: Form) -> str:
    return show_form("needs/where.html", form, public_url=_public_url(actor()))


def _public_url(who: Actor) -> str:
    return base_url() + url_for("needs_public.page", slug=who.depot.slug)


def _typed(quantity: int | None, unit: str) -> str:
    if quantity is None:
        return ""
    return typed_amount(quantity, unit, actor().depot.weight_unit)


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    # what a coordinator changes is shown at once; what the figures change, with the next round
    renew_needs_list(current_session(), actor().depot, at_once=True)
    show_message(_("Saved. What everybody reads has changed with it."))
    return redirect(url_for("needs.index"), 303)
