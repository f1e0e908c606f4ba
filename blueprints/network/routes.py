"""The addresses of what goes between depots."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.network import api, files, links, lists, offers, pages

bp = Blueprint("transfers", __name__)
links_bp = Blueprint("network", __name__)
shared_bp = Blueprint("depots", __name__)
offers_bp = Blueprint("offers", __name__)
blp = api.blp

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("GET", "/transfers.<ending>", "index_file", lists.transfers_file),
    ("GET", "/send", "ask_send", pages.ask_send),
    ("POST", "/send", "send", pages.send),
    ("GET", "/ask", "ask", pages.ask),
    ("POST", "/ask", "ask_for", pages.ask_for),
    ("GET", "/file", "ask_file", files.ask_file),
    ("POST", "/file", "take_file", files.take),
    ("GET", "/<int:transfer_id>", "show", pages.show),
    ("GET", "/<int:filed_id>/transfer.json", "file", files.download),
    ("GET", "/<int:filed_id>/codes", "codes", files.codes),
    ("POST", "/<int:filed_id>/confirm", "confirm", files.confirm),
    ("GET", "/<int:transfer_id>/lines.<ending>", "lines_file", lists.lines_file),
    ("GET", "/<int:transfer_id>/receive", "ask_receive", pages.ask_receive),
    ("POST", "/<int:transfer_id>/receive", "receive", pages.receive),
    ("POST", "/<int:asked_id>/decline", "decline", pages.decline),
)

add_routes(
    links_bp,
    ("GET", "/", "index", links.index),
    ("POST", "/invite", "invite", links.invite),
    ("POST", "/join", "join", links.join),
    ("GET", "/servers", "peers", files.index),
    ("POST", "/servers", "accept_peer", files.accept),
    ("POST", "/servers/<int:peer_id>/forget", "forget_peer", files.forget),
    ("GET", "/<int:other_id>", "agreement", links.agreement),
    ("POST", "/<int:other_id>", "save_agreement", links.save),
    ("POST", "/<int:other_id>/leave", "leave", links.leave),
)

add_routes(
    shared_bp,
    ("GET", "/<int:other_id>/stock", "stock", links.stock),
    ("GET", "/<int:other_id>/stock.<ending>", "stock_file", lists.shared_file),
)

add_routes(
    offers_bp,
    ("GET", "/", "index", offers.index),
    ("GET", "/offers.<ending>", "index_file", lists.offers_file),
    ("POST", "/", "offer", offers.offer),
    ("POST", "/<int:offer_id>/end", "end", offers.end),
    ("POST", "/<int:offered_id>/take", "take", offers.take),
)

add_routes(
    blp,
    ("GET", "/transfers", "list", api.list_transfers),
    ("GET", "/transfers/<int:transfer_id>", "show", api.show),
    ("POST", "/transfers", "send", api.send),
    ("POST", "/transfers/ask", "ask", api.ask),
    ("POST", "/transfers/<int:transfer_id>/receive", "receive", api.receive),
    ("POST", "/transfers/<int:asked_id>/decline", "decline", api.decline),
    ("GET", "/depots", "list_depots", api.list_depots),
    ("GET", "/depots/<int:other_id>/stock", "shared_stock", api.shared_stock),
    ("GET", "/offers", "list_offers", api.list_offers),
    ("POST", "/offers", "offer", api.offer),
    ("POST", "/offers/<int:offered_id>/take", "take", api.take),
)
