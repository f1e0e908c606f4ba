"""The addresses of scanning: where labels lead, the scan page, and what its scripts ask."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.scanning import addresses, learning, lookup, pages, photos, roll_call

#: Where labels lead.
codes_bp = Blueprint("codes", __name__)
#: Where the symbols on shelves and at hand-outs lead.
addresses_bp = Blueprint("addresses", __name__)
#: The scan page.
scanner_bp = Blueprint("scanner", __name__)
#: Pages for people.
bp = Blueprint("scans", __name__)
#: What pages' scripts ask: JSON, never a redirect.
answers_bp = Blueprint("scan_answers", __name__)
#: A photo is sent by a form or by a script.
photos_bp = Blueprint("photos", __name__)

add_routes(
    codes_bp,
    ("GET", "/scan/open", "open_typed", pages.open_typed),
    ("GET", "/c/<code>", "follow", pages.follow),
    ("GET", "/C/<code>", "follow", pages.follow),
    ("POST", "/C/<code>/adopt", "adopt", pages.adopt),
)

add_routes(
    addresses_bp,
    ("GET", "/p/<int:location_id>", "place", addresses.place),
    ("GET", "/P/<int:location_id>", "place", addresses.place),
    ("GET", "/e/<int:event_id>", "event", addresses.event),
    ("GET", "/E/<int:event_id>", "event", addresses.event),
    ("GET", "/t/<code>", "transfer", addresses.transfer),
    ("GET", "/T/<code>", "transfer", addresses.transfer),
)

add_routes(
    scanner_bp,
    ("GET", "/scan", "scan", pages.scan),
)

add_routes(
    bp,
    ("GET", "/learn", "learn", learning.learn),
    ("POST", "/learn", "do_learn", learning.do_learn),
    ("POST", "/codes/<int:code_id>/forget", "forget", learning.forget),
    ("GET", "/what", "what", lookup.what),
    ("POST", "/keep", "keep", lookup.keep),
    ("GET", "/photo", "ask_photo", photos.ask_photo),
    ("GET", "/roll-call", "choose_place", roll_call.choose_place),
    ("GET", "/roll-call/<int:location_id>", "roll_call_of", roll_call.roll_call_of),
    ("POST", "/roll-call/<int:location_id>", "compare", roll_call.compare),
    ("POST", "/roll-call/<int:location_id>/<deed>", "set_right", roll_call.set_right),
    ("POST", "/roll-call/<int:location_id>/done", "finish", roll_call.finish),
)

add_routes(
    answers_bp,
    ("GET", "/look", "look", lookup.look),
    ("POST", "/roll-call", "compare_for_script", roll_call.compare_for_script),
)

add_routes(
    photos_bp,
    ("POST", "/photo", "read", photos.read),
)
