"""Forms that hold a password or a code: read as they are, shown again without either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, fields

from blueprints.frame.errors import message_of, status_of
from blueprints.frame.fields import CommandSchema, Text
from blueprints.frame.forms import Form, flatten, nest, read_form
from depot.base.errors import DepotError, LinkExpired, StorageUnavailable
from depot.people.commands import accounts

#: Fields of which nothing is ever shown again.
_SECRETS: Final = ("password", "code")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Passwords:
    """A change of password."""

    old_password: str
    new_password: str


@dataclass(frozen=True, slots=True)
class Password:
    """A password, to show that it is oneself or to be the new one."""

    password: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code of an app or from paper."""

    code: str


@dataclass(frozen=True, slots=True)
class PasswordAndCode:
    """Both."""

    password: str
    code: str


@dataclass(frozen=True, slots=True)
class Login:
    """A sign-in name alone."""

    login: str


class SignInSchema(CommandSchema):
    """A name and a password."""

    makes = accounts.SignIn
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class AcceptSchema(CommandSchema):
    """The account that an invitation is to make."""

    makes = accounts.AcceptInvitation
    token = Text(required=True, max_length=200)
    name = Text(required=True)
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class TakeSignInSchema(CommandSchema):
    """The sign-in that somebody takes who is a name on a phone."""

    makes = accounts.TakeSignIn
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class PasswordsSchema(CommandSchema):
    """An old password and a new one."""

    makes = Passwords
    old_password = fields.String(required=True)
    new_password = fields.String(required=True)


class PasswordSchema(CommandSchema):
    """A password."""

    makes = Password
    password = fields.String(required=True)


class CodeSchema(CommandSchema):
    """A code."""

    makes = Code
    code = Text(required=True, max_length=40)


class PasswordAndCodeSchema(CommandSchema):
    """A password and a code."""

    makes = PasswordAndCode
    password = fields.String(required=True)
    code = Text(required=True, max_length=40)


class LoginSchema(CommandSchema):
    """A sign-in name."""

    makes = Login
    login = Text(required=True, max_length=200)


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
