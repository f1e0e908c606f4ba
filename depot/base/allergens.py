"""What food contains and whom it suits: the fourteen allergens, and diets.

The allergens are those that food in Europe is labelled with (Regulation 1169/2011, annex II). What
nobody looked at is never free of anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from depot.base.names import clean_name, name_key
from depot.base.text import N_, plain_letters

#: Code as stored and in the API, and the word people read; in the order of the regulation.
ALLERGENS: Final = {
    "gluten": N_("gluten"),
    "crustaceans": N_("crustaceans"),
    "eggs": N_("eggs"),
    "fish": N_("fish"),
    "peanuts": N_("peanuts"),
    "soya": N_("soya"),
    "milk": N_("milk"),
    "nuts": N_("nuts"),
    "celery": N_("celery"),
    "mustard": N_("mustard"),
    "sesame": N_("sesame"),
    "sulphites": N_("sulphites"),
    "lupin": N_("lupin"),
    "molluscs": N_("molluscs"),
}
#: What else people write for them, in each of our languages; of several words with commas between.
_SPELLINGS: Final = {
    "gluten": "wheat, rye, barley, oats, spelt, cereals, weizen, roggen, gerste, hafer, dinkel,"
    " getreide, trigo, cebada, centeno, avena, blé, seigle, orge, avoine, glutine, grano, frumento,"
    " orzo, segale, glúten, cevada, centeio, aveia, pszenica, żyto, jęczmień, owies, глютен,"
    " пшениця, жито, ячмінь, овес, пшеница, рожь, ячмень, buğday, arpa, çavdar, yulaf, glüten,"
    " غلوتين, جلوتين, قمح, شعير, شوفان, گلوتن, گندم, جو, جو دوسر, چاودار, 麸质, 小麦, 大麦, 燕麦,"
    " 黑麦, 面筋",
    "crustaceans": "crustacean, shellfish, crab, prawns, shrimp, krebstiere, crustáceos, mariscos,"
    " gambas, crustacés, crevettes, crostacei, gamberi, camarão, skorupiaki, krewetki, ракоподібні,"
    " креветки, ракообразные, kabuklular, kabuklu deniz ürünleri, karides, قشريات, روبيان, جمبري,"
    " سخت پوستان, میگو, خرچنگ, 甲壳类, 虾, 蟹",
    "eggs": "egg, ei, eier, huevo, huevos, oeuf, oeufs, uovo, uova, ovo, ovos, jajo, jaja, jajko,"
    " jajka, яйце, яйця, яйцо, яйца, yumurta, بيض, بيضة, تخم مرغ, تخم مرغ ها, 蛋, 鸡蛋, 蛋类",
    "fish": "fisch, pescado, poisson, pesce, peixe, ryba, ryby, риба, рыба, balık, سمك, أسماك,"
    " ماهی, 鱼, 鱼类",
    "peanuts": "peanut, groundnuts, erdnüsse, erdnuss, cacahuetes, cacahuete, maní, arachides,"
    " arachide, cacahuètes, arachidi, amendoim, amendoins, orzeszki ziemne, orzeszki arachidowe,"
    " арахіс, арахис, yer fıstığı, yerfıstığı, فول سوداني, فستق العبيد, بادام زمینی, 花生",
    "soya": "soy, soybeans, soja, soia, соя, сої, сои, soya, صويا, فول الصويا, سویا, 大豆, 黄豆",
    "milk": "dairy, lactose, milch, laktose, leche, lactosa, lait, latte, lattosio, leite, mleko,"
    " laktoza, молоко, лактоза, süt, laktoz, حليب, لبن, لاكتوز, ألبان, شیر, لاکتوز, لبنیات, 奶,"
    " 牛奶, 乳, 乳制品, 乳糖, 奶制品",
    "nuts": "nut, almonds, hazelnuts, walnuts, cashews, nüsse, nuss, schalenfrüchte, frutos secos,"
    " nueces, almendras, noix, fruits à coque, noisettes, amandes, frutta a guscio, noci, nocciole,"
    " mandorle, castanhas, nozes, amêndoas, orzechy, migdały, горіхи, мигдаль, орехи, миндаль,"
    " sert kabuklu yemişler, sert kabuklu yemiş, kuruyemiş, fındık, ceviz, badem, مكسرات, جوز, لوز,"
    " بندق, مغزهای درختی, مغزها, آجیل, گردو, فندق, بادام, 坚果, 杏仁, 核桃, 腰果",
    "celery": "sellerie, apio, céleri, sedano, aipo, salsão, seler, селера, сельдерей, kereviz,"
    " كرفس, کرفس, 芹菜",
    "mustard": "senf, mostaza, moutarde, senape, mostarda, gorczyca, musztarda, гірчиця, горчица,"
    " hardal, خردل, 芥末, 芥菜",
    "sesame": "sesam, sésamo, ajonjolí, sésame, sesamo, gergelim, sezam, кунжут, сезам, susam,"
    " سمسم, کنجد, 芝麻",
    "sulphites": "sulfites, sulphur, sulfite, sulfit, sulfitos, so2, solfiti, anidride solforosa,"
    " siarczyny, сульфіти, сульфиты, sülfit, sülfitler, كبريتيت, كبريتات, سولفیت, سولفیت ها,"
    " 亚硫酸盐, 二氧化硫",
    "lupin": "lupins, lupine, lupinen, altramuces, lupini, tremoço, tremoços, łubin, люпин, люпін,"
    " acı bakla, lüpen, ترمس, لوپن, باقلای مصری, 羽扇豆",
    "molluscs": "mollusks, mollusc, weichtiere, moluscos, mollusques, molluschi, mięczaki, молюски,"
    " моллюски, yumuşakçalar, midye, رخويات, محار, نرم تنان, صدف, 软体动物, 贝类",
}
#: Each spelling as its plain words.
_CODE_OF: Final = {
    tuple(plain_letters(spelling).split()): code
    for code, spellings in _SPELLINGS.items()
    for spelling in (code, *spellings.split(","))
}
_MOST_WORDS: Final = max(map(len, _CODE_OF))
_FIRST_WORDS: Final = frozenset(words[0] for words in _CODE_OF)
_FILLERS: Final = frozenset(
    plain_letters(
        "contains and may enthält und contiene y e et contient contém zawiera i містить та і"
        " содержит и içerir ve يحتوي تحتوي على و حاوی 含 含有 和 及 制品"
    ).split()
)
#: Said alone, nothing is in it; beside an allergen nobody could be sure which of the two is meant.
_NONE: Final = frozenset(
    plain_letters(
        "none no keine ninguno aucun nessuno nenhum brak немає нет yok لا يوجد ندارد 无 没有"
    ).split()
)
_WORD: Final = re.compile(r"[^\W_]+")
#: Chinese puts no blanks between words.
_UNSPACED: Final = re.compile(r"[\u3400-\u9fff]+")
#: "And" and "the" stand close before a word in Arabic.
_BEFORE: Final = ("و", "ال", "وال")


def sort_allergens(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the allergens among `codes`, each once, in the order of the list."""
    wanted = set(codes)
    return tuple(code for code in ALLERGENS if code in wanted)


