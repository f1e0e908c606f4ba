"""Forms that hold a password, a code or a PIN: read as they are, shown again without any."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from blueprints.frame.errors import message_of, status_of
from blueprints.frame.forms import Form, flatten, nest, read_form
from depot.base.errors import DepotError, LinkExpired, StorageUnavailable

#: Fields of which nothing is ever shown again.
_SECRETS: Final = ("password", "code", "pin")


def typed(*names: str) -> dict[str, Any]:
    """Return what was typed into the fields of those names, if anything was."""
    kept = nest(read_form())
    return {name: kept[name] for name in names if name in kept}


def without_secrets() -> dict[str, Any]:
    """Return what was typed, as far as it may be shown again."""
    found = read_form().items()
    return {name: value for name, value in found if not any(one in name for one in _SECRETS)}


def take(
    act: Callable[[], ResponseReturnValue], again: Callable[[Form], str], at: str = "password"
) -> ResponseReturnValue:
    """Do it and answer, or show the form again with what was wrong, at its field.

    `at` is the field at which stands what is wrong with a password.
    """
    try:
        return act()
    except ValidationError as error:
        return again(Form(without_secrets(), flatten(error.messages))), 422
    except (LinkExpired, StorageUnavailable):
        raise
    except DepotError as error:
        field = at if error.field == "password" else error.field or "form"
        return again(Form(without_secrets(), {field: [message_of(error)]})), status_of(error)
