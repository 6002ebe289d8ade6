"""The blocking bugs of GoKer (Yuan et al., CGO 2021) that ship with Go's own tests: what is found in each program.

Go's runtime tests its goroutine leak profile with 63 programs cut down from real bugs. They are read where the
toolchain keeps them. A loss fails here, and so does a new finding: read the program, then sort it in below.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import gocheck
from govet_py.model.finding import Confidence
from govet_py.options import Options
from govet_py.pipeline import analyse

BLOCKING = (
    "GV202", "GV203", "GV204", "GV205", "GV302", "GV303", "GV401", "GV402", "GV403", "GV404", "GV501", "GV502",
)
PROGRAMS = 63

NAME_THE_BUG: dict[str, str] = {
    "cockroach10214": "GV402",
    "cockroach1055": "GV403",
    "cockroach1462": "GV302",
    "cockroach18101": "GV302",
    "cockroach25456": "GV302",
    "cockroach35073": "GV302",
    "cockroach35931": "GV302",
    "cockroach3710": "GV401",
    "cockroach584": "GV401 GV404 GV404",
    "cockroach6181": "GV401",
    "cockroach7504": "GV402",
    "cockroach9935": "GV401",
    "etcd10492": "GV401",
    "etcd5509": "GV404",
    "etcd6708": "GV401",
    "etcd6857": "GV302",
    "etcd6873": "GV403",
    "etcd7492": "GV403 GV403",
    "grpc1275": "GV302",
    "grpc1424": "GV302",
    "grpc1460": "GV403",
    "grpc3017": "GV404",
    "grpc660": "GV302",
    "grpc795": "GV401 GV404",
    "hugo3251": "GV402",
    "istio16224": "GV403",
    "istio17860": "GV302",
    "istio18454": "GV302",
    "kubernetes10182": "GV403",
    "kubernetes13135": "GV402",
    "kubernetes1321": "GV302",
    "kubernetes25331": "GV302",
    "kubernetes30872": "GV402",
    "kubernetes38669": "GV302",
    "kubernetes5316": "GV302 GV302",
    "kubernetes62464": "GV401 GV401",
    "kubernetes6632": "GV302",
    "moby17176": "GV404",
    "moby21233": "GV302",
    "moby25384": "GV501",
    "moby28462": "GV403",
    "moby30408": "GV502",
    "moby33781": "GV302",
    "moby36114": "GV401",
    "moby4951": "GV402",
    "moby7559": "GV404",
    "syncthing4829": "GV401",
    "syncthing5795": "GV403",
}
"""The rules whose findings name the bug of a program, once for each finding."""

OTHERS: dict[str, str] = {
    "cockroach584": "GV404",
    "etcd5509": "GV203",
    "etcd6873": "GV502",
    "grpc862": "GV202",
    "istio16224": "GV303",
    "moby17176": "GV302 GV404",
    "syncthing5795": "GV302",
}
"""Findings that are not the bug of their program."""


@pytest.fixture(scope="module")
def programs() -> Path:
    root = Path(gocheck.go(["env", "GOROOT"], Path.cwd()).stdout.strip())
    folder = root / "src" / "runtime" / "testdata" / "testgoroutineleakprofile" / "goker"
    if not folder.is_dir():
        pytest.skip("this toolchain is older than the goroutine leak profile")
    return folder


@pytest.fixture(scope="module")
def found(programs: Path) -> dict[str, list[str]]:
    """The rules of the findings at default confidence, by program."""
    report = analyse(Options(paths=(str(programs),), tests=True, select=BLOCKING, jobs=1))
    rules: dict[str, list[str]] = defaultdict(list)
    for finding in report.findings:
        assert finding.confidence >= Confidence.MEDIUM
        rules[Path(finding.site.path).stem].append(finding.rule.id)
    return {program: sorted(ids) for program, ids in rules.items()}


def test_all_programs_are_there(programs: Path) -> None:
    assert len([path for path in programs.glob("*.go") if path.stem != "main"]) == PROGRAMS


def test_findings(found: dict[str, list[str]]) -> None:
    """Every program has the findings that name its bug, and no others than those that are known."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for table in (NAME_THE_BUG, OTHERS):
        for program, rules in table.items():
            wanted[program] = sorted([*wanted[program], *rules.split()])
    both = ((one, found.get(one, []), wanted.get(one, [])) for one in sorted({*wanted, *found}))
    wrong = [f"{program}: {here}, not {known}" for program, here, known in both if here != known]
    assert not wrong, "\n".join(["", *wrong])


def test_most_bugs_are_found_and_most_findings_name_them() -> None:
    naming = sum(len(rules.split()) for rules in NAME_THE_BUG.values())
    others = sum(len(rules.split()) for rules in OTHERS.values())
    assert len(NAME_THE_BUG) >= 45
    assert naming >= 0.7 * (naming + others)
