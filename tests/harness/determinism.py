"""Scans one tree again and again under circumstances that must not matter, and compares the bytes of what is told.

    python tests/harness/determinism.py TREE --count 30

What differs from run to run: hash seed, number of jobs, locale, time zone, umask, order of the arguments, the working
directory, and a copy of the tree of its own, at another path, whose files were made in another order. The exit status
is 1 when two runs differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

SOURCE = Path(__file__).resolve().parents[2] / "src"
LOCALES = ("C", "C.UTF-8", "POSIX", "de_DE.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Asia/Kolkata", "America/St_Johns")
FORMATS = ("sarif", "json", "text", "github")
RELATIVE = ("text", "github")
"""Paths in these start at the working directory."""
FAILED = 2


class Run(NamedTuple):
    """The digest of what a run told, and the circumstances."""

    digest: str
    about: str


def copied(tree: Path, folder: Path, chance: Random) -> Path:
    """A copy of a tree whose files are made in a random order, somewhere below `folder`."""
    way = [f"{chance.randrange(1 << 30):x}" for _ in range(chance.randint(1, 4))]
    target = folder.joinpath(*way, tree.resolve().name)
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    chance.shuffle(files)
    for path in files:
        place = target / path.relative_to(tree)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return target


def run(tree: Path, seed: int, format: str = "sarif", more: Sequence[str] = ()) -> Run:
    """One scan under circumstances that the seed decides."""
    chance = Random(seed)
    with tempfile.TemporaryDirectory(prefix="govet-py-same-") as folder:
        copy = copied(tree, Path(folder), chance)
        (copy / ".git").mkdir(exist_ok=True)  # the root of a repository, wherever it lies
        paths = [copy, *(path for path in copy.iterdir() if path.is_dir() and path.name[0] not in "._")]
        chance.shuffle(paths)
        jobs, locale, zone = chance.randint(1, 4), chance.choice(LOCALES), chance.choice(ZONES)
        hash_seed = str(chance.randrange(1, 1 << 32))
        environment = os.environ | {
            "PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": hash_seed, "LC_ALL": locale, "TZ": zone, "PYTHONUTF8": "",
        }
        output = Path(folder) / "told"
        command = [sys.executable, "-m", "govet_py", "scan", "--no-cache", "--format", format, "--jobs", str(jobs)]
        done = subprocess.run(
            [*command, "--output", str(output), *more, *map(str, paths)], umask=0o077,
            cwd=copy if format in RELATIVE else chance.choice([folder, "/"]),
            env={name: value for name, value in environment.items() if value}, capture_output=True, check=False,
        )
        if done.returncode >= FAILED:
            raise RuntimeError(done.stderr.decode("utf-8", "replace"))
        about = f"seed {seed}: hash seed {hash_seed}, {jobs} jobs, {locale}, {zone}, {len(paths)} paths"
        told = output.read_bytes()
        if format == "json":  # which says what was scanned
            told = told.replace(str(copy).encode(), b"TREE")
        return Run(hashlib.sha256(told).hexdigest(), about)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=FORMATS, default="sarif")
    given, more = parser.parse_known_args()
    found: Counter[str] = Counter()
    for number in range(given.count):
        start = time.monotonic()
        one = run(given.tree, given.seed + number, given.format, more)
        found[one.digest] += 1
        print(f"{one.digest[:16]} {time.monotonic() - start:6.1f} s  {one.about}", flush=True)
    print(f"{given.count} runs, {len(found)} different outputs")
    return 0 if len(found) == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
