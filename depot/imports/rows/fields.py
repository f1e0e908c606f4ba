"""What can be imported, field by field, and the headers people give each field.

The synonyms that stand here are English, German, Spanish and French as pantries' spreadsheets have
them; those of the other languages stand in `imports.words.headings`. Accents, case, blanks and
punctuation do not count when they are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from depot.base.text import N_, plain_letters
from depot.imports.sheets.refusals import UnknownKind
from depot.imports.words.headings import HEADINGS
from depot.words.languages import Languages, languages_at_work

ITEMS: Final = "items"
LOCATIONS: Final = "locations"
CRATES: Final = "crates"
STOCK: Final = "stock"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an import: its name on the command line, its label on the page.

    `language` is that of an item's name in another language.
    """

    name: str
    label: str
    required: bool
    synonyms: tuple[str, ...]
    language: str = ""


def _field(name: str, label: str, *synonyms: str, required: bool = False, of: str = "") -> Field:
    lines = (*synonyms, *HEADINGS.get(of + name, ()))
    words = (plain_heading(part) for line in lines for part in line.split(","))
    return Field(name, label, required, tuple(dict.fromkeys(word for word in words if word)))


def plain_heading(text: str) -> str:
    """Return the plain words of a header, one blank between: no accents, case or punctuation."""
    letters = plain_letters(text)
    return " ".join("".join(one if one.isalnum() else " " for one in letters).split())


_NOTE = _field(
    "note",
    N_("Note"),
    "note, notes, example, examples, remark, remarks, comment, comments, details, description",
    "bemerkung, bemerkungen, notiz, anmerkung, kommentar, beispiele, beschreibung",
    "nota, notas, observaciones, comentario, comentarios, ejemplos, descripcion",
    "remarque, remarques, commentaire, commentaires, exemples",
)

_SIZE = _field(
    "size",
    N_("Size"),
    "size, sizes, item size, variant, grosse, grossen, variante, talla, tallas, tamano",
    "taille, tailles",
)
_STATE = _field(
    "state",
    N_("State"),
    "state, status, item status, item state, box status, box state, stock status, availability",
    "active, is active, still here, present, on site",
    "zustand, estado, statut, etat",
)
_GONE = _field(
    "gone",
    N_("No longer here"),
    "archived, archived on, disposed, disposed on, disposed of, discarded, checked out",
    "checked out to, checked out on, sold, sold on, sold to, given out, given out on, given to",
    "discontinued, deleted, deleted on, inactive, retired, on loan, loaned to, issued to, lost",
    "archiviert, entsorgt, ausgegeben, verkauft, ausgeliehen, archivado, desechado, entregado",
    "vendido, archive, jete, vendu, sorti",
)
#: What a column says of what is still here, so that its "no" says gone.
HERE_WORDS: Final = frozenset({"active", "is active", "still here", "present", "on site"})

_BARCODE = _field(
    "barcode",
    N_("Barcode"),
    "barcode, bar code, barcode number, ean, ean13, gtin, upc, upc code, ean code, ean8",
    "gtin14, upca, upc number, barcodes, product code, ean upc, upc ean",
    "strichcode, eancode",
    "codigo de barras",
    "code barres, code barre, code a barres",
)

