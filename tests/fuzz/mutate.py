"""The fuzzing campaign: many mutated files, scanned next to files that nobody touched.

    python tests/fuzz/mutate.py --count 100000

Each scan has a folder of untouched cases and, in packages of their own, a batch of mutated files. It runs in a child
process, so that whatever dies or hangs is seen from outside. A batch that fails in any way (an exception, a notice of
an internal error, a lost finding, too much time or memory) is tried again file by file, and the files that did it are
kept. The exit status is 1 when there are any. A seed repeats a campaign, apart from times.
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
for place in (HERE.parent, HERE.parents[1] / "src"):
    sys.path.insert(0, str(place))

from fuzz.extremes import EXTREMES  # noqa: E402
from fuzz.mutations import mutated  # noqa: E402
from fuzz.programs import program  # noqa: E402
from govet_py.model.declarations import INTERNAL_ERROR  # noqa: E402
from govet_py.model.finding import Confidence, Finding  # noqa: E402
from govet_py.options import Options  # noqa: E402
from govet_py.pipeline import analyse  # noqa: E402

TESTDATA = HERE.parents[1] / "testdata"
MODULE = "module govetpy.test\n\ngo 1.25\n"
SECONDS = 10.0
MEGABYTES = 1024
GIVEN_UP = 1800.0
PROCESSOR_SECONDS = 120
"""A busy machine may take long over a scan that is quick: only what takes the processor for long hangs."""


class Told(NamedTuple):
    """What became of a scan: `wrong` says what went wrong, "" if nothing did."""

    wrong: str
    seconds: float
    megabytes: int
    findings: tuple[Finding, ...] = ()


def scanned(folder: Path) -> Told:
    """A scan in a child process."""
    start = time.monotonic()
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        _scan(folder, there)
    os.close(there)
    content = _received(here, start + GIVEN_UP)
    if content is None:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss >> 10
    if content is None:
        return Told("hangs", seconds, megabytes)
    if status or not content:
        return Told(f"died with status {status}", seconds, megabytes)
    wrong, findings = pickle.loads(content)
    return Told(wrong, seconds, megabytes, findings)


def _received(pipe: int, end: float) -> bytes | None:
    """What the child sends until it ends, None if it does not end in time."""
    parts: list[bytes] = []
    with open(pipe, "rb", buffering=0) as stream:
        while True:
            ready, _, _ = select.select([stream], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return None
            part = stream.read(1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)


def _scan(folder: Path, pipe: int) -> None:
    """The child: never returns."""
    wrong = ""
    findings: tuple[Finding, ...] = ()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    try:
        report = analyse(Options(paths=(str(folder),), jobs=1, min_confidence=Confidence.LOW))
        findings = tuple(one for one in report.findings if one.site.path.startswith("keep/"))
        broken = [notice for notice in report.notices if notice.kind == INTERNAL_ERROR]
        wrong = "\n".join(f"{notice.path}: {notice.message}" for notice in broken[:3])
    except BaseException as error:
        wrong = f"{type(error).__name__}: {error}"
    with open(pipe, "wb") as stream:
        stream.write(pickle.dumps((wrong, findings)))
    os._exit(0)


def kept_cases() -> list[Path]:
    """Cases of all rules that no other package can change the meaning of: they have no interfaces."""
    chosen = []
    for rule in sorted(path for path in TESTDATA.iterdir() if path.is_dir()):
        cases = [case for case in sorted(rule.iterdir()) if case.is_dir() and not case.name.startswith("ok")]
        plain = [case for case in cases if not any(b"interface" in file.read_bytes() for file in case.rglob("*.go"))]
        chosen.extend(plain[:2])
    return chosen


def seeds() -> list[bytes]:
    """What is mutated: every file of our own cases."""
    return [path.read_bytes() for path in sorted(TESTDATA.rglob("*.go"))]


def made(chance: Random, corpus: Sequence[bytes]) -> bytes:
    """One input: mostly a mutated case, now and then a program or an extreme, as it is or mutated."""
    kind = chance.random()
    if kind < 0.75:
        return mutated(chance, chance.choice(corpus), chance.choice(corpus))
    if kind < 0.98:
        written = program(chance, chance.randint(1, 6))
        return written if chance.random() < 0.3 else mutated(chance, written, chance.choice(corpus))
    return EXTREMES[chance.choice(sorted(EXTREMES))](chance.choice([10, 60]))


class Campaign:
    """Batches of inputs, with what they cost and what they broke."""

    def __init__(self, seed: int, keep: Path) -> None:
        self._seed = seed
        self._keep = keep
        self._corpus = seeds()
        self._folder = Path(tempfile.mkdtemp(prefix="govet-py-fuzz-"))
        (self._folder / "go.mod").write_text(MODULE)
        for case in kept_cases():
            shutil.copytree(case, self._folder / "keep" / f"{case.parent.name}-{case.name}")
        analyse(Options(paths=(str(self._folder),), jobs=1))  # what is read once is read before the first fork
        self._alone = set(scanned(self._folder).findings)
        self.inputs = self.scans = 0
        self.slowest = 0.0
        self.largest = 0
        self.failures: dict[str, int] = {}

    def close(self) -> None:
        """Takes the folder away."""
        shutil.rmtree(self._folder)

    def batch(self, number: int, size: int) -> None:
        """One scan of new inputs; a failing one is taken apart."""
        contents = [made(Random(f"{self._seed} {number} {at}"), self._corpus) for at in range(size)]
        told = self._judged(contents)
        self.inputs += size
        self.slowest = max(self.slowest, told.seconds)
        self.largest = max(self.largest, told.megabytes)
        if told.wrong:
            self._taken_apart(number, contents, told)

    def _judged(self, contents: Sequence[bytes]) -> Told:
        for at, content in enumerate(contents):
            package = self._folder / f"m{at:04}"
            package.mkdir()
            (package / "a.go").write_bytes(content)
        told = scanned(self._folder)
        self.scans += 1
        for package in self._folder.glob("m????"):
            shutil.rmtree(package)
        lost = self._alone - set(told.findings)
        if told.wrong:
            return told
        if lost:
            return told._replace(wrong=f"lost {len(lost)} findings: {min(lost, key=str).rule.id} and others")
        if told.seconds > SECONDS:
            return told._replace(wrong=f"took {told.seconds:.1f} s")
        return told._replace(wrong=f"took {told.megabytes} MB" if told.megabytes > MEGABYTES else "")

    def _taken_apart(self, number: int, contents: Sequence[bytes], told: Told) -> None:
        """Halves a batch that failed until single files are left; one whose halves are fine is kept as a whole."""
        if len(contents) > 1:
            middle = len(contents) // 2
            halves = [(half, self._judged(half)) for half in (contents[:middle], contents[middle:])]
            failing = [(half, judged) for half, judged in halves if judged.wrong]
            for half, judged in failing:
                self._taken_apart(number, half, judged)
            if failing or told.wrong.startswith("took"):
                return
        kind = told.wrong.strip().splitlines()[-1][:120] if told.wrong.strip() else "unknown"
        self.failures[kind] = self.failures.get(kind, 0) + 1
        if self.failures[kind] <= 3:
            folder = self._keep / f"{self._seed}-{number}-{sum(self.failures.values())}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "wrong.txt").write_text(told.wrong)
            for at, content in enumerate(contents):
                (folder / f"{at}.go").write_bytes(content)

    def figures(self) -> str:
        """All counts in one line, then the failures by kind."""
        head = (
            f"{self.inputs} inputs in {self.scans} scans; the slowest scan took {self.slowest:.1f} s, "
            f"the largest {self.largest} MB; {sum(self.failures.values())} failures"
        )
        return "\n".join([head, *(f"{count:6}  {kind}" for kind, count in self.failures.items())])


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1_000, help="inputs")
    parser.add_argument("--batch", type=int, default=100, help="inputs a scan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the batch to start with")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="where inputs that fail are kept")
    given = parser.parse_args()
    campaign = Campaign(given.seed, given.keep)
    try:
        for number in range(given.first, given.first + -(-given.count // given.batch)):
            campaign.batch(number, given.batch)
            if number % 10 == 9:
                print(number + 1, campaign.figures(), flush=True)
    finally:
        campaign.close()
    print(campaign.figures())
    return 1 if campaign.failures else 0


if __name__ == "__main__":
    sys.exit(main())
