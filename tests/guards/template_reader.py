"""What a template would show, read without rendering it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TypeGuard

from jinja2 import Environment, nodes

#: Stands for whatever an expression would print; no letter, so it never counts as a word.
PRINTED = "\ue000"
#: Attributes that people read or hear.
SPOKEN = {"alt", "aria-description", "aria-label", "aria-roledescription", "label", "placeholder"}
SPOKEN |= {"title", "summary"}
GETTEXT = {"_", "gettext", "ngettext", "npgettext", "pgettext"}
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
#: `class="{% block width %}`: what fills such a block is an attribute's value, wherever it stands.
_ATTRIBUTE_BLOCK = re.compile(r"""="[^"<>]*\{%-?\s*block\s+(\w+)""")
#: What a macro prints that writes nothing but attributes.
_ATTRIBUTES = re.compile(r"""[\w-]+="[^"]*"|\b(checked|disabled|required|selected)\b""")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[A-Z][a-z]+|[a-z]+ [a-z]+ [a-z]+")


@dataclass
class Complaint:
    """One thing that is wrong with a template, and the line it stands on."""

    line: int
    text: str


def attribute_blocks(sources: Iterable[str]) -> set[str]:
    """Return the names of the blocks that some template puts into an attribute."""
    return {name for source in sources for name in _ATTRIBUTE_BLOCK.findall(source)}


def bare_html(environment: Environment, source: str, quiet_blocks: Container[str]) -> str:
    """Return the HTML of `source`: expressions as PRINTED, statements and {% trans %} left out.

    Line breaks are all kept, so that a line number in the answer is one of the source.
    """
    pieces: list[str] = []
    quiet = False
    opened: list[str] = []
    for _, kind, value in environment.lex(source):
        if kind == "data":
            pieces.append(_only_breaks(value) if quiet else value)
        elif kind in ("variable_begin", "block_begin"):
            opened = []
        elif kind == "variable_end" and not quiet:
            # In the place of a tag's name only a name will do: <{{ 'h1' if big else 'p' }}>
            pieces.append("div" if "".join(pieces[-1:]).endswith(("<", "</")) else PRINTED)
        elif kind == "block_end":
            quiet = _is_left_out(opened, quiet_blocks, quiet)
        elif kind not in ("whitespace", "comment", "comment_begin", "comment_end"):
            opened.append(value)
        if kind != "data" and "\n" in value:
            pieces.append(_only_breaks(value))
    return "".join(pieces)


def _only_breaks(text: str) -> str:
    return "\n" * text.count("\n")


def _is_left_out(statement: list[str], quiet_blocks: Container[str], before: bool) -> bool:
    """Say whether the text after `statement` is translated, or no text but an attribute's value."""
    match statement:
        case ["trans", *_]:
            return True
        case ["block", name, *_] if name in quiet_blocks:
            return True
        case ["endtrans" | "endblock", *_]:
            return False
    return before


@dataclass
class _Page(HTMLParser):
    """Collects from HTML what must not be there."""

    complaints: list[Complaint] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def complain(self, text: str) -> None:
        self.complaints.append(Complaint(self.getpos()[0], text))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attributes}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.complain(f"<{tag}> in the page: it belongs into a file")
        for name, value in attributes:
            self._attribute(name, value or "")

    def _attribute(self, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self.complain(f"{name}= in the page: it belongs into a file")
        if value.strip().lower().startswith("javascript:"):
            self.complain(f"{name}={value}: it belongs into a file")
        if name in SPOKEN and _WORD.search(value):
            self.complain(f"{name}={value!r} is not translated")

    def handle_data(self, data: str) -> None:
        shown = _ATTRIBUTES.sub("", data) if '="' in data else data
        if self.cdata_elem is None and _WORD.search(shown):
            self.complain(f"{data.strip()!r} is not translated")


def complaints_about(
    environment: Environment, source: str, quiet_blocks: Container[str] = ()
) -> Iterator[Complaint]:
    """Yield what is wrong with a template: bare text, inline style or script, arithmetic."""
    page = _Page()
    page.feed(bare_html(environment, source, quiet_blocks))
    page.close()
    yield from page.complaints
    yield from _bare_strings(environment.parse(source), inside=False)


def _bare_strings(node: nodes.Node, inside: bool) -> Iterator[Complaint]:
    """Yield sentences in expressions that gettext does not see, and sums."""
    if _is_gettext(node) and not _is_written_out(node.args):
        yield Complaint(node.lineno, "only written words are translated here: others become HTML")
    if isinstance(node, ARITHMETIC):
        yield Complaint(node.lineno, "arithmetic: work it out before the template")
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and not inside:
        if _SENTENCE.search(node.value):
            yield Complaint(node.lineno, f"{node.value!r} is not translated")
        return
    inside = inside or _is_quiet(node)
    for child in node.iter_child_nodes():
        yield from _bare_strings(child, inside)


def _is_quiet(node: nodes.Node) -> bool:
    """Say whether strings below `node` are already translated, or compared and never shown."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        return _is_gettext(node)
    return isinstance(node, nodes.Compare | nodes.Getitem | nodes.Import | nodes.FromImport)


def _is_gettext(node: nodes.Node) -> TypeGuard[nodes.Call]:
    called = node.node if isinstance(node, nodes.Call) else None
    return isinstance(called, nodes.Name) and called.name in GETTEXT


def _is_written_out(arguments: list[nodes.Expr]) -> bool:
    """Say whether what is translated stands there: gettext marks what it returns as safe HTML."""
    first = arguments[0] if arguments else None
    if isinstance(first, nodes.CondExpr):
        return _is_written_out([first.expr1]) and _is_written_out([first.expr2 or first.expr1])
    return isinstance(first, nodes.Const)
