"""The same bytes out for the same bytes in; `harness/determinism.py` asks as often as one likes, of any tree."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from harness.determinism import FORMATS, run

TESTDATA = Path(__file__).parent.parent / "testdata"
RULES = ("map-race", "lock-order", "blocked-sender", "context-lifetime")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same") / "tree"
    for rule in RULES:
        shutil.copytree(TESTDATA / rule, folder / rule)
    shutil.copyfile(TESTDATA / "go.mod", folder / "go.mod")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="sets an umask")
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_shows_but_the_code(tree: Path, format: str) -> None:
    first, second = (run(tree, seed, format, ["--min-confidence", "low"]) for seed in (1, 2))
    assert first.digest == second.digest, f"{first.about}\n{second.about}"
