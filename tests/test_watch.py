"""`govet-py watch`: each save is scanned, the file of results is always whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govet_py.watching import files
from test_wheel import RACY

QUIET = RACY.replace("seen[key] = true", "_ = seen[key]")
PATIENCE = 180.0


class Watched:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results = folder / "out.sarif"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "govet_py", "watch", str(folder), "--output", str(self.results)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent / "src")},
        )

    def sarif(self) -> Any:
        try:
            return json.loads(self.results.read_text("utf-8"))
        except FileNotFoundError:
            return {"runs": [{"results": None}]}

    def wait(self, wanted: Callable[[Any], bool]) -> None:
        """Until the results are as wanted; they can be read at any time."""
        end = time.monotonic() + PATIENCE
        while not wanted(self.sarif()["runs"][0]["results"]):
            assert time.monotonic() < end, "nothing happened"
            assert self.process.poll() is None
            time.sleep(0.01)

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=PATIENCE)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "racy.go").write_text(QUIET)
    started = Watched(tmp_path)
    yield started
    started.process.kill()
    started.process.communicate()


def test_a_save_is_scanned_and_told(watched: Watched) -> None:
    source = watched.folder / "racy.go"
    watched.wait(lambda results: results == [])
    source.write_text(RACY)
    watched.wait(bool)
    [result] = watched.sarif()["runs"][0]["results"]
    assert result["ruleId"] == "GV101"
    source.write_text(QUIET)
    watched.wait(lambda results: results == [])
    assert watched.process.stderr
    told = [watched.process.stderr.readline().split(" ", 1)[1].partition(" (")[0] for _ in range(3)]
    assert told == ["0 findings", "1 finding, 1 new, 0 gone", "0 findings, 0 new, 1 gone"]
    out, _ = watched.stop()
    assert watched.process.returncode == 0
    assert out.startswith("racy.go:9:18: error GV101 map-race: ")


def test_a_mistake_in_the_configuration_is_told_and_mended(watched: Watched) -> None:
    watched.wait(lambda results: results == [])
    configuration = watched.folder / ".govet-py.toml"
    configuration.write_text("colour = 1\n")
    (watched.folder / "racy.go").write_text(RACY)
    time.sleep(1)
    configuration.write_text('min-confidence = "high"\n')
    watched.wait(bool)
    _, err = watched.stop()
    assert "unknown key 'colour'" in err


@pytest.mark.parametrize(("arguments", "told"), [
    ([".", "--config", "missing.toml"], "cannot read"),
    (["missing"], "missing: no such file or directory"),
    ([".", "--select", "GV999"], "unknown rule 'GV999'"),
    ([".", "--output", "missing/out.sarif"], "cannot write"),
])
def test_wrong_use_ends_at_once(arguments: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "racy.go").write_text(QUIET)
    done = subprocess.run(
        [sys.executable, "-m", "govet_py", "watch", *arguments], cwd=tmp_path, timeout=PATIENCE, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent / "src")}, capture_output=True,
    )
    assert (done.returncode, told in done.stderr) == (2, True)


def test_a_folder_may_be_empty_yet(tmp_path: Path) -> None:
    empty = Watched(tmp_path)
    try:
        assert empty.process.stderr
        assert "no Go files to scan" in empty.process.stderr.readline()
        (tmp_path / "racy.go").write_text(RACY)
        empty.wait(bool)
    finally:
        empty.stop()


def test_what_a_scan_does_not_read_is_not_watched(tmp_path: Path) -> None:
    for name in ("a.go", "b.txt", ".git/c.go", "node_modules/d.go", "sub/go.mod", ".govet-py.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
    inside = {Path(path).relative_to(tmp_path).as_posix() for path in files([str(tmp_path)])}
    assert inside == {"a.go", "sub/go.mod", ".govet-py.toml"}
    assert set(files([str(tmp_path / "a.go")])) == {str(tmp_path / "a.go"), str(tmp_path / ".govet-py.toml")}
