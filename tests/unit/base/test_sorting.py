"""Names are sorted as people look for them in their own alphabet."""

from __future__ import annotations

import pytest

from depot.base.names import natural_sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["shelf 1", "Shelf 2", "Shelf 10"],
        ["Apfel", "Äpfel", "Birne", "Zucker"],
        ["na", "nz", "ño", "oa"],
        ["lody", "luty", "łosoś", "mąka"],
        ["Горох", "Ґудзик", "Исток", "Ізюм", "Йод", "Їжа", "Яблука"],
        ["برنج", "پنیر", "تخم", "جو", "چای"],
        ["hurma", "ısı", "ispanak"],
    ],
)
def test_names_stand_in_the_order_of_their_alphabet(names: list[str]) -> None:
    assert sorted(reversed(names), key=natural_sort_key) == names
