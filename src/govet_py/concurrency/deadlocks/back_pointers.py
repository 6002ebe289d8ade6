"""Back pointers: of two structs that know each other by one field each, `a.b.a` is `a`.

Fields of interface type, and types that refer to each other more than once, count where some function is seen to put
the two together: `b := newB(a); a.attach(b)`. *Twins* are two fields of one struct that are given the same object
wherever they are set, perhaps as a value of an interface: `&checker{store: s, finder: s}`.

LIMIT: of two structs that refer to each other once, perhaps by a map or slice, it is by type, and nothing is proved of
how they are put together.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.callgraph.parameters import argument_of, position_of
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.locks.lock_names import lock_name
from govet_py.model import ir
from govet_py.model.concurrency import Path
from govet_py.model.program import Program
from govet_py.model.types import Map, Named, Slice, Struct, Type, deref


class BackPointers:
    """The fields of a program that lead back to where a path came from."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._slices = slices

    def leads_back(self, member: Member, there: str, back: str) -> bool:
        """Whether field `there` of the struct that has a member is an object whose field `back` is the first one."""
        if _know_each_other(self._code.program, member, there, back):
            return True
        return any(
            path in owners
            for owners, kept in self._put_together(member._replace(name=there))
            for one in kept
            if (path := self._values.canonical(one.extend((back,)))) != one.extend((back,))
        )

    def all_lead_back(self, member: Member, there: str, back: str) -> bool:
        """As `leads_back`, of all that a map or slice in field `there` holds: by type."""
        home, program = Named(member.package, member.owner), self._code.program
        kept = _field(program, home, there)
        other = deref(kept.elem) if isinstance(kept, Map | Slice) else None
        return isinstance(other, Named) and other != home and _only(program, other, back) == home

    def are_twins(self, function: str, one: Path, other: Path) -> bool:
        """Whether two paths of a function differ by a field, and the two fields always hold one object."""
        at = next((n for n, (a, b) in enumerate(zip(one.fields, other.fields, strict=False)) if a != b), ir.NONE)
        if at < 0 or one.root != other.root or one.fields[at + 1 :] != other.fields[at + 1 :]:
            return False
        code = self._code.function(function)
        fields = [lock_name(self._code, code, Path(path.root, path.fields[: at + 1])) for path in (one, other)]
        set_to = [self._set_to(field) for field in fields if isinstance(field, Member)]
        return len(set_to) == 2 and set_to[0] == set_to[1] != set()

    def _set_to(self, field: Member) -> set[tuple[str, Path] | None]:
        """What a field is set to, by function; None where that is not one object."""
        found: set[tuple[str, Path] | None] = set()
        for function, value in self._slices.stored(field):
            paths = self._values.paths(self._code.function(function), value)
            found.add((function, paths[0]) if len(paths) == 1 and paths[0].is_exact else None)
        return set() if None in found else found

    def _put_together(self, field: Member) -> Iterator[tuple[tuple[Path, ...], tuple[Path, ...]]]:
        """The objects whose field is set with what is stored there, in one frame: that of the function that sets it,
        or of those that call it with both."""
        for function, value in self._slices.stored(field):
            code = self._code.function(function)
            for register in code.of_kind(ir.SetField):
                put = code.code[register]
                if isinstance(put, ir.SetField) and put.value == value and put.name == field.name:
                    yield self._values.paths(code, put.base), self._values.paths(code, value)
                    yield from self._by_callers(code, put)

    def _by_callers(self, code: FunctionCode, put: ir.SetField) -> Iterator[tuple[tuple[Path, ...], tuple[Path, ...]]]:
        owner, kept = (self._position(code, register) for register in (put.base, put.value))
        if owner is None or kept is None:
            return
        for caller, call in self._calls.sites(code.id):
            given = (argument_of(code, caller, call, position) for position in (owner, kept))
            owners, values = (self._values.paths(caller, register) for register in given)
            yield owners, values

    def _position(self, code: FunctionCode, register: int) -> int | None:
        """The position of the parameter that a register holds."""
        paths = self._values.paths(code, register)
        return position_of(code, paths[0]) if len(paths) == 1 else None


def _know_each_other(program: Program, member: Member, there: str, back: str) -> bool:
    home = Named(member.package, member.owner)
    other = _only(program, home, there)
    return isinstance(other, Named) and other != home and _only(program, other, back) == home


def _field(program: Program, owner: Named, name: str) -> Type | None:
    found = program.field(owner, name)
    return program.underlying(found[0]) if found is not None else None


def _only(program: Program, owner: Named, name: str) -> Named | None:
    """The type that a field refers to, if no other field of the struct does."""
    struct = program.underlying(owner)
    if not isinstance(struct, Struct):
        return None
    types = {field.name: deref(field.type) for field in struct.fields}
    found = types.get(name)
    alone = sum(one == found for one in types.values()) == 1
    return found if isinstance(found, Named) and alone else None
