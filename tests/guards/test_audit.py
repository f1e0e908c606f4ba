"""Licences of what comes with the program: each is permissive, or somebody has read it."""

from __future__ import annotations

import pytest

from tests.audit import LOCK, READ_BY_HAND, in_question, is_permissive, pinned


def test_every_pinned_package_may_come_with_ours() -> None:
    names = pinned(LOCK.read_text())
    assert len(names) > 30
    assert in_question(names) == []
    assert set(READ_BY_HAND) <= set(names)


@pytest.mark.parametrize("licence", ["GPL-3.0-or-later", "AGPL-3.0", "Proprietary", "", "SSPL-1.0"])
def test_a_licence_that_asks_for_more_is_seen(licence: str) -> None:
    assert not is_permissive(licence)


def test_the_lock_file_is_read_whatever_stands_behind_a_name() -> None:
    lock = "Flask==3.1.3 \\\n    --hash=sha256:ab\ncolorama==0.4 ; sys_platform == 'win32'\n# a==1"
    assert pinned(lock) == ["colorama", "flask"]
