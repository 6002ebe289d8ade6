"""Measures govet-py on a tree of Go code, in one run and on one machine, beside what it is compared with.

    python benchmarks/bench.py TREE [--edit FILE] [--sizes] [--runs N] [--part DIR] [--semgrep-rules DIR] [--plot FILE]

Measured are parsing alone (one thread, the same tree-sitter), a cold scan, a scan with nothing changed, a
scan with one function added to FILE, one with a comment added, `--help`, and `go vet` and semgrep where they
are installed; with --sizes, cold scans of 10, 25, 50 and 100% of the packages. Wall and processor seconds are
those of all processes of a command, memory is the largest sum of their proportional set sizes (Linux only).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SIZES = (10, 25, 50, 100)
PARSE = """
import sys, tree_sitter, tree_sitter_go
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_go.language()))
for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        parser.parse(file.read())
"""
ADDED = """

func govetPyBenchmark%d(values []int) map[int]int {
	counts := map[int]int{}
	for _, value := range values {
		counts[value]++
	}
	return counts
}
"""
COMMENT = "\n// A remark of %d.\n"


class Measured(NamedTuple):
    """Seconds, processor seconds and MB of a command; the status it ended with."""

    wall: float
    cpu: float
    memory: float
    status: int


def measure(
    command: Sequence[str], environment: dict[str, str], given: str = "", folder: Path | None = None,
) -> Measured:
    """Runs a command and measures it with all of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | environment, cwd=folder, text=True,
    ) as process:
        peak = Peak(process)
        process.communicate(given)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, peak.megabytes(), process.returncode)