_ITEM_FIELDS = (
    _field(
        "name",
        N_("Item"),
        "item, item name, product, product name, name, article, goods, food, food item",
        "items, products, articles, foods, food items, food name, item names, commodity",
        "item description, product description, goods description, stock item, inventory item",
        "artikel, artikelname, produkt, produktname, ware, lebensmittel, bezeichnung",
        "produkte, waren, artikelbezeichnung, artikelbeschreibung, produktbezeichnung",
        "producto, nombre del producto, articulo, nombre, alimento",
        "productos, articulos, alimentos, descripcion del producto, descripcion del articulo",
        "produit, nom du produit, denree, nom, aliment",
        "produits, denrees, aliments, designation, libelle",
        required=True,
    ),
    _field(
        "category",
        N_("Category"),
        "category, category name, product category, item category, food group, group, type, kind",
        "kategorie, warengruppe, produktgruppe, gruppe, art",
        "categoria, grupo, tipo, grupo de alimentos",
        "categorie, groupe, famille",
    ),
    _field(
        "category_description",
        N_("Category description"),
        "category description, category note, category notes, about the category",
        "kategoriebeschreibung, beschreibung der kategorie",
        "descripcion de categoria, descripcion de la categoria",
        "description de categorie, description de la categorie",
    ),
    _field(
        "unit",
        N_("Counted in"),
        "unit, units, uom, unit of measure, counted in, base unit",
        "einheit, mengeneinheit",
        "unidad, unidad de medida",
        "unite, unite de mesure",
    ),
    _field(
        "weight",
        N_("Weight of one"),
        "weight, net weight, unit weight, item weight, weight each, weight per unit, weight of one",
        "net wt, wt, pack size, package size",
        "gewicht, nettogewicht, stuckgewicht, fullmenge",
        "peso, peso neto, peso unitario",
        "poids, poids net, poids unitaire, contenance",
    ),
    _SIZE,
    _NOTE,
    _BARCODE,
    _field(
        "allergens",
        N_("Allergens"),
        "allergens, allergen, contains, allergen information, allergy, allergies",
        "allergene, allergen, enthalt",
        "alergenos, alergeno, contiene",
        "allergenes, allergene, contient",
    ),
    _field(
        "diets",
        N_("Diets"),
        "diets, diet, dietary, suitable for, dietary information",
        "diat, ernahrung, geeignet fur",
        "dietas, dieta, apto para",
        "regimes, regime, convient a",
    ),
    _STATE,
    _GONE,
)

_LOCATION_FIELDS = (
    _field(
        "name",
        N_("Place"),
        "location, location name, place, name, shelf, bin, storage location, storage, room, area",
        "lagerort, lagerplatz, ort, platz, standort, regal, fach, raum",
        "ubicacion, lugar, estante, estanteria, nombre",
        "emplacement, lieu, etagere, nom",
        required=True,
        of="locations.",
    ),
    _field("description", N_("Description"), *_NOTE.synonyms),
)

_CRATE_FIELDS = (
    _field(
        "box_number",
        N_("Crate number"),
        "box number, box no, box nr, box id, box code, box, crate, crate number, crate code",
        "crate id, bin number, tote, tote number, container, container number, label",
        "kiste, kistennummer, kistennr, karton, kartonnummer, boxnummer, boxnr",
        "caja, numero de caja, codigo de caja",
        "caisse, numero de caisse, carton, numero de carton",
        required=True,
    ),
    _field(
        "box_type",
        N_("Crate type"),
        "box type, crate type, container type, type of box, box kind, box size, type",
        "kistentyp, kistenart, kartonart, boxtyp",
        "tipo de caja, tipo",
        "type de caisse, type de carton",
    ),
    _field("item", N_("Item"), *_ITEM_FIELDS[0].synonyms, "contents, content, inhalt"),
    _field(
        "location",
        N_("Place"),
        "location, location name, place, shelf, bin, storage location, storage, where, row",
        "lagerort, lagerplatz, ort, platz, standort, regal",
        "ubicacion, lugar, estante, emplacement, lieu, etagere",
    ),
    _field(
        "date",
        N_("Date on the package"),
        "expiry, expiry date, expiration, expiration date, expires, expires on, exp, exp date",
        "best before, best before date, best by, best if used by, bbe, bbd, use by, use by date",
        "sell by, date on package, give out until",
        "mhd, mindesthaltbarkeitsdatum, mindestens haltbar bis, haltbar bis, ablaufdatum",
        "verfallsdatum, verbrauchen bis",
        "caducidad, fecha de caducidad, vencimiento, fecha de vencimiento, consumo preferente",
        "peremption, date de peremption, date limite, ddm, dlc, dluo",
    ),
    _field(
        "date_year",
        N_("Year on the package"),
        "exp year, expiry year, expiration year, best before year, year",
        "ablaufjahr, jahr, ano de caducidad, ano, annee de peremption, annee",
    ),
    _field(
        "date_month_start",
        N_("First month"),
        "exp month start, expiry month start, month start, start month, from month, first month",
        "exp month, expiry month, expiration month, month",
        "monat von, monat, mes inicial, mes, mois debut, mois",
    ),
    _field(
        "date_month_end",
        N_("Final month"),
        "exp month end, expiry month end, month end, end month, to month, last month",
        "monat bis, mes final, mois fin",
    ),
    _field(
        "filled_on",
        N_("Filled on"),
        "date filled, filled, filled on, fill date, date packed, packed, packed on, pack date",
        "gefullt am, gefullt, befullt am, gepackt am, packdatum",
        "fecha de llenado, llenado, fecha de empaque",
        "date de remplissage, rempli le",
    ),
    _field(
        "quantity",
        N_("Quantity"),
        "quantity, qty, count, item count, amount, number of items, how many, pieces, pcs",
        "units, number, total, total quantity, total qty, inventory, balance, stock, stock level",
        "on hand, qty on hand, quantity on hand, stock on hand, units on hand, count on hand",
        "in stock, qty in stock, quantity in stock, current stock, current quantity, on shelf",
        "available, quantity available, qty available",
        "menge, anzahl, stuck, stuckzahl, bestand, lagerbestand",
        "cantidad, unidades, existencias, stock actual",
        "quantite, qte, nombre d articles, en stock",
    ),
    _field(
        "unit",
        N_("Counted in"),
        "unit, uom, unit of measure, counted in",
        "einheit, mengeneinheit, unidad, unidad de medida, unite, unite de mesure",
    ),
    _field(
        "lot_code",
        N_("Lot"),
        "lot, lot code, lot number, lot no, batch, batch number, batch code",
        "charge, chargennummer, los, losnummer, lote, numero de lote, numero de lot",
    ),
    _BARCODE,
    _SIZE,
    _NOTE,
    _STATE,
    _GONE,
)


