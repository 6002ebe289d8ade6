"""The records that a program's own stores keep, by what their functions are called.

A *store* of a record X is a type, or a package, that declares `WatchX`, a `GetX` that may fail, and `CreateX`,
`UpdateX` or another function that builds X and may fail. Elsewhere (an interface, a wrapper) a function of the
name of the watch or of the read is taken to be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.knowledge.records import BUILDS, READS, WATCH, Record, short_id
from govet_py.model.program import FuncObject, Package, Program, TypeObject
from govet_py.model.types import Func, Interface, TypeName


class _Declared(NamedTuple):
    """A function, or a method of a type or an interface; `owner` is what declares it."""

    owner: str
    name: str
    fails: bool

    @property
    def id(self) -> str:
        return short_id(f"{self.owner}.{self.name}")


def kept_records(program: Program, known: Iterable[Record]) -> tuple[Record, ...]:
    """The records of all stores but those that are `known`, by name."""
    owners = list(_by_owner(program))
    names = {name for declared in owners for name in _kept(declared)} - {record.name for record in known}
    return tuple(_record(name, owners) for name in sorted(names))


def _record(name: str, owners: list[dict[str, _Declared]]) -> Record:
    def called(prefixes: Iterable[str], among: Iterable[dict[str, _Declared]]) -> frozenset[str]:
        wanted = [f"{prefix}{name}" for prefix in prefixes]
        return frozenset(declared[one].id for declared in among for one in wanted if one in declared)

    stores = [declared for declared in owners if name in _kept(declared)]
    return Record(name, called((WATCH,), owners), called(READS, owners), called(BUILDS, stores))


def _kept(declared: dict[str, _Declared]) -> Iterator[str]:
    """The records that one owner watches, reads and builds."""
    for function in declared:
        name = function.removeprefix(WATCH)
        if function.startswith(WATCH) and name[:1].isupper():
            if all(any(_may_fail(declared, f"{prefix}{name}") for prefix in some) for some in (READS, BUILDS)):
                yield name


def _may_fail(declared: dict[str, _Declared], name: str) -> bool:
    return name in declared and declared[name].fails


def _by_owner(program: Program) -> Iterator[dict[str, _Declared]]:
    """The exported functions of each package and the methods of each type and interface that watch something."""
    for package in program.packages.values():
        for declared in _of_package(package):
            named = {one.name: one for one in declared}
            if any(name.startswith(WATCH) for name in named):
                yield named


def _of_package(package: Package) -> Iterator[list[_Declared]]:
    functions = [found for found in package.scope.values() if isinstance(found, FuncObject)]
    yield [_Declared(package.path, one.name, _fails(one.signature)) for one in functions]
    for name, methods in package.methods.items():
        owner = f"{package.path}.{name}"
        yield [_Declared(owner, method, _fails(found.signature)) for method, found in methods.items()]
    for name, found in package.scope.items():
        if isinstance(found, TypeObject) and isinstance(found.decl.type, Interface):
            owner = f"{package.path}.{name}"
            yield [_Declared(owner, one.name, _fails(one.signature)) for one in found.decl.type.methods]


def _fails(signature: Func) -> bool:
    return bool(signature.results) and signature.results[-1] == TypeName("error")
