"""Reads and writes of shared places, each with the critical section it is one step in.

A *touch* is a field, map element or variable that is read or written with a lock held, a method of an
atomic object, or a call of a function that does one of these under a lock that it takes and gives back
itself: to its caller a getter or a setter is one step, as atomic as `Load` and `Store`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.arguments import Target
from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.describe import expression
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.races.accessors import MAX_ACCESSOR, Setting, exported, latches
from govet_py.concurrency.races.keys import ANY, WHOLE, Key, Keys
from govet_py.concurrency.races.steps import counted, direction
from govet_py.concurrency.races.touch import STEP, Sets, Touch, is_beside_its_lock, sections
from govet_py.knowledge.atomics import ADDS, ATOMICS, NOTHING, RECEIVER, Atomic, Does
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    CELL,
    CUT,
    ELEMENT,
    NO_LOCKS,
    AllocRoot,
    GlobalRoot,
    HeldLock,
    LockMode,
    LockSet,
    Path,
    ResultRoot,
    VarRoot,
)
from govet_py.model.types import Map, Struct

MAX_DEPTH = 2
"""How many wrappers around a getter or setter are looked through."""


class Touches:
    """The touches of every function that has any."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, locks: dict[str, LockSets]) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._locks = locks
        self._exported: dict[str, tuple[Touch, ...]] = {}
        self._keys: dict[str, Keys] = {}
        self._guarded: set[Member | None] = set()
        self._names: frozenset[str] = frozenset()
        self._filled: dict[str, frozenset[str]] = {}
        self._latches: frozenset[Member] = frozenset()
        self._inside: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> dict[str, list[Touch]]:
        """By function, in order of registers."""
        level = sorted({*self._locks, *(id for name in ATOMICS for id, _ in self._calls.named(name))})
        self._inside = frozenset(self._called_inside()) - set(level)
        found = {id: self._in(self._code.function(id)) for id in (*level, *sorted(self._inside))}
        written = {touch.member for touches in found.values() for touch in touches if touch.does == Does.WRITE}
        self._guarded = {touch.member for touches in found.values() for touch in touches if is_beside_its_lock(touch)}
        self._names = frozenset(member.name for member in self._guarded if member is not None)
        for id in self._code.ids():
            code = self._code.function(id)
            if filled := fields_filled(code):
                self._filled[id] = filled
            if filled or self._assigns(code):
                found[id] = self._in(code)
        self._latches = latches(self._code, found)
        level = sorted(found)
        for _ in range(MAX_DEPTH):
            for id in level:
                self._exported[id] = self._exports(self._code.function(id), found[id], written | {None})
            exporting = [id for id in level if self._exported[id]]
            level = sorted({caller.id for id in exporting for caller, _ in self._calls.sites(id)})
            found.update((id, self._in(self._code.function(id))) for id in level)
        return {id: touches for id, touches in found.items() if id not in self._inside}

    def _called_inside(self) -> Iterator[str]:
        """Small functions that write something and are called with a lock held, such as `addLocked`."""
        for id in sorted(self._locks):
            code, locks = self._code.function(id), self._locks[id]
            for register in code.of_kind(ir.Call) if locks.any else ():
                callee = code.callee(register)
                inner = self._code.get(callee.function) if isinstance(callee, p.Static) else None
                if inner is not None and len(inner.code) <= MAX_ACCESSOR and locks.at(register) and _writes(inner):
                    yield inner.id

    def _assigns(self, code: FunctionCode) -> bool:
        """Whether a function assigns a field that others assign under its lock, by name, without any lock."""
        locks = self._locks.get(code.id)
        return any(
            code.code[register].name in self._names and not sections(locks, register)  # type: ignore[union-attr]
            for register in code.of_kind(ir.SetField)
        )

    def _in(self, code: FunctionCode) -> list[Touch]:
        touches = list(self._of(code))
        touches += self._bare(code, {t.place for t in touches if t.does == Does.WRITE and t.inner is None})
        dependence = Dependence(self._code, code)
        return [self._judged(code, dependence, touch, touches) for touch in touches]

    def _judged(self, code: FunctionCode, dependence: Dependence, touch: Touch, touches: list[Touch]) -> Touch:
        if touch.value < 0:
            return touch
        way = direction(code, touch, touches)
        if way is not None:
            return touch._replace(sets=Sets.STEP, direction=way)
        if _is_constant(code, touch.value):
            return touch._replace(sets=Sets.CONSTANT)
        origins = sorted(dependence.origins(touch.value))
        if any(isinstance(code.code[at], _FOUND) for at in origins if at >= 0):
            return touch._replace(sets=Sets.VALUE)
        return touch._replace(sets=Sets.VALUE, made=tuple(code.types.bound(code.type_of(at)) for at in origins))

    def _of(self, code: FunctionCode) -> Iterator[Touch]:
        locks, inside = self._locks.get(code.id), code.id in self._inside
        for register in code.of_kind(ir.Call, *_PLAIN) if locks is not None or inside else code.of_kind(ir.Call):
            instruction = code.code[register]
            held = sections(locks, register)
            if isinstance(instruction, ir.Call):
                if instruction.mode == ir.Mode.CALL:
                    yield from self._call(code, register, instruction, held)
            elif (held or inside) and type(instruction) in _PLAIN:
                yield from self._plain(code, register, instruction, held)

    # -- under a lock ------------------------------------------------------------------------------

    def _plain(self, code: FunctionCode, register: int, instruction: ir.Instruction, held: LockSet) -> Iterator[Touch]:
        match instruction:
            case ir.SetIndex():
                yield from self._element(code, register, instruction.base, instruction.index, instruction.value, held)
            case ir.Index():
                yield from self._element(code, register, instruction.base, instruction.index, NOTHING, held)
            case ir.Selector() if isinstance(code.denotes(register), p.FieldRef):
                yield from self._cell(code, register, register, (), NOTHING, held)
            case ir.Name() if isinstance(code.denotes(register), p.VariableRef):
                yield from self._cell(code, register, register, (), NOTHING, held)
            case ir.SetField():
                found = self._code.program.field(code.type_of(instruction.base), instruction.name)
                if found is not None:
                    yield from self._cell(code, register, instruction.base, found[1], instruction.value, held)
            case ir.SetName():
                place = Path(GlobalRoot(code.package, instruction.name))
                member = Member(code.package, "", instruction.name)
                yield Touch(
                    register, Does.WRITE, place, member, WHOLE, held, instruction.value, instruction.name, None, False
                )
            case ir.Load() if code.body.vars[instruction.var].captured:
                yield self._variable(code, register, instruction.var, NOTHING, held)
            case ir.Store() if code.body.vars[instruction.var].captured and not instruction.define:
                yield self._variable(code, register, instruction.var, instruction.value, held)

    def _bare(self, code: FunctionCode, written: set[Path]) -> Iterator[Touch]:
        """Reads without a lock of what the function writes with one; accesses without a lock of fields that
        others write with the lock beside them, and of those that a method looks at and fills."""
        locks = self._locks.get(code.id)
        filled = self._filled.get(code.id, frozenset())
        for register in code.of_kind(*_READS, ir.SetField):
            use = code.code[register]
            known = isinstance(use, ir.Selector | ir.SetField) and (use.name in self._names or use.name in filled)
            if (known or (written and type(use) in _READS)) and not sections(locks, register):
                for touch in self._plain(code, register, use, NO_LOCKS):
                    fills = filled.issuperset(touch.place.fields)
                    wanted = fills or touch.place in written or touch.member in self._guarded
                    if wanted and not isinstance(touch.place.root, ResultRoot):
                        yield touch

    def _variable(self, code: FunctionCode, register: int, var: int, value: int, held: LockSet) -> Touch:
        place = Path(VarRoot(code.body_id, var), (CELL,))
        does = Does.READ if value == NOTHING else Does.WRITE
        return Touch(register, does, place, None, WHOLE, held, value, code.body.vars[var].name, None, False)

    def _cell(
        self, code: FunctionCode, register: int, base: int, fields: tuple[str, ...], value: int, held: LockSet
    ) -> Iterator[Touch]:
        place = self._place(code, base, fields)
        if place is not None:
            does = Does.READ if value == NOTHING else Does.WRITE
            member = member_of(self._code.program, code, base, fields)
            what = ".".join((expression(code, base), *fields))
            yield Touch(register, does, place, member, WHOLE, held, value, what, None, False)

    def _element(
        self, code: FunctionCode, register: int, base: int, index: int, value: int, held: LockSet
    ) -> Iterator[Touch]:
        if not isinstance(self._code.program.underlying(code.type_of(base)), Map):
            return
        place, key = self._place(code, base, ()), self._key(code, index)
        if place is not None and key is not None:
            does = Does.READ if value == NOTHING else Does.WRITE
            member = member_of(self._code.program, code, base)
            what = f"{expression(code, base)}[{expression(code, index)}]"
            yield Touch(register, does, place, member, key, held, value, what, None, False)

    def _place(self, code: FunctionCode, base: int, fields: tuple[str, ...]) -> Path | None:
        """The one place that a register and fields below it name; None for new objects of the function's own."""
        paths = self._values.paths(code, base)
        if len(paths) != 1:
            return None
        place = paths[0].extend(fields)
        return place if _is_shared(code, place) else None

    def _key(self, code: FunctionCode, register: int) -> Key | None:
        return self._keys_of(code).of(register)

    def _keys_of(self, code: FunctionCode) -> Keys:
        known = self._keys.get(code.id)
        if known is None:
            known = self._keys[code.id] = Keys(code)
        return known

    # -- calls -------------------------------------------------------------------------------------

    def _call(self, code: FunctionCode, register: int, call: ir.Call, held: LockSet) -> Iterator[Touch]:
        callee, inside = code.callee(register), code.id in self._inside
        if isinstance(callee, p.BuiltinCall):
            if callee.name in ("len", "delete") and (held or inside):
                yield from self._builtin(code, register, call, callee.name, held)
        elif p.is_one_of(callee, ATOMICS):
            yield from self._atomic(code, register, call, callee, held)
        elif isinstance(callee, p.Static | p.Value | p.Interface):
            for target in self._targets(code, register, callee):
                if held or inside or target.function not in self._inside:
                    for touch in self._exported.get(target.function, ()):
                        yield from self._bound(code, register, target, touch, held)

    def _targets(self, code: FunctionCode, register: int, callee: p.Callee) -> tuple[Target, ...]:
        """What a call runs; of an interface the method of the one type that implements it."""
        if not isinstance(callee, p.Interface):
            return self._values.targets(code, register)
        known = self._code.program.implementers(callee.interface, callee.method)
        if len(known) != 1:
            return ()
        return (Target(known[0], tuple(self._values.paths(code, callee.receiver)), True),)

    def _builtin(self, code: FunctionCode, register: int, call: ir.Call, name: str, held: LockSet) -> Iterator[Touch]:
        if not call.args or not isinstance(self._code.program.underlying(code.type_of(call.args[0])), Map):
            return
        place = self._place(code, call.args[0], ())
        key = ANY if name == "len" else self._key(code, call.args[1]) if len(call.args) == 2 else None
        if place is not None and key is not None:
            does = Does.READ if name == "len" else Does.WRITE
            member = member_of(self._code.program, code, call.args[0])
            what = expression(code, call.args[0])
            what = f"len({what})" if name == "len" else f"{what}[{expression(code, call.args[1])}]"
            yield Touch(register, does, place, member, key, held, NOTHING, what, None, False)

    def _atomic(
        self, code: FunctionCode, register: int, call: ir.Call, callee: p.Static, locks: LockSet
    ) -> Iterator[Touch]:
        does: Atomic = ATOMICS[callee.function]
        if len(call.args) <= max(does.place, does.key, does.value):
            return
        object_, via = (callee.receiver, callee.via) if does.place == RECEIVER else (call.args[does.place], ())
        place = self._place(code, object_, via)
        key = WHOLE if does.key == NOTHING else self._key(code, call.args[does.key])
        if place is not None and key is not None:
            member = member_of(self._code.program, code, object_, via)
            step = HeldLock(place.extend((STEP,)), LockMode.WRITE)
            held = locks | {step}
            value = NOTHING if does.value == NOTHING else call.args[does.value]
            touch = Touch(register, does.does, place, member, key, held, value, expression(code, object_), None, True)
            yield counted(code, touch) if callee.function in ADDS else touch

    # -- getters and setters -----------------------------------------------------------------------

    def _exports(
        self, code: FunctionCode, touches: list[Touch], written: set[Member | None]
    ) -> tuple[Touch, ...]:
        locks = self._locks.get(code.id)
        left = locks.at_return() if locks is not None else NO_LOCKS
        inside = code.id in self._inside
        return tuple(exported(self._code, code, touches, Setting(left, written, self._latches, inside)))

    def _bound(
        self, code: FunctionCode, register: int, target: Target, touch: Touch, locks: LockSet
    ) -> Iterator[Touch]:
        binding = Binding(self._values, code, register, target)
        places = binding.paths(touch.place)
        key = self._bound_key(code, register, target, touch.key)
        guards = frozenset(
            HeldLock(path, lock.mode) for lock in touch.guards for path in binding.paths(lock.path)[:1]
        )
        if len(places) != 1 or key is None or len(guards) != len(touch.guards) or not _is_shared(code, places[0]):
            return
        value = self._argument(code, register, target, touch.value)
        yield touch._replace(
            register=register,
            place=places[0],
            key=key,
            guards=guards | locks,
            value=value,
            what=expression(code, register),
            alone=True,
            holder=self._holder(code, register),
        )

    def _holder(self, code: FunctionCode, register: int) -> Member | None:
        callee = code.callee(register)
        if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
            return None
        return member_of(self._code.program, code, callee.receiver, callee.via)

    def _argument(self, code: FunctionCode, register: int, target: Target, position: int) -> int:
        call = code.code[register]
        at = position - target.method
        return call.args[at] if isinstance(call, ir.Call) and 0 <= at < len(call.args) else NOTHING

    def _bound_key(self, code: FunctionCode, register: int, target: Target, key: Key) -> Key | None:
        if key in (WHOLE, ANY) or key[0] == "const" or key[0] == "name":
            return key
        if key[0] == "variable":
            return key if self._code.function(target.function).body_id == code.body_id else None
        if key[0] == "parameter":
            at = self._argument(code, register, target, int(str(key[1])))
            return self._key(code, at) if at >= 0 else None
        parts = [self._bound_key(code, register, target, part) if isinstance(part, tuple) else part for part in key[1:]]
        if key[0] in ("extract", "definition", "definitions") or None in parts:
            return None
        if str(key[0]).startswith(".") and isinstance(parts[0], tuple):
            return self._keys_of(code).field(str(key[0])[1:], parts[0])
        return (key[0], *parts)


