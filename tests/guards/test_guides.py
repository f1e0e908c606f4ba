"""Every guide is listed and can be read; its links hold, and those of its translations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from blueprints.frame.guides.how import HOW
from depot.guides.shelf import GROUPS, WRITTEN_IN, names
from depot.guides.written import Written, write_guide
from depot.words.languages import FOLDER
from tests.guards.sources import ROOT

USER: Final = ROOT / "docs" / "user"
PICTURES: Final = ROOT / "docs" / "pictures" / "guides"
#: Bytes of a picture: a phone fetches those of the pages that it keeps.
MOST: Final = 40_000
_LINK: Final = re.compile(r"(!?)\[[^\]]*\]\(([^)#\s]*)(#[^)\s]*)?\)")


def read(path: Path) -> Written:
    return write_guide(path.read_text("utf-8"), lambda name: name, lambda name: name)


def ids(name: str) -> set[str]:
    return {heading.id for heading in read(USER / f"{name}.md").headings}


def languages(user: Path = USER) -> list[Path]:
    return sorted(path for path in user.iterdir() if path.is_dir())


def named_by(file: Path, user: Path) -> Path:
    """Return the guide whose headings name those of `file`: a translation bears the English ids."""
    english = user / file.name
    return english if file.parent.parent == user and english.is_file() else file


def broken(path: Path, user: Path = USER) -> list[str]:
    """Return the links and pictures of a guide that lead nowhere."""
    found = []
    for is_picture, target, place in _LINK.findall(path.read_text("utf-8")):
        if "://" in target:
            continue
        file = (path.parent / target).resolve() if target else path
        if not file.is_file() and not is_picture:
            file = user / file.name  # a guide that this language does not have yet
        if not file.is_file():
            found.append(f"{path.name}: {target}")
        elif place and place[1:] not in {one.id for one in read(named_by(file, user)).headings}:
            found.append(f"{path.name}: {target}{place}")
    return found


def test_the_list_has_every_guide_once_and_readme_too() -> None:
    listed = [name for _title, group in GROUPS for name in group]
    assert len(listed) == len(set(listed))
    assert set(listed) == {path.stem for path in USER.glob("*.md")} - {"README"}
    linked = re.findall(r"\]\(([a-z-]+)\.md\)", (USER / "README.md").read_text("utf-8"))
    assert linked == listed


def test_every_guide_has_one_title_and_says_something() -> None:
    for name in sorted(names()):
        text = (USER / f"{name}.md").read_text("utf-8")
        assert text.startswith("# "), name
        assert re.findall(r"^# ", text, re.MULTILINE) == ["# "], name
        assert len(text.split()) > 60, name


def test_links_between_guides_hold() -> None:
    found = [one for path in sorted(USER.rglob("*.md")) for one in broken(path)]
    assert found == []


def test_the_table_of_how_leads_into_guides_and_to_each_of_them() -> None:
    places = {value.partition("#")[::2] for value in HOW.values()}
    assert {name for name, _place in places} == names()
    assert [(name, place) for name, place in places if place and place not in ids(name)] == []


def test_a_translation_has_the_headings_of_the_english_guide_in_their_order() -> None:
    known = {path.name for path in FOLDER.iterdir() if path.is_dir()} | {WRITTEN_IN}
    for folder in languages():
        assert folder.name in known | {name.partition("_")[0] for name in known}, folder
        for path in sorted(folder.glob("*.md")):
            assert path.stem in names() | {"README"}, path
            if path.stem != "README":
                levels = [one.level for one in read(path).headings]
                assert levels == [one.level for one in read(USER / path.name).headings], path


def test_pictures_are_light_and_of_a_guide_that_shows_them() -> None:
    for path in sorted(PICTURES.iterdir()):
        assert path.suffix == ".png"
        assert path.stat().st_size <= MOST, path
        text = (USER / f"{path.stem}.md").read_text("utf-8")
        said = re.search(rf"!\[([^\]]+)\]\(\.\./pictures/guides/{path.stem}\.png\)", text)
        assert said, path
        assert len(said[1].split()) > 3, "what is seen, for who sees no picture"


def test_the_guard_sees_what_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Page\n\n[a](nowhere.md) [b](#in-it) ![c](../none.png) [d](https://e.org)\n")
    assert broken(path, tmp_path)[0] == "page.md: nowhere.md"
    assert len(broken(path, tmp_path)) == 3


def test_the_guard_wants_english_ids_in_links_of_translations(tmp_path: Path) -> None:
    (tmp_path / "es").mkdir()
    (tmp_path / "page.md").write_text("# Page\n\n## In it\n")
    path = tmp_path / "es" / "page.md"
    path.write_text("# Hoja\n\n## En ella\n\n[a](page.md#in-it) [b](#in-it) [c](#en-ella)\n")
    assert broken(path, tmp_path) == ["page.md: #en-ella"]


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[go](javascript:alert(1))", "<p>[go](javascript:alert(1))</p>\n"),
        ("[go](data:text/html,x)", "<p>[go](data:text/html,x)</p>\n"),
        ("[go](/sign-out)", "<p>go</p>\n"),
        ("[go](//other.example/x)", "<p>go</p>\n"),
        ("![seen](https://other.example/x.png)", "<p></p>\n"),
        ("[**go** on](scan.md#x)", '<p><a href="/scan#x"><strong>go</strong> on</a></p>\n'),
        ("[go](../../none.md)", "<p>go</p>\n"),
        ("# Title\n\n## Go *on*: now", '<h2 id="go-on-now">Go <em>on</em>: now</h2>\n'),
    ],
)
def test_a_guide_brings_no_html_of_its_own_and_leads_only_to_guides(
    markdown: str, html: str
) -> None:
    made = write_guide(markdown, {"scan": "/scan"}.get, lambda _name: None)
    assert made.html == html


def test_headings_of_another_language_bear_the_same_ids() -> None:
    english = write_guide("# A\n\n## One\n\n## Two", lambda _: None, lambda _: None)
    other = write_guide(
        "# B\n\n## Eins\n\n## Zwei\n\n## Drei",
        lambda _: None,
        lambda _: None,
        [heading.id for heading in english.headings],
    )
    assert [heading.id for heading in other.headings] == ["one", "two", "drei"]
