"""Elements of slices that every goroutine that runs the code comes to.

Goroutines that share a slice mostly keep to an element each. They do not where the index depends on nothing that
differs from one to the other: a constant, or the counter of a loop of the function's own. Likewise whoever ranges
over a collection comes to every object in it.

LIMIT: a slice that is handed over as an argument may be a part of another one, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.getters import takes_away
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.effects.asked_for import AskedFor
from govet_py.concurrency.effects.strands import one_for_each
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    CELL,
    ELEMENT,
    EVERY,
    AllocRoot,
    Effect,
    EffectKind,
    Given,
    HeldLock,
    LockMode,
    LockSet,
    Path,
    ResultRoot,
    Strand,
)
from govet_py.model.types import Array, Map, Slice
from govet_py.resolve.elements import range_over

MAX_FIELDS = 2
ROOM = "<room>"
ONE = "<one>"
NOT_ONE = frozenset({ELEMENT, EVERY})
_REORDERS = frozenset(name.rpartition(".")[2] for name in knows.SETS_ELEMENTS)


class Slots:
    """The accesses of elements of slices that goroutines share."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._deleting: dict[str, bool] = {}
        self._asked_for = AskedFor(code)

    def accesses(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Instruction
    ) -> Iterator[Effect]:
        """The access of one instruction: an element is set, or read, at an index that all goroutines come to."""
        match instruction:
            case ir.SetIndex() if self._name(code, instruction.base) in self._written:
                if self._is_common(code, register, instruction.index):
                    yield from self._access(code, locks, register, instruction.base, EffectKind.WRITE)
            case ir.Index() if self._name(code, instruction.base) in self._written:
                if self._is_common(code, register, instruction.index):
                    yield from self._access(code, locks, register, instruction.base, EffectKind.READ)
            case ir.Call() if instruction.args and code.callee(register) == p.BuiltinCall("append"):
                yield from self._appended(code, locks, register, instruction.args[0])
            case ir.Call() if (base := self._reordered(code, register, instruction)) != ir.NONE:
                yield from self._access(code, locks, register, base, EffectKind.WRITE)
            case ir.Next():
                base = range_over(code.code, instruction)
                if self._name(code, base) in self._written and _takes_elements(code, register):
                    yield from self._access(code, locks, register, base, EffectKind.READ)
            case _:
                return

    def _access(
        self, code: FunctionCode, locks: LockSets, register: int, base: int, kind: EffectKind
    ) -> Iterator[Effect]:
        if not isinstance(self._code.program.underlying(code.type_of(base)), Slice | Array):
            return
        paths = self._values.paths(code, base)
        for path in paths:
            if len(path.fields) <= MAX_FIELDS and ELEMENT not in path.fields:
                cell, what = path.extend((EVERY, CELL)), f"{expression(code, base)}[…]"
                yield Effect(kind, cell, locks.at(register), None, code.site(register), what, None, len(paths) == 1)

    def _appended(self, code: FunctionCode, locks: LockSets, register: int, base: int) -> Iterator[Effect]:
        """What append writes behind the end of a slice that has room there: others who append to it write the same."""
        if self._has_no_room(code, base) or _is_kept(code, register, base):
            return
        paths = self._values.paths(code, base)
        what = f"the room behind {self._text(code, base)}"
        for path in paths:
            outside = not isinstance(path.root, AllocRoot | ResultRoot) or path.root.function != code.id
            if outside and len(path.fields) <= MAX_FIELDS and NOT_ONE.isdisjoint(path.fields):
                cell = path.extend((ROOM, CELL))
                held = locks.at(register)
                yield Effect(EffectKind.WRITE, cell, held, None, code.site(register), what, None, len(paths) == 1)

    def _has_no_room(self, code: FunctionCode, base: int) -> bool:
        """Whether a slice is full, or the function's own part of one, so that append makes a new one."""
        instruction = code.code[base]
        if isinstance(instruction, ir.Load):
            var = code.body.vars[instruction.var]
            if var.kind == ir.VarKind.PARAM and not var.captured:
                return True
            stored = bool(self._code.stores(code, instruction.var))
            values = (owner.code[at] for owner, at in self._code.values_of(code, instruction.var))
            return stored and all(isinstance(v, ir.Composite | ir.Zero | ir.Const | ir.SliceOf) for v in values)
        return not isinstance(instruction, ir.Selector | ir.Name | ir.Deref)

    @staticmethod
    def _text(code: FunctionCode, base: int) -> str:
        """A slice as it was before it was copied into a variable."""
        instruction = code.code[base]
        values = code.values_of(instruction.var) if isinstance(instruction, ir.Load) else ()
        return expression(code, next(iter(values), base))

    @cached_property
    def _written(self) -> frozenset[str | tuple[str, int]]:
        """The captured variables, and names of fields and package variables, with an element that is set so."""
        found: set[str | tuple[str, int]] = set()
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetIndex):
                instruction = code.code[register]
                assert isinstance(instruction, ir.SetIndex)
                name = self._name(code, instruction.base)
                if name and self._is_common(code, register, instruction.index):
                    found.add(name)
            for register in code.of_kind(ir.Call):
                base = self._reordered(code, register, code.code[register])
                found.update((self._name(code, base),) if base != ir.NONE else ())
        return frozenset(found)

    def _reordered(self, code: FunctionCode, register: int, call: ir.Instruction) -> int:
        """The slice that a call of a library brings into an order, NONE for other calls and for slices that only the
        function has."""
        callee = code.code[call.callee] if isinstance(call, ir.Call) and call.args else None
        if not isinstance(callee, ir.Selector) or callee.name not in _REORDERS:
            return ir.NONE
        base: int = call.args[0]  # type: ignore[union-attr]
        converted = code.code[base]
        if isinstance(converted, ir.Call) and isinstance(code.callee(base), p.Conversion):
            base = converted.args[0]
        known = p.known_name(code.callee(register)) in knows.SETS_ELEMENTS
        return base if known and self._name(code, base) else ir.NONE

    def _name(self, code: FunctionCode, base: int) -> str | tuple[str, int]:
        """What a slice is called, "" where it may be a goroutine's own part of one."""
        instruction = code.code[base]
        if isinstance(instruction, ir.Selector | ir.Name):
            return instruction.name
        if not isinstance(instruction, ir.Load):
            return ""
        var = code.body.vars[instruction.var]
        whole = not any(_is_part(*stored) for stored in self._code.values_of(code, instruction.var))
        return (code.body_id, instruction.var) if var.captured and var.kind != ir.VarKind.PARAM and whole else ""

    def _is_common(self, code: FunctionCode, register: int, index: int) -> bool:
        """Whether an index is the same for all that run the function, or runs through all of the slice."""
        counters: set[int] = set()
        return _is_independent(code, index, counters) and not _is_shared_out(code, register, counters)

    # -- objects in collections ---------------------------------------------------------------------

    def of_each(self, code: FunctionCode, register: int, effect: Effect) -> Effect:
        """As `in_turn`, for an effect of the function's own on what lies in the element."""
        while isinstance(read := code.code[register], ir.Selector):
            register = read.base
        return self.in_turn(code, register, effect)

    def in_turn(self, code: FunctionCode, given: int, effect: Effect) -> Effect:
        """A callee's effect on an element that register `given` holds: on each in turn, where the function ranges; by
        one goroutine for each, where it starts them."""
        strand = effect.strand
        if strand is not None and strand.loop == ir.NONE:
            return effect
        if not self.is_met_by_all(code, given):
            picked = effect.kind == EffectKind.WRITE and strand is None and self.is_picked(code, given)
            if not picked:
                return effect
            element = effect.path._replace(fields=effect.path.fields[: effect.path.fields.index(ELEMENT) + 1])
            return effect._replace(path=every(effect.path), locks=every_lock(effect.locks) | one_of(element))
        alone = None if strand is None else one_for_each(code, strand, strand)
        return effect._replace(path=every(effect.path), locks=every_lock(effect.locks), strand=alone)

    def is_picked(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a register holds an element that is taken by its index or key, by the function or by one that
        it calls, and left where it is."""
        instruction = code.code[register]
        if isinstance(instruction, ir.Load):
            register = code.value_of(instruction.var)
            instruction = code.code[register] if register != ir.NONE else instruction
        if isinstance(instruction, ir.Extract) and instruction.index == 0:
            register = instruction.tuple
            instruction = code.code[register]
        if isinstance(instruction, ir.Index):
            return not self._deletes(code)
        callee = code.callee(register) if isinstance(instruction, ir.Call) else None
        getter = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        return getter is not None and not self._deletes(getter)

    def _deletes(self, code: FunctionCode) -> bool:
        if code.id not in self._deleting:
            self._deleting[code.id] = takes_away(code)
        return self._deleting[code.id]

    def is_met_by_all(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a register holds an element that whoever runs the function comes to: of a collection that it
        ranges over, under a constant index or key, or under one that a request names and another may name too."""
        for _ in range(2):
            instruction = code.code[register] if register >= 0 else None
            if not isinstance(instruction, ir.Load):
                break
            register = code.value_of(instruction.var)
        found = code.code[register] if register >= 0 else None
        taken = found.tuple if isinstance(found, ir.Extract) and found.index == 0 else register
        looked_up = code.code[taken] if taken >= 0 else None
        if isinstance(looked_up, ir.Index) and _is_constant(code, looked_up.index):
            return True
        if isinstance(looked_up, ir.Index | ir.Call):
            return self._asked_for.is_named(code, taken) and self.is_picked(code, register)
        step = code.code[found.tuple] if isinstance(found, ir.Extract) and found.index == 1 else None
        if not isinstance(step, ir.Next):
            return False
        over = range_over(code.code, step)
        return isinstance(self._code.program.underlying(code.type_of(over)), Slice | Array | Map)


def every(path: Path) -> Path:
    """The path of an element, as that of each element in turn."""
    return path._replace(fields=tuple(EVERY if field == ELEMENT else field for field in path.fields))


def each_given(given: Given, strand: Strand | None) -> Given:
    """What a callback is handed, the elements that a function runs through as each of them in turn; goroutines of its
    own have one each, which is nothing that they share."""
    if strand is None:
        return tuple([tuple(map(every, paths)) for paths in given])
    return tuple([tuple(path for path in paths if ELEMENT not in path.fields) for paths in given])


def one_of(path: Path) -> LockSet:
    """What keeps those apart who take one element each: they mostly take different ones."""
    return frozenset((HeldLock(path._replace(fields=(*every(path).fields, ONE)), LockMode.WRITE),))


def is_of_one(effect: Effect) -> bool:
    """Reports whether an effect is on one element that was looked up."""
    return any(lock.path.fields[-1:] == (ONE,) for lock in effect.locks)


def every_lock(locks: LockSet) -> LockSet:
    """The locks that lie in an element, as those of each element in turn."""
    return frozenset(HeldLock(every(path), mode) for path, mode in locks) if locks else locks


def _is_constant(code: FunctionCode, index: int) -> bool:
    types, function = code.types, code.index
    return types.constant_text(function, index) is not None or types.constant_int(function, index) is not None


def _is_kept(code: FunctionCode, register: int, base: int) -> bool:
    """Whether what append returns replaces the slice, which is an access of its own."""
    then, source = code.code[register + 1], code.code[base]
    match then:
        case ir.SetField():
            return isinstance(source, ir.Selector) and source.name == then.name
        case ir.SetName():
            return isinstance(source, ir.Name) and source.name == then.name
        case ir.Store():
            return isinstance(source, ir.Load) and source.var == then.var and code.body.vars[then.var].captured
    return False


def _is_part(code: FunctionCode, register: int) -> bool:
    value = code.code[register]
    if isinstance(value, ir.Call):
        return code.callee(register) not in (p.BuiltinCall("make"), p.BuiltinCall("append"))
    return isinstance(value, ir.SliceOf | ir.Index | ir.Extract | ir.Load | ir.Recv)


def _is_independent(code: FunctionCode, index: int, counters: set[int]) -> bool:
    """Whether a value is made of constants and counters of the function's own; notes the counters."""
    instruction = code.code[index]
    match instruction:
        case ir.Const():
            return True
        case ir.Binary():
            left, right = instruction.left, instruction.right
            return _is_independent(code, left, counters) and _is_independent(code, right, counters)
        case ir.Load():
            var = code.body.vars[instruction.var]
            if var.kind != ir.VarKind.LOCAL or var.owner != code.index or var.addressed:
                return False
            if instruction.var in counters:
                return True
            counters.add(instruction.var)
            return all(_is_independent(code, value, counters) for value in code.values_of(instruction.var))
        case ir.Extract():
            step = code.code[instruction.tuple]
            over = code.code[step.range] if isinstance(step, ir.Next) else None
            return instruction.index == 0 and isinstance(over, ir.Range) and _is_counted(code, over.base)
    return False


def _is_counted(code: FunctionCode, base: int) -> bool:
    """Whether ranging over something counts from 0: a slice, or an integer that is the same for all."""
    return not isinstance(code.code[base], ir.SliceOf) and isinstance(code.type_of(base), Slice | Array)


def _is_shared_out(code: FunctionCode, register: int, counters: set[int]) -> bool:
    """Whether a test of a counter on the way decides whose turn it is."""
    loop = code.loop_of(register)
    headers = {one.header for one in code.function.loops}
    for block, last in tests(code):
        if block not in headers and code.inside(code.function.blocks[block].loop, loop):
            test = code.code[last.cond]
            sides = (test.left, test.right) if isinstance(test, ir.Binary) else ()
            if any(_uses(code, side, counters) for side in sides):
                return True
    return False


def _uses(code: FunctionCode, register: int, counters: set[int]) -> bool:
    instruction = code.code[register]
    if isinstance(instruction, ir.Binary):
        return _uses(code, instruction.left, counters) or _uses(code, instruction.right, counters)
    return isinstance(instruction, ir.Load) and instruction.var in counters


def _takes_elements(code: FunctionCode, step: int) -> bool:
    uses = code.code[step + 1 : step + 6]
    return any(type(use) is ir.Extract and use.tuple == step and use.index == 1 for use in uses)