def allergens_to_text(codes: Iterable[str]) -> str:
    """Return allergens as the database keeps them: codes with blanks between."""
    return " ".join(sort_allergens(codes))


def from_stored(text: str) -> tuple[str, ...]:
    """Return the allergens that a stored text names."""
    return sort_allergens(text.split())


def from_words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the allergens that a person's list names, and the words in it that are none."""
    words = [part for word in _WORD.findall(plain_letters(text)) for part in _parted(word)]
    found: list[str] = []
    unknown: list[str] = []
    at = 0
    while at < len(words):
        length = _known_length(words, at)
        if length:
            found.append(_CODE_OF[tuple(words[at : at + length])])
        elif words[at] not in _FILLERS | _NONE:
            unknown.append(words[at])
        at += length or 1
    if found:
        unknown += [word for word in words if word in _NONE]
    return sort_allergens(found), tuple(unknown)


def _known_length(words: Sequence[str], at: int) -> int:
    """Return of how many words the longest allergen is that stands at `at`; 0 for none."""
    lengths = range(min(_MOST_WORDS, len(words) - at), 0, -1)
    return next((n for n in lengths if tuple(words[at : at + n]) in _CODE_OF), 0)


def _parted(word: str) -> Iterator[str]:
    """Yield the words that are written as one, if all of them are known; else the word."""
    for before in _BEFORE:
        rest = word.removeprefix(before)
        if rest != word and rest in _FIRST_WORDS and (word,) not in _CODE_OF:
            yield rest
            return
    if not _UNSPACED.fullmatch(word):
        yield word
        return
    while word:
        ends = range(len(word), 0, -1)
        end = next(
            (n for n in ends if (word[:n],) in _CODE_OF or word[:n] in _FILLERS | _NONE), len(word)
        )
        yield word[:end]
        word = word[end:]


