"""What is done with a crate and what is said of it, whether a page sends it or a phone later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.crates import forms, words
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer
from blueprints.words.amounts import units_of
from blueprints.words.crate_help import moved_crate_words
from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, UnknownCrate
from depot.counts.commands.counts import CountedGoods, book_count
from depot.crates.commands.crates import RetiredCrate
from depot.crates.commands.tags import TaggedCrates
from depot.crates.queries.crate_codes import crate_keys
from depot.db.database import current_session
from depot.items.queries import catalog
from depot.kernel.once import A, Outcome
from depot.stock.commands.new_crates import PackedCrates, pack_crates
from depot.stock.commands.take_out import TakenOut, take_out
from depot.stock.commands.transfers import MovedCrate, MovedGoods, move_crate, move_goods
from labels.symbols import codes

#: Codes as printed, by what was typed or scanned.
_looked_up: ContextVar[Mapping[str, str]] = ContextVar(
    "crates_looked_up", default=MappingProxyType({})
)


def need_crate_code(text: str, who: Actor) -> str:
    """Return the code that commands name a crate by, however it was typed. Raises UnknownCrate.

    A repeat that spells it otherwise, or comes after the label was replaced, is a repeat.
    """
    key = _looked_up.get().get(text)
    if key is None:
        key = crate_keys(current_session(), who.depot_id, [text]).get(text)
    if key is None:
        raise UnknownCrate(field="crate_code", code=text)
    return key


@contextmanager
def looked_up_together(texts: Iterable[str], who: Actor) -> Iterator[None]:
    """Look up at once what `need_crate_code` is asked in the `with`; of what is found, it stays."""
    token = _looked_up.set(crate_keys(current_session(), who.depot_id, texts))
    try:
        yield
    finally:
        _looked_up.reset(token)


def run_with_code(text: str, who: Actor, do: Callable[[str], Outcome[A]]) -> Outcome[A]:
    """Do something with a crate by its code as printed. Raises UnknownCrate and what `do` raises.

    If its label was replaced since the same command came the first time, the code that it came
    with is what makes it a repeat.
    """
    code = need_crate_code(text, who)
    try:
        return do(code)
    except CommandIdReused:
        earlier = codes.normalise_code(text)
        if earlier is None or earlier == code:
            raise
        return do(earlier)


def run_move(form: forms.MoveForm, code: str, who: Actor) -> Outcome[MovedCrate]:
    """Do what the page "Move" asks for. Raises ValidationError, DepotError."""
    return move_crate(form.command(code), who)


def run_take_out(form: forms.CrateGoodsForm, code: str, who: Actor) -> Outcome[TakenOut]:
    """Do what the page "Take out" asks for. Raises ValidationError, DepotError."""
    return take_out(forms.take_out_command(form, code, read_units(who)), who)


def run_count(form: forms.CountForm, code: str, who: Actor) -> Outcome[CountedGoods]:
    """Do what the page "Count" asks for. Raises ValidationError, DepotError."""
    return book_count(forms.count_command(form, code, read_units(who)), who)


def run_fill(form: forms.CrateGoodsForm, code: str, who: Actor) -> Outcome[MovedGoods]:
    """Do what the page "Fill" asks for. Raises ValidationError, DepotError."""
    return move_goods(forms.fill_command(form, code, read_units(who)), who)


def run_empty(
    form: forms.CrateGoodsForm, code: str, who: Actor
) -> Outcome[MovedGoods | PackedCrates]:
    """Do what the page "Put elsewhere" asks for. Raises ValidationError, DepotError."""
    if form.to == forms.NEW_CRATE and not form.other:
        return pack_crates(forms.split_command(form, code, read_units(who)), who)
    return move_goods(forms.empty_command(form, code, read_units(who)), who)


def read_units(who: Actor) -> forms.UnitReader:
    """Return what turns amounts typed into base units."""
    items = catalog.item_names(current_session(), who.depot_id, with_loose=True)
    return forms.UnitReader(who.depot.weight_unit, units_of(items))


def answer_crate_move(outcome: Outcome[MovedCrate]) -> Answer:
    """Say where the crate is now."""
    return Answer(moved_crate_words(outcome))


def answer_take_out(outcome: Outcome[TakenOut]) -> Answer:
    """Say what was taken out of the crate."""
    code = outcome.answer.crate_code
    if outcome.entry_id is None:
        return Answer(_("The book had nothing in %(code)s.", code=code))
    what = words.moved_goods_words(outcome, current_reader())
    return Answer(_("Taken out of %(code)s — %(what)s.", code=code, what=what))


def answer_crate_count(outcome: Outcome[CountedGoods]) -> Answer:
    """Say how the count compared with the book."""
    code, result = outcome.answer.crate_code, words.count_result_words(outcome, current_reader())
    return Answer(_("%(code)s counted: %(result)s.", code=code, result=result))


def answer_fill(outcome: Outcome[MovedGoods], code: str) -> Answer:
    """Say what was put into the crate."""
    if outcome.entry_id is None:
        return Answer(_("Nothing lay there."))
    what = words.moved_goods_words(outcome, current_reader())
    return Answer(_("Put into %(code)s — %(what)s.", code=code, what=what))


def answer_empty(outcome: Outcome[MovedGoods | PackedCrates], code: str) -> Answer:
    """Say what was put elsewhere."""
    if isinstance(outcome.answer, PackedCrates):
        return answer_split(outcome.answer)
    if outcome.entry_id is None:
        return Answer(_("The book had nothing in %(code)s.", code=code))
    what = words.goods_words(outcome.answer.lines, current_reader())
    return Answer(_("Put elsewhere — %(what)s.", what=what))


def answer_split(split: PackedCrates) -> Answer:
    """Say which crate came out of another, with the way to its label."""
    (code,) = split.codes
    what = words.goods_words(split.lines, current_reader())
    return Answer(
        _("Now in the new crate %(code)s — %(what)s.", code=code, what=what),
        href=url_for("printing.crate", code=code),
        link_text=_("Print its label"),
    )


def answer_pack(outcome: Outcome[PackedCrates]) -> Answer:
    """Say how many crates were filled, with the way to their labels."""
    count = len(outcome.answer.codes)
    what = words.goods_words(outcome.answer.lines, current_reader())
    return Answer(
        ngettext(
            "%(num)s new crate — %(what)s.",
            "%(num)s new crates, in all — %(what)s.",
            count,
            what=what,
        ),
        href=url_for("printing.packed", code=outcome.answer.codes[0]),
        link_text=ngettext("Print its label", "Print their labels", count),
    )


def answer_tags(outcome: Outcome[TaggedCrates]) -> Answer:
    """Say which words were put on how many crates, or taken off."""
    count, tagged = len(outcome.answer.codes), outcome.answer
    if tagged.added:
        tags = ", ".join(tagged.added)
        return Answer(
            ngettext("%(num)s crate: %(tags)s.", "%(num)s crates: %(tags)s.", count, tags=tags)
        )
    return Answer(_("Taken off: %(tags)s.", tags=", ".join(tagged.removed)))


def answer_retire(outcome: Outcome[RetiredCrate]) -> Answer:
    """Say that the label is used no more."""
    return Answer(_("%(code)s is retired. Take its label off.", code=outcome.answer.code))
