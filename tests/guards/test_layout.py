"""One word, one wing: slices of one shape, small folders, folder names from the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.guards.sources import ROOT

MOST_FILES = 12
#: Where the TypeScript is.
SCRIPTS = "blueprints/browser/src"
#: What a slice may hold at its first level; `routes.py` it must.
SLICE_FILES = {"routes", "pages", "api", "schemas", "words", "lists", "actions", "forms", "public"}
#: No slices: what every slice stands on, and the words that several show.
SHARED = {"frame", "words"}
#: Other files of a slice, each with the reason why it is one of its own.
EXCEPTIONS = {
    "browser/bundles": "which built file has which name; pages ask for it",
    "browser/sentences": "how scripts get sentences with plural forms",
    "calendars/links": "open to anybody who holds the link of a mail",
    "counts/posting": "pages behind another guard",
    "crates/action_pages": "the pages of actions.py, which a phone uses without them",
    "crates/new_crates": "a page with a printer behind it",
    "leaving/erasing": "pages behind another guard",
    "open_book/told": "the sentences about settings, of whatever wing",
    "playbooks/files": "a playbook as a file",
    "playbooks/handbook": "the pages that everybody reads, behind another guard",
    "printing/packed": "a page of its own for crates made in one act",
    "crates/relabel": "a page with a printer behind it",
    "crates/scans": "what a scanned code fills into two forms",
    "distribution/goods": "lines of goods, read and answered by three actions",
    "distribution/plans": "pages before a hand-out, each with a form",
    "distribution/picking": "the pick list on a phone",
    "distribution/pick_schemas": "what is said of goods that are fetched, beside the other schemas",
    "distribution/working": "the one screen of a hand-out that is on",
    "entries/discrepancies": "a list of its own, under its own address",
    "imports/uploads": "files on the disk, between two requests",
    "intake/boxes": "a list and a form of their own, of boxes whose weight is known",
    "intake/lines": "lines kept in the form of a delivery until it is saved",
    "intake/picks": "the buttons of the donation page",
    "intake/scans": "what a scanned code fills into the donation",
    "items/categories": "a list and a form of their own",
    "items/photos": "a form with a file, and pictures, which are no pages",
    "network/files": "transfers as files, between servers",
    "network/links": "a topic of its own, behind another guard",
    "network/offers": "a list and a form of their own",
    "needs/feed": "a format of its own, Atom",
    "outbox/batches": "what pages and programs send alike",
    "outbox/clocks": "arithmetic of two clocks",
    "outbox/delivery": "one command from JSON to an answer",
    "outbox/phone_list": "the list that a phone keeps",
    "outbox/queue_file": "a file of what a phone kept",
    "outbox/queue_pages": "the pages of that file, for coordinators",
    "outbox/sync": "answers to scripts, behind another guard",
    "papers/counts": "papers of one topic",
    "papers/donor_mails": "mails, not pages",
    "papers/donors": "papers of one topic",
    "papers/events": "papers of one topic",
    "papers/frame": "how every paper is shown",
    "papers/histories": "papers of one topic",
    "papers/people": "papers of one topic",
    "papers/safety": "papers of one topic",
    "papers/stock": "papers of one topic",
    "partners/agencies": "a topic of its own beside partners: the pages of one agency",
    "partners/requests": "a topic of its own beside partners: the pages",
    "partners/requests_api": "the same, for programs",
    "partners/requests_lists": "the same: the lists as files",
    "partners/requests_schemas": "the same: what is typed and sent",
    "people/access_journal": "a list of its own",
    "people/account": "open to anybody, unlike the rest of the slice",
    "devices/addresses": "what sets a device up, for pages and programs",
    "joining/addresses": "what the code on the wall leads to, for pages and programs",
    "joining/wall": "pages behind another guard",
    "joining/coming": "pages behind another guard: the door, for everybody who is here",
    "people/factor": "one's own second step, a page of many steps",
    "people/own": "one's own account, for everybody who is signed in",
    "people/passkeys": "one's own passkeys, and signing in with one",
    "people/recovery": "open to anybody who holds a link",
    "people/typed": "what forms with passwords hold",
    "phones/setup": "an application of its own, without https",
    "printing/choices": "what one can print on, for four pages",
    "printing/jobs": "a job from labels to a printer",
    "printing/lengths": "a field for millimetres and inches",
    "printing/printer_forms": "the forms of printers.py",
    "printing/printers": "printers and sheets, for coordinators",
    "printing/trials": "what stands on a test page",
    "production/recipes": "a list and a form of their own",
    "reports/changes": "tables of what came in late",
    "reports/filed": "filed reports, beside the live one",
    "reports/filed_schemas": "what programs send and get of filed ones",
    "reports/in_kind": "a list and two forms of their own",
    "reports/meal_factors": "a list and a form of their own",
    "reports/periods": "which period an address asks for",
    "rota/routines": "a list and a form of their own",
    "safety/temperatures": "a topic of its own beside holds: the pages",
    "safety/temperatures_api": "the same, for programs",
    "safety/named_goods": "the fields that holds and recalls share",
    "safety/temperatures_forms": "the same: what is typed and sent",
    "safety/temperatures_lists": "the same: the lists as files",
    "safety/holds": "the pages of one topic of the slice",
    "safety/holds_api": "what programs send of one topic",
    "safety/holds_lists": "the files of one topic",
    "safety/holds_schemas": "the forms of one topic",
    "network/codes": "a file that comes as codes, or as a photo of them",
    "scanning/addresses": "where labels of places and hand-outs lead",
    "scanning/learning": "what a product's code stands for",
    "scanning/lookup": "what a scanned text is, as a page and as JSON",
    "scanning/photos": "photos, read a few at a time",
    "scanning/roll_call": "a page of many steps",
    "search/ways": "the table of pages that search leads to",
    "sharing/blocks": "how a paper's blocks are shown",
    "shell/icons": "pictures, drawn when asked for",
    "shell/metrics": "an answer to a program with a token of the settings",
    "stock/goods": "three acts on one lot",
    "stock/moments": "which moment an address asks for",
    "name_sheets/settings": "pages behind another guard",
    "visits/ages": "a form of its own: the bands by which people are counted",
}
#: The schema is one thing and stays together; so do its migrations.
LARGE = {"depot/models", "depot/migrations", "depot/migrations/versions"}
GLOSSARY = ROOT / "docs" / "glossary.md"
#: Where a folder's name must be a word of the glossary.
NAMED = (
    "depot",
    "blueprints",
    "templates",
    "tests/unit",
    "tests/commands",
    "tests/web",
)


def modules(folder: Path) -> list[str]:
    """Return the names of the Python modules in a folder, its own not counted."""
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def slices(blueprints: Path) -> Iterator[Path]:
    """Yield each slice's folder."""
    for folder in code_folders(blueprints, deep=False):
        if folder.name not in SHARED:
            yield folder


