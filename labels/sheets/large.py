"""Labels that are read from afar: a shelf's from a metre, a pallet's from two.

How far a symbol can be read is a matter of its modules, not of its size: a phone's camera needs
three pixels a module, and at one metre it has about 1.5 a millimetre. So a module has to be 2 mm
for one metre and 4 mm for two. A symbol wants 4 modules of white around it and needs 2 (measured
on a busy ground); towards the label's edge it gets at least 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from labels.sheets import fitting, lettering
from labels.sheets.layout import CrateLabel
from labels.sheets.layout import arrange as arrange_crate
from labels.sheets.marks import CodeMark, LineMark, Mark, Measure, SymbolMark, TextMark
from labels.sheets.typefaces import runs_left, tidy_line
from labels.symbols.qr import QUIET_ZONE, qr_symbol

MODULE_AT_ONE_METRE: Final = 2.0
MODULE_AT_TWO_METRES: Final = 4.0
_LEAST_WHITE: Final = 2  # modules between a symbol and the label's edge
_NEAR_SYMBOL: Final = 34.0  # the second symbol of a small pallet label, mm
_MOST_DETAILS: Final = 4
_MOST_LINES: Final = 3
_SMALLEST: Final = 2.6  # mm, of a pallet label's text
_LARGEST_SHARE: Final = 0.08  # of what there is for the words, of the title's size
_GAP: Final = 0.45  # above each text, of its size


@dataclass(frozen=True)
class PlaceLabel:
    """What a shelf's label says: its name in large letters; `url` stands in the symbol.

    `within` is the room it is in, `depot` whose it is: small print, in any script.
    """

    name: str
    url: str
    depot: str = ""
    within: str = ""


@dataclass(frozen=True)
class PalletLabel(CrateLabel):
    """A crate's label that is read from two metres.

    Where the paper is too small for the whole address in modules of 4 mm, the large symbol holds
    the code alone, which Depot's own scanner takes, and a small one the address, for the camera
    of any phone held close.
    """


Label = CrateLabel | PlaceLabel | PalletLabel


def module_mm(mark: SymbolMark) -> float:
    """Return the side of one module of a symbol in mm."""
    return mark.side / qr_symbol(mark.text).side


def reads_from_afar(
    label: PlaceLabel | PalletLabel, width: float, height: float, least: float
) -> bool:
    """Say whether a label of `width` by `height` mm gets a symbol with modules of `least` mm."""
    marks = arrange_any(label, width, height, lambda text, bold: 0.6 * len(text))
    modules = (module_mm(mark) for mark in marks if isinstance(mark, SymbolMark))
    return max(modules) >= least - 0.001


def arrange_any(label: Label, width: float, height: float, measure: Measure) -> tuple[Mark, ...]:
    """Lay out any label of `width` by `height` mm, marks relative to its top left corner.

    Raises TextTooLong for an address that fits no QR symbol.
    """
    marks = _arranged(label, width, height, measure)
    if not runs_left(_first_words(label)):
        return marks
    return tuple(_turned(mark, width, measure) for mark in marks)


def _arranged(label: Label, width: float, height: float, measure: Measure) -> tuple[Mark, ...]:
    if isinstance(label, PlaceLabel):
        return tuple(_place(label, _Paper(width, height), measure))
    if isinstance(label, PalletLabel):
        return tuple(_pallet(label, _Paper(width, height), measure))
    return arrange_crate(label, width, height, measure)


def _first_words(label: Label) -> str:
    """Return what says which way a label is read: the program's words before people's."""
    if isinstance(label, PlaceLabel):
        return label.name
    return " ".join((label.date_text, label.allergens, label.title, *label.details))


def _turned(mark: Mark, width: float, measure: Measure) -> Mark:
    """Return a mark on the other side: a label that is read from the right begins there."""
    if isinstance(mark, SymbolMark):
        return replace(mark, x=width - mark.x - mark.side)
    if isinstance(mark, LineMark):
        return replace(mark, x=width - mark.x, to_x=width - mark.to_x)
    if isinstance(mark, CodeMark):
        return replace(mark, x=width - mark.x - lettering.width_for(len(mark.text), mark.height))
    return replace(mark, x=width - mark.x - measure(mark.text, mark.bold) * mark.size)


@dataclass(frozen=True)
class _Paper:
    width: float
    height: float

    @property
    def is_wide(self) -> bool:
        return self.width >= 1.15 * self.height

    @property
    def edge(self) -> float:
        return max(1.5, 0.04 * min(self.width, self.height))

    def largest_module(self, text: str) -> float:
        """Return the largest module that fits across, with the least white at both edges."""
        modules = qr_symbol(text).modules + 2 * _LEAST_WHITE
        return min(self.width, self.height) / modules

    def symbol(self, text: str, module: float) -> SymbolMark:
        """Put a symbol at the left of a wide paper, at the foot of a tall one."""
        side = module * qr_symbol(text).side
        over = module * (QUIET_ZONE - _LEAST_WHITE)
        if self.is_wide:
            return SymbolMark(-over, (self.height - side) / 2, side, text)
        return SymbolMark((self.width - side) / 2, self.height - side + over, side, text)

    def beside(self, mark: SymbolMark) -> tuple[float, float, float, float]:
        """Return what is left of the paper: left, top, width, height."""
        if self.is_wide:
            left = mark.x + mark.side
            return left, self.edge, self.width - left - self.edge, self.height - 2 * self.edge
        return self.edge, self.edge, self.width - 2 * self.edge, mark.y - self.edge


def _place(label: PlaceLabel, paper: _Paper, measure: Measure) -> Iterator[Mark]:
    fits = paper.largest_module(label.url)
    usual = (0.42 * paper.width if paper.is_wide else 0.5 * paper.height) / qr_symbol(
        label.url
    ).side
    mark = paper.symbol(label.url, min(fits, max(MODULE_AT_ONE_METRE, usual)))
    yield mark
    left, top, width, height = paper.beside(mark)
    small = max(2.2, 0.045 * min(paper.width, paper.height) + 0.6)
    notes = [text for text in (tidy_line(label.within), tidy_line(label.depot)) if text]
    room = height - len(notes) * small * fitting.LINE - small * 0.5
    lines, size = fitting.fit_largest(
        label.name, width, room, measure, most=0.5 * paper.height, least=min(4.0, room)
    )
    used = len(lines) * size * fitting.LINE
    free = max(0.0, room - used) / 2
    box = (left, top + free, width)
    yield from fitting.set_lines(lines, size, box, measure, centred=not paper.is_wide)
    foot = top + height - len(notes) * small * fitting.LINE
    shown = [fitting.cut_text(text, width / small, measure, bold=False) for text in notes]
    yield from fitting.set_lines(
        shown, small, (left, foot, width), measure, bold=False, centred=not paper.is_wide
    )


def _pallet(label: PalletLabel, paper: _Paper, measure: Measure) -> Iterator[Mark]:
    text = label.url
    if paper.largest_module(text) < MODULE_AT_TWO_METRES:
        text = label.code
    module = paper.largest_module(text)
    if module < MODULE_AT_TWO_METRES:  # too small for two metres in any way: as far as it goes
        text = label.url
        module = paper.largest_module(text)
    usual = (0.5 * paper.width if paper.is_wide else 0.52 * paper.height) / qr_symbol(text).side
    mark = paper.symbol(text, min(module, max(MODULE_AT_TWO_METRES, usual)))
    yield mark
    box = paper.beside(mark)
    if text != label.url:
        near, box = _near_symbol(label.url, paper, box)
        yield near
    yield from _shifted(_words(label, box, measure), box[0], box[1])


def _near_symbol(
    url: str, paper: _Paper, box: tuple[float, float, float, float]
) -> tuple[SymbolMark, tuple[float, float, float, float]]:
    """Give the small symbol its corner of the box; return it and what is left."""
    left, top, width, height = box
    side = min(_NEAR_SYMBOL, width, height)
    if paper.is_wide:
        return SymbolMark(left, top + height - side, side, url), (left, top, width, height - side)
    mark = SymbolMark(left + width - side, top, side, url)
    return mark, (left, top, width - side - paper.edge / 2, height)


def _words(
    label: CrateLabel, box: tuple[float, float, float, float], measure: Measure
) -> tuple[Mark, ...]:
    """Set everything but the symbol, as large as the box lets it be; details go first."""
    _left, _top, width, height = box
    marks, used = _code(label.code, width, (0.75 if label.is_blank else 0.4) * height)
    main = [(label.title, 1.0), (label.date_text, 1.0), (label.allergens, 0.8)]
    details = [(text, 0.7) for text in label.details[:_MOST_DETAILS]]
    depot = [(label.depot, 0.5)]
    for count in range(len(details), -1, -1):
        texts = [*main, *details[:count], *depot]
        scale = _scale(texts, width, height - used, measure)
        if scale * 0.7 >= _SMALLEST:
            break
    return (*marks, *_set(texts, scale, (used, width, height), measure))


def _scale(texts: list[tuple[str, float]], width: float, room: float, measure: Measure) -> float:
    """Return the size of the title at which all the texts fill the room."""
    low, high = 0.5, _LARGEST_SHARE * (width + room)
    for _ in range(18):
        middle = (low + high) / 2
        used = sum(
            (len(lines) * fitting.LINE + _GAP) * size
            for lines, size in _at(texts, middle, width, measure)
        )
        low, high = (middle, high) if used <= room else (low, middle)
    return low


def _at(
    texts: list[tuple[str, float]], scale: float, width: float, measure: Measure
) -> Iterator[tuple[tuple[str, ...], float]]:
    for text, weight in texts:
        most = scale * weight
        room = most * fitting.LINE * _MOST_LINES
        lines, size = fitting.fit_largest(
            text, width, room, measure, most=most, least=min(most, _SMALLEST)
        )
        if lines:
            yield lines, size


def _set(
    texts: list[tuple[str, float]],
    scale: float,
    box: tuple[float, float, float],
    measure: Measure,
) -> Iterator[Mark]:
    top, width, height = box
    for lines, size in _at(texts, scale, width, measure):
        top += _GAP * size
        if top + len(lines) * size * fitting.LINE <= height + 0.01:
            yield from fitting.set_lines(lines, size, (0.0, top, width), measure)
        top += len(lines) * size * fitting.LINE


def _code(code: str, width: float, room: float) -> tuple[list[CodeMark], float]:
    """Set the code in one line, or in two if its letters grow by that; say how high it is."""
    one = min(room, lettering.height_for(len(code), width))
    halves = [half for half in code.split("-") if half]
    if len(halves) == 2:
        two = min(room / 2.25, lettering.height_for(max(map(len, halves)), width))
        if two > 1.2 * one:
            marks = [CodeMark(0, 0, two, halves[0]), CodeMark(0, 1.25 * two, two, halves[1])]
            return marks, 2.25 * two
    return [CodeMark(0, 0, one, code)], one


def _shifted(marks: tuple[Mark, ...], x: float, y: float) -> Iterator[Mark]:
    for mark in marks:
        if isinstance(mark, (CodeMark, TextMark)):
            yield replace(mark, x=mark.x + x, y=mark.y + y)
