"""The table of all doors: which blueprint, under which address, and who may enter.

Each row is a decision; a test fails if a blueprint has no row. Who may touch which row of the
database is decided in the command.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Blueprint

from blueprints.api_docs import routes as api_docs
from blueprints.browser import routes as browser
from blueprints.crates import routes as crates
from blueprints.distribution import routes as distribution
from blueprints.entries import routes as entries
from blueprints.exporting import routes as exporting
from blueprints.frame import guards
from blueprints.frame.api import writing_tokens
from blueprints.imports import routes as imports
from blueprints.intake import routes as intake
from blueprints.items import routes as items
from blueprints.locations import routes as locations
from blueprints.mail import routes as mail
from blueprints.needs import routes as needs
from blueprints.outbox import routes as outbox
from blueprints.papers import routes as papers
from blueprints.partners import routes as partners
from blueprints.people import routes as people
from blueprints.phones import routes as phones
from blueprints.printing import routes as printing
from blueprints.production import routes as production
from blueprints.reports import routes as reports
from blueprints.scanning import routes as scanning
from blueprints.settings import routes as settings
from blueprints.sharing import routes as sharing
from blueprints.shell import routes as shell
from blueprints.stock import routes as stock
from blueprints.today import routes as today


class Door(NamedTuple):
    """One blueprint and who may enter."""

    blueprint: Blueprint
    prefix: str
    guard: guards.Guard


PAGES: Final = (
    Door(people.account_bp, "", guards.anyone),
    Door(people.bp, "/people", guards.coordinators),
    Door(settings.bp, "/settings", guards.coordinators),
    Door(browser.bp, "", guards.anyone),
    Door(api_docs.bp, "/api/v1", guards.anyone),
    Door(phones.bp, "", guards.anyone),
    Door(today.bp, "", guards.signed_in),
    Door(intake.bp, "/donations", guards.signed_in),
    Door(scanning.codes_bp, "", guards.signed_in),
    Door(scanning.addresses_bp, "", guards.signed_in),
    Door(scanning.scanner_bp, "", guards.signed_in),
    Door(scanning.bp, "/scan", guards.signed_in),
    Door(scanning.answers_bp, "/scan", guards.signed_in_program),
    Door(scanning.photos_bp, "/scan", guards.signed_in_either),
    Door(crates.bp, "/crates", guards.signed_in),
    Door(printing.bp, "", guards.signed_in),
    Door(printing.printers_bp, "/printers", guards.coordinators),
    Door(stock.bp, "/stock", guards.signed_in),
    Door(items.bp, "/stock", guards.signed_in),
    Door(partners.bp, "/stock", guards.signed_in),
    Door(locations.bp, "/stock", guards.signed_in),
    Door(distribution.bp, "/hand-outs", guards.signed_in),
    Door(entries.bp, "/ledger", guards.signed_in),
    Door(outbox.sync_bp, "", guards.signed_in_program),
    Door(outbox.bp, "", guards.signed_in),
    Door(outbox.queue_file_bp, "/scan/queue-file", guards.coordinators),
    Door(shell.bp, "", guards.anyone),
    Door(entries.discrepancies_bp, "/to-look-at", guards.coordinators),
    Door(production.bp, "/production", guards.signed_in),
    Door(reports.bp, "/reports", guards.signed_in),
    Door(papers.bp, "/papers", guards.signed_in),
    Door(imports.bp, "/imports", guards.coordinators),
    Door(mail.bp, "/mails", guards.signed_in),
    Door(mail.public_bp, "/mails", guards.link_holders),
    Door(needs.bp, "/needs", guards.signed_in),
    Door(exporting.bp, "/everything", guards.coordinators),
    Door(sharing.bp, "/shares", guards.coordinators),
    Door(sharing.public_bp, "/shared", guards.link_holders),
    Door(needs.public_bp, "/bring", guards.anyone),
)
API: Final = (
    Door(intake.blp, "/api/v1", writing_tokens),
    Door(crates.blp, "/api/v1", writing_tokens),
    Door(stock.blp, "/api/v1", writing_tokens),
    Door(items.blp, "/api/v1", writing_tokens),
    Door(locations.blp, "/api/v1", writing_tokens),
    Door(partners.blp, "/api/v1", writing_tokens),
    Door(distribution.blp, "/api/v1", writing_tokens),
    Door(entries.blp, "/api/v1", writing_tokens),
    Door(outbox.blp, "/api/v1", writing_tokens),
    Door(production.blp, "/api/v1", writing_tokens),
    Door(reports.blp, "/api/v1", writing_tokens),
)
