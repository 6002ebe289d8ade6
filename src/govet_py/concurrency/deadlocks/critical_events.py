"""The words of critical pairs (Infer's starvation analysis): what a function may wait for, and what it holds then."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple, Union

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.members import Member, member_of, owner_of
from govet_py.callgraph.parameters import parameter_path
from govet_py.concurrency.deadlocks.flags import NO_FLAGS, Flag
from govet_py.concurrency.names import is_outer
from govet_py.model import ir
from govet_py.model.concurrency import (
    HELD,
    AllocRoot,
    GlobalRoot,
    LockMode,
    Path,
    Trace,
    VarRoot,
)
from govet_py.model.program import Program
from govet_py.model.source import Site
from govet_py.model.types import Named, Type, TypeParam, deref

STATIC, ONE_OF_SEVERAL = 0, 1


class EventKind(IntEnum):
    """`INVOKE`: a function that the caller gave is run. `BLOCK`: anything else that waits."""

    ACQUIRE = 0
    INVOKE = 1
    BLOCK = 2


class Held(NamedTuple):
    """A lock that is held: by access path in the frame at hand (None: it has no name there) and by member,
    which is the same in all frames (None: no field and no package variable). `holder` is the member that the
    lock's owner was read from, so that `c.in.Mutex` and `c.out.Mutex` differ. `site` is where it was taken."""

    path: Path | None
    member: Member | None
    mode: LockMode
    site: Site
    what: str
    holder: Member | None = None


class Event(NamedTuple):
    """`kind` happens to the lock, callback or thing at `path` or `member`.

    `held` are the locks that were taken on the way to it, below the frame at hand. `released`: locks of the
    callers (in the paths of the frame) that may have been given back before it. `trace` leads from the frame
    to `site`; `doubt` counts the calls on the way that only may run their callee; `flags` are what the bool
    parameters must be. The first `met` of `held` belong to a callee that runs a callback given to it here.
    """

    kind: EventKind
    path: Path | None
    member: Member | None
    mode: LockMode
    what: str
    site: Site
    held: tuple[Held, ...] = ()
    released: frozenset[Path] = frozenset()
    trace: Trace | None = None
    doubt: int = STATIC
    flags: frozenset[Flag] = NO_FLAGS
    met: int = 0
    holder: Member | None = None


class Pair(NamedTuple):
    """A critical pair: in `function`, through the call at `anchor`, `event` happens while the function itself,
    or a callee that it gives a callback to, holds `outer` (and, below it, `event.held`). All paths are the
    function's own."""

    function: str
    anchor: int
    event: Event
    outer: tuple[Held, ...]


LockName = Union[Member, Path]
"""What a lock is called in all frames: its member, or the path of a variable or allocation."""


def lock_name(lock: Held | Event) -> LockName | None:
    """The name of a lock for comparison across functions; None when it has none."""
    if lock.member is not None:
        return lock.member
    if lock.path is not None and isinstance(lock.path.root, GlobalRoot | VarRoot | AllocRoot):
        return lock.path
    return None


def lock_member(program: Program, code: FunctionCode, lock: int, via: tuple[str, ...]) -> Member | None:
    """The member that a lock is: `mu` of the type that has it. In a struct without a name, it is told by the
    field or variable that the struct is in; one that a map or slice keeps by the field or variable of that."""
    member = member_of(program, code, lock, via) or (None if via else _keeper_of(program, code, lock))
    if member is not None:
        return member
    holder = holder_of(program, code, lock, via)
    instruction = code.code[lock]
    name = via[-1] if via else instruction.name if isinstance(instruction, ir.Selector | ir.FieldAddr) else ""
    return holder._replace(name=f"{holder.name}.{name}") if holder is not None and name else None


def _keeper_of(program: Program, code: FunctionCode, lock: int) -> Member | None:
    """The elements of a map or slice, as a member, if a lock is one of them: `locks[]`. It may be a new element."""
    for source in _sources(code, lock):
        step = code.code[code.taken_by(source)] if code.taken_by(source) != ir.NONE else None
        if isinstance(step, ir.Index | ir.IndexAddr):
            keeper = member_of(program, code, step.base)
            return keeper._replace(name=f"{keeper.name}[]") if keeper is not None else None
    return None


def _sources(code: FunctionCode, register: int) -> Iterator[int]:
    """What a register may hold: all that its variable is given."""
    load = code.code[register]
    if not isinstance(load, ir.Load):
        yield register
        return
    for at in code.of_kind(ir.Store):
        store = code.code[at]
        if isinstance(store, ir.Store) and store.var == load.var:
            yield store.value


def holder_of(program: Program, code: FunctionCode, lock: int, via: tuple[str, ...]) -> Member | None:
    """The member that the owner of a lock was read from: `c.in` for `c.in.mu.Lock()` and `c.in.Lock()`."""
    owner = lock if via else owner_of(code, lock)
    return None if owner is None else member_of(program, code, owner)


def may_be_same(program: Program, one: Member | None, other: Member | None) -> bool:
    """Whether locks of one member with these holders may be one: two fields of one type hold two objects, and so do
    two fields of different instances of a generic type."""
    if one is None or other is None or one == other:
        return True
    if (one.package, one.owner) == (other.package, other.owner):
        return False
    types = [_type_arguments(program, holder) for holder in (one, other)]
    return not all(types) or types[0] == types[1]


def _type_arguments(program: Program, holder: Member) -> tuple[Type, ...]:
    """What the type of a field is an instance of a generic type for; () where that is not told."""
    field = program.field(Named(holder.package, holder.owner), holder.name) if holder.owner else None
    type_ = deref(field[0]) if field is not None else None
    told = isinstance(type_, Named) and not any(isinstance(deref(one), TypeParam) for one in type_.args)
    return type_.args if isinstance(type_, Named) and told else ()


def exported_path(code: FunctionCode, path: Path | None) -> Path | None:
    """A path of a function as its callers, or the function around a literal, can name it. What an atomic variable
    refers to may be something else for them."""
    if path is None or not path.is_exact or HELD in path.fields:
        return None
    return parameter_path(code, path) if isinstance(path.root, GlobalRoot) or is_outer(code, path.root) else None
