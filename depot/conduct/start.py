"""A text to begin with: offered to a depot that has none of its own, and never taken by itself."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_

#: A promise in each line.
START: Final = (
    N_("Everybody who comes through this door is met with respect, to help or to be helped."),
    N_("We talk with each other before we talk about each other."),
    N_(
        "We ask before we touch somebody, take a picture, or tell what is not ours to tell. No is"
        " an answer, and needs no reason."
    ),
    N_(
        "Nobody is made small for where they come from, what they believe, whom they love, their"
        " body, their age, their papers or their money."
    ),
    N_("What we learn about the people we help stays here."),
    N_("Whoever is told “that hurt” listens first."),
    N_("Mistakes are said aloud, and put right together."),
    N_("Nobody has to be strong alone: we say when it is too much, and take each other's place."),
    N_("Whoever hurts others and does not stop goes home for today."),
)
