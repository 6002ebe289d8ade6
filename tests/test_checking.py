"""Rules in two processes: the same findings, whatever becomes of one of them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govet_py import checking, checks
from govet_py.checks import lossy_fan_in
from govet_py.concurrency.effects.summaries import Summaries
from govet_py.concurrency.facts import Facts
from govet_py.model.finding import Finding, Report
from govet_py.options import Options
from govet_py.pipeline import analyse

TREE = Path(__file__).parent.parent / "testdata"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "WORTH_A_PROCESS", 0)


def scan(jobs: int) -> Report:
    return analyse(Options(paths=(str(TREE / "map-race"), str(TREE / "lossy-fan-in")), jobs=jobs))


def told(report: Report) -> Any:
    return report.findings, report.notices


def test_the_number_of_jobs_changes_nothing() -> None:
    one, two = scan(1), scan(2)
    assert {"GV101", "GV301"} <= {finding.rule.id for finding in one.findings}
    assert told(one) == told(two)


def test_large_programs_stay_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(*given: Any) -> None:
        raise AssertionError("a second process")

    whole = scan(2)
    monkeypatch.setattr(checking, "MOST_FOR_TWO", 1)
    monkeypatch.setattr(checking, "_Other", watched)
    assert told(scan(2)) == told(whole)


def test_a_process_that_dies_costs_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    parent, whole = os.getpid(), scan(2)

    def deadly(facts: Facts) -> Iterator[Finding]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from original(facts)

    original = lossy_fan_in.run
    monkeypatch.setattr(lossy_fan_in, "run", deadly)
    report = scan(2)
    assert report.findings == whole.findings
    assert [notice.kind for notice in report.notices if notice not in whole.notices] == ["worker-lost"]


def test_a_failure_over_there_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(2)
    monkeypatch.setattr(lossy_fan_in, "run", lambda facts: iter([1 // 0]))
    report = scan(2)
    assert [notice.kind for notice in report.notices if notice not in whole.notices] == ["internal-error"]
    assert {finding.rule.id for finding in report.findings} == {f.rule.id for f in whole.findings} - {"GV301"}


def test_the_other_rules_need_no_effects() -> None:
    """A rule that asks for races or summaries belongs into NEED_EFFECTS, or its process works them out again."""
    class Watched(Facts):
        @property
        def summaries(self) -> Any:
            raise AssertionError("needs effects")

    for check in checks.ALL:
        if check not in checks.NEED_EFFECTS:
            facts = Watched(program())
            facts.give({"invocations": {}} if check in checks.NEED_INVOCATIONS else {})
            list(check.run(facts))


def test_what_a_process_is_sent_it_does_not_work_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, parent = scan(2), os.getpid()

    def away(facts: Facts) -> Any:
        assert os.getpid() != parent
        return dict.fromkeys(("map_suspects", "field_suspects", "read_locked", "mixed_atomics"), ())

    def elsewhere(facts: Facts) -> Any:
        assert os.getpid() != parent
        return original(facts)

    original = Facts.beside
    monkeypatch.setattr(Facts, "beside", elsewhere)
    assert told(scan(2)) == told(scan(1)) == told(whole)
    monkeypatch.setattr(Facts, "beside", away)
    assert {f.message for f in scan(2).findings} < {f.message for f in whole.findings}


def test_what_cannot_be_sent_is_worked_out_here(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan(2)
    monkeypatch.setattr(Facts, "beside", lambda facts: 1 // 0)
    monkeypatch.setattr(Summaries, "invocations", lambda summaries: (print for _ in ()))
    report = scan(2)
    assert report.findings == whole.findings


def program() -> Any:
    found: list[Any] = []

    class Taker:
        RULE = lossy_fan_in.RULE

        def run(self, facts: Facts) -> Iterator[Finding]:
            found.append(facts.program)
            return iter(())

    analyse(Options(paths=(str(TREE / "lossy-fan-in"),), jobs=1), available=(Taker(),))
    return found[0]
