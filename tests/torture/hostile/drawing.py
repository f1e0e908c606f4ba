"""What means harm: words, numbers, files, drawn by hypothesis around what would be right."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.torture.hostile.readers import Given

#: What somebody once broke something with.
NASTY: Final = (
    *("", " ", "\0", "a\0b", "\x1d", "\r\n", "\t", "\x7f", "\u200b", "\u202eabc", "\ufeff"),
    *("0", "-1", "-0", "1e309", "1e-9", "NaN", "inf", "0x10", "1_000", "01", "+3", ".", "1,,2"),
    *("9" * 30, "9" * 400, "1/0", "1 1/0", "½", "⅓⅓", "²", "١٢", "𝟙𝟚", "五", "3 x 3 x 3 x 3"),
    *(str(2**31), str(2**63 - 1), str(2**63), str(-(2**63) - 1), "0.0005", "999999999.9995"),
    *("2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "1-1-1", "2026-W54", "31.2."),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-27T25:61", "24:00"),
    *("';--", '" OR 1=1', "<script>alert(1)</script>", "{{7*7}}", "%s%n%(x)s", "${x}", "=1+1"),
    *("[]", "{}", "null", "on", "../../etc/passwd", "//evil.example/", "\\x", "javascript:a"),
    *("A" * 200, "A" * 70_000, "😀" * 300, "e\u0301" * 100, "\u0300" * 500, "ß" * 100, "İ" * 50),
    *("(" * 3000, "a,b;c\td|e" * 200, '"' * 999, "1 " * 3000, "x" * 2000 + " kg", "-" * 5000),
)
#: A sheet's, a number's and a code's own letters, so that what is drawn is almost right.
_LETTERS: Final = "0123456789 .,;:/-+x()[]'\"\t\n\r\x1d\0½²kgGbmlozKAZaz日é\u200f\u0660"


def words(seeds: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Draw words: nasty ones, any, and those of `seeds` with a few letters changed."""
    kinds = [st.sampled_from(NASTY), st.text(max_size=40), st.text(_LETTERS, max_size=60)]
    if seeds:
        kinds += [changed(seeds), changed(seeds), st.sampled_from(list(seeds))]
    return st.one_of(kinds)


@st.composite
def changed(draw: st.DrawFn, seeds: Sequence[str]) -> str:
    """Draw one of the seeds with some of it replaced, left out or doubled."""
    found = draw(st.sampled_from(list(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(found)))
        to = min(len(found), at + draw(st.integers(0, 4)))
        put = draw(st.one_of(st.text(_LETTERS, max_size=3), st.just(found[at:to] * 2)))
        found = found[:at] + put + found[to:]
    return found


@st.composite
def changed_bytes(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Draw one of the files with bytes changed, cut off or doubled; a workbook also inside."""
    found = draw(st.sampled_from(list(seeds)))
    if found.startswith(b"PK") and draw(st.integers(0, 4)):
        return _repacked(draw, found)
    found = found[: draw(st.integers(0, len(found)))] if draw(st.integers(0, 3)) == 0 else found
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(found)))
        put = draw(st.binary(max_size=4))
        found = found[:at] + put + found[at + draw(st.integers(0, 4)) :]
    return found


def _repacked(draw: st.DrawFn, book: bytes) -> bytes:
    """Return the workbook with the text of one of its parts changed, and whole otherwise."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    if draw(st.integers(0, 9)) == 0:
        del parts[name]
    else:
        parts[name] = draw(changed([parts[name].decode("latin-1")])).encode("utf-8", "replace")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for one, data in parts.items():
            archive.writestr(one, data)
    return out.getvalue()


def files(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Draw files: changed ones, and any bytes."""
    tables = words(["Name;Quantity\nRice;12\n", "name,code\nOats,5000112637922\n"])
    as_table = tables.map(lambda text: text.encode("utf-8", "surrogatepass"))
    return st.one_of(changed_bytes(seeds), changed_bytes(seeds), as_table, st.binary(max_size=300))


def input_for(seeds: Sequence[Given]) -> st.SearchStrategy[Any]:
    """Draw what a reader with these seeds is given."""
    texts = [one for one in seeds if isinstance(one, str)]
    return words(texts) if texts else files([one for one in seeds if isinstance(one, bytes)])


def json_like(value: Any) -> st.SearchStrategy[Any]:
    """Draw JSON of the shape of `value` in which something here and there is another thing."""
    if isinstance(value, dict):
        named = st.fixed_dictionaries({name: json_like(one) for name, one in value.items()})
        return st.one_of(named, named, named, anything())
    if isinstance(value, list):
        inside = [json_like(one) for one in value]
        return st.one_of(st.tuples(*inside).map(list), anything())
    seeds = [value] if isinstance(value, str) and value else []
    return st.one_of(st.just(value), st.just(value), st.just(value), words(seeds), anything())


def anything() -> st.SearchStrategy[Any]:
    """Draw any JSON that somebody might send, lone surrogates among it."""
    plain = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.sampled_from(NASTY),
        st.just("\ud800"),
    )
    return st.recursive(plain, lambda inner: st.lists(inner, max_size=3), max_leaves=5)


def draw_many(
    strategy: st.SearchStrategy[Any],
    count: int,
    use: Callable[[Any], None],
    *,
    always_the_same: bool = False,
) -> None:
    """Draw so many and use each; what `use` finds wrong it writes down itself."""

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        derandomize=always_the_same,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def drawn(value: Any) -> None:
        use(value)

    drawn()
