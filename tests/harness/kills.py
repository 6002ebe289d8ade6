"""Kills scans at random moments; the next scan with the same cache must be right.

    python tests/harness/kills.py TREE --count 50

Works on a copy of the tree. Before each kill one file is edited, so that there is something to parse, to analyse and
to keep. After each: the output is the old one or the new one, whole; nothing of the scan goes on; the next scan says
what one without a cache says. The exit status is 1 when any of this fails.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

SOURCE = Path(__file__).resolve().parents[2] / "src"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
GONE_AFTER = 10.0
FOUND, NOTHING = 1, 0


class Kills:
    """A copy of a tree, a cache of its own, and what went wrong so far."""

    def __init__(self, tree: Path, seed: int, jobs: int = 0) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="govet-py-kills-"))
        self._tree = self._folder / "tree"
        shutil.copytree(tree, self._tree)
        self._files = sorted(path for path in self._tree.rglob("*.go") if path.is_file())
        self._chance = Random(seed)
        self._jobs = jobs
        self._output = self._folder / "out" / "found.sarif"
        self._output.parent.mkdir()
        (self._folder / "cache").mkdir(mode=0o700)
        start = time.monotonic()
        self.expected = self._scanned(cached=False)
        self.seconds = self._last = time.monotonic() - start
        self.moments: Counter[str] = Counter()
        self.wrong: list[str] = []

    def close(self) -> None:
        """Takes the copy away."""
        shutil.rmtree(self._folder)

    def kill(self, number: int) -> None:
        """One scan that is killed, and the next one."""
        self._edit(number)
        self._output.unlink(missing_ok=True)
        sent = self._chance.choice(SIGNALS)
        process = self._started(cached=True)
        time.sleep(self._chance.uniform(0, self._last * 1.1))
        self.moments["late" if process.poll() is not None else sent.name] += 1
        process.send_signal(sent)
        process.wait()
        self._judge_remains(number, sent)
        start = time.monotonic()
        found = self._scanned(cached=True)
        self._last = time.monotonic() - start  # it does the work of the one that was killed
        if found != self.expected:
            self.wrong.append(f"kill {number} ({sent.name}): the next scan differs")

    def _edit(self, number: int) -> None:
        """Changes bytes and digests, no finding: a comment after everything."""
        path = self._chance.choice(self._files)
        path.write_bytes(path.read_bytes() + f"\n// {number}\n".encode())

    def _judge_remains(self, number: int, sent: signal.Signals) -> None:
        if self._output.exists() and self._output.read_bytes() != self.expected:
            self.wrong.append(f"kill {number} ({sent.name}): half an output")
        others = [path for path in self._output.parent.iterdir() if path != self._output]
        if others and sent == signal.SIGINT:  # the other two leave no time to tidy up
            self.wrong.append(f"kill {number} ({sent.name}): left {others[0].name}")
        for path in others:
            path.unlink()
        end = time.monotonic() + GONE_AFTER
        while left := list(_running(self._folder / "cache")):
            if time.monotonic() > end:
                self.wrong.append(f"kill {number} ({sent.name}): processes {left} go on")
                for process in left:
                    os.kill(process, signal.SIGKILL)
                return
            time.sleep(0.1)

    def _scanned(self, cached: bool) -> bytes:
        """The output of a scan that nobody disturbs."""
        process = self._started(cached)
        status = process.wait()
        content = self._output.read_bytes() if self._output.exists() else b""
        if status not in (NOTHING, FOUND) or not json.loads(content or b"{}").get("runs"):
            raise RuntimeError(f"a scan ended with status {status}")
        return content

    def _started(self, cached: bool) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "govet_py", "scan", str(self._tree), "--format", "sarif"]
        command += ["--output", str(self._output), "--jobs", str(self._jobs), *([] if cached else ["--no-cache"])]
        environment = os.environ | {"PYTHONPATH": str(SOURCE), "GOVET_PY_CACHE_DIR": str(self._folder / "cache")}
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _running(cache: Path) -> Iterator[int]:
    """The processes that use a cache: workers inherit the environment of who started them."""
    word = f"GOVET_PY_CACHE_DIR={cache}".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if word in path.read_bytes().split(b"\0"):
                yield int(path.parent.name)
        except OSError:
            continue


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=0)
    given = parser.parse_args()
    kills = Kills(given.tree, given.seed, given.jobs)
    try:
        for number in range(given.count):
            kills.kill(number)
            print(number + 1, dict(kills.moments), *kills.wrong[-1:], flush=True)
    finally:
        kills.close()
    print(f"{given.count} kills, scans of {kills.seconds:.1f} s, {dict(kills.moments)}, {len(kills.wrong)} failures")
    print("\n".join(kills.wrong))
    return 1 if kills.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
