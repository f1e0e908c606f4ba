"""Nobody and nothing is called so that it cannot be told from another."""

from __future__ import annotations

from uuid import uuid4

import pytest

from depot.base.errors import Invalid, MixedAlphabets, NameTaken
from depot.locations.commands import SavePlace, save_place
from depot.models import Person
from depot.people.commands.accounts import AcceptInvitation, accept_invitation
from tests.builders import PASSWORD, World, make_invitation, receive
from tests.stock_text import rows, stock


def join(world: World, name: str, login: str) -> str:
    secret = make_invitation("Somebody", "volunteer", world.ada)
    return accept_invitation(AcceptInvitation(secret, name, login, PASSWORD)).name


def test_a_person_is_not_called_like_a_colleague_in_other_letters(world: World) -> None:
    assert join(world, "Сосо", "first") == "Сосо"
    with pytest.raises(NameTaken):
        join(world, "Coco", "second")
    with pytest.raises(MixedAlphabets):
        join(world, "Аda", "third")
    with pytest.raises(MixedAlphabets):
        join(world, "Ada", "аda")
    assert join(world, "A\u200bda", "fourth") == "Ada", (
        "two people may bear one name, as it is seen"
    )
    assert join(world, "Борис", "boris") == "Борис"
    found = world.session.query(Person).filter(Person.name.contains("\u200b")).count()
    assert found == 0


def test_an_invitation_names_nobody_in_two_alphabets(world: World) -> None:
    with pytest.raises(MixedAlphabets):
        make_invitation("Веn", "volunteer", world.ada)


def test_a_place_is_not_called_like_another_in_other_letters(world: World) -> None:
    def save(name: str) -> None:
        save_place(SavePlace(command_id=uuid4(), name=name), world.ada)

    save("COCA 1")
    for name, refusal in (
        ("СОСА 1", NameTaken),
        ("C\u200bOCA 1", NameTaken),
        ("СOCA 1", MixedAlphabets),
        ("\u2800\u200b", Invalid),
    ):
        with pytest.raises(refusal):
            save(name)
    save("Склад")


def test_an_item_with_something_unseen_in_its_name_is_the_item_that_is_seen(world: World) -> None:
    receive(world.ben, 4, "Beans")
    receive(world.ben, 2, "Be\u200bans")
    receive(world.ben, 1, "\u202eBeans")
    assert stock(world.ben) == rows("7 Beans @ Arrivals")
