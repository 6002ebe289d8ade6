"""Mutation tests: negatives of the fixtures with what makes them correct removed must be reported, most of them.

The mutants are scanned in one tree, with all rules, at default confidence. `python -m mutation.sample` does the same
with code of other projects.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import gocheck
import want
from govet_py import checks
from mutation import bench
from mutation.bench import Verdict
from mutation.model import Operator
from mutation.operators import ALL

SHARE = 0.85
"""The least share of mutants that is reported, for each rule."""

RULES = [check.RULE.name for check in checks.ALL]
CASES = list(bench.negatives(want.TESTDATA, RULES))

pytestmark = pytest.mark.xdist_group("mutation")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutants") / "tree"


@pytest.fixture(scope="module")
def verdicts(tree: Path) -> list[Verdict]:
    return bench.tried(tree, CASES)


@pytest.fixture(scope="module")
def counted(verdicts: list[Verdict]) -> dict[str, list[Verdict]]:
    """The verdicts that count, by rule."""
    left_out = {one.name for one in bench.equivalents()}
    by_rule: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.name not in left_out:
            by_rule[verdict.mutant.rule].append(verdict)
    return by_rule


@pytest.mark.parametrize("rule", RULES)
def test_most_mutants_are_reported(rule: str, counted: dict[str, list[Verdict]]) -> None:
    ours = counted[rule]
    missed = [verdict.as_text for verdict in ours if not verdict.by]
    share = 1 - len(missed) / len(ours)
    assert share >= SHARE, "\n".join([f"{share:.0%} of {len(ours)} are reported; missed:", *missed])


def test_mutants_compile(tree: Path, verdicts: list[Verdict]) -> None:
    """What the compiler refuses would be no bug that anybody meets."""
    assert verdicts
    done = gocheck.go(["build", "./..."], tree)
    assert done.returncode == 0, done.stderr


def test_list_of_equivalent_mutants_is_not_stale(verdicts: list[Verdict]) -> None:
    missed = {verdict.name for verdict in verdicts if not verdict.by}
    assert [one.name for one in bench.equivalents() if one.name not in missed] == []


@pytest.mark.parametrize("operator", ALL, ids=lambda operator: operator.name)
def test_operator_has_mutants(operator: Operator, verdicts: list[Verdict]) -> None:
    """An operator that matches nothing would never be missed; and lines must keep their numbers."""
    ours = [verdict.mutant for verdict in verdicts if verdict.mutant.operator == operator.name]
    assert ours
    for mutant in ours:
        assert mutant.before.count("\n") == mutant.after.count("\n")
