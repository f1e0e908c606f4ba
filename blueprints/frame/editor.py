"""The form of something that has a name: shown empty or filled in, made or saved, by coordinators.

Items, categories, partners, places, printers, label sheets and meal factors are all edited by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import CommandSchema, Text
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.web import show_message
from depot.base.actors import Actor
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome

Row = TypeVar("Row")


class Name(Text):
    """A name, which everything edited here needs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, **options)

    def make_error(self, key: str, **values: Any) -> ValidationError:
        """Return the sentence in the reader's language, which no class could know."""
        if key == "required":
            return ValidationError(_("It needs a name."))
        return super().make_error(key, **values)


class EditSchema(CommandSchema):
    """What every edit carries. There is no time in it: a name counts at once."""

    command_id = fields.UUID(required=True)
    name = Name()
    archived = fields.Boolean(load_default=False)


def saved_sentence(outcome: Outcome[Saved]) -> str:
    """Say what was saved, by its name."""
    return str(_("Saved: %(what)s", what=outcome.answer.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor(Generic[Row]):
    """The four views of one form. `key` names the row's number in the address and the command."""

    key: str
    #: Returns the row with a number; raises NotFound where there is none.
    find: Callable[[int], Row]
    #: What an empty form shows at first, and the form of a row.
    blank: Callable[[], dict[str, Any]]
    values: Callable[[Row], dict[str, Any]]
    schema: Callable[[], CommandSchema]
    save: Callable[[Any, Actor], Outcome[Any]]
    #: The page's template, what it is shown with, and the address after a save.
    template: str
    context: Callable[[Form, Row | None], dict[str, Any]]
    after: Callable[[Outcome[Any]], str]
    sentence: Callable[[Outcome[Any]], str] = saved_sentence
    #: Where an empty form stands on a page of its own.
    empty_template: str | None = None

    def new(self) -> str:
        """Show an empty form."""
        need_coordinator()
        return self._page(Form(self.blank()), None)

    def create(self) -> ResponseReturnValue:
        """Make what the form says."""
        need_coordinator()
        return self._submit(None, {})

    def edit(self, **address: int) -> str:
        """Show the form of the row that the address names."""
        need_coordinator()
        row = self.find(address[self.key])
        return self._page(Form(self.values(row)), row)

    def update(self, **address: int) -> ResponseReturnValue:
        """Save the form of the row that the address names."""
        need_coordinator()
        return self._submit(self.find(address[self.key]), address)

    def _page(self, form: Form, row: Row | None) -> str:
        template = self.template if row is not None else self.empty_template or self.template
        return show_form(template, form, **self.context(form, row))

    def _submit(self, row: Row | None, address: dict[str, int]) -> ResponseReturnValue:
        return submit_form(
            self.schema(),
            self.save,
            done=self._saved,
            again=lambda form: self._page(form, row),
            extra=address,
        )

    def _saved(self, outcome: Outcome[Any]) -> ResponseReturnValue:
        show_message(self.sentence(outcome))
        return redirect(self.after(outcome), 303)
