"""The table of all doors: which blueprint, under which address, and who may enter.

Each row is a decision; a test fails if a blueprint has no row. Who may touch which row of the
database is decided in the command.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Blueprint

from blueprints.api_docs import pages as api_docs
from blueprints.browser import pages as built
from blueprints.crates import api as crates_api
from blueprints.crates import door as crates
from blueprints.distribution import acts as distribution
from blueprints.distribution import api as distribution_api
from blueprints.entries import api as ledger_api
from blueprints.entries import look
from blueprints.entries import pages as ledger
from blueprints.exporting import pages as exporting
from blueprints.frame import guards
from blueprints.frame.api import writing_tokens
from blueprints.imports import pages as imports
from blueprints.intake import api as intake_api
from blueprints.intake import pages as intake
from blueprints.mail import listings as mails
from blueprints.mail import public as mails_public
from blueprints.needs import listings as needs
from blueprints.needs import public as needs_public
from blueprints.outbox import api as outbox_api
from blueprints.outbox import pages as outbox
from blueprints.outbox import queue_pages, sync
from blueprints.papers import pages as papers
from blueprints.people import account, pages
from blueprints.phones import pages as phones
from blueprints.printing import listings as printers
from blueprints.printing import pages as printing
from blueprints.production import api as production_api
from blueprints.production import pages as production
from blueprints.reports import api as reports_api
from blueprints.reports import factors as reports
from blueprints.scanning import addresses
from blueprints.scanning import door as scans
from blueprints.scanning import pages as codes
from blueprints.scanning import scan_page as scanner
from blueprints.settings import pages as settings
from blueprints.sharing import pages as sharing
from blueprints.sharing import public as sharing_public
from blueprints.shell import pages as shell
from blueprints.stock import api as stock_api
from blueprints.stock import pages as stock
from blueprints.today import pages as today


class Door(NamedTuple):
    """One blueprint and who may enter."""

    blueprint: Blueprint
    prefix: str
    guard: guards.Guard


PAGES: Final = (
    Door(account.bp, "", guards.anyone),
    Door(pages.bp, "/people", guards.coordinators),
    Door(settings.bp, "/settings", guards.coordinators),
    Door(built.bp, "", guards.anyone),
    Door(api_docs.bp, "/api/v1", guards.anyone),
    Door(phones.bp, "", guards.anyone),
    Door(today.bp, "", guards.signed_in),
    Door(intake.bp, "/donations", guards.signed_in),
    Door(codes.bp, "", guards.signed_in),
    Door(addresses.bp, "", guards.signed_in),
    Door(scanner.bp, "", guards.signed_in),
    Door(scans.bp, "/scan", guards.signed_in),
    Door(scans.answers, "/scan", guards.signed_in_program),
    Door(scans.photos, "/scan", guards.signed_in_either),
    Door(crates.bp, "/crates", guards.signed_in),
    Door(printing.bp, "", guards.signed_in),
    Door(printers.bp, "/printers", guards.coordinators),
    Door(stock.bp, "/stock", guards.signed_in),
    Door(distribution.bp, "/hand-outs", guards.signed_in),
    Door(ledger.bp, "/ledger", guards.signed_in),
    Door(sync.bp, "", guards.signed_in_program),
    Door(outbox.bp, "", guards.signed_in),
    Door(queue_pages.bp, "/scan/queue-file", guards.coordinators),
    Door(shell.bp, "", guards.anyone),
    Door(look.bp, "/to-look-at", guards.coordinators),
    Door(production.bp, "/production", guards.signed_in),
    Door(reports.bp, "/reports", guards.signed_in),
    Door(papers.bp, "/papers", guards.signed_in),
    Door(imports.bp, "/imports", guards.coordinators),
    Door(mails.bp, "/mails", guards.signed_in),
    Door(mails_public.bp, "/mails", guards.link_holders),
    Door(needs.bp, "/needs", guards.signed_in),
    Door(exporting.bp, "/everything", guards.coordinators),
    Door(sharing.bp, "/shares", guards.coordinators),
    Door(sharing_public.bp, "/shared", guards.link_holders),
    Door(needs_public.bp, "/bring", guards.anyone),
)
API: Final = (
    Door(intake_api.blp, "/api/v1", writing_tokens),
    Door(crates_api.blp, "/api/v1", writing_tokens),
    Door(stock_api.blp, "/api/v1", writing_tokens),
    Door(distribution_api.blp, "/api/v1", writing_tokens),
    Door(ledger_api.blp, "/api/v1", writing_tokens),
    Door(outbox_api.blp, "/api/v1", writing_tokens),
    Door(production_api.blp, "/api/v1", writing_tokens),
    Door(reports_api.blp, "/api/v1", writing_tokens),
)
