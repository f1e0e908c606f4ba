"""A kitchen that cooks for many from what is there."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM
from depot.playbooks.playbook import (
    Playbook,
    PlaybookItem,
    PlaybookPage,
    PlaybookPlace,
    PlaybookRecipe,
    PlaybookRecipeLine,
    PlaybookRoutine,
)

_GUIDE: Final = PlaybookPage(
    key="guide-community-kitchen",
    title=N_("How our kitchen works"),
    blocks=(
        N_(
            "We cook what is there. The evening before, somebody looks at what goes out first and"
            " writes the dish onto the board."
        ),
        N_("On the day:"),
        N_("- Hands, hair, aprons. Who is ill goes home and is thanked for it."),
        N_(
            "- One leads the stove, one the tables, one the washing up; they say so aloud at the"
            " start."
        ),
        N_("- Raw and cooked have their own boards and their own knives."),
        N_(
            "- Hot food stays above 63 degrees, cold food below 5 (Celsius), until it is on a"
            " plate."
        ),
        N_(
            "- What is left is cold within two hours, has a label with the day, or goes to the bin."
        ),
        N_(
            "Log what went in and how many portions came out. So we know next month what a pot of"
            " soup needs, and which allergens were in it."
        ),
        N_(
            "What is in the dish stands on the board, with all fourteen allergens, before the"
            " first plate."
        ),
        N_("Nobody pays. Who wants to help washes up; who wants to eat only, eats."),
    ),
)

PLAYBOOK: Final = Playbook(
    key="community-kitchen",
    name=N_("Community kitchen"),
    about=N_("Cooks for many from what is there, and logs what went in and came out."),
    guide=_GUIDE,
    places=(
        PlaybookPlace(name=N_("Dry store"), note=N_("Tins, packets and bottles, off the floor.")),
        PlaybookPlace(name=N_("Cold room"), note=N_("Below 5 degrees; raw meat lowest.")),
        PlaybookPlace(name=N_("Freezer"), note=N_("Read and written down each open day.")),
        PlaybookPlace(
            name=N_("Kitchen shelf"), note=N_("Opened packets, with the day they were opened.")
        ),
        PlaybookPlace(name=N_("Serving counter"), note=N_("What is ready to be given out.")),
    ),
    items=(
        PlaybookItem(
            name=N_("Red lentils, loose"), category=N_("Pasta, rice and grains"), unit=GRAM
        ),
        PlaybookItem(name=N_("Carrots, loose"), category=N_("Fruit and veg"), unit=GRAM),
        PlaybookItem(name=N_("Onions, loose"), category=N_("Fruit and veg"), unit=GRAM),
        PlaybookItem(name=N_("Tomatoes, 400 g tin"), category=N_("Tins and jars"), unit_grams=480),
        PlaybookItem(name=N_("Lentil soup, portion"), category=N_("Meals"), unit_grams=400),
    ),
    recipes=(
        PlaybookRecipe(
            name=N_("Lentil soup, fifty portions"),
            inputs=(
                PlaybookRecipeLine(item=N_("Red lentils, loose"), quantity=3500),
                PlaybookRecipeLine(item=N_("Carrots, loose"), quantity=3000),
                PlaybookRecipeLine(item=N_("Onions, loose"), quantity=2000),
                PlaybookRecipeLine(item=N_("Tomatoes, 400 g tin"), quantity=8),
            ),
            outputs=(
                PlaybookRecipeLine(item=N_("Lentil soup, portion"), quantity=50, keeps_days=2),
            ),
        ),
    ),
    routines=(
        PlaybookRoutine(
            kind="shift",
            name=N_("Cooking"),
            text=N_("Wash, cut, cook. The dish stands on the board."),
            people_min=4,
            people_max=8,
            open_places=2,
            weekdays=(3, 6),
            local_start="09:00",
            minutes=210,
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Serving and washing up"),
            text=N_("Half serve, half wash, and they change after an hour."),
            people_min=4,
            people_max=8,
            open_places=2,
            weekdays=(3, 6),
            local_start="12:00",
            minutes=150,
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("What do we cook?"),
            text=N_("Look at what goes out first and choose the dish."),
            steps=(N_("Looked at what goes out first"), N_("Dish and allergens are on the board")),
            weekdays=(2, 5),
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("Deep clean"),
            steps=(N_("Cold room"), N_("Hood and stove"), N_("Drains"), N_("Boards and knives")),
            people_min=2,
            weekdays=(1,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Food safety"),
            every=8,
            weekdays=(1,),
            text=N_("Knows the rules, looks at the log of the cold room, shows new people."),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Shopping for what is missing"),
            every=4,
            weekdays=(1,),
            text=N_("Buys little, and logs it as bought."),
        ),
    ),
)
