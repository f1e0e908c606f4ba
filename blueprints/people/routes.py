"""The addresses of people, and of one's own account."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.people import (
    access_journal,
    account,
    factor,
    own,
    pages,
    passkeys,
    public,
    recovery,
)

bp = Blueprint("people", __name__)
#: Open to anybody.
account_bp = Blueprint("account", __name__)
#: For everybody who is signed in, about themselves.
own_bp = Blueprint("own", __name__)
#: What a browser is spoken to in, and how large: for anybody, signed in or not.
languages_bp = Blueprint("languages", __name__)

add_routes(
    languages_bp,
    ("GET", "/language", "choose", public.choose),
    ("GET", "/letters", "choose_letters", public.choose_letters),
)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/list.<ending>", "index_file", pages.index_file),
    ("POST", "/invitations", "invite", pages.invite),
    (
        "POST",
        "/invitations/<int:invitation_id>/revoke",
        "revoke_invitation",
        pages.revoke_invitation,
    ),
    ("POST", "/<int:person_id>/end", "end_access", pages.end_access),
    ("POST", "/<int:person_id>/role", "change_role", pages.change_role),
    ("POST", "/<int:person_id>/password", "help_back_in", pages.help_back_in),
    ("POST", "/<int:person_id>/second-step", "end_factor", pages.end_factor),
    ("GET", "/journal", "journal", access_journal.show),
    ("POST", "/tokens", "create_token", pages.create_token),
    ("POST", "/tokens/<int:token_id>/revoke", "revoke_token", pages.revoke_token),
)

add_routes(
    account_bp,
    ("GET", "/sign-in", "sign_in", account.sign_in),
    ("POST", "/sign-in", "do_sign_in", account.do_sign_in),
    ("POST", "/sign-in/passkey", "sign_in_by_passkey", passkeys.sign_in),
    ("GET", "/sign-in/code", "code", account.code),
    ("POST", "/sign-in/code", "do_code", account.do_code),
    ("POST", "/sign-out", "sign_out", account.sign_out),
    ("GET", "/recover", "ask_recovery", recovery.ask),
    ("POST", "/recover", "do_ask_recovery", recovery.do_ask),
    ("GET", "/recover/asked", "asked", recovery.asked),
    ("GET", "/recover/by/<token>", "recover", recovery.show),
    ("POST", "/recover/by/<token>", "do_recover", recovery.save),
    ("GET", "/join/<token>", "join", account.join),
    ("POST", "/join/<token>", "do_join", account.do_join),
    ("GET", "/account", "mine", own.mine),
    ("POST", "/account/password", "change_password", own.change_password),
    ("POST", "/account/depot", "switch", own.switch),
    ("POST", "/account/language", "save_language", own.save_language),
)

add_routes(
    own_bp,
    ("GET", "/devices", "devices", own.devices),
    ("POST", "/devices/<int:session_id>/end", "end_device", own.end_device),
    ("POST", "/sign-in", "take_sign_in", own.take_sign_in),
    ("POST", "/devices/end-others", "end_others", own.end_others),
    ("GET", "/passkeys", "passkeys", passkeys.show),
    ("POST", "/passkeys/begin", "begin_passkey", passkeys.begin),
    ("POST", "/passkeys", "keep_passkey", passkeys.keep),
    ("POST", "/passkeys/<int:passkey_id>/end", "end_passkey", passkeys.end),
    ("GET", "/second-step", "factor", factor.show),
    ("POST", "/second-step/begin", "begin_factor", factor.begin),
    ("POST", "/second-step/confirm", "confirm_factor", factor.confirm),
    ("POST", "/second-step/codes", "renew_codes", factor.renew),
    ("POST", "/second-step/end", "end_factor", factor.end),
)
