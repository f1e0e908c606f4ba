"""What the first depot shows: its needs, with what its coordinator knows better."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from depot.demo.stage import Stage
from depot.items.queries.catalog import categories
from depot.needs.commands import SaveNeedRule, SaveNeedsSetting, save_need_rule, save_needs_setting
from depot.needs.round import renew_needs_list


def show_needs(stage: Stage) -> None:
    """Turn every way of showing the needs on, and say some things by hand."""
    stage.at = stage.now
    stage.do(
        save_needs_setting,
        SaveNeedsSetting,
        stage.coordinator,
        at_door=True,
        on_poster=True,
        on_page=True,
        as_json=True,
        as_feed=True,
        words="The old chapel, 4 Mill Lane, by the back door.\nTuesday and Friday, 10 to 4.",
    )
    until = stage.last_day + timedelta(days=21)
    _rule(stage, "Oil, sauces and spices", note="no glass, please", share_permille=60)
    baby = {"said": "short", "said_until": until, "note": "for six months and up"}
    _rule(stage, "Baby food and formula", **baby)
    renew_needs_list(stage.session, stage.depot, at_once=True, clock=stage.clock)


def _rule(stage: Stage, category: str, **rule: Any) -> None:
    found = {row.name: row.id for row in categories(stage.session, stage.depot.id)}
    stage.do(
        save_need_rule,
        SaveNeedRule,
        stage.coordinator,
        kind="category",
        subject_id=found[category],
        **rule,
    )
