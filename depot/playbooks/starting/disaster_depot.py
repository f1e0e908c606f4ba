"""A depot of supplies after a storm, a flood or a fire."""

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
    key="guide-disaster-depot",
    title=N_("How our supply depot works"),
    blocks=(
        N_(
            "In the first days more comes than anybody asked for, and what is needed changes by the"
            " hour. So we say aloud what we need, log before we sort, and send on what we cannot"
            " use."
        ),
        N_("Four tables, each with one who stays and two who help:"),
        N_(
            "- Door: log who brings what, say what is enough by now, send back what cannot be used."
        ),
        N_("- Sorting: one crate, one kind, one label. What nobody knows goes to its own corner."),
        N_("- Shelves: heavy low, water near the gate, everything to be found by its code."),
        N_(
            "- Out: crates for teams and places that asked, and a table for those who come"
            " themselves."
        ),
        N_(
            "Put up the code on the wall first. People who come to help need a job within five"
            " minutes: a name, a neighbour who shows them, and the time when the next shift takes"
            " over."
        ),
        N_(
            "Shifts are four hours. Nobody does two in a row. Who leads a table shows one other"
            " how,"
            " each shift. At the change both shifts stand together for five minutes."
        ),
        N_(
            "Every evening: what is short tomorrow, what is too much, which place did not get"
            " what it"
            " asked for. That goes onto the list of needs before anybody goes home."
        ),
    ),
)

PLAYBOOK: Final = Playbook(
    key="disaster-depot",
    name=N_("Supply depot after a disaster"),
    about=N_("Much comes in at once, goes out to many places, and many people help."),
    guide=_GUIDE,
    categories=(
        PlaybookCategory(name=N_("Tools and cleaning"), average_unit_grams=1500, is_food=False),
        PlaybookCategory(name=N_("Bedding and clothes"), average_unit_grams=800, is_food=False),
        PlaybookCategory(name=N_("Light and power"), average_unit_grams=400, is_food=False),
        PlaybookCategory(name=N_("First aid"), average_unit_grams=300, is_food=False),
    ),
    places=(
        PlaybookPlace(name=N_("Gate"), note=N_("Vans unload here; nothing stays overnight.")),
        PlaybookPlace(name=N_("Sorting tables"), note=N_("Between door and shelf.")),
        PlaybookPlace(name=N_("Hall"), note=N_("Shelves and pallets.")),
        PlaybookPlace(name=N_("Water"), inside=N_("Hall"), note=N_("On pallets, near the gate.")),
        PlaybookPlace(name=N_("Food that keeps"), inside=N_("Hall")),
        PlaybookPlace(name=N_("Hygiene and babies"), inside=N_("Hall")),
        PlaybookPlace(name=N_("Tools"), inside=N_("Hall")),
        PlaybookPlace(name=N_("Blankets and clothes"), inside=N_("Hall")),
        PlaybookPlace(
            name=N_("Ready to go"), note=N_("Packed for a place; the label says for whom.")
        ),
        PlaybookPlace(
            name=N_("Nobody knows yet"), kind="quarantine", note=N_("Looked at once a day.")
        ),
    ),
    items=(
        PlaybookItem(name=N_("Water, 1.5 l"), category=N_("Water"), unit_grams=1530),
        PlaybookItem(name=N_("Ready meal, needs no cooking"), category=N_("Meals"), unit_grams=400),
        PlaybookItem(name=N_("Blanket"), category=N_("Bedding and clothes"), unit_grams=1200),
        PlaybookItem(
            name=N_("Work gloves, pair"), category=N_("Tools and cleaning"), unit_grams=120
        ),
        PlaybookItem(name=N_("Mask against dust"), category=N_("First aid"), unit_grams=15),
        PlaybookItem(
            name=N_("Rubbish bags, roll"), category=N_("Tools and cleaning"), unit_grams=500
        ),
        PlaybookItem(name=N_("Bucket"), category=N_("Tools and cleaning"), unit_grams=700),
        PlaybookItem(name=N_("Torch"), category=N_("Light and power"), unit_grams=150),
        PlaybookItem(name=N_("Soap"), category=N_("Hygiene"), unit_grams=100),
    ),
    parcels=(
        PlaybookParcel(
            name=N_("First three days"),
            lines=(
                PlaybookParcelLine(item=N_("Water, 1.5 l"), adult=6, child=4),
                PlaybookParcelLine(item=N_("Ready meal, needs no cooking"), adult=6, child=6),
                PlaybookParcelLine(item=N_("Blanket"), adult=1, child=1),
                PlaybookParcelLine(item=N_("Torch"), household=1),
                PlaybookParcelLine(item=N_("Soap"), household=2),
            ),
        ),
        PlaybookParcel(
            name=N_("Cleaning up a house"),
            lines=(
                PlaybookParcelLine(item=N_("Bucket"), household=2),
                PlaybookParcelLine(item=N_("Rubbish bags, roll"), household=2),
                PlaybookParcelLine(item=N_("Work gloves, pair"), adult=1),
                PlaybookParcelLine(item=N_("Mask against dust"), adult=5),
            ),
        ),
    ),
    routines=(
        PlaybookRoutine(
            kind="shift",
            name=N_("Morning"),
            text=N_("Four tables: door, sorting, shelves, out."),
            people_min=8,
            people_max=20,
            open_places=6,
            frequency="daily",
            local_start="08:00",
            minutes=240,
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Afternoon"),
            text=N_("Four tables: door, sorting, shelves, out."),
            people_min=8,
            people_max=20,
            open_places=6,
            frequency="daily",
            local_start="12:00",
            minutes=240,
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Evening"),
            text=N_("Close the door, count what goes fast, pack for the morning."),
            people_min=5,
            people_max=12,
            open_places=4,
            frequency="daily",
            local_start="16:00",
            minutes=240,
        ),
        PlaybookRoutine(
            kind="meeting",
            name=N_("All tables, standing"),
            text=N_("What is short, what is too much, who leads tomorrow."),
            frequency="daily",
            local_start="20:00",
            minutes=20,
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("List of needs for tomorrow"),
            frequency="daily",
            steps=(N_("What is short"), N_("What is enough"), N_("Poster and message are out")),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Speaking with other depots"),
            every=1,
            weekdays=(1,),
            text=N_("Offers what is too much, asks for what is short."),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Rest and food for us"),
            every=1,
            weekdays=(1,),
            text=N_("Sees that people eat, sit down and go home."),
        ),
    ),
)
