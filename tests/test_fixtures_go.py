"""The fixtures against the real Go: all compile, and those of races race or do not race as they say.

A case of a rule of data races, or of an idiom of shared data (`idioms/c…`), has a `race_test.go` that drives its code:
`go test -race` must catch a race in a case that is reported, and none in a case named ok.
"""

from __future__ import annotations

import re

import pytest

import gocheck
import want

RACE = re.compile(r"WARNING: DATA RACE|fatal error: concurrent map")
ATTEMPTS = 5
RULES = ["captured-race", "field-race", "map-race"]
CASES = want.cases([*RULES, *(folder for folder in want.idiom_folders() if folder.startswith("idioms/c"))])

pytestmark = pytest.mark.xdist_group("go")


@pytest.fixture(scope="module")
def outcomes() -> dict[str, tuple[bool, str]]:
    """One run of all cases, then more of those that ought to race and had luck."""
    results = gocheck.race_outcomes(want.TESTDATA, [*(f"./{rule}/..." for rule in RULES), "./idioms/c..."])
    for _ in range(ATTEMPTS - 1):
        racy = [case for case in CASES if not case.is_ok]
        lucky = [f"./{case}" for case in racy if not RACE.search(results.get(package(case), (True, ""))[1])]
        if not lucky:
            break
        results |= gocheck.race_outcomes(want.TESTDATA, lucky)
    return results


def package(case: want.Case) -> str:
    return f"govetpy.test/{case}"


def test_one_worker_does_all_of_this_group(request: pytest.FixtureRequest) -> None:
    """Else each worker builds and runs all cases."""
    if request.config.getoption("loadgroup", default=False):
        assert request.node.nodeid.endswith("@go")


def test_everything_compiles() -> None:
    done = gocheck.go(["build", "./..."], want.TESTDATA)
    assert done.returncode == 0, done.stderr


def test_tests_compile() -> None:
    done = gocheck.go(["test", "-run=^$", "./..."], want.TESTDATA)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES, ids=str)
def test_race_case(case: want.Case, outcomes: dict[str, tuple[bool, str]]) -> None:
    assert (case.folder / "race_test.go").is_file(), "a case of a race has a race_test.go"
    passed, output = outcomes[package(case)]
    if case.is_ok:
        assert passed, output
    else:
        assert RACE.search(output), f"no race was seen in {ATTEMPTS} runs:\n{output}"
