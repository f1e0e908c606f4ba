"""The table of addresses: its rules write what Werkzeug's own do, made when one is written."""

from __future__ import annotations

import pytest
from werkzeug.routing import Map, Rule

from blueprints.frame.web import LateRule

TABLE = ("/", "/crates/<code>", "/hand-outs/<int:event_id>/people", "/files/<path:name>")


def address(kind: type[Rule], rule: str, named: dict[str, object]) -> str:
    table = Map([kind(rule, endpoint="here", defaults={"page": 1} if rule == "/" else None)])
    return table.bind("localhost").build("here", named)


@pytest.mark.parametrize("rule", TABLE)
def test_an_address_is_written_as_by_the_rule_it_stands_for(rule: str) -> None:
    named: dict[str, object] = {"code": "7K3M-9QX2 ü", "event_id": 7, "name": "a b/c?", "page": 1}
    wanted = {name: value for name, value in named.items() if name in rule or name == "page"}
    assert address(LateRule, rule, wanted) == address(Rule, rule, wanted)
    more = wanted | {"q": "bread & butter", "rule": "self"}
    assert address(LateRule, rule, more) == address(Rule, rule, more)


def test_nothing_is_compiled_before_an_address_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[bool] = []
    plain = Rule._compile_builder

    def counted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(append_unknown)
        return plain(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", counted)
    here = Map([LateRule(rule, endpoint=rule) for rule in TABLE]).bind("localhost")
    assert here.match("/crates/7K3M")[1] == {"code": "7K3M"}
    assert compiled == []
    for _ in range(2):
        assert here.build("/crates/<code>", {"code": "7K3M"}) == "/crates/7K3M"
    assert compiled == [True]
