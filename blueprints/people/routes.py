"""The addresses of people, and of one's own account."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.people import account, pages

bp = Blueprint("people", __name__)
#: Open to anybody.
account_bp = Blueprint("account", __name__)

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
    ("POST", "/tokens", "create_token", pages.create_token),
    ("POST", "/tokens/<int:token_id>/revoke", "revoke_token", pages.revoke_token),
)

add_routes(
    account_bp,
    ("GET", "/sign-in", "sign_in", account.sign_in),
    ("POST", "/sign-in", "do_sign_in", account.do_sign_in),
    ("POST", "/sign-out", "sign_out", account.sign_out),
    ("GET", "/join/<token>", "join", account.join),
    ("POST", "/join/<token>", "do_join", account.do_join),
    ("GET", "/account", "mine", account.mine),
    ("POST", "/account/password", "change_password", account.change_password),
    ("POST", "/account/depot", "switch", account.switch),
)
