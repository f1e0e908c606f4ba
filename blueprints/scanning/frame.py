"""The blueprints that the pages of scanning share: pages, answers to their scripts, photos."""

from __future__ import annotations

from flask import Blueprint

#: Pages for people.
bp = Blueprint("scans", __name__)
#: What pages' scripts ask: JSON, never a redirect.
answers = Blueprint("scan_answers", __name__)
#: A photo is sent by a form or by a script.
photos = Blueprint("photos", __name__)
