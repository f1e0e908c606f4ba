"""Whether sign-in sheets are kept, how, and who may read them. For coordinators."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import reader, show_message
from blueprints.name_sheets.schemas import LetReadSchema, SheetSettingSchema
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.name_sheets.commands.settings import SavedSheetSetting, save_sheet_setting
from depot.name_sheets.keeping import USUAL_YEARS
from depot.name_sheets.queries import possible_readers
from depot.name_sheets.setting import sheet_setting
from depot.people.commands.names import let_read_names


def ask() -> ResponseReturnValue:
    """Show what is set, and who reads the names."""
    need_coordinator()
    session, who = reader()
    found = sheet_setting(session, who.depot_id)
    if found is None:
        return _page(Form({"years": str(USUAL_YEARS), "columns": _("Signature")}))
    values = {"years": str(found.years), "columns": found.columns, "statement": found.statement}
    return _page(Form(values | ({"is_on": "yes"} if found.is_on else {})))


def _page(form: Form) -> str:
    session, who = reader()
    readers = possible_readers(session, who.depot_id)
    return show_form("name_sheets/settings.html", form, readers=readers)


def save() -> ResponseReturnValue:
    """Keep sheets, or no more of them."""
    need_coordinator()

    def done(outcome: Outcome[SavedSheetSetting]) -> ResponseReturnValue:
        on = outcome.answer.is_on
        show_message(_("Sign-in sheets are kept.") if on else _("No sign-in sheets are kept."))
        return redirect(url_for("name_sheets.settings"), 303)

    return submit_form(SheetSettingSchema(form=True), save_sheet_setting, done=done, again=_page)


def let_read(person_id: int) -> ResponseReturnValue:
    """Give somebody the right to read the names, or take it."""
    need_coordinator()

    def done(_outcome: Outcome[SavedId]) -> ResponseReturnValue:
        href = url_for("open_book.index")
        words = _("Saved. Everybody here can read it.")
        show_message(words, href=href, link_text=_("Who may do what"))
        return redirect(url_for("name_sheets.settings"), 303)

    return submit_form(
        LetReadSchema(form=True),
        let_read_names,
        done=done,
        again=lambda form: _page(Form(errors=form.errors)),
        extra={"person_id": person_id},
    )
