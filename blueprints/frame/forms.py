"""Forms: from what a browser sends to a frozen command, and back with every error at its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import escape
from marshmallow import ValidationError

from blueprints.frame.errors import Asked, asked_of, message_of, status_of
from blueprints.frame.fields import CommandSchema
from blueprints.frame.guards import CONFIRMED, actor, read_confirmed
from blueprints.frame.language import current_reader
from depot.base.actors import Actor, Asking
from depot.base.clock import utc_now
from depot.base.errors import CommandIdReused, DepotError, StorageUnavailable, Unconfirmed
from depot.imports.sheets.problems import BadValue, NotATime
from depot.imports.stated_times import parse_moment
from depot.kernel.asked.errors import AwaitsSecond
from depot.kernel.once import A, Outcome
from depot.words import figures

#: What is typed into or chosen, as a page has it, and its id.
_FIELD: Final = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
_ID: Final = re.compile(r' id="([^"]+)"')
#: What marshmallow says of a field that is needed.
_LEFT_OUT: Final = "Missing data for required field."
_INDEXED = re.compile(r"(?P<list>\w+)-(?P<index>\d{1,3})-(?P<name>\w+)")
#: When it happened, if it was not now: see the macro `when`.
WHEN_DAY: Final = "when_day"
WHEN_TIME: Final = "when_time"
MAX_WHEN: Final = 40
#: What forms carry that is not the command's.
_OURS = frozenset({"csrf_token", "again", "next", CONFIRMED})


@dataclass(slots=True)
class Form:
    """What a page shows: `values` as typed, `errors` by field name ('form' for the whole)."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    status: int = 200
    #: What is asked before it is saved, and all that saving it once more will confirm.
    questions: list[Asked] = field(default_factory=list)
    confirmed: str = ""


def show_form(template: str, form: Form, **context: Any) -> str:
    """Render a page with a form: `form`, and its `values` and `errors` under their own names."""
    page = render_template(template, form=form, values=form.values, errors=form.errors, **context)
    return lead_to_fields(page, form.errors)


def lead_to_fields(page: str, names: Iterable[str]) -> str:
    """Let what is wrong lead to its field: the marked one of that name, else any of that name.

    What belongs to a field that the page does not have stays a sentence.
    """
    for name in map(escape, names):
        link = f'href="#field:{name}"'
        if link not in page:
            continue
        tags = [tag for tag in _FIELD.findall(page) if f' name="{name}"' in tag]
        tags.sort(key=lambda tag: "aria-invalid" not in tag)
        ids = [found[1] for tag in tags if (found := _ID.search(tag))]
        page = page.replace(link, f'href="#{ids[0]}"' if ids else "")
    return page


def read_form() -> dict[str, str]:
    """Return what the request's form holds, first value each, without what is not the command's."""
    return {name: value for name, value in request.form.items() if name not in _OURS}


def nest(values: Mapping[str, str]) -> dict[str, Any]:
    """Turn `lines-0-item` into lists of dictionaries; what was left blank is left out."""
    plain: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for name, value in values.items():
        if not value.strip():
            continue
        found = _INDEXED.fullmatch(name)
        if found:
            row = rows.setdefault(found["list"], {}).setdefault(int(found["index"]), {})
            row[found["name"]] = value
        else:
            plain[name] = value
    return plain | {name: [row for _, row in sorted(by.items())] for name, by in rows.items()}


def load_form(
    schema: CommandSchema,
    extra: Mapping[str, Any] | None = None,
    values: Mapping[str, str] | None = None,
) -> Any:
    """Load the request's form through `schema`. Raises ValidationError.

    `extra` are values the address names, like an event's id: they win over the form. `values` are
    what was typed where a page has put it in order first.
    """
    found = nest(read_form() if values is None else values)
    take_stated_time(found)
    return schema.load(found | dict(extra or {}))