#: Code as in the API, and the word people read. A depot has words of its own beside them.
DIETS: Final = {
    "halal": N_("halal"),
    "kosher": N_("kosher"),
    "vegetarian": N_("vegetarian"),
    "vegan": N_("vegan"),
    "gluten-free": N_("gluten-free"),
}
#: What contains one of these is not for the diet, whatever somebody ticked.
_FORBIDDEN: Final = {
    "kosher": ("crustaceans", "molluscs"),
    "vegetarian": ("crustaceans", "fish", "molluscs"),
    "vegan": ("crustaceans", "eggs", "fish", "milk", "molluscs"),
    "gluten-free": ("gluten",),
}
#: The longest word for a diet, and how many an item may have.
MAX_DIET: Final = 40
MAX_DIETS: Final = 20


def diet_key(word: str) -> str:
    """Return how a diet is compared: Gluten free and gluten-free are the same."""
    return name_key(word).replace(" ", "-").replace("_", "-")


def clean_diets(words: Iterable[str]) -> tuple[str, ...]:
    """Return diets each once: those of the list by their code and first, then a depot's own."""
    found = {diet_key(word): clean_name(word) for word in words if word.strip()}
    own = sorted(key for key in found if key and key not in DIETS)
    return tuple(code for code in DIETS if code in found) + tuple(found[key] for key in own)


def diets_to_text(words: Iterable[str]) -> str:
    """Return diets as the database keeps them: one a line."""
    return "\n".join(clean_diets(words))


def diets_from_stored(text: str) -> tuple[str, ...]:
    """Return the diets that a stored text names."""
    return tuple(text.splitlines())


def contradictions(allergens: Iterable[str], diets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each diet with an allergen that it does not allow: (vegan, milk)."""
    inside = set(allergens)
    return tuple(
        (diet, code)
        for diet in diets
        for code in _FORBIDDEN.get(diet_key(diet), ())
        if code in inside
    )


@dataclass(frozen=True, slots=True)
class FoodFacts:
    """What goods are known to contain, whether all fourteen were looked for, and their diets."""

    allergens: tuple[str, ...] = ()
    #: Somebody looked for all fourteen: what is not named is not in it.
    is_known: bool = False
    diets: tuple[str, ...] = ()
    is_food: bool = True

    def is_free_of(self, code: str) -> bool:
        """Say whether somebody looked and it is not in it."""
        return self.is_known and code not in self.allergens

    def suits_diet(self, diet: str) -> bool:
        return diet_key(diet) in {diet_key(word) for word in self.diets}


@lru_cache(maxsize=1024)
def state_food(allergens: str, diets: str, *, is_known: bool, is_food: bool = True) -> FoodFacts:
    """Return the facts as stored of an item. A diet that what it contains forbids is left out."""
    inside, words = from_stored(allergens), diets_from_stored(diets)
    wrong = {diet for diet, _code in contradictions(inside, words)}
    suits = tuple(word for word in words if word not in wrong)
    return FoodFacts(inside, is_known, suits, is_food)


def put_together(parts: Iterable[FoodFacts]) -> FoodFacts:
    """Return what is true of several goods together: the worst of each. Of nothing, nothing is."""
    found = list(parts)
    if not found:
        return FoodFacts()
    return FoodFacts(
        sort_allergens(code for part in found for code in part.allergens),
        all(part.is_known for part in found),
        tuple(word for word in found[0].diets if all(part.suits_diet(word) for part in found)),
        any(part.is_food for part in found),
    )


def made_of(stated: FoodFacts, parts: Iterable[FoodFacts]) -> FoodFacts:
    """Return the facts of goods that were made: of what went in, not of what is said of their item.

    What their item is said to contain is in them as well; that somebody looked at an item says
    nothing of what went into this pot.
    """
    inherited = put_together(parts)
    inside = sort_allergens((*inherited.allergens, *stated.allergens))
    wrong = {diet for diet, _code in contradictions(inside, inherited.diets)}
    return replace(
        inherited,
        allergens=inside,
        diets=tuple(word for word in inherited.diets if word not in wrong),
        is_food=stated.is_food,
    )


@dataclass(frozen=True, slots=True)
class FoodWish:
    """What somebody looks for: goods without these allergens, for these diets."""

    without: tuple[str, ...] = ()
    diets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.without or self.diets)

    def suits(self, food: FoodFacts) -> bool:
        """Say whether it is known that the goods are as wished."""
        return all(food.is_free_of(code) for code in self.without) and all(
            food.suits_diet(diet) for diet in self.diets
        )


NO_WISH: Final = FoodWish()
