"""Permits: what a program's own limiters give out, known by their shape.

A type with a method that says yes or no, `Get(user) bool` or `Acquire(ctx, user) error`, and one that gives back for
the same arguments, `Release(user)`, counts what it has let in, like a semaphore of a library. So does one whose methods
say what they take, `AcquireReadLock(ctx) error`, `ReleaseReadLock(ctx) error`, or that locks by a key, `Lock(name)`,
`Unlock(name)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.subjects import subject
from govet_py.knowledge.contexts import CONTEXT
from govet_py.knowledge.releases import KEYED_LOCKS, Semaphore, permit_verbs
from govet_py.model import ir
from govet_py.model.program import FuncObject
from govet_py.model.types import Func, Type, is_error
from govet_py.resolve.universe import BOOL

DEPTH = 4
Site = tuple[str, int]


class Permits:
    """The acquisitions and releases of a program's permits, by the calls of them."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls

    @cached_property
    def taken(self) -> dict[Site, Semaphore]:
        """The calls that ask for a permit."""
        found: dict[Site, Semaphore] = {}
        for acquire, known in self._pairs:
            found.update(((code.id, call), known) for code, call in self._calls.sites(acquire))
        return found

    @cached_property
    def given_back(self) -> frozenset[Site]:
        """The calls that give one back."""
        releases = dict.fromkeys(known.release for _, known in self._pairs)
        return frozenset((code.id, call) for release in releases for code, call in self._calls.sites(release))

    def key(self, code: FunctionCode, call: int) -> tuple[str, ...] | None:
        """What tells the lock that a call takes or gives back from others of its receiver, as fields of a path: nothing
        for what has no keys, None for a key that is no variable, or one that is set more than once."""
        step = code.code[call]
        if (code.id, call) not in self._keyed_sites or not isinstance(step, ir.Call):
            return ()
        names = [subject(code, arg) for arg in step.args if code.type_of(arg) != CONTEXT]
        if any(one is None or one.var < 0 or len(code.stores.get(one.var, ())) > 1 for one in names):
            return None
        return tuple(".".join((f"[{one.var}]", *one.fields)) for one in names if one is not None)

    @cached_property
    def _keyed_sites(self) -> frozenset[Site]:
        methods = {id for acquire, known in self._pairs if known.keyed for id in (acquire, known.release)}
        return frozenset((code.id, call) for id in methods for code, call in self._calls.sites(id))

    @cached_property
    def givers(self) -> set[Node]:
        """The functions that may come to giving one back, a few calls further down."""
        found: set[Node] = set()
        level: set[Node] = {id for id, _ in self.given_back}
        for _ in range(DEPTH):
            found |= level
            level = {caller for node in level for caller, _ in self._calls.callers.get(node, ())} - found
        return found | level

    @cached_property
    def _pairs(self) -> list[tuple[str, Semaphore]]:
        return list(self._find())

    def _find(self) -> Iterator[tuple[str, Semaphore]]:
        program = self._code.program
        for id, declared in program.functions.items():
            verbs = permit_verbs(declared.name) if declared.receiver is not None else ()
            back = program.signature(id) if verbs else None
            for verb in verbs if back is not None and _says_little(back) else ():
                acquire = f"{id.rpartition('.')[0]}.{verb}"
                asked = program.signature(acquire) if acquire in program.functions else None
                if asked is not None and back is not None and _asks_for(asked, back):
                    yield acquire, Semaphore(id, True, asked.results == (BOOL,), -1)
            yield from self._keyed(id, declared)

    def _keyed(self, id: str, declared: FuncObject) -> Iterator[tuple[str, Semaphore]]:
        """The method that locks by the key by which another one unlocks."""
        program = self._code.program
        lock = KEYED_LOCKS.get(declared.name.rpartition(".")[2]) if declared.receiver is not None else None
        taken = f"{id.rpartition('.')[0]}.{lock}"
        back = program.signature(id) if lock is not None and taken in program.functions else None
        asked = program.signature(taken) if back is not None else None
        if asked is not None and back is not None and back.params and _says_little(back) and not asked.results:
            if _without_context(asked) == _without_context(back):
                yield taken, Semaphore(id, False, False, -1, True)


def _says_little(back: Func) -> bool:
    """Whether a method gives nothing but perhaps an error."""
    return not back.results or (len(back.results) == 1 and is_error(back.results[0]))


def _asks_for(asked: Func, back: Func) -> bool:
    """Whether a method says yes or no about what another gives back."""
    answer = len(asked.results) == 1 and (asked.results[0] == BOOL or is_error(asked.results[0]))
    return answer and _without_context(asked) == _without_context(back)


def _without_context(method: Func) -> tuple[Type, ...]:
    return tuple(type_ for type_ in method.params if type_ != CONTEXT)
