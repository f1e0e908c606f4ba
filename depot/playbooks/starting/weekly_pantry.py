"""A pantry that opens once a week."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.playbooks.playbook import (
    Playbook,
    PlaybookCategory,
    PlaybookItem,
    PlaybookPage,
    PlaybookParcel,
    PlaybookParcelLine,
    PlaybookPlace,
    PlaybookRoutine,
)

_GUIDE: Final = PlaybookPage(
    key="guide-weekly-pantry",
    title=N_("How our weekly pantry works"),
    blocks=(
        N_(
            "People come once a week, at the same hour, and go home with food for some days. What"
            " is"
            " given in the week before is sorted on the day before."
        ),
        N_("The week has four steps:"),
        N_("- Taking in: everything is weighed at the door and logged before it goes to a shelf."),
        N_(
            "- Sorting: what goes out first stands in front; what is past its day goes out to"
            " nobody."
        ),
        N_(
            "- Hand-out: one greets, two or three give out, one fetches from the shelves, one logs."
        ),
        N_(
            "- Closing: the fridge is read, the floor is swept, the note for the next shift is"
            " written."
        ),
        N_(
            "Nobody who comes has to prove that they are poor. We ask how many they are, and"
            " nothing"
            " else that we do not need."
        ),
        N_(
            "On Monday whoever holds the duty of the report files the week and says in one sentence"
            " what was short. Once a month we sit down for an hour and decide what changes."
        ),
    ),
)

PLAYBOOK: Final = Playbook(
    key="weekly-pantry",
    name=N_("Weekly pantry"),
    about=N_("Food is taken in through the week and handed out on one day."),
    guide=_GUIDE,
    categories=(
        PlaybookCategory(name=N_("Nappies and baby care"), average_unit_grams=900, is_food=False),
        PlaybookCategory(name=N_("Pet food"), average_unit_grams=400, is_food=False),
    ),
    places=(
        PlaybookPlace(name=N_("Dry store"), note=N_("Tins, packets and bottles, off the floor.")),
        PlaybookPlace(name=N_("Shelf A"), inside=N_("Dry store"), note=N_("Tins and jars.")),
        PlaybookPlace(name=N_("Shelf B"), inside=N_("Dry store"), note=N_("Pasta, rice, oats.")),
        PlaybookPlace(
            name=N_("Shelf C"), inside=N_("Dry store"), note=N_("Hygiene and baby care.")
        ),
        PlaybookPlace(name=N_("Fridge"), note=N_("Read and written down each open day.")),
        PlaybookPlace(name=N_("Freezer"), note=N_("Read and written down each open day.")),
        PlaybookPlace(
            name=N_("Packing table"), note=N_("What is being packed for the next hand-out.")
        ),
    ),
    items=(
        PlaybookItem(
            name=N_("Pasta, 500 g"), category=N_("Pasta, rice and grains"), unit_grams=500
        ),
        PlaybookItem(name=N_("Rice, 1 kg"), category=N_("Pasta, rice and grains"), unit_grams=1000),
        PlaybookItem(name=N_("Oats, 500 g"), category=N_("Cereal and snacks"), unit_grams=500),
        PlaybookItem(name=N_("Chickpeas, 400 g tin"), category=N_("Tins and jars"), unit_grams=480),
        PlaybookItem(name=N_("Tomatoes, 400 g tin"), category=N_("Tins and jars"), unit_grams=480),
        PlaybookItem(name=N_("Fish, 120 g tin"), category=N_("Tins and jars"), unit_grams=150),
        PlaybookItem(
            name=N_("Long-life milk, 1 l"), category=N_("Dairy and eggs"), unit_grams=1050
        ),
        PlaybookItem(name=N_("Oil, 1 l"), category=N_("Oil, sauces and spices"), unit_grams=960),
    ),
    parcels=(
        PlaybookParcel(
            name=N_("Parcel for a week"),
            lines=(
                PlaybookParcelLine(item=N_("Oil, 1 l"), household=1),
                PlaybookParcelLine(item=N_("Rice, 1 kg"), household=1),
                PlaybookParcelLine(item=N_("Pasta, 500 g"), adult=1, child=1),
                PlaybookParcelLine(item=N_("Chickpeas, 400 g tin"), adult=2, child=1),
                PlaybookParcelLine(item=N_("Tomatoes, 400 g tin"), adult=2, child=1),
                PlaybookParcelLine(item=N_("Fish, 120 g tin"), adult=1),
                PlaybookParcelLine(item=N_("Oats, 500 g"), child=1),
                PlaybookParcelLine(item=N_("Long-life milk, 1 l"), adult=1, child=2),
            ),
        ),
    ),
    routines=(
        PlaybookRoutine(
            kind="shift",
            name=N_("Taking in and sorting"),
            text=N_("Weigh, log, sort by date. Cold things first."),
            people_min=3,
            people_max=6,
            open_places=1,
            weekdays=(5,),
            local_start="14:00",
            minutes=150,
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Hand-out"),
            text=N_("Greet, give out, fetch, log. Half an hour before and after is for the room."),
            people_min=5,
            people_max=10,
            open_places=2,
            weekdays=(6,),
            local_start="09:30",
            minutes=210,
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("Look through the dates"),
            text=N_("What goes out this week comes to the front."),
            steps=(N_("Fridge"), N_("Bread and fruit"), N_("Tins and jars"), N_("Baby food")),
            weekdays=(4,),
        ),
        PlaybookRoutine(
            kind="meeting",
            name=N_("Our hour"),
            text=N_("What went well, what was hard, what we change."),
            frequency="monthly",
            weekdays=(2,),
            nths=(1,),
            local_start="18:30",
            minutes=60,
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Report of the week"),
            text=N_("Look at what is open, file the week, say what was short."),
            every=4,
            weekdays=(1,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Welcoming new people"),
            text=N_("Shows them round, stays beside them for the first hour."),
            every=4,
            weekdays=(1,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Keys"),
            text=N_("Opens, closes, knows who has which key."),
            every=4,
            weekdays=(1,),
        ),
    ),
)
