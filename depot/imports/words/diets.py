"""What diets are called in lists: by this program in each of its languages, and by people."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from depot.base.allergens import DIETS
from depot.base.text import plain_letters
from depot.words.languages import USUAL, in_all_languages

#: Beside what the program calls them.
_ALSO: Final = {
    "vegetarian": "veggie, vegetariana, végétarienne, wegetariańska, wegetariański, вегетаріанська,"
    " вегетарианская, نباتية, گیاهی",
    "vegan": "vegana, végétalien, végétalienne, wegańska, wegański, веганська, веганская,"
    " نباتية صرفة",
    "gluten-free": "gluten free, no gluten, bezglutenowe, безглютенове, безглютеновое, بلا غلوتين,"
    " فاقد گلوتن, 不含麸质",
    "halal": "halál, helâl, халал",
    "kosher": "kashrut, cacher, kasher, koscher, kaşer, кошер, کاشر",
}


def diet_said(word: str) -> str:
    """Return the code of a diet in whatever language it stands; any other word as it is."""
    return _codes().get(_plain(word), word)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    told = in_all_languages(list(DIETS.values()), USUAL)
    found = {_plain(one): code for code, ones in zip(DIETS, told, strict=True) for one in ones}
    also = {_plain(one): code for code, ones in _ALSO.items() for one in ones.split(",")}
    return also | found


def _plain(word: str) -> str:
    return " ".join(plain_letters(word).split())
