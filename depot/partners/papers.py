"""Papers for those who give: a receipt a donation, a statement a year, and the mail with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from depot.base.actors import Actor
from depot.kernel.weights import Total
from depot.ledger.seal import short_seal
from depot.papers.paper import Blanks, Block, Column, Paper, Row, Table, Words
from depot.papers.parts import figure_column, make_paper, paper_weight_words
from depot.papers.pdf import paper_as_pdf
from depot.partners.commands.statement_mails import StatementLetter
from depot.partners.queries.donations import Donation, DonorLetterWords, GivenLine, Statement
from depot.reports.formats.in_kind import in_kind_words
from depot.reports.sums.in_kind import InKind, ValueRate, rate_of, rate_order, value_of
from depot.reports.sums.words import source_word
from depot.words import figures
from depot.words.numbers import money
from depot.words.reader import Reader


def receipt_paper(
    gift: Donation, letter: DonorLetterWords, value: str, who: Actor, reader: Reader
) -> Paper:
    """Return the receipt of one donation; `value` is what the donor states, or empty."""
    _ = reader.gettext
    donor = gift.partner or _(source_word(gift.source_kind))
    day = figures.plain_day(gift.given_on, reader)
    facts = _facts(donor, day, gift.total, gift.given_on.year, who, reader)
    table = Table(
        _("What was given"),
        (Column(_("Goods")), figure_column(_("How much")), figure_column(_("Weight"))),
        tuple(_line(line, reader) for line in gift.lines),
        (_("All"), "", _total(gift.total, reader)),
    )
    blocks = [*_head(letter, donor, reader), table, *_in_kind([gift], letter, who, reader)]
    blocks += _end(letter, facts, reader, value)
    blocks.append(Blanks((_("Place and day"), _("Signature"))))
    seal = _("Line %(seq)s of the book · seal %(seal)s", seq=gift.seq, seal=short_seal(gift.seal))
    title = _("Receipt for a donation")
    return make_paper(title, blocks, who, reader, lead=[day], mark=f"{gift.seq}", foot=seal)


def statement_paper(
    found: Statement, letter: DonorLetterWords, who: Actor, reader: Reader
) -> Paper:
    """Return the statement of a donor's year as a paper."""
    _ = reader.gettext
    facts = _statement_facts(found, who, reader)
    gifts = Table(
        _("What was given"),
        (Column(_("Day")), Column(_("Goods")), figure_column(_("Weight"))),
        tuple(_gift(gift, reader) for gift in found.donations),
        (_("All"), "", _total(found.total, reader)),
        empty=_("Nothing was given in this year."),
    )
    sums = Table(
        _("By category"),
        (Column(_("Category")), figure_column(_("Weight"))),
        tuple(Row((name, _total(weight, reader))) for name, weight in found.by_category()),
    )
    blocks = [*_head(letter, found.partner, reader), gifts]
    if found.donations:
        blocks.append(sums)
    blocks += _in_kind(found.donations, letter, who, reader)
    blocks += [*_end(letter, facts, reader), Blanks((_("Place and day"), _("Signature")))]
    title = _("Donations in %(year)s", year=facts["year"])
    return make_paper(title, blocks, who, reader, mark=found.partner)


def statement_letter(
    found: Statement, letter: DonorLetterWords, who: Actor, reader: Reader
) -> StatementLetter:
    """Return the mail with a donor's statement: the depot's thanks, or a plain sentence."""
    _ = reader.gettext
    facts = _statement_facts(found, who, reader)
    named = {"depot": who.depot.name, "year": facts["year"]}
    text = letter.thanked(facts) or _(
        "Attached is what you gave to %(depot)s in %(year)s. Thank you.", **named
    )
    return StatementLetter(
        found.partner_id,
        _("Your donations to %(depot)s in %(year)s", **named),
        text,
        f"{who.depot.slug}-{found.year}.pdf",
        paper_as_pdf(statement_paper(found, letter, who, reader)),
    )


def _statement_facts(found: Statement, who: Actor, reader: Reader) -> dict[str, str]:
    year = figures.plain_number(found.year, reader)
    return _facts(found.partner, year, found.total, found.year, who, reader)


def _facts(
    donor: str, when: str, weight: Total, year: int, who: Actor, reader: Reader
) -> dict[str, str]:
    """Return what fills the placeholders of the thanks."""
    return {
        "donor": donor,
        "depot": who.depot.name,
        "date": when,
        "weight": _total(weight, reader),
        "year": figures.plain_number(year, reader),
    }


def _head(letter: DonorLetterWords, donor: str, reader: Reader) -> Iterator[Block]:
    if letter.sender:
        yield Words(letter.sender, "soft")
    yield Words(donor, "strong", reader.gettext("Given by"))


def _end(
    letter: DonorLetterWords, facts: dict[str, str], reader: Reader, value: str = ""
) -> Iterator[Block]:
    _ = reader.gettext
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


def _in_kind(
    gifts: Iterable[Donation], letter: DonorLetterWords, who: Actor, reader: Reader
) -> Iterator[Block]:
    """Yield what the gifts are worth by the depot's table, if it tells that on its receipts."""
    table = letter.values
    if table is None:
        return
    _ = reader.gettext
    sum_, not_valued = 0, 0
    used: set[ValueRate] = set()
    for gift in gifts:
        for line in gift.lines:
            rate = rate_of(table.rates, line.item, line.category, line.unit, gift.given_on)
            value = value_of(rate, line.quantity, line.weight.grams) if rate else None
            if rate is None or value is None:
                not_valued += 1
            else:
                sum_ += value
                used.add(rate)
    told = InKind(table.currency, (), not_valued, tuple(sorted(used, key=rate_order)))
    named = {"depot": who.depot.name, "value": money(sum_, table.currency, reader.locale)}
    yield Words(_("In-kind value, as %(depot)s reckons it: %(value)s.", **named))
    yield Words(" ".join(in_kind_words(told, reader)), "soft")


def _line(line: GivenLine, reader: Reader) -> Row:
    weight = line.weight
    return Row(
        (
            line.item,
            figures.quantity(line.quantity, line.unit, reader),
            paper_weight_words(weight.grams, reader, is_estimated=weight.is_estimated),
        )
    )


def _gift(gift: Donation, reader: Reader) -> Row:
    goods = "; ".join(
        reader.gettext(
            "%(item)s: %(amount)s",
            item=line.item,
            amount=figures.quantity(line.quantity, line.unit, reader),
        )
        for line in gift.lines
    )
    day = figures.dated_day(gift.given_on, reader)
    return Row((day, goods, _total(gift.total, reader)))


def _total(found: Total, reader: Reader) -> str:
    if found.kinds and found.not_weighed == found.kinds:
        return figures.weight(None, reader)
    return paper_weight_words(found.grams, reader, is_estimated=found.estimated_grams > 0)