class Peak:
    """Watches how much memory a process and its children have together."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._largest = 0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def megabytes(self) -> float:
        self._thread.join()
        return self._largest / 1024

    def _watch(self) -> None:
        while self._process.poll() is None:
            self._largest = max(self._largest, sum(map(_kilobytes, _family(self._process.pid))))
            time.sleep(0.1)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _kilobytes(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def median(runs: int, once: Callable[[], Measured]) -> Measured:
    """The medians of several runs, each figure for itself."""
    columns = zip(*(once() for _ in range(runs)), strict=True)
    wall, cpu, memory, status = (statistics.median(column) for column in columns)
    return Measured(wall, cpu, memory, int(status))


class Bench:
    """One tree, copied so that it may be edited, and a cache of its own."""

    def __init__(self, tree: Path, scratch: Path, runs: int) -> None:
        self.tree = tree
        self._runs = runs
        self._cache = scratch / "cache"
        self._environment = {"GOVET_PY_CACHE_DIR": str(self._cache)}

    def scan(self, path: Path, *options: str) -> Measured:
        command = [sys.executable, "-m", "govet_py", "scan", *options, str(path)]
        found = measure(command, self._environment)
        if found.status not in (0, 1):
            sys.exit(f"a scan ended with status {found.status}")
        return found

    def parse_only(self, path: Path) -> Measured:
        files = "\n".join(str(file) for file in scanned_files(path))
        return median(self._runs, lambda: measure([sys.executable, "-c", PARSE], {}, files))

    def cold(self, path: Path) -> Measured:
        def once() -> Measured:
            shutil.rmtree(self._cache, ignore_errors=True)
            return self.scan(path)
        return median(self._runs, once)

    def warm(self, path: Path) -> Measured:
        self.scan(path)
        return median(self._runs, lambda: self.scan(path))

    def changed(self, path: Path, edited: Path, added: str) -> Measured:
        """A scan after `added`, with a number that is another one each time, came to a file."""
        original = edited.read_bytes()
        shutil.rmtree(self._cache, ignore_errors=True)
        self.scan(path)

        def once() -> Measured:
            edited.write_bytes(original + (added % time.time_ns()).encode())
            return self.scan(path)
        try:
            return median(self._runs, once)
        finally:
            edited.write_bytes(original)

    def help(self) -> Measured:
        return median(self._runs, lambda: measure([sys.executable, "-m", "govet_py", "--help"], {}))

    def other(self, command: Sequence[str], folder: Path) -> Measured:
        return median(self._runs, lambda: measure(command, {}, folder=folder))


def scanned_files(path: Path) -> list[Path]:
    """The Go files that a scan looks at, as far as names tell."""
    found = (file for file in sorted(path.rglob("*.go")) if not file.name.endswith("_test.go"))
    return [file for file in found if not {"vendor", "testdata"} & set(file.relative_to(path).parts)]


def part_of(tree: Path, scratch: Path, percent: int) -> Path:
    """A copy of every n-th package, as evenly spread over the tree as possible."""
    copy = scratch / f"part{percent}"
    packages = sorted({file.parent for file in tree.rglob("*.go")})
    for number, package in enumerate(packages):
        if number * percent // 100 != (number + 1) * percent // 100:
            (copy / package.relative_to(tree)).mkdir(parents=True, exist_ok=True)
            for file in package.glob("*.go"):
                shutil.copy(file, copy / file.relative_to(tree))
    for module in tree.rglob("go.mod"):
        (copy / module.relative_to(tree)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(module, copy / module.relative_to(tree))
    return copy


def row(name: str, found: Measured, against: Measured | None = None) -> str:
    ratio = f"{found.wall / against.wall:.2f}" if against and against.wall else ""
    return f"| {name} | {found.wall:.2f} | {found.cpu:.2f} | {found.memory:.0f} | {ratio} |"


def plot(points: Sequence[tuple[int, Measured]]) -> str:
    """Wall seconds and memory against size, as SVG; straight lines from the origin show what is linear."""
    wide, high, left, top = 640, 300, 60, 20
    files, largest = points[-1]

    def place(x: float, y: float) -> str:
        return f"{left + x * wide:.0f},{top + (1 - y) * high:.0f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + wide + 20} {top + high + 50}" '
        'font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, (color, name, unit, value) in enumerate((("#1f5fa8", "time", "s", 0), ("#b3441e", "memory", "MB", 2))):
        most = largest[value] or 1
        shown = [place(count / files, found[value] / most) for count, found in points]
        parts.append(f'<polyline points="{" ".join(shown)}" fill="none" stroke="{color}" stroke-width="2"/>')
        for x, y in (at.split(",") for at in shown):
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>')
        label = f"{name}: {most:.1f} {unit} at {files} files"
        parts.append(f'<text x="{left + 8}" y="{top + 14 + 16 * number}" fill="{color}">{label}</text>')
    parts.append(f'<polyline points="{place(0, 0)} {place(1, 1)}" stroke="#999" stroke-dasharray="4" fill="none"/>')
    parts.append(f'<polyline points="{place(0, 1)} {place(0, 0)} {place(1, 0)}" stroke="black" fill="none"/>')
    for count, _ in points:
        x, y = place(count / files, 0).split(",")
        parts.append(f'<text x="{x}" y="{int(y) + 18}" text-anchor="middle">{count}</text>')
    parts.append(f'<text x="{left + wide // 2}" y="{top + high + 40}" text-anchor="middle">files</text></svg>\n')
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--edit", help="file of the tree that gets a new function, and a new comment")
    parser.add_argument("--part", help="folder of the tree to compare with other tools on (default: all of it)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", action="store_true", help="scan 10, 25, 50 and 100%% of the packages too")
    parser.add_argument("--plot", type=Path, help="write the sizes as SVG")
    parser.add_argument("--semgrep-rules", help="rules for semgrep, which is left out without")
    given = parser.parse_args()
    if importlib.util.find_spec("govet_py") is None:
        parser.error(f"govet-py is not installed for {sys.executable}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        tree = Path(shutil.copytree(given.tree, scratch / given.tree.resolve().name, symlinks=True))
        bench = Bench(tree, scratch, given.runs)
        print(f"{len(scanned_files(tree))} files, median of {given.runs}\n")
        print("| | wall, s | CPU, s | memory, MB | against parsing |\n|---|---|---|---|---|")
        parsed = bench.parse_only(tree)
        print(row("parsing alone, one thread", parsed, parsed), flush=True)
        print(row("cold", bench.cold(tree), parsed), flush=True)
        print(row("nothing changed", bench.warm(tree), parsed), flush=True)
        if given.edit:
            for name, added in (("function", ADDED), ("comment", COMMENT)):
                found = bench.changed(tree, tree / given.edit, added)
                print(row(f"a {name} added to {given.edit}", found, parsed), flush=True)
        print(row("`--help`", bench.help()), flush=True)
        others(bench, tree / (given.part or "."), given.semgrep_rules)
        if given.sizes or given.plot:
            sizes(bench, scratch, given.plot)


def others(bench: Bench, part: Path, rules: str | None) -> None:
    """The same part of the tree for govet-py and for the tools that are installed."""
    ours = bench.cold(part)
    print(f"\n| {part.name} alone | wall, s | CPU, s | memory, MB | against govet-py |\n|---|---|---|---|---|")
    print(row("govet-py, cold", ours, ours), flush=True)
    if shutil.which("semgrep") and rules:
        command = ["semgrep", "scan", "--config", rules, "--metrics", "off", "--disable-version-check", "."]
        print(row("semgrep", bench.other(command, part), ours), flush=True)
    if shutil.which("go"):
        found = bench.other(["go", "vet", "./..."], part)
        print(row("go vet" if found.status in (0, 1) else f"go vet (failed: {found.status})", found, ours), flush=True)


def sizes(bench: Bench, scratch: Path, target: Path | None) -> None:
    """How time and memory grow with the tree."""
    points: list[tuple[int, Measured]] = []
    print("\n| packages | files | wall, s | CPU, s | memory, MB | ms of CPU a file |\n|---|---|---|---|---|---|")
    for percent in SIZES:
        part = bench.tree if percent == 100 else part_of(bench.tree, scratch, percent)
        count, found = max(len(scanned_files(part)), 1), bench.cold(part)
        points.append((count, found))
        figures = f"{found.wall:.2f} | {found.cpu:.2f} | {found.memory:.0f} | {1000 * found.cpu / count:.1f}"
        print(f"| {percent}% | {count} | {figures} |", flush=True)
    if target is not None:
        target.write_text(plot(points), "utf-8")


if __name__ == "__main__":
    main()
