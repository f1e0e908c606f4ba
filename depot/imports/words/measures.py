"""What units are called in lists, language by language, and what one of each is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from depot.base.text import plain_letters
from depot.base.units import MILLIGRAMS_PER_POUND

#: Milligrams in one of each. The pound is exact by the agreement of 1959; an ounce is 1/16 of it.
_POUND: Final = Fraction(MILLIGRAMS_PER_POUND)
_MILLIGRAMS: Final = {
    **dict.fromkeys(("mg", "milligram", "milligrams"), Fraction(1)),
    **dict.fromkeys(("g", "gr", "gram", "grams", "gramm", "gramo", "gramos"), Fraction(1000)),
    **dict.fromkeys(("gm", "gms", "gramme", "grammes"), Fraction(1000)),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), Fraction(10**6)),
    **dict.fromkeys(("kilogramm", "kilogramme", "kilogrammes"), Fraction(10**6)),
    **dict.fromkeys(("t", "tonne", "tonnes"), Fraction(10**9)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "#", "پوند"), _POUND),
    **dict.fromkeys(("oz", "ounce", "ounces", "onza", "onzas", "اونس"), _POUND / 16),
    # italian, portuguese, polish, turkish, ukrainian and russian, arabic, persian, chinese
    **dict.fromkeys("мг міліграм миллиграмм ملغ ملغم میلیگرم 毫克".split(), Fraction(1)),
    **dict.fromkeys(
        "grammo grammi grama gramas gramy gramów г гр грам грама грами грамів грамм грамма граммов"
        " غ غم جم غرام جرام غرامات گ گرم 克".split(),
        Fraction(1000),
    ),
    **dict.fromkeys(
        "chilo chili quilo quilos kilogramo kilogramos quilograma quilogramas chilogrammo"
        " chilogrammi kilogramy kilogramów kilograma кг кіло кілограм кілограма кілограми"
        " кілограмів кило килограмм килограмма килограммов كغ كغم كجم كيلو كيلوغرام كيلوجرام"
        " كيلوغرامات کیلو کیلوگرم کغ 公斤 千克".split(),
        Fraction(10**6),
    ),
    **dict.fromkeys("斤 市斤".split(), Fraction(500_000)),
    **dict.fromkeys(
        "tonelada toneladas tonnellata tonnellate tona tony т тонна тонни тонны тонн طن تن"
        " 吨".split(),
        Fraction(10**9),
    ),
}
#: Millilitres in one of each.
_MILLILITRES: Final = {
    **dict.fromkeys(("ml", "millilitre", "millilitres", "milliliter", "milliliters"), Fraction(1)),
    **dict.fromkeys(("cl", "centilitre", "centilitres", "zentiliter"), Fraction(10)),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters", "litro", "litros"), Fraction(1000)),
    **dict.fromkeys("мл мілілітр миллилитр مل ملل مليلتر میلیلیتر 毫升".split(), Fraction(1)),
    **dict.fromkeys(
        "litri litry litrów litr lt л літр літра літри літрів литр литра литров ل لتر لترات لیتر 升"
        " 公升".split(),
        Fraction(1000),
    ),
}
_PIECES: Final = (
    "piece pieces pc pcs ea each unit units item items ct count x tin tins can cans jar jars bag "
    "bags pack packs packet packets pkt pkg package packages box boxes bottle bottles carton "
    "cartons tub tubs pouch pouches sachet sachets loaf loaves roll rolls tube tubes bar bars "
    "stuck stück stk dose dosen glas gläser packung packungen pkg. beutel flasche flaschen "
    "pieza piezas unidad unidades ud uds lata latas bote botes bolsa bolsas paquete paquetes "
    "botella botellas piece pièces pièce unité unités boîte boîtes bocal bocaux sachet paquet "
    "paquets bouteille bouteilles "
    "pezzo pezzi pz scatola scatole lattina lattine barattolo barattoli bottiglia bottiglie "
    "sacchetto sacchetti confezione confezioni busta buste vasetto vasetti "
    "unidade unidades und un peça peças pacote pacotes latas caixa caixas garrafa garrafas saco "
    "sacos vidro vidros pote potes "
    "szt sztuk sztuka sztuki puszka puszki puszek paczka paczki paczek butelka butelki butelek "
    "słoik słoiki słoików torba torby toreb karton kartony opakowanie opakowania opakowań "
    "adet tane kutu paket şişe kavanoz torba poşet koli teneke "
    "шт штука штуки штук банка банки банок пачка пачки пачок пачек пляшка пляшки пляшок бутылка "
    "бутылки бутылок пакет пакети пакетів пакеты пакетов коробка коробки коробок "
    "упаковка упаковки упаковок "
    "قطعة قطع حبة حبات وحدة وحدات علبة علب كيس أكياس زجاجة زجاجات صندوق صناديق عبوة عبوات "
    "عدد دانه بسته قوطی بطری کیسه جعبه شیشه "
    "个 件 只 盒 罐 瓶 包 袋 箱 听 份 支"
)


def _plain(units: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {plain_letters(word): amount for word, amount in units.items()}


#: Milligrams in one of each, by its name in plain letters.
MILLIGRAMS: Final = _plain(_MILLIGRAMS)
#: Millilitres in one of each, by its name in plain letters.
MILLILITRES: Final = _plain(_MILLILITRES)
#: What is counted in pieces, in plain letters.
PIECES: Final = frozenset(plain_letters(_PIECES).split())