def fields_filled(code: FunctionCode) -> frozenset[str]:
    """The fields of its receiver that a method both reads and assigns."""
    params = code.function.params
    if not code.is_method:
        return frozenset()
    sets = (code.code[at] for at in code.of_kind(ir.SetField))
    set_ = {use.name for use in sets if isinstance(use, ir.SetField) and code.loads(use.base, params[0])}
    reads = (code.code[at] for at in code.of_kind(ir.Selector)) if set_ else ()
    return frozenset(
        use.name
        for use in reads
        if isinstance(use, ir.Selector) and use.name in set_ and code.loads(use.base, params[0])
    )


def _writes(code: FunctionCode) -> bool:
    """Whether a function itself sets a field or an element, or deletes one."""
    deletes = any(code.callee(at) == p.BuiltinCall("delete") for at in code.of_kind(ir.Call))
    return deletes or bool(code.of_kind(ir.SetField, ir.SetIndex))


_FOUND = (ir.Selector, ir.Name, ir.Index)
"""What was there before: whoever finds it has not made it."""
_READS = (ir.Selector, ir.Name, ir.Index)
_PLAIN = (ir.SetIndex, ir.Index, ir.Selector, ir.Name, ir.SetField, ir.SetName, ir.Load, ir.Store)


def _is_shared(code: FunctionCode, place: Path) -> bool:
    """Reports whether a place is one object, and not one that the function has just made."""
    if not place.is_exact or ELEMENT in place.fields or CUT in place.fields:
        return False
    return not (isinstance(place.root, AllocRoot) and place.root.function == code.id)


def _is_constant(code: FunctionCode, register: int) -> bool:
    instruction = code.code[register]
    if isinstance(instruction, ir.Name | ir.Selector):
        return isinstance(code.denotes(register), p.ConstantRef | p.NilRef)
    return isinstance(instruction, ir.Const) or _is_empty(code, register, instruction)


def _is_empty(code: FunctionCode, register: int, instruction: ir.Instruction) -> bool:
    """Whether a composite literal is a value without state, such as `struct{}{}`."""
    if not isinstance(instruction, ir.Composite) or instruction.pointer or instruction.values:
        return False
    return code.type_of(register) == Struct()
