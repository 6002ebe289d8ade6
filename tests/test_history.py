"""Many commits: which one brought a finding, which removed it, on processes and on a Dask cluster."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govet_py.cli import main
from govet_py.fleet import Item, Journal, Life, Scanned, Seen, lives, run
from govet_py.options import Options
from racy import COUNT, FILL, commit, git, repository

Captured = pytest.CaptureFixture[str]
not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="kills its own processes")
RACE = Seen("f1", "GV101", "a.go", 3, "a race")


def items(count: int) -> list[Item]:
    return [Item((".",), f"{number:040x}") for number in range(count)]


def found(item: Item, options: Options, cache: str) -> Scanned:
    return Scanned((Seen(item.commit, "GV101", "a.go", 3, "a race"),))


def deadly(item: Item, options: Options, cache: str) -> Scanned:
    """Kills its process the first time it comes to item 3."""
    marker = Path(cache) / "killed"
    if int(item.commit, 16) == 3 and not marker.exists():
        marker.write_text("once")
        os.kill(os.getpid(), signal.SIGKILL)
    return found(item, options, cache)


def always_deadly(item: Item, options: Options, cache: str) -> Scanned:
    if int(item.commit, 16) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return found(item, options, cache)


def broken(item: Item, options: Options, cache: str) -> Scanned:
    raise ZeroDivisionError(item.commit)


# -- the table --------------------------------------------------------------------------------------


def test_who_brought_and_who_removed_a_finding() -> None:
    one, two, three, four = items(4)
    other = Seen("f2", "GV301", "b.go", 9, "a loss")
    scanned = {one: Scanned((RACE,)), two: Scanned((RACE, other)), three: Scanned(failure="no")}
    scanned[four] = Scanned((other,))
    assert lives(scanned) == [
        Life(".", RACE, "", four.commit),
        Life(".", other, two.commit, ""),
    ]


def test_a_finding_that_comes_back_has_two_lives() -> None:
    one, two, three = items(3)
    scanned = {one: Scanned((RACE,)), two: Scanned(), three: Scanned((RACE,))}
    assert lives(scanned) == [Life(".", RACE, "", two.commit), Life(".", RACE, three.commit, "")]


def test_repositories_have_histories_of_their_own() -> None:
    here, there = Item(("a",), "1"), Item(("b",), "2")
    assert lives({here: Scanned((RACE,)), there: Scanned()}) == [Life("a", RACE, "", "")]


# -- running ----------------------------------------------------------------------------------------


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state", Options())
    first = run(items(3), Options(), partial(ThreadPoolExecutor, 2), journal, work=found)
    with open(tmp_path / "state", "a") as file:
        file.write('{"key": "cut of')
    again: list[str] = []

    def watched(item: Item, options: Options, cache: str) -> Scanned:
        again.append(item.commit)
        return found(item, options, cache)

    whole = run(items(5), Options(), partial(ThreadPoolExecutor, 2), journal, work=watched)
    assert sorted(again) == [item.commit for item in items(5)[3:]]
    assert list(whole) == items(5)
    assert {item: whole[item] for item in items(3)} == first


def test_other_options_are_another_history(tmp_path: Path) -> None:
    run(items(2), Options(), partial(ThreadPoolExecutor, 2), Journal(tmp_path / "state", Options()), work=found)
    other = Options(select=("GV301",))
    assert Journal(tmp_path / "state", other).read(items(2)) == {}


def test_a_failure_is_told_and_tried_again_next_time(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state", Options())
    whole = run(items(1), Options(), partial(ThreadPoolExecutor, 1), journal, work=broken)
    assert "ZeroDivisionError" in whole[items(1)[0]].failure
    assert journal.read(items(1)) == {}


@not_on_windows
def test_a_killed_process_costs_no_item(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state", Options())
    whole = run(items(8), Options(), partial(ProcessPoolExecutor, 2), journal, cache=str(tmp_path), work=deadly)
    assert (tmp_path / "killed").exists()
    assert whole == {item: found(item, Options(), "") for item in items(8)}


@not_on_windows
def test_an_item_that_kills_every_process_takes_no_other_along(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "state", Options())
    whole = run(items(6), Options(), partial(ProcessPoolExecutor, 2), journal, work=always_deadly)
    assert [item for item, scanned in whole.items() if scanned.failure] == [items(6)[3]]


# -- a Dask cluster ---------------------------------------------------------------------------------


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=None,
    ) as cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore")
@not_on_windows
def test_a_cluster_of_which_one_worker_is_killed(cluster: Any, tmp_path: Path) -> None:
    def start() -> Executor:
        executor: Executor = client.get_executor(pure=False)
        return executor

    with cluster.get_client() as client:
        journal = Journal(tmp_path / "state", Options())
        whole = run(items(12), Options(), start, journal, cache=str(tmp_path), work=deadly)
    assert (tmp_path / "killed").exists()
    assert whole == {item: found(item, Options(), "") for item in items(12)}


@pytest.mark.filterwarnings("ignore")
@not_on_windows
def test_the_command_on_a_cluster(cluster: Any, history: Path, capsys: Captured) -> None:
    arguments = ["history", str(history), "-r", "HEAD~3..HEAD", "--format", "json", "--state", str(history / "state")]
    assert main([*arguments, "--executor", f"dask:{cluster.scheduler_address}"]) == 0
    there = json.loads(capsys.readouterr().out)
    assert main([*arguments, "--state", str(history / "other"), "--executor", "processes"]) == 0
    assert json.loads(capsys.readouterr().out) == there
    assert len(there["findings"]) == 2


# -- the command ------------------------------------------------------------------------------------


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Four commits: nothing, a race, another race, and the first of them removed."""
    folder = repository(tmp_path / "repository")
    git(folder, "rm", "-q", "fill.go")
    for name, content in (("a.go", "package racy\n"), ("a.go", FILL), ("b.go", COUNT), ("a.go", "package racy\n")):
        (folder / name).write_text(content)
        commit(folder, f"change {name}")
    return folder


def test_the_table(history: Path, capsys: Captured) -> None:
    state = str(history / "state")
    assert main(["history", str(history), "-r", "HEAD~3..HEAD", "--state", state, "--jobs", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    names = git(history, "rev-list", "--reverse", "HEAD").splitlines()
    first, second = (line.split() for line in lines[1:])
    assert first[:4] == ["before", names[-1][:12], "GV101", "a.go:6"]
    assert second[:4] == [names[-2][:12], "-", "GV101", "b.go:7"]
    started = time.monotonic()
    assert main(["history", str(history), "-r", "HEAD~3..HEAD", "--state", state]) == 0
    assert capsys.readouterr().out.splitlines() == lines
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("arguments", [
    ["-r", "nothing"], ["-r", "HEAD..HEAD"], ["-r", "HEAD~9..HEAD"], ["-r", "HEAD", "--executor", "cloud"],
])
def test_wrong_use(history: Path, arguments: list[str], capsys: Captured) -> None:
    assert main(["history", str(history), "--state", str(history / "state"), *arguments]) == 2
    assert capsys.readouterr().err.startswith("govet-py: error: ")
