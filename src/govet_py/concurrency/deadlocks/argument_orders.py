"""Two locks of one kind, taken in the order in which somebody names their objects: `move(from, to)` locks `from`,
then `to`. Two calls with the same two objects, the other way round, may wait for each other.

That both orders come about is seen from where the objects are from: the elements of one container, or the results
of one function, for two keys that have nothing to do with each other, or for two names of what a request asks for; or
two calls that swap them. Whoever compares the two keys, or something of the two objects, puts them in an order. A lock
around both lets one in at a time.

LIMIT: an order that is kept by means of something else than such a comparison is not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_of, parameter_of
from govet_py.callgraph.values import KEY, ValueAnalysis
from govet_py.concurrency.deadlocks.critical_events import STATIC, EventKind, Held, Pair
from govet_py.concurrency.flow.dependence import decides, inputs
from govet_py.concurrency.locks.lent_locks import NO_GUARDS, Guards
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import ELEMENT, LockMode, Path, ResultRoot
from govet_py.model.source import Site

MAX_CALLERS = 3
MAX_HOPS = 4
_ORDERINGS = frozenset(("<", ">", "<=", ">="))
_MANY_OBJECTS = frozenset((ELEMENT, KEY))


class NamedOrder(NamedTuple):
    """`pair.event` takes a lock of the same member as `held`, of another object; both are named at `chosen`."""

    pair: Pair
    held: Held
    chosen: Site


class ArgumentOrders:
    """The places of a program that take two locks in the order of their arguments or keys."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, entry: dict[Node, Guards]) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._entry = entry

    def all(self, pairs: Iterable[Pair]) -> Iterator[NamedOrder]:
        """One for each function that takes such locks."""
        told: set[str] = set()
        for pair in pairs:
            for held in pair.outer if pair.function not in told else ():
                if self._is_alike(held, pair) and not self._is_gated(pair, held):
                    chosen = self._chosen(pair, held)
                    if chosen is not None:
                        told.add(pair.function)
                        yield NamedOrder(pair, held, chosen)
                        break

    @staticmethod
    def _is_alike(held: Held, pair: Pair) -> bool:
        event = pair.event
        sure = event.kind == EventKind.ACQUIRE and event.doubt == STATIC and event.path is not None
        same = held.member is not None and held.member == event.member and held.path is not None
        return sure and same and LockMode.WRITE in (held.mode, event.mode)

    def _is_gated(self, pair: Pair, held: Held) -> bool:
        """Whether another lock is held around both."""
        callers = any(mode == LockMode.WRITE for _, mode in self._entry.get(pair.function, NO_GUARDS))
        return callers or any(one.mode == LockMode.WRITE and one != held for one in pair.outer)

    def _chosen(self, pair: Pair, held: Held) -> Site | None:
        """Where the two objects are named, in any order."""
        code, one, other = self._code.function(pair.function), held.path, pair.event.path
        assert one is not None and other is not None
        if one == other:
            return self._by_keys(code, pair, held) if _MANY_OBJECTS & set(one.fields) else None
        if one.fields != other.fields or parameter_of(code, one) is None or parameter_of(code, other) is None:
            return None
        return self._by_callers(code, pair.anchor, (Path(one.root), Path(other.root)), MAX_CALLERS)

    def _by_keys(self, code: FunctionCode, pair: Pair, held: Held) -> Site | None:
        """Two elements that the function itself takes out of one container."""
        if pair.event.trace is not None:
            return None
        takes = (at for at in code.of_kind(ir.Call) if code.site(at) == held.site)
        first = next((self._object(code, at) for at in takes), ir.NONE)
        second = self._object(code, pair.anchor)
        drawn = min(first, second) != ir.NONE and self._are_drawn(code, pair.anchor, first, second)
        return code.site(second) if drawn else None

    @staticmethod
    def _object(code: FunctionCode, call: int) -> int:
        """The register of the object whose lock a call takes."""
        lock = code.receiver_of(call)
        field = code.code[lock] if lock != ir.NONE else None
        return field.base if isinstance(field, ir.Selector | ir.FieldAddr) else lock

    def _by_callers(self, code: FunctionCode, at: int, two: tuple[Path, Path], depth: int) -> Site | None:
        """A call that gives two parameters of a function two objects that may as well be given the other way."""
        first, second = (parameter_of(code, path) for path in two)
        if first is None or second is None or depth == 0 or self._compares(code, at, *two):
            return None
        seen: set[tuple[str, Path, Path]] = set()
        for caller, call in self._calls.sites(code.id):
            given, beside = argument_of(code, caller, call, first), argument_of(code, caller, call, second)
            if min(given, beside) == ir.NONE:
                continue
            if self._are_drawn(caller, call, given, beside):
                return caller.site(call)
            here, there = self._values.paths(caller, given), self._values.paths(caller, beside)
            if len(here) == len(there) == 1 and here != there:
                if (caller.body_id, there[0], here[0]) in seen:
                    return caller.site(call)
                seen.add((caller.body_id, here[0], there[0]))
                found = self._by_callers(caller, call, (here[0], there[0]), depth - 1)
                if found is not None:
                    return found
        return None

    # -- two of many ---------------------------------------------------------------------------------

    def _are_drawn(self, code: FunctionCode, at: int, one: int, other: int) -> bool:
        """Whether two objects come out of one container, or from one function, for keys without an order."""
        first, second = _source(code, one), _source(code, other)
        for key, beside in self._keys(code, code.code[first], code.code[second], first, second):
            here, there = self._values.paths(code, key), self._values.paths(code, beside)
            if len(here) == len(there) == 1 and here != there and not _come_together(here[0], there[0]):
                return not self._compares(code, at, here[0], there[0])
        if not self._are_asked_for(code, first, second):
            return False
        here, there = self._values.paths(code, one), self._values.paths(code, other)
        return not (len(here) == len(there) == 1 and self._compares(code, at, here[0], there[0]))

    def _are_asked_for(self, code: FunctionCode, one: int, other: int) -> bool:
        """Whether two calls look up what something else that both are given has under two names, as a request does:
        `lookup(request, "from")`, `lookup(request, "to")`."""
        first, second, name = code.code[one], code.code[other], p.known_name(code.callee(one))
        target = self._code.get(name) if name and name == p.known_name(code.callee(other)) else None
        if target is None or not (isinstance(first, ir.Call) and isinstance(second, ir.Call)):
            return False
        names, shared = [], []
        for at, (left, right) in enumerate(zip(first.args, second.args, strict=False)):
            if isinstance(code.code[left], ir.Const) and isinstance(code.code[right], ir.Const):
                names.extend([at + target.is_method] if code.code[left] != code.code[right] else [])
            elif self._values.paths(code, left) == self._values.paths(code, right) != ():
                shared.append(at + target.is_method)
        params = target.function.params
        return len(names) == 1 and any(_picks(target, params[names[0]], params[at]) for at in shared)

    def _keys(
        self, code: FunctionCode, first: ir.Instruction, second: ir.Instruction, one: int, other: int
    ) -> Iterator[tuple[int, int]]:
        if isinstance(first, ir.Index | ir.IndexAddr) and isinstance(second, ir.Index | ir.IndexAddr):
            base = self._values.paths(code, first.base)
            if base and base == self._values.paths(code, second.base):
                yield first.index, second.index
        elif isinstance(first, ir.Call) and isinstance(second, ir.Call):
            callee, twin = code.callee(one), code.callee(other)
            if isinstance(callee, p.Static) and isinstance(twin, p.Static) and callee.function == twin.function:
                yield from zip(first.args, second.args, strict=False)

    def _compares(self, code: FunctionCode, before: int, one: Path, other: Path) -> bool:
        """Whether a function compares two things, or asks somebody who does, to decide on something."""
        for block in code.function.blocks:
            for decision in decides(code.code[block.end - 1]) if block.start < block.end <= before else ():
                for register in _parts(code, decision):
                    about = [self._about(code, side) for side in self._sides(code, register)]
                    if _tells_apart(about, one, other):
                        return True
        return False

    @staticmethod
    def _sides(code: FunctionCode, register: int) -> tuple[int, ...]:
        instruction = code.code[register]
        if isinstance(instruction, ir.Binary):
            return (instruction.left, instruction.right) if instruction.op in _ORDERINGS else ()
        return inputs(instruction) if isinstance(instruction, ir.Call) else ()

    def _about(self, code: FunctionCode, register: int) -> frozenset[Path]:
        return frozenset(path for at in _parts(code, register) for path in self._values.paths(code, at))