def misshapen(blueprints: Path) -> list[str]:
    """Return what is missing from slices and what has no reason to be there."""
    found = []
    for folder in slices(blueprints):
        names = modules(folder)
        if "routes" not in names:
            found.append(f"{folder.name}/routes is missing")
        allowed = SLICE_FILES | {key.partition("/")[2] for key in EXCEPTIONS if _of(key, folder)}
        found += [f"{folder.name}/{name}" for name in names if name not in allowed]
    return found


def _of(key: str, folder: Path) -> bool:
    return key.startswith(f"{folder.name}/")


def code_folders(start: Path, *, deep: bool = True) -> Iterator[Path]:
    """Yield the folders with Python in them below `start`."""
    for path in sorted(start.rglob("__init__.py") if deep else start.glob("*/__init__.py")):
        yield path.parent


def too_full(root: Path) -> list[str]:
    """Return the folders of code that hold more files than one can look over."""
    folders = [
        folder for name in ("depot", "blueprints", "labels") for folder in code_folders(root / name)
    ]
    return [
        folder.relative_to(root).as_posix()
        for folder in folders
        if folder.relative_to(root).as_posix() not in LARGE and len(modules(folder)) > MOST_FILES
    ] + [
        folder.relative_to(root).as_posix()
        for folder in sorted((root / SCRIPTS).glob("**/"))
        if len(list(folder.glob("*.ts"))) > MOST_FILES
    ]


def words_of(glossary: str) -> set[str]:
    """Return the words in code letters that stand first in a line of a table."""
    found: set[str] = set()
    for line in glossary.splitlines():
        if line.startswith("|"):
            found |= set(re.findall(r"`([^`]+)`", line.split("|")[1]))
    return found


def unnamed(folders: Iterable[str], words: set[str]) -> list[str]:
    """Return the folders whose name is no word of the glossary."""
    return sorted({name for name in folders if name not in words})


def folder_names() -> Iterator[str]:
    for name in NAMED:
        for path in sorted((ROOT / name).iterdir()):
            if path.is_dir() and path.name != "__pycache__":
                yield path.name


def test_every_slice_has_one_shape() -> None:
    assert not misshapen(ROOT / "blueprints"), "a slice's files are those of SLICE_FILES"


def test_every_exception_is_still_one() -> None:
    there = {
        f"{folder.name}/{name}"
        for folder in slices(ROOT / "blueprints")
        for name in modules(folder)
    }
    assert not sorted(set(EXCEPTIONS) - there)


def test_no_folder_is_too_full() -> None:
    assert not too_full(ROOT), f"a folder holds at most {MOST_FILES} files of code"


def test_every_folder_is_a_word_of_the_glossary() -> None:
    found = unnamed(folder_names(), words_of(GLOSSARY.read_text()))
    assert not found, "say in docs/glossary.md what the folder's word means"


def _slice(root: Path, name: str, *files: str) -> None:
    folder = root / "blueprints" / name
    folder.mkdir(parents=True)
    for file in ("__init__", *files):
        (folder / f"{file}.py").touch()


def test_the_guard_sees_a_slice_of_another_shape(tmp_path: Path) -> None:
    _slice(tmp_path, "rota", "pages", "door")
    _slice(tmp_path, "wall", "routes", "pages", "batches")
    _slice(tmp_path, "frame", "anything")
    wrong = misshapen(tmp_path / "blueprints")
    assert wrong == ["rota/routes is missing", "rota/door", "wall/batches"]


def test_the_guard_sees_a_full_folder(tmp_path: Path) -> None:
    _slice(tmp_path, "rota", *(f"file_{number}" for number in range(MOST_FILES)))
    assert not too_full(tmp_path)
    (tmp_path / "blueprints" / "rota" / "one_more.py").touch()
    assert too_full(tmp_path) == ["blueprints/rota"]
    folder = tmp_path / SCRIPTS / "outbox"
    folder.mkdir(parents=True)
    for number in range(MOST_FILES + 1):
        (folder / f"part{number}.ts").touch()
    assert too_full(tmp_path) == ["blueprints/rota", "blueprints/browser/src/outbox"]


def test_the_guard_sees_a_word_that_nobody_explained() -> None:
    words = words_of("| in code | means |\n| `crate` | what `bears` a label |\n`loose`")
    assert words == {"crate"}
    assert unnamed(["crate", "loose", "bears"], words) == ["bears", "loose"]
