"""The addresses of papers: each is a page that prints, and a PDF."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.papers import (
    counts,
    donor_mails,
    donors,
    events,
    histories,
    pages,
    people,
    safety,
    stock,
)
from blueprints.papers.frame import add_paper

bp = Blueprint("papers", __name__)

add_routes(
    bp,
    ("GET", "/", "index", pages.index),
    ("POST", "/statements/mail", "mail", donor_mails.mail),
    ("GET", "/donors", "donors", donors.donors),
    ("GET", "/donors.<ending>", "donors_file", donors.donors_file),
    ("GET", "/statements.pdf", "statements", donors.statements),
    ("GET", "/letter", "letter", donors.letter),
    ("POST", "/letter", "save_letter", donors.save_letter),
    ("GET", "/events/<int:event_id>/plan", "plan", events.plan),
    ("POST", "/events/<int:event_id>/plan", "save_plan", events.save_plan),
)
add_paper(bp, "/stock", "stock_list", stock.stock_list)
add_paper(bp, "/count", "count_sheet", stock.count_sheet)
add_paper(bp, "/counts/<int:sheet_id>", "count_lines", counts.count_lines)
add_paper(bp, "/first", "first", stock.first)
add_paper(bp, "/events/<int:event_id>", "event_sheet", events.event_sheet)
add_paper(bp, "/events/<int:event_id>/picks", "picks", events.picks)
add_paper(bp, "/events/<int:event_id>/name-sheet", "name_sheet", events.name_sheet)
add_paper(bp, "/crates/<code>", "crate", histories.crate)
add_paper(bp, "/transfers/<int:transfer_id>", "transfer", histories.transfer)
add_paper(bp, "/items/<int:item_id>", "item_card", histories.item_card)
add_paper(bp, "/receipts/<int:entry_id>", "receipt", donors.receipt)
add_paper(bp, "/donors/<int:partner_id>", "statement", donors.statement)
add_paper(bp, "/recalls/<int:recall_id>", "recall", safety.recall)
add_paper(bp, "/rota", "rota", people.rota)
add_paper(bp, "/attendance", "attendance", people.attendance)
add_paper(bp, "/meetings/<activity>", "minutes", people.minutes)
add_paper(bp, "/temperatures/<int:location_id>", "temperatures", safety.temperatures)
