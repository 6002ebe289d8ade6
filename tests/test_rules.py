"""Every rule against its cases in testdata, and the shape of what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

import want
from govet_py import checks
from govet_py.checks import Check
from govet_py.model.finding import Confidence
from govet_py.pipeline import analyse
from govet_py.report.document import HEADINGS, sections

CONTRACT = {
    "GV101": "map-race",
    "GV102": "captured-race",
    "GV103": "field-race",
    "GV104": "check-then-act",
    "GV201": "context-value-dropped",
    "GV202": "fresh-context",
    "GV203": "lost-cancel",
    "GV204": "context-lifetime",
    "GV205": "context-ignored",
    "GV301": "lossy-fan-in",
    "GV302": "blocked-sender",
    "GV303": "double-close",
    "GV401": "double-lock",
    "GV402": "lock-order",
    "GV403": "lock-held-while-blocking",
    "GV404": "missing-unlock",
    "GV501": "waitgroup-misuse",
    "GV502": "goroutine-leak",
    "GV601": "expected-timeout-is-fatal",
    "GV602": "watch-before-ensure",
}
"""Ids and names are a public contract: suppressions, SARIF and configuration hold them."""

CASES = want.cases(check.RULE.name for check in checks.ALL)
TOLD_BY_OTHERS = {
    "map-race/ok_optional_lock": "GV104 does not see that the second look is made under the lock that its caller holds",
    "map-race/ok_owner_loop": "GV302 does not see that all senders have been answered before the loop is told to end",
    "map-race/ok_stopped_before_read": "GV302 does not see that the last send comes before the loop is told to end",
}
"""Cases of one rule that another rule is wrong about, and why."""

by_name = pytest.mark.parametrize("check", checks.ALL, ids=lambda check: check.RULE.name)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: want.Case) -> None:
    found = want.problems(case)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("case", [
    pytest.param(case, id=str(case), marks=[
        pytest.mark.xfail(reason=reason, strict=True) for name, reason in TOLD_BY_OTHERS.items() if name == str(case)
    ])
    for case in CASES if case.is_ok
])
def test_ok_case_is_ok_for_all_rules(case: want.Case) -> None:
    report = analyse(replace(want.options(case), select=(), min_confidence=Confidence.MEDIUM))
    assert not want.found(report)


@by_name
def test_rule_has_cases_of_both_kinds(check: Check) -> None:
    kinds = {case.is_ok for case in CASES if case.rule == check.RULE.name}
    assert kinds == {True, False}, f"testdata/{check.RULE.name}/ needs a case that is reported and one named ok…"


@by_name
def test_rule_is_in_the_contract(check: Check) -> None:
    assert CONTRACT.get(check.RULE.id) == check.RULE.name


@by_name
def test_document_has_all_headings_in_order(check: Check) -> None:
    assert check.RULE.summary.endswith(".")
    assert tuple(section.heading for section in sections(check.RULE.document)) == HEADINGS
    assert all(section.body.strip() for section in sections(check.RULE.document))


def test_rules_are_listed_by_id() -> None:
    ids = [check.RULE.id for check in checks.ALL]
    assert ids == sorted(set(ids))


def test_every_folder_of_testdata_is_known() -> None:
    """A misspelt folder would never be tested."""
    others = {"showcase", "idioms", "facts", "syntax", "program"}
    folders = {folder.name for folder in want.TESTDATA.iterdir() if folder.is_dir()}
    assert folders <= others | set(CONTRACT.values())
