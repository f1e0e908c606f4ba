"""What each operation is called: a name for programs' code, from its method and address alone."""

from __future__ import annotations

import re
from typing import Final

_ROOT: Final = ("api", "v1")
_PARAMETER: Final = re.compile(r"\{(\w+)\}")


def operation_name(method: str, path: str) -> str:
    """Return what an operation is called, as `get_items`, `get_item`, `post_crate_move`.

    It is the method and the words of the address; what names one of several stands in the singular.
    As long as the address stays, so does the name: what code calls the view says nothing in it.
    """
    words: list[str] = []
    for part in path.strip("/").split("/"):
        named = _PARAMETER.fullmatch(part)
        if named is None:
            words.append(part.replace("-", "_"))
        elif words:
            words[-1] = _one_of(words[-1], named[1].removesuffix("_id"))
    if tuple(words[:2]) == _ROOT:
        words = words[2:]
    return "_".join((method.lower(), *words))


def _one_of(word: str, parameter: str) -> str:
    """Return the word for one of many; where it has none of its own, with what names the one."""
    single = _singular(word)
    if single != word:
        return single
    return parameter if parameter.startswith(word) else f"{word}_{parameter}"


def _singular(word: str) -> str:
    if word.endswith("ies") and word != "series":
        return word.removesuffix("ies") + "y"
    return word if word == "series" else word.removesuffix("s")