def _come_together(one: Path, other: Path) -> bool:
    """Whether one call has returned both, in an order perhaps."""
    first, second = one.root, other.root
    return isinstance(first, ResultRoot) and isinstance(second, ResultRoot) and first[:2] == second[:2]


def _tells_apart(sides: list[frozenset[Path]], one: Path, other: Path) -> bool:
    """Whether one side is about the first thing, and another side about the second."""
    first, second = ([at for at, side in enumerate(sides) if _speaks_of(side, path)] for path in (one, other))
    return any(left != right for left in first for right in second)


def _speaks_of(paths: frozenset[Path], one: Path) -> bool:
    return any(one.is_prefix_of(path) for path in paths)


def _parts(code: FunctionCode, register: int) -> list[int]:
    """The registers that a value is computed from, and itself."""
    found = [register] if register >= 0 else []
    for at in found:
        found.extend(one for one in inputs(code.code[at]) if one >= 0 and one not in found)
    return found


def _picks(code: FunctionCode, name: int, asked: int) -> bool:
    """Whether a function returns the element that something says which it is, asked by a name."""
    for at in code.of_kind(ir.Return):
        step = code.code[at]
        for part in _origins(code, step.results[0]) if isinstance(step, ir.Return) and step.results else ():
            element = code.code[part]
            if isinstance(element, ir.Index | ir.IndexAddr):
                read = [code.code[one] for one in _origins(code, element.index)]
                if {name, asked} <= {one.var for one in read if isinstance(one, ir.Load)}:
                    return True
    return False


def _origins(code: FunctionCode, register: int) -> list[int]:
    """As `_parts`, through local variables as well."""
    found = [register] if register >= 0 else []
    for at in found:
        step = code.code[at]
        more = code.values_of(step.var) if isinstance(step, ir.Load) else inputs(step)
        found.extend(one for one in more if one >= 0 and one not in found)
    return found


def _source(code: FunctionCode, register: int) -> int:
    """Where a value comes from, through local variables that are set once."""
    for _ in range(MAX_HOPS):
        instruction = code.code[register]
        if isinstance(instruction, ir.Extract) and instruction.index == 0:
            register = instruction.tuple
            continue
        value = code.value_of(instruction.var) if isinstance(instruction, ir.Load) else ir.NONE
        if value == ir.NONE:
            break
        register = value
    return register
