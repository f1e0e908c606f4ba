"""A workshop that sews and mends."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM
from depot.playbooks.playbook import (
    Playbook,
    PlaybookCategory,
    PlaybookItem,
    PlaybookPage,
    PlaybookPlace,
    PlaybookRecipe,
    PlaybookRecipeLine,
    PlaybookRoutine,
)

_GUIDE: Final = PlaybookPage(
    key="guide-sewing-workshop",
    title=N_("How our workshop works"),
    blocks=(
        N_(
            "Cloth comes in, useful things go out, and broken things go home mended. Those who know"
            " how sit beside those who want to learn."
        ),
        N_("Making:"),
        N_("- Cloth is washed, weighed and logged before it is cut."),
        N_(
            "- Each piece of work has a sheet with its steps; a box holds what one step hands to"
            " the next."
        ),
        N_(
            "- What is finished is looked at by somebody else, counted, and put into a crate with"
            " a label."
        ),
        N_("Mending:"),
        N_("- Who brings something sits with the one who mends it; we mend together."),
        N_(
            "- First unplug it. Nothing that was opened is plugged in before a second person"
            " looked at it."
        ),
        N_("- What cannot be mended is said plainly; its good parts may stay, if its owner likes."),
        N_(
            "Scissors for cloth cut cloth and nothing else. Machines have a name and a note of"
            " their"
            " moods; who uses one leaves it threaded and clean."
        ),
    ),
)

PLAYBOOK: Final = Playbook(
    key="sewing-workshop",
    name=N_("Sewing and repair workshop"),
    about=N_("Makes things from cloth, and mends what people bring."),
    guide=_GUIDE,
    categories=(
        PlaybookCategory(name=N_("Cloth"), average_unit_grams=250, is_food=False),
        PlaybookCategory(name=N_("Thread and parts"), average_unit_grams=50, is_food=False),
        PlaybookCategory(name=N_("Things we made"), average_unit_grams=60, is_food=False),
        PlaybookCategory(name=N_("Things to mend"), average_unit_grams=1500, is_food=False),
    ),
    places=(
        PlaybookPlace(name=N_("Cloth shelf"), note=N_("Washed, by weight and colour.")),
        PlaybookPlace(name=N_("Parts drawers"), note=N_("Thread, elastic, zips, screws, plugs.")),
        PlaybookPlace(name=N_("Cut and waiting"), note=N_("Boxes between two steps.")),
        PlaybookPlace(
            name=N_("Finished"), note=N_("Looked at by somebody else, counted, labelled.")
        ),
        PlaybookPlace(
            name=N_("To be looked at"), kind="quarantine", note=N_("Brought in, not safe yet.")
        ),
    ),
    items=(
        PlaybookItem(name=N_("Cotton cloth, loose"), category=N_("Cloth"), unit=GRAM),
        PlaybookItem(name=N_("Elastic, loose"), category=N_("Thread and parts"), unit=GRAM),
        PlaybookItem(name=N_("Cloth mask"), category=N_("Things we made"), unit_grams=15),
        PlaybookItem(name=N_("Shopping bag"), category=N_("Things we made"), unit_grams=90),
    ),
    recipes=(
        PlaybookRecipe(
            name=N_("Cloth masks, fifty"),
            inputs=(
                PlaybookRecipeLine(item=N_("Cotton cloth, loose"), quantity=800),
                PlaybookRecipeLine(item=N_("Elastic, loose"), quantity=50),
            ),
            outputs=(PlaybookRecipeLine(item=N_("Cloth mask"), quantity=50),),
        ),
        PlaybookRecipe(
            name=N_("Shopping bags, twenty"),
            inputs=(PlaybookRecipeLine(item=N_("Cotton cloth, loose"), quantity=2000),),
            outputs=(PlaybookRecipeLine(item=N_("Shopping bag"), quantity=20),),
        ),
    ),
    routines=(
        PlaybookRoutine(
            kind="shift",
            name=N_("Sewing evening"),
            text=N_("Cut, sew, look over. Beginners are welcome."),
            people_min=3,
            people_max=8,
            open_places=3,
            weekdays=(2,),
            local_start="18:00",
            minutes=150,
        ),
        PlaybookRoutine(
            kind="shift",
            name=N_("Mending together"),
            text=N_("People bring what is broken; we mend it with them."),
            people_min=4,
            people_max=8,
            open_places=2,
            frequency="monthly",
            weekdays=(6,),
            nths=(2,),
            local_start="14:00",
            minutes=180,
        ),
        PlaybookRoutine(
            kind="task",
            name=N_("Machines oiled and needles changed"),
            steps=(
                N_("Each machine cleaned and oiled"),
                N_("Needles changed"),
                N_("Cables looked at"),
            ),
            frequency="monthly",
            weekdays=(1,),
            nths=(1,),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Cloth and parts"),
            every=8,
            weekdays=(1,),
            text=N_("Knows what is there and asks for what runs out."),
        ),
        PlaybookRoutine(
            kind="duty",
            name=N_("Second look at plugs"),
            every=8,
            weekdays=(1,),
            text=N_("Tests what has a cable before it goes home."),
        ),
    ),
)