def _shared(fields: tuple[Field, ...], *names: str) -> tuple[Field, ...]:
    by_name = {field.name: field for field in fields}
    return tuple(by_name[name] for name in names)


#: Goods that stand in no crate: what a box has beside its number, and what an item has.
_STOCK_FIELDS = (
    replace(_CRATE_FIELDS[2], required=True),
    replace(_shared(_CRATE_FIELDS, "quantity")[0], required=True),
    *_shared(_CRATE_FIELDS, "unit", "location", "date", "date_year"),
    *_shared(_CRATE_FIELDS, "date_month_start", "date_month_end", "lot_code"),
    *_shared(_ITEM_FIELDS, "category", "weight"),
    _SIZE,
    _BARCODE,
    _STATE,
    _GONE,
)

#: What the lists call a field that this program writes itself, so that they can be read back.
IN_OUR_LISTS: Final = {
    "weight": (N_("One weighs"),),
    "gone": (N_("No longer in use"),),
    "unit": (N_("Unit"),),
    "quantity": (N_("Here"),),
}
#: The fields of each kind of import in the order in which they are asked for, without names in
#: other languages.
FIELDS: Final = {
    ITEMS: _ITEM_FIELDS,
    LOCATIONS: _LOCATION_FIELDS,
    CRATES: _CRATE_FIELDS,
    STOCK: _STOCK_FIELDS,
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the fields of an import; raises UnknownKind."""
    try:
        return (*FIELDS[kind], *name_fields(kind))
    except KeyError as error:
        raise UnknownKind(field="kind", kind=kind[:60], kinds=", ".join(FIELDS)) from error


def name_fields(kind: str) -> tuple[Field, ...]:
    """Return the fields of what items are called in each language there is."""
    return _name_fields(languages_at_work()) if kind in (ITEMS, STOCK) else ()


@lru_cache(maxsize=8)  # asked for with each row
def _name_fields(languages: Languages) -> tuple[Field, ...]:
    return tuple(Field(f"name_{one}", N_("Item"), False, (), one) for one in languages.names())


def main_field(kind: str) -> Field:
    """Return the field that says what a row is about."""
    return next(field for field in FIELDS[kind] if field.required)
