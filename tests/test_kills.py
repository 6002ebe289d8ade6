"""A few killed scans; `harness/kills.py` kills as many as one likes in any tree."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from govet_py import parsing
from harness.kills import SOURCE, Kills
from racy import FILL

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
SLEEPER = """
import os, sys, time
from govet_py import parsing
from govet_py.model.source import SourceFile

def wait(file, content):
    if file.path.endswith("/a.go"):
        print(os.getpid(), flush=True)
    time.sleep(0.05)

parsing.parse = wait
parsing.parse_all([SourceFile(f"{n % 24}/{'a' if not n % 24 else n}.go", __file__, "p") for n in range(4800)], 2, print)
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "go.mod").write_text("module m\n\ngo 1.25\n")
    for number in range(parsing.WORTH_A_POOL + 2):
        (folder / f"p{number}").mkdir()
        (folder / f"p{number}" / "a.go").write_text("package p\n\nfunc F() {}\n" if number % 10 else FILL)
    return folder


def test_after_a_kill_the_next_scan_is_right(tree: Path) -> None:
    kills = Kills(tree, seed=1, jobs=2)
    try:
        for number in range(2):
            kills.kill(number)
    finally:
        kills.close()
    assert kills.wrong == []
    assert sum(kills.moments.values()) == 2


def test_workers_end_with_the_scan_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "a.py"
    script.write_text(SLEEPER)
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    with subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        worker = int(process.stdout.readline())
        assert worker != process.pid
        process.send_signal(signal.SIGKILL)
        process.wait()
        end = time.monotonic() + 10
        while _lives(worker):
            assert time.monotonic() < end
            time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
