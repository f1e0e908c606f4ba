"""An item's photo: kept once, replaced, taken away; in backups, copies and the whole export."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select, update

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Forbidden, NotFound
from depot.items.commands.items import SaveItem, save_item
from depot.items.commands.photos import KeepPhoto, RemovePhoto, keep_photo, remove_photo
from depot.items.queries.photos import find_picture, photo_of, photos_of
from depot.models import ItemPhoto
from depot.verify.verify import verify
from tests.builders import World, find_actor
from tests.commands.cli.test_backup import run
from tests.current import at_work
from tests.databases import Server
from tests.exports import export_depot, run_verifier

RED, BLUE = b"\xff\xd8 a red tin", b"\xff\xd8 a blue tin"


def item(actor: Actor, name: str = "Beans") -> int:
    command = SaveItem(command_id=uuid4(), name=name, category="Other", base_unit="piece")
    return save_item(command, actor).answer.id


def keep(
    actor: Actor, item_id: int, picture: bytes = RED, command_id: UUID | None = None
) -> KeepPhoto:
    command = KeepPhoto(
        command_id=command_id or uuid4(), item_id=item_id, picture=picture, thumb=b"small"
    )
    keep_photo(command, actor)
    return command


def count(world: World) -> int:
    return int(world.session.scalar(select(func.count()).select_from(ItemPhoto)) or 0)


def test_a_photo_is_found_by_what_it_shows_and_the_next_one_takes_its_place(world: World) -> None:
    beans, rice = item(world.ada), item(world.ada, "Rice")
    keep(world.ada, beans)
    north = world.north.id
    ((item_id, name),) = photos_of(world.session, north, [beans, rice]).items()
    assert (item_id, name) == (beans, hashlib.sha256(RED + b"small").hexdigest()[:16])
    assert find_picture(world.session, north, beans, name, "picture") == RED
    assert find_picture(world.session, north, beans, name, "thumb") == b"small"
    keep(world.ada, beans, BLUE)
    assert find_picture(world.session, north, beans, name, "picture") is None
    assert photo_of(world.session, north, beans).picture == BLUE  # type: ignore[union-attr]
    assert count(world) == 1


def test_a_repeat_keeps_once_and_another_photo_under_its_id_is_refused(world: World) -> None:
    beans = item(world.ada)
    first = keep(world.ada, beans)
    keep(world.ada, beans, BLUE)
    again = keep_photo(first, world.ada)
    assert again.repeated
    assert photo_of(world.session, world.north.id, beans).picture == BLUE  # type: ignore[union-attr]
    with pytest.raises(CommandIdReused):
        keep(world.ada, beans, BLUE, first.command_id)


def test_a_photo_that_is_taken_away_is_gone_and_none_is_no_error(world: World) -> None:
    beans = item(world.ada)
    keep(world.ada, beans)
    for _ in range(2):
        answer = remove_photo(RemovePhoto(command_id=uuid4(), item_id=beans), world.ada).answer
        assert (answer.item_id, answer.digest) == (beans, "")
    assert count(world) == 0


def test_only_coordinators_of_the_depot_keep_and_see_it(world: World) -> None:
    beans = item(world.ada)
    with pytest.raises(Forbidden):
        keep(world.ben, beans)
    for do in (
        lambda: keep(world.cleo, beans),
        lambda: remove_photo(RemovePhoto(command_id=uuid4(), item_id=beans), world.cleo),
    ):
        with pytest.raises(NotFound):
            do()
    keep(world.ada, beans)
    name = photos_of(world.session, world.north.id, [beans])[beans]
    assert photos_of(world.session, world.south.id, [beans]) == {}
    assert find_picture(world.session, world.south.id, beans, name, "picture") is None
    assert photo_of(world.session, world.south.id, beans) is None


@pytest.mark.breaks_ledger("a photo is spoilt on purpose")
def test_a_damaged_photo_is_named(world: World) -> None:
    keep(world.ada, item(world.ada))
    assert verify(world.session, world.north.id) == ()
    world.session.execute(update(ItemPhoto).values(thumb=b"spoilt"))
    world.session.commit()
    (found,) = verify(world.session, world.north.id)
    assert found.sentence == "The photo of Beans is not as it was kept."


def test_a_backup_brings_the_photos_back_elsewhere(
    world: World, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    beans = item(world.ada)
    keep(world.ada, beans)
    file = tmp_path / "kept.depot"
    done = run(tmp_path, "backup", str(file), url=database_url)
    assert done.exit_code == 0, done.output
    remove_photo(RemovePhoto(command_id=uuid4(), item_id=beans), world.ada)
    elsewhere, url = tmp_path / "elsewhere", ""
    server: Server | None = None
    if database_url.startswith("postgresql"):
        server = request.getfixturevalue("postgres")
        url = server.create()
    restored = run(elsewhere, "restore", str(file), url=url)
    assert restored.exit_code == 0, restored.output
    assert run(elsewhere, "verify", url=url).exit_code == 0
    with at_work(url or f"sqlite:///{elsewhere / 'depot.sqlite3'}") as there:
        found = photo_of(there.session(), world.north.id, beans)
        assert found is not None
        assert (found.picture, found.thumb) == (RED, b"small")
    if server is not None:
        server.drop(url)


@pytest.mark.postgres
def test_a_copy_to_a_server_takes_many_photos_along(
    sqlite_url: str, tmp_path: Path, postgres: Server
) -> None:
    with at_work(sqlite_url):
        ada = find_actor("ada")
        items = [item(ada, f"Item {number}") for number in range(60)]
        for item_id in items:
            keep(ada, item_id, RED + str(item_id).encode())
    there = postgres.create()
    try:
        done = run(tmp_path, "copy-to", there, url=sqlite_url)
        assert done.exit_code == 0, done.output
        with at_work(there) as server:
            for item_id in items:
                found = photo_of(server.session(), ada.depot_id, item_id)
                assert found is not None
                assert found.picture == RED + str(item_id).encode()
    finally:
        postgres.drop(there)


def test_the_whole_export_has_each_photo_as_a_file_and_checks_it(
    world: World, tmp_path: Path
) -> None:
    beans = item(world.ada)
    keep(world.ada, beans)
    keep(world.cleo, item(world.cleo, "Southern rum"), BLUE)
    file = export_depot(world.north, tmp_path)
    with ZipFile(file) as archive:
        photos = [name for name in archive.namelist() if name.startswith("photos/")]
        assert photos == [f"photos/{beans}.jpg"]
        assert archive.read(photos[0]) == RED
        table = archive.read("tables/item_photo.csv").decode()
    assert hashlib.sha256(RED + b"small").hexdigest() in table
    assert "tin" not in table
    assert run_verifier(file).code == 0
    spoilt = tmp_path / "spoilt.zip"
    with ZipFile(file) as archive, ZipFile(spoilt, "w") as other:
        for name in archive.namelist():
            other.writestr(name, BLUE if name in photos else archive.read(name))
    assert f"photos/{beans}.jpg is not as it was written" in run_verifier(spoilt).text
