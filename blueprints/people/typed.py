"""What is typed into forms that hold a password or a code."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text
from depot.people.commands import accounts


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
    command_id = fields.UUID(load_default=uuid4)
    token = Text(required=True, max_length=200)
    name = Text(required=True)
    login = Text(required=True, max_length=200)
    password = fields.String(required=True)


class JoinAsMeSchema(AcceptSchema):
    """The depot that somebody joins who is signed in already, perhaps by a name alone."""

    login = Text(load_default="", max_length=200)
    password = fields.String(load_default="")


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
