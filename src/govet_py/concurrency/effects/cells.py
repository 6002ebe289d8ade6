"""Accesses of variables and fields themselves: captured variables, named results, fields.

Only what can matter is looked at: a captured variable that somebody stores to after its definition,
and a field that somebody assigns who has not just made the object.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.shown import Shown
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.concurrency.effects.atomic_cells import AtomicCells
from govet_py.concurrency.effects.slots import Slots, every, every_lock, one_of
from govet_py.concurrency.effects.wholes import Wholes
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import (
    CELL,
    ELEMENT,
    HELD,
    NO_GROUPS,
    NO_LOCKS,
    AllocRoot,
    Effect,
    EffectKind,
    GlobalRoot,
    LockSet,
    Path,
    VarRoot,
    make,
)
from govet_py.model.sharing import one
from govet_py.model.source import Site
from govet_py.model.types import Named

MAX_DEPTH = 2
"""Fields of fields of fields are left to the inferred guards: they would crowd the summaries."""

MAX_TESTS = 8
"""So many tests before a field is set to nil are looked at."""

_CELL_KINDS = frozenset({ir.SetField, ir.SetName, ir.Return, ir.Deref, ir.SetDeref})


class Cells:
    """Reads and writes of variables and fields, body by body."""

    def __init__(self, code: Code, values: ValueAnalysis, shown: Shown) -> None:
        self._code = code
        self._values = values
        self._contested: dict[str, frozenset[int]] = {}
        self.atomic = AtomicCells(code, values)
        self.slots = Slots(code, values)
        self.wholes = Wholes(code, shown)
        self.updates: set[Site] = set()
        self._by_others: set[str] = set()
        self._nilled: set[Member | None] = set()
        self._on_the_way: dict[str, dict[int, LockSet]] = {}

    def candidates(self, code: FunctionCode, others: frozenset[type]) -> list[int]:
        """The instructions that may access a cell, and those of `others`: `accesses` has nothing to say of the
        rest, which are most."""
        contested, globals, fields = self._of_body(code), self._globals, self._read
        found = []
        for register, instruction in enumerate(code.code):
            kind = type(instruction)
            if kind is ir.Load or kind is ir.Store:
                wanted = instruction.var in contested  # type: ignore[union-attr]
            elif kind is ir.Selector:
                wanted = instruction.name in fields  # type: ignore[union-attr]
            elif kind is ir.Name:
                wanted = instruction.name in globals  # type: ignore[union-attr]
            else:
                wanted = kind in others or kind in _CELL_KINDS
            if wanted:
                found.append(register)
        return found

    def accesses(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Instruction
    ) -> Iterator[Effect]:
        """The accesses of one instruction, but for those of `of_whole`."""
        contested = self._of_body(code)
        match instruction:
            case ir.Name() if instruction.name in self._globals:
                yield from self._global(code, locks, register, register, EffectKind.READ)
            case ir.SetName():
                yield from self._set_global(code, locks, register, instruction.name)
            case ir.Load() if instruction.var in contested:
                yield self._variable(code, locks, register, instruction.var, EffectKind.READ)
            case ir.Store() if instruction.var in contested and not instruction.define:
                yield self._variable(code, locks, register, instruction.var, EffectKind.WRITE)
            case ir.SetField():
                if _is_update(code, instruction):
                    self.updates.add(code.site(register))
                yield from self._field(code, locks, register, instruction.base, instruction.name, EffectKind.WRITE)
            case ir.Selector():
                if instruction.name in self.atomic.holders:
                    yield from self.atomic.copies(code, locks, register)
                known = self._fields.get(instruction.name, ())
                if known and member_of(self._code.program, code, register) in known:
                    yield from self._field(code, locks, register, instruction.base, instruction.name, EffectKind.READ)
            case ir.Return():
                yield from self._results(code, locks, register, instruction, contested)
            case _:
                return

    def of_whole(
        self, code: FunctionCode, locks: LockSets, register: int
    ) -> Iterator[tuple[Member, Iterator[Effect]]]:
        """The accesses of an instruction that accesses all fields of an object, by field."""
        instruction = code.code[register]
        if isinstance(instruction, ir.Selector) and instruction.name not in self._parts:
            return
        for base, name, kind in self.wholes.of(code, register):
            member = member_of(self._code.program, code, base, (name,))
            if member is not None and member in self._fields.get(name, ()):
                yield member, self._field(code, locks, register, base, name, kind)

    def handed_over(self, code: FunctionCode, locks: LockSets, register: int, argument: int) -> Iterator[Effect]:
        """The read that a goroutine's pointer to a variable of its starter stands for."""
        instruction = code.code[argument]
        if isinstance(instruction, ir.Addr) and instruction.var in self._of_body(code):
            yield self._variable(code, locks, register, instruction.var, EffectKind.READ)

    def _variable(self, code: FunctionCode, locks: LockSets, register: int, var: int, kind: EffectKind) -> Effect:
        path = Path(VarRoot(code.body_id, var), (CELL,))
        name = code.body.vars[var].name
        return Effect(kind, path, locks.at(register), None, code.site(register), name, None, True)

    def _global(
        self, code: FunctionCode, locks: LockSets, register: int, name: int, kind: EffectKind
    ) -> Iterator[Effect]:
        what = code.denotes(name)
        if isinstance(what, p.VariableRef) and (what.package, what.name) in self._globals[what.name]:
            path = Path(GlobalRoot(what.package, what.name), (CELL,))
            yield Effect(kind, path, locks.at(register), None, code.site(register), what.name, None, True)

    def _set_global(self, code: FunctionCode, locks: LockSets, register: int, name: str) -> Iterator[Effect]:
        package = code.package
        if (package, name) in self._globals.get(name, ()):
            path = Path(GlobalRoot(package, name), (CELL,))
            yield Effect(EffectKind.WRITE, path, locks.at(register), None, code.site(register), name, None, True)

    @cached_property
    def _globals(self) -> dict[str, set[tuple[str, str]]]:
        """Package variables that functions assign, initialisation aside, as (package, name) by name."""
        found: dict[str, set[tuple[str, str]]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            if code.is_initialiser:
                continue
            for register in code.of_kind(ir.SetName):
                name: str = code.code[register].name  # type: ignore[union-attr]
                found.setdefault(name, set()).add((code.package, name))
        return found

    def _field(
        self, code: FunctionCode, locks: LockSets, register: int, base: int, name: str, kind: EffectKind
    ) -> Iterator[Effect]:
        found = self._code.program.field(code.type_of(base), name)
        if found is None:
            return
        known = self._values.paths(code, base)
        held = locks.at(register)
        if kind == EffectKind.READ and locks.any:
            held = held | self._ways(code, locks).get(register, NO_LOCKS)
        promoted = _promotions(code, base)
        places = [(path, held) for path in known if _is_near(path, promoted)]
        elements = [path for path in known if ELEMENT in path.fields and len(path.fields) <= _depth(path) + 1]
        if elements and self.slots.is_met_by_all(code, base):
            places += [(every(path), every_lock(held)) for path in elements]
        elif elements and kind == EffectKind.WRITE and self.slots.is_picked(code, base):
            places += [(every(path), every_lock(held) | one_of(path)) for path in elements]
        what, site = f"{expression(code, base)}.{name}", code.site(register)
        for path, locked in places:
            cell = path.extend((*found[1], CELL))
            yield make(Effect, (kind, cell, locked, None, site, what, None, len(places) == 1, NO_GROUPS, False, ()))

    def _ways(self, code: FunctionCode, locks: LockSets) -> dict[int, LockSet]:
        """The reads that are the way to a lock, as in `x.f.mu.Lock()`, with the lock: whoever replaces x.f while he
        holds the lock of the old one has his reasons. Whoever leaves nil behind, and asks nothing before, has none."""
        known = self._on_the_way.get(code.id)
        if known is None:
            known = self._on_the_way[code.id] = {}
            for register, event in locks.events.items():
                callee = code.callee(register)
                at = callee.receiver if event.acquires and isinstance(callee, p.Static) else ir.NONE
                while at != ir.NONE and isinstance(read := code.code[at], ir.Selector | ir.FieldAddr):
                    if member_of(self._code.program, code, at) not in self._nilled:
                        known[at] = event.acquires
                    at = read.base
        return known

    def _results(
        self, code: FunctionCode, locks: LockSets, register: int, instruction: ir.Return, contested: frozenset[int]
    ) -> Iterator[Effect]:
        """`return x` writes a named result; a bare return reads it."""
        for var, value in zip(code.function.results, instruction.results, strict=False):
            given = code.code[value]
            if var in contested and not (isinstance(given, ir.Load) and given.var == var):
                yield self._variable(code, locks, register, var, EffectKind.WRITE)

    @cached_property
    def _fields(self) -> dict[str, set[Member | None]]:
        """The fields that are assigned other than by their object's maker, by name."""
        found: dict[str, set[Member | None]] = {name: set(members) for name, members in self.atomic.fields.items()}
        others = set(found)
        for name, member in self._replaced():
            found.setdefault(name, set()).add(member)
            others.add(name)
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField):
                instruction = code.code[register]
                assert isinstance(instruction, ir.SetField)
                if not self._is_fresh(code, instruction.base, register):
                    member = member_at(self._code.program, code, register)
                    found.setdefault(instruction.name, set()).add(member)
                    if code.is_nil(instruction.value) and _is_unasked(code, register):
                        self._nilled.add(member)
                    if not self._is_made_here(code, instruction.base):
                        others.add(instruction.name)
        self._by_others = others
        return found

    def _replaced(self) -> Iterator[tuple[str, Member | None]]:
        """The fields of objects that somebody replaces as a whole who has not just made them."""
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetDeref, ir.Call):
                for base, name, kind in self.wholes.of(code, register):
                    if kind == EffectKind.WRITE and not self._is_fresh(code, base, register):
                        yield name, member_of(self._code.program, code, base, (name,))

    @cached_property
    def late(self) -> AbstractSet[str]:
        """The names of fields that only the makers of their objects set, after others may know the object."""
        return self._fields.keys() - self._by_others

    @cached_property
    def _read(self) -> frozenset[str]:
        """The names of fields whose reading is an access."""
        return self.atomic.holders.union(self._fields, self._parts)

    @cached_property
    def _parts(self) -> frozenset[str]:
        """The names of fields that hold a struct of which somebody assigns a field."""
        found: set[str] = set()
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField):
                base: int = code.code[register].base  # type: ignore[union-attr]
                holder = code.code[base]
                if isinstance(holder, ir.FieldAddr) or (
                    isinstance(holder, ir.Selector) and isinstance(code.type_of(base), Named)
                ):
                    found.add(holder.name)
        return frozenset(found)

    def _is_fresh(self, code: FunctionCode, base: int, register: int) -> bool:
        """Whether the function has just made an object, and neither started a goroutine nor given it away since."""
        if not self._is_made_here(code, base):
            return False
        roots = [path.root for path in self._values.paths(code, base) if isinstance(path.root, AllocRoot)]
        earlier = [at for at in code.of_kind(ir.Call) if at < register] if roots else []
        return not any(self._is_given(code, root, at) for root in roots for at in earlier if at >= root.register)

    def _is_made_here(self, code: FunctionCode, base: int) -> bool:
        roots = [path.root for path in self._values.paths(code, base)]
        return bool(roots) and all(isinstance(root, AllocRoot) and root.function == code.id for root in roots)

    def _is_given(self, code: FunctionCode, made: AllocRoot, register: int) -> bool:
        call = code.code[register]
        if type(call) is not ir.Call:
            return False
        return call.mode == ir.Mode.GO or any(Path(made) in self._values.of(code, argument) for argument in call.args)

    def _of_body(self, code: FunctionCode) -> frozenset[int]:
        known = self._contested.get(code.body_id)
        if known is None:
            known = self._contested[code.body_id] = one(_contested(code.body) | self.atomic.variables(code.body_id))
        return known


