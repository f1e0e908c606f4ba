"""Lists as people in thirteen languages keep them: headings, amounts, packs, dates, sums, no."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pytest

from depot.imports.rows.fields import FIELDS
from depot.imports.rows.matching import guess_columns
from depot.imports.rows.rows import read_crates, read_items, read_stock
from depot.imports.rows.values import find_unit
from depot.imports.sheets.problems import UnknownPack
from depot.imports.sheets.reader import Table, read_table
from depot.words.languages import Languages
from tests.unit.imports.test_matching import guessed

LANGUAGES = Languages().names()


@dataclass(frozen=True)
class Lists:
    """The same goods in the lists of one language.

    Of items: category, weight, allergens, diets. Of stock: 24 and three packs of twelve, until
    December 2027 and 21 May 2027, a sum below. Of crates: one that was given away.
    """

    items: str
    stock: str
    crates: str


LISTS = {
    "en": Lists(
        "Item;Category;Net weight;Allergens;Diets\nPasta;Dry goods;500 g;wheat, eggs;vegetarian\n",
        "Item;Quantity;Unit;Best before;Shelf\nPasta;24;pieces;December 2027;A1\n"
        "Milk;3;case of 12;21 May 2027;A2\nTotal;60;;;\n",
        "Box number;Item;Quantity;Place;Status\nK1;Pasta;24;A1;\nK2;Rice;5;A1;given out\n",
    ),
    "es": Lists(
        "Artículo;Categoría;Peso neto;Alérgenos;Dietas\n"
        "Pasta;Secos;500 gramos;trigo, huevos;vegetariano\n",
        "Producto;Cantidad;Unidad;Caducidad;Estante\nPasta;24;unidades;diciembre 2027;A1\n"
        "Leche;3;caja de 12;21 de mayo de 2027;A2\nTotal;60;;;\n",
        "Número de caja;Contenido;Cantidad;Lugar;Estado\nK1;Pasta;24;A1;\n"
        "K2;Arroz;5;A1;entregado\n",
    ),
    "fr": Lists(
        "Produit;Catégorie;Poids net;Allergènes;Régimes\n"
        "Pâtes;Sec;500 grammes;blé, œufs;végétarien\n",
        "Produit;Quantité;Unité;DDM;Étagère\nPâtes;24;pièces;décembre 2027;A1\n"
        "Lait;3;carton de 12;21 mai 2027;A2\nTotaux;60;;;\n",
        "Numéro de caisse;Article;Quantité;Emplacement;Statut\nK1;Pâtes;24;A1;\n"
        "K2;Riz;5;A1;distribué\n",
    ),
    "de": Lists(
        "Artikel;Warengruppe;Nettogewicht;Allergene;Ernährung\n"
        "Nudeln;Trockenware;500 g;Weizen und Eier;vegetarisch\n",
        "Artikel;Menge;Einheit;MHD;Regal\nNudeln;24;Stück;Dezember 2027;A1\n"
        "Milch;3;12er Karton;21. Mai 2027;A2\nSumme;60;;;\n",
        "Kisten-Nr.;Inhalt;Anzahl;Lagerort;Status\nK1;Nudeln;24;A1;\nK2;Reis;5;A1;ausgegeben\n",
    ),
    "pt_BR": Lists(
        "Produto;Categoria;Peso líquido;Alérgenos;Dietas\n"
        "Macarrão;Secos;500 gramas;trigo e ovos;vegetariano\n",
        "Produto;Quantidade;Unidade;Validade;Prateleira\nMacarrão;24;unidades;dezembro de 2027;A1\n"
        "Leite;3;caixa com 12;21 de maio de 2027;A2\nTotal;60;;;\n",
        "Número da caixa;Conteúdo;Quantidade;Local;Situação\nK1;Macarrão;24;A1;\n"
        "K2;Arroz;5;A1;entregue\n",
    ),
    "it": Lists(
        "Articolo;Categoria;Peso netto;Allergeni;Diete\n"
        "Pasta;Secco;500 grammi;grano e uova;vegetariano\n",
        "Prodotto;Quantità;Unità;Scadenza;Scaffale\nPasta;24;pezzi;dicembre 2027;A1\n"
        "Latte;3;confezione da 12;21 maggio 2027;A2\nTotale;60;;;\n",
        "Numero cassetta;Contenuto;Quantità;Posto;Stato\nK1;Pasta;24;A1;\n"
        "K2;Riso;5;A1;consegnato\n",
    ),
    "pl": Lists(
        "Nazwa produktu;Kategoria;Waga netto;Alergeny;Diety\n"
        "Makaron;Suche;500 gramów;pszenica i jaja;wegetariańskie\n",
        "Towar;Ilość;Jednostka;Data ważności;Półka\nMakaron;24;sztuk;grudzień 2027;A1\n"
        "Mleko;3;karton po 12 szt.;21 maja 2027;A2\nRazem;60;;;\n",
        "Nr skrzynki;Zawartość;Ilość;Miejsce;Stan\nK1;Makaron;24;A1;\nK2;Ryż;5;A1;wydano\n",
    ),
    "uk": Lists(
        "Назва товару;Категорія;Вага нетто;Алергени;Дієти\n"
        "Макарони;Сухе;500 грамів;пшениця та яйця;вегетаріанське\n",
        "Товар;Кількість;Одиниця;Придатний до;Полиця\nМакарони;24;шт.;грудень 2027;A1\n"
        "Молоко;3;ящик по 12;21 травня 2027;A2\nРазом;60;;;\n",
        "№ ящика;Вміст;Кількість;Місце;Стан\nK1;Макарони;24;A1;\nK2;Рис;5;A1;видано\n",
    ),
    "ru": Lists(
        "Наименование товара;Категория;Масса нетто;Аллергены;Диеты\n"
        "Макароны;Сухое;500 граммов;пшеница и яйца;вегетарианское\n",
        "Товар;Кол-во;Ед. изм.;Годен до;Полка\nМакароны;24;шт;декабрь 2027;A1\n"
        "Молоко;3;упаковка 12 шт;21 мая 2027;A2\nИтого;60;;;\n",
        "Номер ящика;Содержимое;Количество;Место;Состояние\nK1;Макароны;24;A1;\n"
        "K2;Рис;5;A1;выдано\n",
    ),
    "tr": Lists(
        "Ürün adı;Kategori;Net ağırlık;Alerjenler;Beslenme\n"
        "Makarna;Kuru gıda;500 gram;BUĞDAY ve YUMURTA;vejetaryen\n",
        "ÜRÜN;MİKTAR;BİRİM;SKT;RAF\nMakarna;24;ADET;Aralık 2027;A1\n"
        "Süt;3;12'lik KOLİ;21 Mayıs 2027;A2\nTOPLAM;60;;;\n",
        "Kasa no;İçerik;Adet;Yer;Durum\nK1;Makarna;24;A1;\nK2;Pirinç;5;A1;dağıtıldı\n",
    ),
    "ar": Lists(
        "اسم الصنف;الفئة;الوزن الصافي;مسببات الحساسية;الحمية\n"
        "معكرونة;جاف;٥٠٠ غرام;القمح والبيض;نباتي\n",
        "الصنف;الكمية;الوحدة;تاريخ الانتهاء;الرف\nمعكرونة;٢٤;قطعة;ديسمبر ٢٠٢٧;A1\n"
        "حليب;٣;كرتونة ١٢ علبة;٢١ مايو ٢٠٢٧;A2\nالمجموع;٦٠;;;\n",
        "رقم الصندوق;المحتوى;العدد;المكان;الحالة\nK1;معكرونة;٢٤;A1;\nK2;أرز;٥;A1;تم التسليم\n",
    ),
    "fa": Lists(
        "نام کالا;دسته‌بندی;وزن خالص;مواد حساسیت‌زا;رژیم غذایی\n"
        "ماکارونی;خشک;۵۰۰ گرم;گندم و تخم‌مرغ;گیاه‌خواری\n",
        "کالا;تعداد;واحد;تاریخ انقضا;قفسه\nماکارونی;۲۴;عدد;دسامبر ۲۰۲۷;A1\n"
        "شیر;۳;کارتن ۱۲ تایی;۲۱ مه ۲۰۲۷;A2\nجمع کل;۶۰;;;\n",
        "شماره جعبه;محتوا;تعداد;محل;وضعیت\nK1;ماکارونی;۲۴;A1;\nK2;برنج;۵;A1;تحویل شد\n",
    ),
    "zh_Hans": Lists(
        "物品名称;类别;净重;过敏原;饮食\n意面;干货;500克;小麦和鸡蛋;素食\n",
        "品名;数量;单位;有效期至;货架\n意面;24;个;2027年12月;A1\n"
        "牛奶;3;12瓶/箱;2027年5月21日;A2\n合计;60;;;\n",
        "箱号;内容;数量;位置;状态\nK1;意面;24;A1;\nK2;大米;5;A1;已发放\n",
    ),
}


def read(text: str) -> Table:
    return read_table(text.encode(), "list.csv")


def columns(kind: str, table: Table) -> dict[str, str]:
    return guess_columns(kind, table.headers, table.rows)


def test_every_language_has_its_lists() -> None:
    assert set(LISTS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_items_is_read(language: str) -> None:
    table = read(LISTS[language].items)
    found = columns("items", table)
    assert list(found) == ["name", "category", "weight", "allergens", "diets"]
    parsed = read_items(table, found)
    assert parsed.problems == ()
    (row,) = parsed.rows
    assert (row.unit_weight_milligrams, row.allergens) == (500_000, ("gluten", "eggs"))
    assert row.diets == ("vegetarian",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_stock_is_read(language: str) -> None:
    table = read(LISTS[language].stock)
    parsed = read_stock(table, columns("stock", table))
    assert parsed.problems == ()
    assert [(row.quantity.amount, row.quantity.unit) for row in parsed.rows] == [
        (24, "piece"),
        (36, "piece"),
    ]
    assert [row.dated.text if row.dated else "" for row in parsed.rows] == ["2027-12", "2027-05-21"]
    assert [row.location for row in parsed.rows] == ["A1", "A2"]
    assert list(parsed.set_aside) == [4]  # the sum


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_of_crates_is_read_and_what_is_gone_left_out(language: str) -> None:
    table = read(LISTS[language].crates)
    parsed = read_crates(table, columns("crates", table))
    assert parsed.problems == ()
    (row,) = parsed.rows
    assert (row.box_number, row.location) == ("K1", "A1")
    assert row.quantity is not None
    assert row.quantity.amount == 24
    assert list(parsed.set_aside) == [3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_calls_its_columns_is_read(language: str) -> None:
    say = Languages().reader(language=language).gettext
    for kind, fields in FIELDS.items():
        for field in fields:
            header = say(field.label)
            assert guessed(kind, header) == {field.name: header}


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("12’li koli", 12),
        ("24'lü paket", 24),
        ("6'lı", 6),
        ("12 adet/koli", 12),
        ("caixa de 12 un", 12),
        ("zgrzewka 6", 6),
        ("12 шт в коробці", 12),
        ("صندوق من ١٢", 12),
        ("۱۲ تایی", 12),
        ("بسته ۶ عددی", 6),
        ("一箱12瓶", 12),
        ("箱(12瓶)", 12),
        ("DÜZİNE", 12),
        ("ŞİŞE", 1),
        ("butelka", 1),
    ],
)
def test_a_pack_is_so_many_pieces(unit: str, count: int) -> None:
    assert find_unit(unit) == ("piece", Fraction(count))


@pytest.mark.parametrize(
    "unit", ["10 kg'lık çuval", "мішок 10 кг", "کیسه ۱۰ کیلوگرم", "saco de 10 kg", "10公斤/袋"]
)
def test_a_sack_is_its_weight(unit: str) -> None:
    assert find_unit(unit) == ("gram", Fraction(10_000))


@pytest.mark.parametrize("unit", ["palet", "палета", "پالت", "托盘", "bancale"])
def test_a_pallet_may_hold_any_number(unit: str) -> None:
    with pytest.raises(UnknownPack):
        find_unit(unit)
