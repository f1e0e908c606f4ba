"""The table of all blueprints: under which address each stands, and who may enter.

Each row is a decision; a test fails if a blueprint has no row. Who may touch which row of the
database is decided in the command.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Blueprint

from blueprints.agreeing import routes as agreeing
from blueprints.api_docs import routes as api_docs
from blueprints.board import routes as board
from blueprints.browser import routes as browser
from blueprints.calendars import routes as calendars
from blueprints.conduct import routes as conduct
from blueprints.counts import routes as counts
from blueprints.crates import routes as crates
from blueprints.decisions import routes as decisions
from blueprints.devices import routes as devices
from blueprints.distribution import routes as distribution
from blueprints.dropoffs import routes as dropoffs
from blueprints.duties import routes as duties
from blueprints.entries import routes as entries
from blueprints.exporting import routes as exporting
from blueprints.first_steps import routes as first_steps
from blueprints.frame import guards
from blueprints.frame.api import writing_tokens
from blueprints.guides import routes as guides
from blueprints.handover import routes as handover
from blueprints.hours import routes as hours
from blueprints.imports import routes as imports
from blueprints.intake import routes as intake
from blueprints.items import routes as items
from blueprints.joining import routes as joining
from blueprints.leaving import routes as leaving
from blueprints.locations import routes as locations
from blueprints.mail import routes as mail
from blueprints.meetings import routes as meetings
from blueprints.name_sheets import routes as name_sheets
from blueprints.needs import routes as needs
from blueprints.network import routes as network
from blueprints.open_book import routes as open_book
from blueprints.outbox import routes as outbox
from blueprints.papers import routes as papers
from blueprints.partners import routes as partners
from blueprints.people import routes as people
from blueprints.phones import routes as phones
from blueprints.pictures import routes as pictures
from blueprints.playbooks import routes as playbooks
from blueprints.printing import routes as printing
from blueprints.production import routes as production
from blueprints.programs import routes as programs
from blueprints.reports import routes as reports
from blueprints.rota import routes as rota
from blueprints.safety import routes as safety
from blueprints.scanning import routes as scanning
from blueprints.search import routes as search
from blueprints.series import routes as series
from blueprints.settings import routes as settings
from blueprints.sharing import routes as sharing
from blueprints.shell import routes as shell
from blueprints.stock import routes as stock
from blueprints.table import routes as table
from blueprints.tasks import routes as tasks
from blueprints.today import routes as today
from blueprints.visits import routes as visits


class Mount(NamedTuple):
    """One blueprint and who may enter."""

    blueprint: Blueprint
    prefix: str
    guard: guards.Guard


PAGES: Final = (
    Mount(people.account_bp, "", guards.anyone),
    Mount(people.languages_bp, "", guards.anyone),
    Mount(joining.public_bp, "", guards.anyone),
    Mount(leaving.bp, "/account", guards.own_hands),
    Mount(people.own_bp, "/account", guards.own_hands),
    Mount(devices.public_bp, "", guards.anyone),
    Mount(devices.pin_bp, "/account", guards.own_hands),
    Mount(devices.bp, "/devices", guards.coordinators),
    Mount(people.bp, "/people", guards.coordinators),
    Mount(leaving.people_bp, "/people/erase", guards.coordinators),
    Mount(joining.bp, "/here", guards.members),
    Mount(open_book.bp, "/open-book", guards.members),
    Mount(decisions.bp, "/decisions", guards.signed_in),
    Mount(meetings.bp, "/meetings", guards.signed_in),
    Mount(conduct.bp, "/conduct", guards.signed_in),
    Mount(conduct.words_bp, "/conduct", guards.coordinators),
    Mount(rota.bp, "/rota", guards.signed_in),
    Mount(rota.routines_bp, "/rota/routines", guards.coordinators),
    Mount(joining.wall_bp, "/here/code", guards.coordinators),
    Mount(duties.bp, "/duties", guards.signed_in),
    Mount(joining.coming_bp, "/here", guards.signed_in),
    Mount(agreeing.bp, "/to-agree", guards.signed_in),
    Mount(agreeing.rules_bp, "/settings/two-people", guards.coordinators),
    Mount(settings.bp, "/settings", guards.coordinators),
    Mount(playbooks.bp, "/playbooks", guards.coordinators),
    Mount(playbooks.handbook_bp, "/handbook", guards.signed_in),
    Mount(browser.bp, "", guards.anyone),
    Mount(api_docs.bp, "/api/v1", guards.anyone),
    Mount(phones.bp, "", guards.anyone),
    Mount(guides.bp, "/guides", guards.anyone),
    Mount(today.bp, "", guards.signed_in),
    Mount(first_steps.bp, "/first-steps", guards.signed_in),
    Mount(intake.bp, "/donations", guards.signed_in),
    Mount(handover.bp, "/handover", guards.signed_in),
    Mount(hours.bp, "/hours", guards.members),
    Mount(dropoffs.bp, "/drop-offs", guards.signed_in),
    Mount(scanning.codes_bp, "", guards.signed_in),
    Mount(scanning.addresses_bp, "", guards.signed_in),
    Mount(scanning.scanner_bp, "", guards.signed_in),
    Mount(scanning.bp, "/scan", guards.signed_in),
    Mount(scanning.answers_bp, "/scan", guards.signed_in_program),
    Mount(scanning.photos_bp, "/scan", guards.signed_in_either),
    Mount(crates.bp, "/crates", guards.signed_in),
    Mount(printing.bp, "", guards.signed_in),
    Mount(printing.printers_bp, "/printers", guards.coordinators),
    Mount(counts.bp, "/counts", guards.signed_in),
    Mount(counts.posting_bp, "/counts", guards.coordinators),
    Mount(search.bp, "/search", guards.signed_in),
    Mount(search.answers_bp, "/search", guards.signed_in_program),
    Mount(stock.bp, "/stock", guards.signed_in),
    Mount(items.bp, "/stock", guards.signed_in),
    Mount(partners.requests_bp, "/requests", guards.members),
    Mount(partners.bp, "/stock", guards.members),
    Mount(locations.bp, "/stock", guards.signed_in),
    Mount(safety.temperatures_bp, "/temperatures", guards.signed_in),
    Mount(distribution.bp, "/hand-outs", guards.signed_in),
    Mount(series.bp, "/hand-outs", guards.signed_in),
    Mount(visits.bp, "/hand-outs", guards.signed_in),
    Mount(table.bp, "/hand-outs", guards.signed_in),
    Mount(tasks.bp, "/tasks", guards.signed_in),
    Mount(name_sheets.bp, "/sign-in-sheets", guards.members),
    Mount(safety.holds_bp, "/holds", guards.signed_in),
    Mount(safety.recalls_bp, "/recalls", guards.signed_in),
    Mount(entries.bp, "/ledger", guards.signed_in),
    Mount(outbox.sync_bp, "", guards.signed_in_program),
    Mount(outbox.bp, "", guards.signed_in),
    Mount(outbox.queue_file_bp, "/scan/queue-file", guards.coordinators),
    Mount(shell.bp, "", guards.anyone),
    Mount(entries.discrepancies_bp, "/to-look-at", guards.coordinators),
    Mount(production.bp, "/production", guards.signed_in),
    Mount(reports.bp, "/reports", guards.members),
    Mount(pictures.bp, "/pictures", guards.members),
    Mount(board.bp, "/board", guards.signed_in),
    Mount(papers.bp, "/papers", guards.signed_in),
    Mount(imports.bp, "/imports", guards.coordinators),
    Mount(mail.bp, "/mails", guards.members),
    Mount(mail.public_bp, "/mails", guards.link_holders),
    Mount(needs.bp, "/needs", guards.signed_in),
    Mount(network.bp, "/transfers", guards.signed_in),
    Mount(network.shared_bp, "/depots", guards.signed_in),
    Mount(network.offers_bp, "/offers", guards.signed_in),
    Mount(network.links_bp, "/network", guards.coordinators),
    Mount(programs.bp, "/webhooks", guards.coordinators),
    Mount(exporting.bp, "/everything", guards.coordinators),
    Mount(sharing.bp, "/shares", guards.coordinators),
    Mount(sharing.public_bp, "/shared", guards.link_holders),
    Mount(calendars.bp, "/calendar", guards.members),
    Mount(calendars.public_bp, "/calendar", guards.link_holders),
    Mount(needs.public_bp, "/bring", guards.anyone),
    Mount(dropoffs.public_bp, "/announce", guards.anyone),
    Mount(partners.public_bp, "/agency", guards.link_holders),
)
API: Final = (
    Mount(intake.blp, "/api/v1", writing_tokens),
    Mount(crates.blp, "/api/v1", writing_tokens),
    Mount(counts.blp, "/api/v1", writing_tokens),
    Mount(search.blp, "/api/v1", writing_tokens),
    Mount(stock.blp, "/api/v1", writing_tokens),
    Mount(items.blp, "/api/v1", writing_tokens),
    Mount(locations.blp, "/api/v1", writing_tokens),
    Mount(safety.temperatures_blp, "/api/v1", writing_tokens),
    Mount(partners.blp, "/api/v1", writing_tokens),
    Mount(partners.requests_blp, "/api/v1", writing_tokens),
    Mount(distribution.blp, "/api/v1", writing_tokens),
    Mount(series.blp, "/api/v1", writing_tokens),
    Mount(visits.blp, "/api/v1", writing_tokens),
    Mount(table.blp, "/api/v1", writing_tokens),
    Mount(tasks.blp, "/api/v1", writing_tokens),
    Mount(name_sheets.blp, "/api/v1", writing_tokens),
    Mount(entries.blp, "/api/v1", writing_tokens),
    Mount(programs.blp, "/api/v1", writing_tokens),
    Mount(outbox.blp, "/api/v1", writing_tokens),
    Mount(production.blp, "/api/v1", writing_tokens),
    Mount(reports.blp, "/api/v1", writing_tokens),
    Mount(network.blp, "/api/v1", writing_tokens),
    Mount(safety.holds_blp, "/api/v1", writing_tokens),
    Mount(safety.recalls_blp, "/api/v1", writing_tokens),
    Mount(joining.blp, "/api/v1", writing_tokens),
    Mount(joining.coming_blp, "/api/v1", writing_tokens),
    Mount(rota.blp, "/api/v1", writing_tokens),
    Mount(meetings.blp, "/api/v1", writing_tokens),
    Mount(devices.blp, "/api/v1", writing_tokens),
    Mount(duties.blp, "/api/v1", writing_tokens),
    Mount(open_book.blp, "/api/v1", writing_tokens),
    Mount(handover.blp, "/api/v1", writing_tokens),
    Mount(hours.blp, "/api/v1", writing_tokens),
    Mount(decisions.blp, "/api/v1", writing_tokens),
    Mount(agreeing.blp, "/api/v1", writing_tokens),
    Mount(playbooks.blp, "/api/v1", writing_tokens),
    Mount(needs.blp, "/api/v1", writing_tokens),
    Mount(imports.blp, "/api/v1", writing_tokens),
)
