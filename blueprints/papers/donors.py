"""Papers for those who give, and the pages about them: donors of a year, the words for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.fields import Text, ToldSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from blueprints.papers.frame import (
    PaperOption,
    PaperPage,
    found_or_404,
    letter_reader,
    send_pdf,
)
from blueprints.words.columns import DAY, WHOLE, Column, totals
from blueprints.words.exports import send_list
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.once import EARLIEST_YEAR, AnyOutcome
from depot.models.item_names import naming_in
from depot.papers.pdf import papers_as_pdf
from depot.partners.commands.donor_letters import (
    MAX_TEXT,
    PLACEHOLDERS,
    SaveDonorLetter,
    save_donor_letter,
)
from depot.partners.papers import receipt_paper, statement_paper
from depot.partners.queries import donations
from depot.partners.queries.donations import Statement
from depot.reports.sums.words import SOURCES
from depot.words.reader import Reader

#: A value is told by the donor, in their words; no longer than this.
_MOST_VALUE: Final = 60


def receipt(entry_id: int) -> PaperPage:
    """Show the receipt of one donation: goods and weight, and no value unless it is asked for."""
    session, who = reader()
    gift = found_or_404(
        N_("donation"), entry_id, donations.find_donation(session, who.depot_id, entry_id)
    )
    if gift.is_undone:
        raise Invalid(problem=N_("This donation was undone. There is no receipt for it."))
    value = query_text("value")[:_MOST_VALUE]
    letter = donations.letter_words(session, who.depot_id)
    reads = letter_reader(gift.language)
    with naming_in(reads.language):
        gift = donations.find_donation(session, who.depot_id, entry_id) or gift
    paper = receipt_paper(gift, letter, value, who, reads)
    asked = PaperOption(
        "value",
        _("Value, if the donor asks for it"),
        _("As the donor states it, with the currency. It stands on this paper only."),
        value,
    )
    return PaperPage(
        paper, url_for("ledger.entry", entry_id=entry_id), asks=asked, language=reads.language
    )


def statement(partner_id: int) -> PaperPage:
    """Show what one donor gave in a year."""
    need_coordinator()
    session, who = reader()
    year = query_year()
    found = donations.statement_of(session, who.depot_id, partner_id, year)
    found = found_or_404(N_("partner"), partner_id, found)
    letter = donations.letter_words(session, who.depot_id)
    reads = letter_reader(found.language)
    found = donations.statement_in(session, who.depot_id, found, reads.language)
    paper = statement_paper(found, letter, who, reads)
    return PaperPage(paper, url_for("papers.donors", year=year), language=reads.language)


def query_year() -> int:
    """Return the year asked for, else the last one that is over."""
    _session, who = reader()
    this = local_day(utc_now(), who.depot.time_zone).year
    found = request.args.get("year", this - 1, int)
    return found if EARLIEST_YEAR <= found <= this else this - 1


def donors() -> ResponseReturnValue:
    """List who gave in a year, each with a statement."""
    return donors_page(Form())


def donors_page(form: Form) -> str:
    """Return the list, with what was wrong about mailing it."""
    need_coordinator()
    session, who = reader()
    year = query_year()
    this = local_day(utc_now(), who.depot.time_zone).year
    found = donations.donors_of(session, who.depot_id, year)
    return show_form(
        "papers/donors.html",
        form,
        reachable=sum(donor.has_address for donor in found),
        year=year,
        years=[
            (url_for("papers.donors", year=one), str(one), one == year)
            for one in range(this, this - 6, -1)
        ],
        donors=[(donor, _(SOURCES[donor.source_kind])) for donor in found],
    )


def donors_file(ending: str) -> Response:
    """Send the donors of a year, with how often they gave and what it weighs together."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    year = query_year()
    given = donations.given_by_donor(session, who.depot_id, year)
    columns: list[Column[Any]] = [
        Column(_("Partner"), lambda row: row.name),
        Column(_("Where from"), lambda row: reads.gettext(SOURCES[row.source_kind])),
        Column(_("Year"), lambda _row: year, WHOLE),
        Column(_("How many times"), lambda row: row.times, WHOLE),
        Column(_("Last on"), lambda row: row.last_on, DAY),
        *totals(lambda row: given[row.partner_id], reads, summed=True),
    ]
    rows = donations.donors_of(session, who.depot_id, year)
    return send_list(ending, f"{_('Who gave')} {year}", columns, rows)


def statements() -> Response:
    """Send the statements of all donors of a year, each from a page of its own."""
    need_coordinator()
    session, who = reader()
    year = query_year()
    letter = donations.letter_words(session, who.depot_id)
    found = in_their_words(donations.statements_of(session, who.depot_id, year))
    papers = [statement_paper(one, letter, who, reads) for one, reads in found]
    if not papers:
        raise Invalid(problem=N_("Nobody who is named gave anything in that year."))
    return send_pdf(papers_as_pdf(papers), f"statements-{year}")


def in_their_words(found: Iterable[Statement]) -> Iterator[tuple[Statement, Reader]]:
    """Yield statements with the goods called as each donor calls them, and who reads each."""
    session, who = reader()
    for one in found:
        reads = letter_reader(one.language)
        yield donations.statement_in(session, who.depot_id, one, reads.language), reads


class LetterSchema(ToldSchema):
    """The words for donors."""

    makes = SaveDonorLetter
    command_id = fields.UUID(required=True)
    sender = Text(load_default="", max_length=500, multiline=True)
    thanks = Text(load_default="", max_length=MAX_TEXT, multiline=True)
    says_nothing_in_return = fields.Boolean(load_default=False)


def letter() -> ResponseReturnValue:
    """Show what stands on receipts and statements."""
    need_coordinator()
    session, who = reader()
    found = donations.letter_words(session, who.depot_id)
    values = {
        "sender": found.sender,
        "thanks": found.thanks,
        "says_nothing_in_return": "yes" if found.says_nothing_in_return else "",
    }
    return _letter_page(Form(values))


def _letter_page(form: Form) -> str:
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    return show_form("papers/letter.html", form, known=known)


def save_letter() -> ResponseReturnValue:
    """Keep it."""
    need_coordinator()
    return submit_form(LetterSchema(form=True), save_donor_letter, done=_saved, again=_letter_page)


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("The words for donors are saved."))
    return redirect(url_for("papers.letter"), 303)
