"""The addresses of mails: for those who sign in, and for those who hold a link."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.mail import lists, pages, public

bp = Blueprint("mails", __name__)
#: For those who hold a link.
public_bp = Blueprint("mails_public", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/ask", "ask", pages.ask),
    ("POST", "/readers/<int:subscription_id>/end", "end", pages.end),
    ("POST", "/hour", "hour", pages.hour),
    ("POST", "/<int:mail_id>/retry", "retry", pages.retry),
    ("POST", "/<int:mail_id>/drop", "drop", pages.drop),
    ("GET", "/readers.<ending>", "readers_file", lists.readers_file),
    ("GET", "/unsent.<ending>", "unsent_file", lists.unsent_file),
)

add_routes(
    public_bp,
    ("GET", "/confirm/<signed>", "confirm", public.confirm),
    ("POST", "/confirm/<signed>", "do_confirm", public.do_confirm),
    ("GET", "/end/<signed>", "end", public.end),
    ("POST", "/end/<signed>", "do_end", public.do_end),
)
