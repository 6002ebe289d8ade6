"""Mutants of code that nobody wrote for a test: a sample of places of a tree, each mutated, scanned and judged.

    PYTHONPATH=src:tests python -m mutation.sample TREE --count 100 --seed 1 [--rules lost-cancel,...] [--all]

The sample takes the same number of places from every rule as far as there are some, at random by the seed, and one
place of a package at most for a scan, so that no mutant hides or makes up for another. A place is left out where a
fitting rule speaks of its function already. It prints a table: by rule the places, those that are silent before, and
those reported after.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from govet_py.model.source import SourceFile
from govet_py.options import Options
from govet_py.pipeline import analyse
from govet_py.source.discover import discover
from mutation.bench import Found, found_in
from mutation.model import Mutant, Source, applied, mutants, without_unused_imports
from mutation.operators import ALL

Round = list[Mutant]


class Outcome(NamedTuple):
    """A place of the sample: silent before or not, and what is new of fitting rules once it is mutated."""

    mutant: Mutant
    silent: bool
    by: tuple[Found, ...]


def sources_of(root: Path) -> tuple[Source, ...]:
    """The files of a tree that a scan reads, generated ones only to look things up."""
    files = discover([root], tests=False, tags=()).files
    sources = tuple(Source(file.path, Path(file.absolute).read_bytes()) for file in files)
    by_folder: dict[PurePath, list[Source]] = defaultdict(list)
    for source in sources:
        by_folder[PurePath(source.path).parent].append(source)
    packages = {folder: tuple(files) for folder, files in by_folder.items()}
    for source in sources:
        source.package, source.world = packages[PurePath(source.path).parent], sources
    return tuple(source for source, file in zip(sources, files, strict=True) if _is_own(file))


def _is_own(file: SourceFile) -> bool:
    return not file.is_generated and not file.is_test


def candidates(sources: Sequence[Source], rules: frozenset[str]) -> dict[str, list[Mutant]]:
    """All mutants of a tree by rule, in order."""
    found: dict[str, list[Mutant]] = defaultdict(list)
    for operator in ALL:
        rule = operator.homes[0]
        if not rules or rule in rules:
            for source in sources:
                found[rule].extend(mutants(operator, source, rule))
    return found


def sampled(by_rule: dict[str, list[Mutant]], count: int, seed: int) -> list[Mutant]:
    """As many of each rule as of any other while they last; of each rule, operators take turns."""
    choice = random.Random(seed)
    piles = {rule: _by_turns(found, choice) for rule, found in sorted(by_rule.items())}
    taken: list[Mutant] = []
    while len(taken) < count and any(piles.values()):
        for pile in piles.values():
            if pile and len(taken) < count:
                taken.append(pile.pop(0))
    return taken


def _by_turns(found: list[Mutant], choice: random.Random) -> list[Mutant]:
    by_operator: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in found:
        by_operator[mutant.operator].append(mutant)
    for pile in by_operator.values():
        choice.shuffle(pile)
    turns: list[Mutant] = []
    while any(by_operator.values()):
        turns += [pile.pop() for pile in by_operator.values() if pile]
    return turns


def rounds(taken: Iterable[Mutant]) -> list[Round]:
    """The sample in as few scans as possible with one mutant a package."""
    found: list[Round] = []
    for mutant in taken:
        folder = PurePath(mutant.file).parent
        free = (one for one in found if all(PurePath(other.file).parent != folder for other in one))
        target = next(free, None)
        if target is None:
            found.append(target := [])
        target.append(mutant)
    return found


def scanned(root: Path) -> list[Found]:
    return list(found_in(analyse(Options(paths=(str(root),), jobs=0))))


def tried(root: Path, taken: list[Mutant]) -> Iterator[Outcome]:
    """Scans the tree as it is, then a copy of it once a round with the mutants of the round in place."""
    fits = {operator.name: operator.fits for operator in ALL}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        shutil.copytree(root, copy, symlinks=True, ignore_dangling_symlinks=True)
        before = scanned(copy)
        known = {(one.rule, one.file, one.line) for one in before}
        for number, mutated in enumerate(rounds(taken), 1):
            print(f"round {number}: {len(mutated)} mutants", flush=True)
            with _in_place(copy, mutated):
                new = [one for one in scanned(copy) if (one.rule, one.file, one.line) not in known]
            for mutant in mutated:
                fitting = fits[mutant.operator]
                silent = not any(_is_at(one, mutant) for one in before if one.rule in fitting)
                yield Outcome(mutant, silent, tuple(one for one in new if one.rule in fitting and _is_of(one, mutant)))


class _in_place:
    """The files of a tree with mutants in them, put back in the end."""

    def __init__(self, root: Path, mutated: Round) -> None:
        self._root = root
        self._mutated = mutated
        self._kept: dict[Path, bytes] = {}

    def __enter__(self) -> None:
        for mutant in self._mutated:
            path = self._root / mutant.file
            self._kept[path] = path.read_bytes()
            path.write_bytes(without_unused_imports(applied(self._kept[path], mutant.edits)))

    def __exit__(self, *_: object) -> None:
        for path, content in self._kept.items():
            path.write_bytes(content)


def _is_at(found: Found, mutant: Mutant) -> bool:
    """Whether a finding speaks of the declaration that the mutant is in."""
    return any(path == mutant.file and mutant.first <= line <= mutant.last for path, line in found.places)


def _is_of(found: Found, mutant: Mutant) -> bool:
    """Whether a new finding is this mutant's: it speaks of its declaration, or is in its package."""
    return _is_at(found, mutant) or PurePath(found.file).parent == PurePath(mutant.file).parent


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures by rule and in all, in Markdown."""
    yield "| rule | places | silent before | reported after | share |"
    yield "| --- | --- | --- | --- | --- |"
    by_rule: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_rule[outcome.mutant.rule].append(outcome)
    for rule, ours in [*sorted(by_rule.items()), ("all", list(outcomes))]:
        silent = [one for one in ours if one.silent]
        reported = sum(bool(one.by) for one in silent)
        yield f"| {rule} | {len(ours)} | {len(silent)} | {reported} | {reported / max(len(silent), 1):.0%} |"


def lines_of(outcome: Outcome) -> Iterator[str]:
    """A place that was missed, as a reader wants to see it."""
    mutant = outcome.mutant
    yield f"{mutant.rule} {mutant.operator} {mutant.file}:{mutant.line}"
    for sign, text in (("-", mutant.before), ("+", mutant.after)):
        yield from (f"    {sign} {line.strip()}" for line in text.splitlines()[:8] if line.strip())


def main() -> None:
    """Samples, tries, and prints."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("tree", type=Path)
    reader.add_argument("--count", type=int, default=100)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--rules", default="", help="names of rules, with commas")
    reader.add_argument("--all", action="store_true", help="list what is reported too, not only what is missed")
    given = reader.parse_args()
    root = given.tree.resolve()
    found = candidates(sources_of(root), frozenset(filter(None, given.rules.split(","))))
    print("candidates:", ", ".join(f"{rule} {len(ours)}" for rule, ours in sorted(found.items())))
    outcomes = list(tried(root, sampled(found, given.count, given.seed)))
    for outcome in outcomes:
        if not outcome.by or not outcome.silent or given.all:
            verdict = "missed" if not outcome.by else "reported"
            print("\n".join([verdict if outcome.silent else "not silent before", *lines_of(outcome)]))
            for one in outcome.by[:2]:
                print(f"    {one.rule} {one.file}:{one.line}: {one.message}")
    print("\n".join(table(outcomes)))


if __name__ == "__main__":
    main()
