"""What the demo's depots keep, and who brings it. All names are made up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Shelf:
    """How long goods of one kind keep: days from the day they arrive, and how it is written."""

    kind: str = ""
    first: int = 0
    last: int = 0
    #: Tins say a month, fresh goods a day.
    precision: str = "day"


UNDATED: Final = Shelf()
TINNED: Final = Shelf("best_before", 300, 900, "month")
DRY: Final = Shelf("best_before", 120, 420, "month")
BAKED: Final = Shelf("best_before", 1, 3)
EGGS: Final = Shelf("best_before", 12, 20)
FRESH: Final = Shelf("use_by", 3, 8)
CHILLED: Final = Shelf("use_by", 2, 5)
HARD_CHEESE: Final = Shelf("use_by", 18, 30)


@dataclass(frozen=True, slots=True)
class Kind:
    """An item: grams for one piece, or None for goods that are weighed."""

    name: str
    category: str
    grams: int | None
    keeps: Shelf = UNDATED


HUB: Final = (
    Kind("Baked beans, 400 g", "Tins and jars", 460, TINNED),
    Kind("Chopped tomatoes, 400 g", "Tins and jars", 455, TINNED),
    Kind("Chickpeas, 400 g", "Tins and jars", 460, TINNED),
    Kind("Sweetcorn, 325 g", "Tins and jars", 380, TINNED),
    Kind("Tuna in brine, 145 g", "Tins and jars", 180, TINNED),
    Kind("Lentil soup, 400 g", "Tins and jars", 460, TINNED),
    Kind("Peach slices, 410 g", "Tins and jars", 470, TINNED),
    Kind("Peanut butter, 340 g", "Tins and jars", 560, TINNED),
    Kind("Strawberry jam, 454 g", "Tins and jars", 700, TINNED),
    Kind("Pasta, 500 g", "Pasta, rice and grains", 510, DRY),
    Kind("Long grain rice, 1 kg", "Pasta, rice and grains", 1010, DRY),
    Kind("Red lentils, 500 g", "Pasta, rice and grains", 505, DRY),
    Kind("Porridge oats, 1 kg", "Cereal and snacks", 1020, DRY),
    Kind("Corn flakes, 500 g", "Cereal and snacks", 570, DRY),
    Kind("Digestive biscuits, 400 g", "Cereal and snacks", 410, DRY),
    Kind("Tea bags, 80", "Drinks", 260, DRY),
    Kind("Orange squash, 1 litre", "Drinks", 1060, DRY),
    Kind("Oat drink, 1 litre", "Drinks", 1040, DRY),
)
BOUGHT: Final = (
    Kind("Eggs, box of 6", "Dairy and eggs", 390, EGGS),
    Kind("Sunflower oil, 1 litre", "Oil, sauces and spices", 960, DRY),
    Kind("Long-life milk, 1 litre", "Dairy and eggs", 1050, DRY),
    Kind("Infant formula, 800 g", "Baby food and formula", 930, TINNED),
)
CHILLER: Final = (
    Kind("Milk, 2 litres", "Dairy and eggs", 2090, FRESH),
    Kind("Natural yoghurt, 500 g", "Dairy and eggs", 530, FRESH),
    Kind("Cheddar, 350 g", "Dairy and eggs", 360, HARD_CHEESE),
    Kind("Hummus, 200 g", "Chilled and frozen", 225, CHILLED),
    Kind("Vegetable lasagne, 400 g", "Chilled and frozen", 450, CHILLED),
    Kind("Sausages, pack of 8", "Meat and fish", 470, CHILLED),
)
BAKERY: Final = (
    Kind("Sliced loaf, 800 g", "Bread", 820, BAKED),
    Kind("Sourdough loaf", "Bread", 700, BAKED),
    Kind("Bread rolls, pack of 6", "Bread", 340, BAKED),
)
FARM: Final = (
    Kind("Potatoes", "Fruit and veg", None),
    Kind("Carrots", "Fruit and veg", None),
    Kind("Onions", "Fruit and veg", None),
    Kind("Apples", "Fruit and veg", None),
    Kind("Savoy cabbage", "Fruit and veg", 950),
)
DRIVE: Final = (
    Kind("Toilet roll, pack of 4", "Hygiene", 440),
    Kind("Toothpaste, 75 ml", "Hygiene", 110),
    Kind("Soap, bar", "Hygiene", 105),
    Kind("Period pads, pack of 14", "Hygiene", 150),
    Kind("Nappies size 4, pack of 40", "Hygiene", 1500),
    Kind("Washing-up liquid, 500 ml", "Household", 540),
)
SOUP: Final = Kind("Vegetable soup, portion", "Meals", 380, Shelf("use_by", 3, 3))
PARCEL: Final = Kind("Family parcel", "Mixed food", 6130)
#: What goes into one family parcel.
PARCEL_LIST: Final = (
    ("Baked beans, 400 g", 2),
    ("Chopped tomatoes, 400 g", 2),
    ("Pasta, 500 g", 2),
    ("Long grain rice, 1 kg", 1),
    ("Red lentils, 500 g", 1),
    ("Porridge oats, 1 kg", 1),
)
#: Of what somebody read the label: what is in it, and for whom it is. Of the rest nobody knows.
FOODS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "Baked beans, 400 g": ((), ("vegetarian", "vegan")),
    "Chopped tomatoes, 400 g": ((), ("vegetarian", "vegan", "gluten-free")),
    "Chickpeas, 400 g": ((), ("vegetarian", "vegan", "gluten-free")),
    "Tuna in brine, 145 g": (("fish",), ("gluten-free",)),
    "Peanut butter, 340 g": (("peanuts",), ("vegetarian", "vegan")),
    "Strawberry jam, 454 g": ((), ("vegetarian", "vegan", "gluten-free")),
    "Pasta, 500 g": (("gluten",), ("vegetarian", "vegan")),
    "Long grain rice, 1 kg": ((), ("vegetarian", "vegan", "gluten-free", "halal")),
    "Red lentils, 500 g": ((), ("vegetarian", "vegan", "gluten-free")),
    "Tea bags, 80": ((), ("vegetarian", "vegan")),
    "Oat drink, 1 litre": (("gluten",), ("vegetarian", "vegan")),
    "Long-life milk, 1 litre": (("milk",), ("vegetarian",)),
}
ALL: Final = (*HUB, *BOUGHT, *CHILLER, *BAKERY, *FARM, *DRIVE, SOUP, PARCEL)
#: Categories that do not wait for the week after.
PERISHABLE: Final = frozenset(
    {"Bread", "Fruit and veg", "Dairy and eggs", "Meat and fish", "Chilled and frozen", "Meals"}
)
COLD: Final = frozenset({"Dairy and eggs", "Meat and fish", "Chilled and frozen", "Meals"})

#: Who gives: name and the kind of source.
NORWOOD_PARTNERS: Final = (
    ("South Thames Food Hub", "food_bank"),
    ("Brightway, Norwood Road", "rescue"),
    ("Kestrel Street Bakery", "donation"),
    ("Chalk Hill Farm", "farm"),
    ("Cash & Carry Croydon", "purchase"),
    ("St Luke's school collection", "collection"),
)
RIVERSIDE_PARTNERS: Final = (
    ("Prairie Regional Food Bank", "food_bank"),
    ("Larkin's Market", "rescue"),
    ("First Street Church", "collection"),
)