def take_stated_time(found: dict[str, Any]) -> bool:
    """Turn the day and time that a person wrote down into `occurred_at`; say if there is one.

    Raises ValidationError at the day or the time.
    """
    day, clock = (str(found.pop(name, "") or "")[:MAX_WHEN] for name in (WHEN_DAY, WHEN_TIME))
    if not day.strip() and not clock.strip():
        return False
    reader, now = current_reader(), utc_now()
    try:
        moment = parse_moment(day, clock, reader.time_zone, now, figures.day_order(reader))
    except NotATime as error:
        raise ValidationError(message_of(error), WHEN_TIME) from error
    except BadValue as error:
        raise ValidationError(message_of(error), WHEN_DAY) from error
    if moment > now:
        shown = {"when": moment, "now": now}
        times = {name: figures.dated_moment(instant, reader) for name, instant in shown.items()}
        raise ValidationError(_("%(when)s is still to come. It is %(now)s now.", **times), WHEN_DAY)
    found["occurred_at"] = moment.isoformat()
    return True


def states_time(values: Mapping[str, Any]) -> bool:
    """Say whether a person wrote down when it happened."""
    return any(str(values.get(name) or "").strip() for name in (WHEN_DAY, WHEN_TIME))


def submit_form(
    schema: CommandSchema,
    run: Callable[[Any, Actor], Outcome[A]],
    *,
    done: Callable[[Outcome[A]], ResponseReturnValue],
    again: Callable[[Form], Any],
    extra: Mapping[str, Any] | None = None,
    values: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Load, run, answer: `done(outcome)` after a save, else `again(form)` with what was typed.

    A database that cannot be written to is answered elsewhere, with the same care for the form,
    and so is what waits for a second person: it is asked for, and the form is done with.
    """
    kept = dict(read_form() if values is None else values)
    confirmed = read_confirmed(" ".join(request.form.getlist(CONFIRMED)))
    try:
        command = load_form(schema, extra, kept)
        outcome = run(command, replace(actor(), asking=Asking(confirmed, states_time(kept))))
    except ValidationError as error:
        return _again(again, Form(kept, sentences_of(error), 422))
    except (StorageUnavailable, AwaitsSecond):
        raise
    except CommandIdReused:
        kept |= {"command_id": str(uuid4())}
        sentence = _("This form was already saved once. If this is something new, save it again.")
        return _again(again, Form(kept, {"form": [sentence]}, 409))
    except Unconfirmed as error:
        return _again(again, _asking(kept, error, confirmed))
    except DepotError as error:
        where = error.field if error.field else "form"
        if where == "occurred_at":
            where = WHEN_DAY
        errors = {where: [message_of(error)]}
        if where != "form":
            errors["form"] = [message_of(error)]
        return _again(again, Form(kept, errors, status_of(error)))
    return done(outcome)


def _asking(kept: dict[str, str], error: Unconfirmed, confirmed: frozenset[str]) -> Form:
    """Return the form with the questions on it; saved as it is, it says yes to all of them."""
    keys = " ".join(sorted(confirmed | error.questions.keys()))
    return Form(kept, {}, status_of(error), asked_of(error), keys)


def _again(again: Callable[[Form], Any], form: Form) -> ResponseReturnValue:
    return again(form), form.status


def sentences_of(error: ValidationError) -> dict[str, list[str]]:
    """Return what is wrong by form field, also if one field alone was named."""
    return flatten(error.normalized_messages())  # type: ignore[no-untyped-call]  # no types


def _plainly(message: str) -> str:
    """Return what a schema says of a field that was left out, in words for people."""
    return _("Fill this in, or choose one.") if message == _LEFT_OUT else message


def flatten(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """Turn marshmallow's nested messages into sentences by form field: lines-0-quantity."""
    if isinstance(messages, list):
        return {prefix or "form": [_plainly(str(message)) for message in messages]}
    found: dict[str, list[str]] = {}
    for key, inner in messages.items():
        name = "form" if key == "_schema" and not prefix else str(key)
        found |= flatten(inner, f"{prefix}-{name}" if prefix else name)
    return found
