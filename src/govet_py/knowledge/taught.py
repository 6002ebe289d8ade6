"""What a project says of its own code and libraries in `.govet-py.toml`, beside the tables of this package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.knowledge.limits import LIMITS, Limit
from govet_py.knowledge.records import RECORDS, Record
from govet_py.model.program import Program, TypeObject
from govet_py.model.types import Interface


class Taught(NamedTuple):
    """`acts_like` pairs functions and interface methods with functions whose meaning is known; arguments
    stand at the same places. Records and limits are added to those that are known."""

    acts_like: tuple[tuple[str, str], ...] = ()
    records: tuple[Record, ...] = ()
    limits: tuple[Limit, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All of it as texts, equal for equal teachings."""
        return tuple(repr([sorted(part) if isinstance(part, frozenset) else part for part in row])
                     for row in (*self.acts_like, *self.records, *self.limits))

    @property
    def all_records(self) -> tuple[Record, ...]:
        return (*RECORDS, *self.records)

    @property
    def all_limits(self) -> tuple[Limit, ...]:
        return (*LIMITS, *self.limits)


NOTHING = Taught()


def mistakes(taught: Taught, program: Program) -> Iterator[str]:
    """What is said of functions that are not there. A package that is not in view may have any function."""
    for name, meaning in taught.acts_like:
        if meaning not in program.functions:
            yield f"acts-like: nothing is known of {meaning}, which {name} is said to act like"
        package = max((path for path in program.packages if name.startswith(f"{path}.")), key=len, default="")
        if package and not program.packages[package].is_stub and not _is_declared(name, package, program):
            yield f"acts-like: {package} declares no {name.removeprefix(package + '.')}"


def _is_declared(name: str, package: str, program: Program) -> bool:
    """Functions and methods; of an interface's methods the interface is enough."""
    if name in program.functions:
        return True
    owner = program.packages[package].scope.get(name.removeprefix(f"{package}.").partition(".")[0])
    return isinstance(owner, TypeObject) and isinstance(owner.decl.type, Interface)
