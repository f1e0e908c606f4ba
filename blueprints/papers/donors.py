"""Papers for those who give: a receipt a donation, a statement a year, and the words on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader, show_message
from blueprints.papers.frame import (
    PaperOption,
    PaperPage,
    figure_column,
    found_or_404,
    make_paper,
    paper_weight_words,
    send_pdf,
)
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.once import EARLIEST_YEAR, AnyOutcome
from depot.kernel.weights import Total
from depot.ledger.seal import short_seal
from depot.papers.paper import Blanks, Block, Column, Paper, Row, Table, Words
from depot.papers.pdf import papers_as_pdf
from depot.partners.commands.donor_letters import (
    MAX_TEXT,
    PLACEHOLDERS,
    SaveDonorLetter,
    save_donor_letter,
)
from depot.partners.queries import donations
from depot.partners.queries.donations import Donation, DonorLetterWords, GivenLine, Statement
from depot.reports.sums.words import SOURCES, source_word
from depot.words import figures

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
    letter = donations.letter_words(session, who.depot_id)
    donor = gift.partner or str(_(source_word(gift.source_kind)))
    facts = _facts(donor, format_date(gift.given_on, "d MMMM yyyy"), gift.total, gift.given_on.year)
    table = Table(
        _("What was given"),
        (Column(_("Goods")), figure_column(_("How much")), figure_column(_("Weight"))),
        tuple(_line(line) for line in gift.lines),
        (_("All"), "", _total(gift.total)),
    )
    blocks = [*_head(letter, donor), table, *_end(letter, facts, query_text("value")[:_MOST_VALUE])]
    blocks.append(Blanks((_("Place and day"), _("Signature"))))
    seal = _("Line %(seq)s of the book · seal %(seal)s", seq=gift.seq, seal=short_seal(gift.seal))
    lead = [format_date(gift.given_on, "d MMMM yyyy")]
    paper = make_paper(_("Receipt for a donation"), blocks, lead, f"{gift.seq}", seal)
    value = PaperOption(
        "value",
        _("Value, if the donor asks for it"),
        _("As the donor states it, with the currency. It stands on this paper only."),
        query_text("value")[:_MOST_VALUE],
    )
    return PaperPage(paper, url_for("ledger.entry", entry_id=entry_id), asks=value)


def _line(line: GivenLine) -> Row:
    return Row(
        (
            line.item,
            figures.quantity(line.quantity, line.unit, current_reader()),
            paper_weight_words(line.weight.grams, line.weight.is_estimated),
        )
    )


def _total(found: Total) -> str:
    if found.kinds and found.not_weighed == found.kinds:
        return figures.weight(None, current_reader())
    return paper_weight_words(found.grams, found.estimated_grams > 0)


def _facts(donor: str, when: str, weight: Total, year: int) -> dict[str, str]:
    """Return what fills the placeholders of the thanks."""
    _session, who = reader()
    return {
        "donor": donor,
        "depot": who.depot.name,
        "date": when,
        "weight": _total(weight),
        "year": str(year),
    }


def _head(letter: DonorLetterWords, donor: str) -> Iterator[Block]:
    if letter.sender:
        yield Words(letter.sender, "soft")
    yield Words(donor, "strong", _("Given by"))


def _end(letter: DonorLetterWords, facts: dict[str, str], value: str = "") -> Iterator[Block]:
    if value:
        yield Words(_("Value, as the donor states it: %(value)s", value=value))
    if letter.thanks:
        yield Words(letter.thanked(facts))
    if letter.says_nothing_in_return:
        yield Words(
            _(
                "%(depot)s gave no goods or services in return for these gifts.",
                depot=facts["depot"],
            )
        )


def statement(partner_id: int) -> PaperPage:
    """Show what one donor gave in a year."""
    need_coordinator()
    session, who = reader()
    year = query_year()
    found = donations.statement_of(session, who.depot_id, partner_id, year)
    found = found_or_404(N_("partner"), partner_id, found)
    paper = statement_paper(found, donations.letter_words(session, who.depot_id))
    return PaperPage(paper, url_for("papers.donors", year=year))


def thanks_words(found: Statement, letter: DonorLetterWords) -> str:
    """Return the depot's thanks for a donor's year; empty if it wrote none."""
    facts = _facts(found.partner, str(found.year), found.total, found.year)
    return letter.thanked(facts)


def statement_paper(found: Statement, letter: DonorLetterWords) -> Paper:
    """Return the statement of a donor's year as a paper."""
    facts = _facts(found.partner, str(found.year), found.total, found.year)
    gifts = Table(
        _("What was given"),
        (Column(_("Day")), Column(_("Goods")), figure_column(_("Weight"))),
        tuple(_gift(gift) for gift in found.donations),
        (_("All"), "", _total(found.total)),
        empty=_("Nothing was given in this year."),
    )
    sums = Table(
        _("By category"),
        (Column(_("Category")), figure_column(_("Weight"))),
        tuple(Row((name, _total(weight))) for name, weight in found.by_category()),
    )
    blocks = [*_head(letter, found.partner), gifts]
    if found.donations:
        blocks.append(sums)
    blocks += [*_end(letter, facts), Blanks((_("Place and day"), _("Signature")))]
    title = _("Donations in %(year)s", year=found.year)
    return make_paper(title, blocks, mark=found.partner)


def _gift(gift: Donation) -> Row:
    goods = "; ".join(
        _(
            "%(item)s: %(amount)s",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, current_reader()),
        )
        for line in gift.lines
    )
    return Row((format_date(gift.given_on, "d MMM yyyy"), goods, _total(gift.total)))


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


def statements() -> Response:
    """Send the statements of all donors of a year, each from a page of its own."""
    need_coordinator()
    session, who = reader()
    year = query_year()
    letter = donations.letter_words(session, who.depot_id)
    found = donations.statements_of(session, who.depot_id, year)
    papers = [statement_paper(one, letter) for one in found]
    if not papers:
        raise Invalid(problem=N_("Nobody who is named gave anything in that year."))
    return send_pdf(papers_as_pdf(papers), f"statements-{year}")


class LetterSchema(CommandSchema):
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