def _contested(body: ir.Body) -> frozenset[int]:
    """The captured variables of a body that are written more than at definition."""
    stores = (i for function in body.functions for i in function.code if type(i) is ir.Store and not i.define)
    return frozenset(store.var for store in stores if body.vars[store.var].captured or body.vars[store.var].addressed)


def _is_update(code: FunctionCode, store: ir.SetField) -> bool:
    """Whether a field's new value is made from its old one, in the same statement."""
    work = [store.value]
    while work:
        instruction = code.code[work.pop()]
        match instruction:
            case ir.Selector() if instruction.name == store.name:
                return True
            case ir.Binary():
                work += (instruction.left, instruction.right)
            case ir.SliceOf():
                work.append(instruction.base)
            case ir.Call():
                work += instruction.args
    return False


def _is_unasked(code: FunctionCode, register: int) -> bool:
    """Whether an instruction is reached whatever the state of things, but for what is not there at all."""
    tests = [code.code[branch] for branch, _ in decisions(code, register, MAX_TESTS)]
    compared = [code.code[test.cond] for test in tests if isinstance(test, ir.If)]
    return all(isinstance(c, ir.Binary) and (code.is_nil(c.left) or code.is_nil(c.right)) for c in compared)


def _promotions(code: FunctionCode, register: int) -> int:
    """How many fields on the way to a register are embedded ones that go without saying: `c.state` for `c.base.state`
    is as near as a field of its own."""
    count = 0
    while isinstance(step := code.code[register], ir.Selector | ir.FieldAddr):
        field = code.denotes(register)
        count += len(field.path) - 1 if isinstance(field, p.FieldRef) else 0
        register = step.base
    return count


def _is_near(path: Path, promoted: int) -> bool:
    return len(path.fields) < _depth(path) + promoted and ELEMENT not in path.fields


def _depth(path: Path) -> int:
    """A package variable is there once: the fields of what it holds are as near as those of a receiver. What an atomic
    variable refers to is as near as the variable."""
    return MAX_DEPTH + isinstance(path.root, GlobalRoot) + path.fields.count(HELD)
