"""What a project says of its own functions, records and limits is believed, and checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from govet_py.cli import main

ROOT = Path(__file__).parent.parent
Captured = pytest.CaptureFixture[str]

LOCKED = """package app

import (
	"sync"

	"example.com/guard"
)

type Box struct {
	latch guard.Latch
	seen  map[string]bool
}

func (b *Box) Fill(keys []string) {
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			b.latch.Enter()
			defer b.latch.Leave()
			b.seen[key] = true
		})
	}
	wg.Wait()
}
"""
LATCH = '"example.com/guard.Latch.Enter" = "sync.Mutex.Lock"\n"example.com/guard.Latch.Leave" = "sync.Mutex.Unlock"\n'
STARTED = """package app

import "example.com/crew"

func Fill(team *crew.Team, keys []string) map[string]bool {
	seen := map[string]bool{}
	for _, key := range keys {
		team.Submit(func() { seen[key] = true })
	}
	team.Drain()
	return seen
}
"""
TEAM = '"example.com/crew.Team.Submit" = "sync.WaitGroup.Go"\n"example.com/crew.Team.Drain" = "sync.WaitGroup.Wait"\n'
OWN = """package app

import "sync"

type Runner interface{ Run(work func()) }

type pool struct{ mu sync.Mutex }

func enter(p *pool) {}
func (p *pool) Leave() {}

func Fill(p *pool, r Runner, keys []string) {
	seen := map[string]bool{}
	for _, key := range keys {
		r.Run(func() { seen[key] = true })
	}
}
"""


def scanned(folder: Path, source: str, configuration: str) -> int:
    (folder / "go.mod").write_text("module app\n\ngo 1.25\n")
    (folder / "app.go").write_text(source)
    (folder / ".govet-py.toml").write_text(configuration)
    return main(["scan", str(folder)])


@pytest.mark.parametrize(("source", "pairs", "before", "after"), [
    (LOCKED, LATCH, 1, 0),
    (STARTED, TEAM, 0, 1),
    (OWN, '"app.Runner.Run" = "sync.WaitGroup.Go"', 0, 1),
], ids=["lock", "start", "own interface"])
def test_functions_act_like_known_ones(tmp_path: Path, source: str, pairs: str, before: int, after: int) -> None:
    assert scanned(tmp_path, source, "") == before
    assert scanned(tmp_path, source, f"[acts-like]\n{pairs}") == after


def test_what_is_waited_for_has_ended(tmp_path: Path, capsys: Captured) -> None:
    later = STARTED.replace("seen[key] = true })", "seen[key] = true })\n\t\tteam.Drain()")
    assert scanned(tmp_path, later, f"[acts-like]\n{TEAM}") == 0


def test_a_limit_is_known_by_its_mark(tmp_path: Path, capsys: Captured) -> None:
    source = (ROOT / "testdata/expected-timeout-is-fatal/allow_list/allow_list.go").read_text("utf-8")
    source = source.replace("MAX_EXECUTION_TIME(", "STOP_AFTER(")
    limit = """[[limits]]
name = "the STOP_AFTER hint"
marks = ["STOP_AFTER("]
error = "error 57014"
codes = ["UNKNOWN"]
"""
    assert scanned(tmp_path, source, "") == 0
    assert scanned(tmp_path, source, limit) == 1
    assert "error 57014" in capsys.readouterr().out


def test_a_record_is_known_by_its_functions(tmp_path: Path, capsys: Captured) -> None:
    shutil.copytree(ROOT / "testdata/watch-before-ensure/never_built", tmp_path / "tree")
    for path in (tmp_path / "tree").rglob("*.go"):
        path.write_text(path.read_text("utf-8").replace("SrvVSchema", "Route"))
    (tmp_path / "tree" / "go.mod").write_text("module govetpy.test/watch-before-ensure/never_built\n\ngo 1.25\n")
    assert main(["scan", str(tmp_path)]) == 0
    (tmp_path / ".govet-py.toml").write_text(RECORD)
    assert main(["scan", str(tmp_path)]) == 1
    assert "GV602" in capsys.readouterr().out


RECORD = """[[records]]
name = "Route"
watches = ["topo.Server.WatchRoute"]
reads = ["topo.Server.GetRoute"]
ensures = ["topo.Server.UpdateRoute", "topo.Server.RebuildRoute"]
"""


@pytest.mark.parametrize(("text", "told"), [
    ('acts-like = ["a"]', "acts-like is a table of names and names"),
    ('[acts-like]\n"a.B" = 1', "acts-like is a table of names and names"),
    ('[acts-like]\nRun = "sync.Mutex.Lock"', "acts-like: Run is no function"),
    ('[acts-like]\n"a.B" = "sync.Mutex.Lok"', "nothing is known of sync.Mutex.Lok, which a.B is said to act like"),
    ('[acts-like]\n"app.pool.Enter" = "sync.Mutex.Lock"', "acts-like: app declares no pool.Enter"),
    ('[acts_like]\n"a.B" = "c.D"', "unknown key 'acts_like', did you mean 'acts-like'?"),
    ("records = 1", "records are tables, each begun by [[records]]"),
    ('[[records]]\nname = "R"', "records: R lacks watches, ensures"),
    ('[[records]]\nname = "R"\nwatch = ["a"]', "records: unknown key 'watch'"),
    ('[[records]]\nname = ["R"]', "records: name is text, not ['R']"),
    ('[[limits]]\nname = "L"\nmarks = ["M("]\nerror = "E"\nnumbers = ["1"]', "limits: numbers is a list of numbers"),
    ('[[limits]]\nname = "L"\nmarks = "M("', "limits: marks is a list of texts"),
])
def test_mistakes_are_wrong_use(tmp_path: Path, capsys: Captured, text: str, told: str) -> None:
    assert scanned(tmp_path, OWN, text) == 2
    assert told in capsys.readouterr().err


def test_what_is_taught_is_a_part_of_what_a_cached_result_is_known_by(tmp_path: Path) -> None:
    """Sets have another order in every process."""
    (tmp_path / ".govet-py.toml").write_text(f"[acts-like]\n{LATCH}\n{RECORD}")
    code = (
        "import sys; from govet_py.configuration import configuration;"
        "print(configuration([sys.argv[1]], None).taught.words)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT / "src")},
        ).stdout
        for seed in range(3)
    }
    assert len(told) == 1
    assert "WatchRoute" in told.pop()


def test_what_is_taught_is_listed(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / ".govet-py.toml").write_text(f"[acts-like]\n{LATCH}\n{RECORD}")
    assert main(["config", str(tmp_path)]) == 0
    rows = [line.partition("#")[0].strip() for line in capsys.readouterr().out.splitlines()[-3:]]
    assert rows == [
        'acts-like."example.com/guard.Latch.Enter" = "sync.Mutex.Lock"',
        'acts-like."example.com/guard.Latch.Leave" = "sync.Mutex.Unlock"',
        "records: Route",
    ]
