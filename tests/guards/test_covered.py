"""What `make coverage` writes down is what the reports say."""

from __future__ import annotations

import json

from tests.covered import Share, of_python, of_scripts

LCOV = """\
SF:blueprints/browser/src/outbox/order.ts
LF:10
LH:9
BRF:4
BRH:3
end_of_record
SF:tests/typescript/outbox/order.test.ts
LF:100
LH:100
end_of_record
"""


def test_lines_and_branches_of_the_program_are_told_and_not_those_of_tests() -> None:
    assert of_scripts(LCOV) == (Share(9, 10), Share(3, 4))


def test_what_was_run_in_python_is_told_as_counted() -> None:
    totals = {"covered_lines": 5, "num_statements": 8, "covered_branches": 1, "num_branches": 3}
    lines, branches = of_python(json.dumps({"totals": totals}))
    assert (str(lines), str(branches)) == ("62.5 % (5 of 8)", "33.3 % (1 of 3)")
    assert str(Share(0, 0)) == "- (0 of 0)"
