"""A fridge on the street that is open all day."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.playbooks.playbook import (
    Playbook,
    PlaybookItem,
    PlaybookPage,
    PlaybookPlace,
    PlaybookRoutine,
)

_GUIDE: Final = PlaybookPage(
    key="guide-community-fridge",
    title=N_("How our fridge works"),
    blocks=(
        N_(
            "Anybody puts food in, anybody takes food out, at any hour. Our work is that what is in"
            " it is safe, that it is clean, and that nobody is made to feel small in front of it."
        ),
        N_("Each day somebody comes by, and does this in twenty minutes:"),
        N_(
            "- Read how cold it is and write it down. Above the limit: hold everything, tell the"
            " others."
        ),
        N_("- Take out what is past its use by, opened, or without a word of what is in it."),
        N_("- Wipe the shelves and the handle, front to back."),
        N_("- Log what was put in by shops, and what went to the bin, both by weight."),
        N_(
            "Not in the fridge: raw meat and fish that were not packed by a shop, cooked food from"
            " private kitchens without a date, alcohol, medicines, open packets."
        ),
        N_(
            "What people take is not counted one by one. It is what came in, less what was thrown"
            " away, less what is there at the count."
        ),
    ),
)

PLAYBOOK: Final = Playbook(
    key="community-fridge",
    name=N_("Community fridge"),
    about=N_("A fridge on the street, open all day, looked after by turns."),
    guide=_GUIDE,
    places=(
        PlaybookPlace(name=N_("Street fridge"), note=N_("Open to all, day and night.")),
        PlaybookPlace(name=N_("Street shelf"), note=N_("Beside the fridge: bread, tins, fruit.")),
        PlaybookPlace(name=N_("Store behind"), note=N_("Only for those who look after it.")),
    ),
    items=(
        PlaybookItem(name=N_("Sandwich"), category=N_("Meals"), unit_grams=200),
        PlaybookItem(name=N_("Loaf of bread"), category=N_("Bread"), unit_grams=600),
        PlaybookItem(name=N_("Yoghurt, 150 g"), category=N_("Dairy and eggs"), unit_grams=160),
    ),
    routines=(
        PlaybookRoutine(
            kind="task",
            name=N_("Round to the fridge"),
            text=N_("Twenty minutes, at any hour of the day."),
            steps=(
                N_("How cold it is"),
                N_("Dates and open packets"),
                N_("Shelves and handle wiped"),
                N_("What came in and went to the bin is logged"),
            ),
            frequency="daily",
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Fetching from the shops"),
            text=N_("With cool bags; cold things are back within half an hour."),
            people_min=2,
            people_max=3,
            open_places=1,
            weekdays=(1, 3, 5),
            local_start="19:00",
            minutes=75,
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("Empty it and wash it"),
            steps=(
                N_("Everything into cool boxes"),
                N_("Shelves, seals and floor washed"),
                N_("Back in, oldest in front"),
                N_("All of it counted"),
            ),
            people_min=2,
            weekdays=(7,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Calendar of rounds"),
            text=N_("Sees that each day has somebody, and says so early where one has not."),
            every=4,
            weekdays=(1,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Talking with the shops"),
            text=N_("Who gives what, when it is fetched, and a word of thanks each quarter."),
            every=12,
            weekdays=(1,),
        ),
    ),
)
