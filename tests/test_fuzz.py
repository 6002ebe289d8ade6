"""Random programs and broken files through the whole analysis; `fuzz/mutate.py` has as many as one likes."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import front_end, mutate
from fuzz.mutations import MUTATIONS, mutated
from fuzz.programs import program
from govet_py.model.declarations import INTERNAL_ERROR
from govet_py.model.finding import Confidence, Report
from govet_py.model.source import SourceFile
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.syntax import parse

CORPUS = mutate.seeds()
few = settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
chances = st.integers(0, 1 << 32).map(Random)


@contextmanager
def tree(**files: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "go.mod").write_text(mutate.MODULE)
        for name, content in files.items():
            (Path(folder) / name).mkdir()
            (Path(folder) / name / "a.go").write_bytes(content)
        yield Path(folder)


def scan(folder: Path) -> Report:
    return analyse(Options(paths=(str(folder),), jobs=1, tests=True, min_confidence=Confidence.LOW))


def told(report: Report) -> Any:
    return report.findings, report.hidden, report.notices


def broken(report: Report) -> list[str]:
    return [notice.message for notice in report.notices if notice.kind == INTERNAL_ERROR]


@few
@given(chances, st.integers(1, 6))
def test_random_programs_are_read_and_judged(chance: Random, functions: int) -> None:
    with tree(p=program(chance, functions)) as folder:
        first, second = scan(folder), scan(folder)
    assert first.notices == ()
    assert told(first) == told(second)


@few
@given(chances)
def test_a_program_means_the_same_with_other_line_ends(chance: Random) -> None:
    content = program(chance, 3)
    with tree(p=content) as folder:
        plain = scan(folder)
        (folder / "p" / "a.go").write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
        other = scan(folder)
    assert [finding.message for finding in plain.findings] == [finding.message for finding in other.findings]


@few
@given(chances)
def test_one_program_takes_nothing_from_another(chance: Random) -> None:
    one, other = program(chance, 3), program(chance, 3)
    with tree(a=one) as folder:
        alone = {finding.message for finding in scan(folder).findings}
    with tree(a=one, b=mutated(chance, other)) as folder:
        report = scan(folder)
    assert broken(report) == []
    assert alone <= {finding.message for finding in report.findings}


@few
@given(chances, st.sampled_from(CORPUS), st.sampled_from(CORPUS))
def test_broken_cases_are_survived(chance: Random, content: bytes, other: bytes) -> None:
    with tree(p=mutated(chance, content, other)) as folder:
        assert broken(scan(folder)) == []


@pytest.mark.parametrize("number", range(len(MUTATIONS)))
def test_each_mutation_is_survived(number: int) -> None:
    files = {f"p{at}": MUTATIONS[number](Random(at), CORPUS[(number * 37 + at) % len(CORPUS)]) for at in range(6)}
    with tree(**files) as folder:
        assert broken(scan(folder)) == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes_are_parsed(content: bytes) -> None:
    parse(SourceFile("a.go", "a.go", "p"), content)
    parse(SourceFile("a.go", "a.go", "p"), b"package p\nfunc f() {\n" + content)


@pytest.mark.skipif(sys.platform != "linux", reason="scans are forked")
def test_a_small_campaign(tmp_path: Path) -> None:
    campaign = mutate.Campaign(7, tmp_path)
    try:
        campaign.batch(0, 60)
    finally:
        campaign.close()
    assert (campaign.inputs, campaign.scans, campaign.failures) == (60, 1, {})


@pytest.mark.skipif(sys.platform != "linux", reason="scans are forked")
def test_a_campaign_finds_and_keeps_what_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(file: SourceFile, content: bytes) -> object:
        if file.path.startswith("m") and b"defer" in content:
            raise MemoryError("broken on purpose")
        return parse(file, content)

    monkeypatch.setattr("govet_py.parsing.parse", fragile)
    campaign = mutate.Campaign(7, tmp_path)
    try:
        campaign.batch(0, 8)
    finally:
        campaign.close()
    assert set(campaign.failures) == {"MemoryError: broken on purpose"}
    kept = list(tmp_path.rglob("0.go"))
    assert kept and all(b"defer" in path.read_bytes() for path in kept)


def test_the_target_of_the_fuzzer_takes_its_seeds() -> None:
    one_input = front_end.target()
    for content in CORPUS[::20]:
        one_input(content)
        one_input(content[: len(content) // 2])
