"""Types of registers and variables in one body, inferred when asked for and remembered.

Nothing here raises for what the code contains: what cannot be told is UNKNOWN.
Cost: each register at most once; a register that nobody asks about costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import UNKNOWN, Array, Func, Interface, Map, Pointer, Slice, Tuple, Type, Unknown
from govet_py.resolve.constants import binary_type
from govet_py.resolve.elements import indexed, pointed, range_over, ranged, received, sliced
from govet_py.resolve.meanings import Table, forget
from govet_py.resolve.registers import Registers
from govet_py.resolve.resolver import Resolver, resolver_of
from govet_py.resolve.substitute import Unification, substitute_signature
from govet_py.resolve.universe import (
    BOOL,
    COMPLEX,
    CONSTANT_KINDS,
    FLOAT,
    INT,
    UNTYPED_INT,
    UNTYPED_NIL,
    default,
    is_untyped,
)

NOTHING = Tuple(())


class BodyTypes(Registers):
    """What is known of the registers of the body of declaration `id`. Raises KeyError when it has none."""

    __slots__ = ("_parents", "_types", "_vars")

    def __init__(self, program: p.Program, id: p.FuncId) -> None:
        super().__init__(program, id)
        self._types: Table[Type] = [None] * len(self._codes)
        self._vars: list[Type | None] = [None] * len(self.body.vars)
        self._parents: dict[int, dict[int, tuple[int, bool]]] | None = None

    def type_of(self, function: int, register: int) -> Type:
        """The type of a register; a Tuple for calls with no or several results."""
        try:
            return default(self.raw(function, register))
        except RecursionError:
            self.settle(function, register)
        try:
            return default(self.raw(function, register))
        except RecursionError:
            return UNKNOWN

    def var_type(self, var: int) -> Type:
        """The type of a variable: as declared, or that of its definition."""
        try:
            return self.variable(var)
        except RecursionError:
            self._forget_vars()
        for function, register in self.definitions(var):
            self.settle(function, register)
        try:
            return self.variable(var)
        except RecursionError:
            return UNKNOWN

    def settle(self, function: int, register: int) -> None:
        forget(self._types)
        self._forget_vars()
        super().settle(function, register)

    def _forget_vars(self) -> None:
        self._vars[:] = [None] * len(self._vars)

    # -- the engine --------------------------------------------------------------------------------

    def code_of(self, function: int) -> tuple[ir.Instruction, ...]:
        """The instructions of a function, with calls for the ranges over functions."""
        code = self._codes[function]
        ranges = [at for at, step in enumerate(code) if step.__class__ is ir.Range] if self._ranges(function) else []
        called = {at: base for at in ranges if self._is_iterator(function, base := code[at].base)}  # type: ignore[union-attr]
        if called:
            calls = {at: ir.Call(base, (), ir.Mode.CALL, False) for at, base in called.items()}
            self._codes[function] = tuple(calls.get(at, step) for at, step in enumerate(code))
        return self._codes[function]

    def _ranges(self, function: int) -> bool:
        return any(loop.kind == "range" for loop in self.body.functions[function].loops)

    def _is_iterator(self, function: int, base: int) -> bool:
        return isinstance(self._members.underlying(self.type_of(function, base)), Func)

    def raw(self, function: int, register: int) -> Type:
        if register < 0:
            return UNKNOWN
        types = self._types[function]
        if types is None:
            types = self._types[function] = [None] * len(self._codes[function])
        found = types[register]
        if found is None:
            types[register] = UNKNOWN
            instruction = self._codes[function][register]
            rule = _RULES.get(instruction.__class__)
            if rule is None:
                return UNKNOWN
            found = types[register] = rule(self, function, register, instruction)
        return found

    def variable(self, var: int) -> Type:
        """As `var_type`, but may raise RecursionError."""
        found = self._vars[var]
        if found is None:
            self._vars[var] = UNKNOWN
            written = self.body.vars[var].type
            found = self.resolved(written) if written is not None else self._defined(var)
            self._vars[var] = found
        return found

    def _defined(self, var: int) -> Type:
        """A range variable before Go 1.22 is one variable that each iteration sets: it has no other definition."""
        stores = [(at, store) for at, r in self.definitions(var) if isinstance(store := self._codes[at][r], ir.Store)]
        for function, store in sorted(stores, key=lambda found: not found[1].define):
            return default(self.raw(function, store.value))
        return UNKNOWN

    # -- rules: one for each kind of instruction -----------------------------------------------------

    def _const(self, function: int, register: int, ins: ir.Const) -> Type:
        return CONSTANT_KINDS.get(ins.kind, UNKNOWN)

    def _load(self, function: int, register: int, ins: ir.Load) -> Type:
        found = self._vars[ins.var]
        return found if found is not None else self.variable(ins.var)

    def _addr(self, function: int, register: int, ins: ir.Addr) -> Type:
        return Pointer(self.variable(ins.var))

    def _named_value(self, function: int, register: int, ins: ir.Name | ir.Selector) -> Type:
        member = self.selected(function, register)
        if member is not None:
            return self._members.type_of(member)
        found = self.denotation(function, register)
        match found:
            case p.FunctionRef(id):
                declared = self._program.functions.get(id)
                return self._members.signature(declared) if declared else UNKNOWN
            case p.VariableRef(package, name):
                return variable_type(self._program, package, name)
            case p.ConstantRef(package, name):
                return self._resolver.constants.of(package, name).type
            case p.TypeRef(type_):
                return type_
            case p.NilRef():
                return UNTYPED_NIL
            case p.FieldRef(base, path):
                return self._walked(self.raw(function, base), path)
        if isinstance(ins, ir.Name) and ins.name == "iota":
            return UNTYPED_INT
        return UNKNOWN

    def _walked(self, type_: Type, path: tuple[str, ...]) -> Type:
        for name in path:
            member = self.member(type_, name)
            type_ = self._members.type_of(member) if member is not None else UNKNOWN
        return type_

    def _field_addr(self, function: int, register: int, ins: ir.FieldAddr) -> Type:
        member = self.member(self.raw(function, ins.base), ins.name)
        if member is not None:
            return Pointer(self._members.type_of(member))
        owner = self.denotation(function, ins.base)
        if isinstance(owner, p.PackageRef):
            return Pointer(variable_type(self._program, owner.path, ins.name))
        return UNKNOWN

    def _index(self, function: int, register: int, ins: ir.Index) -> Type:
        match self.denotation(function, register):
            case p.TypeRef(type_):
                return type_
            case p.FunctionRef():
                return self._instantiated(function, ins)
        return indexed(self.raw(function, ins.base), self._members.underlying)

    def _instantiated(self, function: int, ins: ir.Index) -> Type:
        """The signature of `f[T]` as a value."""
        signature = self.raw(function, ins.base)
        found = self.denotation(function, ins.base)
        declared = self._program.functions.get(found.id) if isinstance(found, p.FunctionRef) else None
        if not isinstance(signature, Func) or declared is None:
            return signature
        names = (name for name, _ in declared.type_params)
        return substitute_signature(signature, dict(zip(names, self.type_arguments(function, ins.index), strict=False)))

    def _index_addr(self, function: int, register: int, ins: ir.IndexAddr) -> Type:
        return Pointer(indexed(self.raw(function, ins.base), self._members.underlying))

    def _slice_of(self, function: int, register: int, ins: ir.SliceOf) -> Type:
        return sliced(self.raw(function, ins.base), self._members.underlying)

    def _deref(self, function: int, register: int, ins: ir.Deref) -> Type:
        type_ = self.type_argument(function, register)
        return type_ if type_ is not None else pointed(self.raw(function, ins.base), self._members.underlying)

    def _unary(self, function: int, register: int, ins: ir.Unary) -> Type:
        return self.raw(function, ins.operand)

    def _binary(self, function: int, register: int, ins: ir.Binary) -> Type:
        """Left-leaning chains (`a + b + c + ...`) are walked, not recursed into, and each part only once."""
        code, types = self._codes[function], self._types[function] or []
        chain = [(register, ins)]
        left = ins.left
        while (inner := code[left]).__class__ is ir.Binary and types[left] is None:
            chain.append((left, inner))
            left = inner.left
        found = self.raw(function, left)
        for at, one in reversed(chain):
            if is_untyped(found) or found.__class__ is Unknown or one.op not in _ARITHMETIC:
                found = binary_type(one.op, found, self.raw(function, one.right))
            types[at] = found
        return found

    def _written_type(self, function: int, register: int, ins: ir.TypeValue | ir.TypeAssert) -> Type:
        return self.resolved(ins.type)

    def _zero(self, function: int, register: int, ins: ir.Zero) -> Type:
        return self.resolved(ins.type) if ins.type is not None else UNKNOWN

    def _composite(self, function: int, register: int, ins: ir.Composite) -> Type:
        if ins.type is None or isinstance(ins.type, Unknown):
            return self._elided(function, register)
        type_ = self.resolved(ins.type)
        return Pointer(type_) if ins.pointer else type_

    def _elided(self, function: int, register: int) -> Type:
        """The type of an inner literal without one: the element (or key) type of the literal around it."""
        if self._parents is None:
            self._parents = {}
        parents = self._parents.get(function)
        if parents is None:
            parents = self._parents[function] = _composite_parents(self._codes[function])
        parent, is_key = parents.get(register, (ir.NONE, False))
        outer = self.raw(function, parent)
        outer = self._members.underlying(outer.elem if isinstance(outer, Pointer) else outer)
        if isinstance(outer, Map) and is_key:
            return outer.key
        return outer.elem if isinstance(outer, Slice | Array | Map) else UNKNOWN

    def _closure(self, function: int, register: int, ins: ir.MakeClosure) -> Type:
        signature = self.body.functions[ins.function].signature
        return self.resolved(signature)

    def _extract(self, function: int, register: int, ins: ir.Extract) -> Type:
        source = self._codes[function][ins.tuple]
        match source:
            case ir.Call():
                found = self.raw(function, ins.tuple)
                if isinstance(found, Tuple):
                    return found.elems[ins.index] if ins.index < len(found.elems) else UNKNOWN
                return found if ins.index == 0 else UNKNOWN
            case ir.Next():
                return self._next(function, source)[min(ins.index, 1)]
            case ir.Select():
                return self._selected_value(function, source, ins.index)
        return self.raw(function, ins.tuple) if ins.index == 0 else BOOL

    def _next(self, function: int, step: ir.Next) -> tuple[Type, Type]:
        over = range_over(self._codes[function], step)
        return ranged(self.raw(function, over), self._members.underlying)

    def _selected_value(self, function: int, select: ir.Select, index: int) -> Type:
        if index % 2 or index // 2 >= len(select.cases):
            return BOOL
        return received(self.raw(function, select.cases[index // 2].chan), self._members.underlying)

    def _recv(self, function: int, register: int, ins: ir.Recv) -> Type:
        return received(self.raw(function, ins.chan), self._members.underlying)

    # -- calls -------------------------------------------------------------------------------------

    def _call(self, function: int, register: int, ins: ir.Call) -> Type:
        callee = self.called(function, register)
        if isinstance(callee, p.Conversion):
            return callee.type
        if isinstance(callee, p.BuiltinCall):
            return self._builtin(function, callee.name, ins.args)
        signature = self.signature(function, ins, callee)
        if signature is None:
            return UNKNOWN
        results = signature.results
        return results[0] if len(results) == 1 else Tuple(results)

    def signature(self, function: int, call: ir.Call, callee: p.Callee) -> Func | None:
        """The signature that a call is made with, type arguments put in, or None."""
        if isinstance(callee, p.Static):
            declared = self._program.functions.get(callee.function)
            if declared is None:
                return None
            member = self.selected(function, call.callee)
            found = self._members.type_of(member) if member is not None else self._members.signature(declared)
            if declared.type_params and isinstance(found, Func):
                return self._inferred(function, call, declared, found)
        else:
            found = self._members.underlying(self.raw(function, call.callee))
        return found if isinstance(found, Func) else None

    def _inferred(self, function: int, call: ir.Call, declared: p.FuncObject, signature: Func) -> Func:
        """Type inference: explicit type arguments first, then those that the arguments tell."""
        names = tuple(name for name, _ in declared.type_params)
        unification = Unification(names, self._members.underlying)
        operand = self._codes[function][call.callee]
        if isinstance(operand, ir.Index):
            unification.found.update(zip(names, self.type_arguments(function, operand.index), strict=False))
        last = len(signature.params) - 1
        for at, register in enumerate(call.args):
            if (at > last and not signature.variadic) or last < 0:
                break
            parameter = signature.params[min(at, last)]
            if signature.variadic and at >= last and call.spread:
                parameter = Slice(parameter)
            unification.unify(parameter, self.raw(function, register))
        return substitute_signature(signature, unification.arguments())

    def _builtin(self, function: int, name: str, args: tuple[int, ...]) -> Type:
        if name in _BUILTIN_RESULTS:
            return _BUILTIN_RESULTS[name]
        if not args:
            return UNKNOWN
        if name in ("make", "new"):
            written = self.type_argument(function, args[0])
            type_ = written if written is not None else default(self.raw(function, args[0]))
            return Pointer(type_) if name == "new" else type_
        if name in ("min", "max"):
            types = [self.raw(function, arg) for arg in args]
            return next((type_ for type_ in types if not is_untyped(type_)), types[0])
        return self.raw(function, args[0]) if name == "append" else UNKNOWN


def variable_type(program: p.Program, package: str, name: str) -> Type:
    """The type of a package-level variable: as declared, or that of its initial value."""
    resolver = resolver_of(program)
    key = package, name
    found = resolver.variable_types.get(key)
    if found is None:
        resolver.variable_types[key] = UNKNOWN
        found = resolver.variable_types[key] = _variable_type(program, resolver, package, name)
    return found


def _variable_type(program: p.Program, resolver: Resolver, package: str, name: str) -> Type:
    declared = resolver.scopes.variable(package, name)
    if declared is None:
        return UNKNOWN
    if declared.type is not None:
        return resolver.scopes.resolve(declared.type, declared.path)
    if declared.init == ir.NONE or declared.initialiser not in program.bodies:
        return UNKNOWN
    found = BodyTypes(program, declared.initialiser).type_of(0, declared.init)
    if isinstance(found, Tuple):
        return found.elems[declared.result] if declared.result < len(found.elems) else UNKNOWN
    return found


def _composite_parents(code: tuple[ir.Instruction, ...]) -> dict[int, tuple[int, bool]]:
    """For each register in a composite literal, the literal and whether the register is a key."""
    found: dict[int, tuple[int, bool]] = {}
    for register, instruction in enumerate(code):
        if isinstance(instruction, ir.Composite):
            found.update((value, (register, False)) for value in instruction.values)
            found.update((key, (register, True)) for key in instruction.keys if isinstance(key, int))
    return found


_ARITHMETIC = frozenset({"+", "-", "*", "/", "%", "&", "|", "^", "&^", "<<", ">>"})

_BUILTIN_RESULTS: dict[str, Type] = {
    "len": INT, "cap": INT, "copy": INT, "recover": Interface(), "complex": COMPLEX, "real": FLOAT, "imag": FLOAT,
    "panic": NOTHING, "print": NOTHING, "println": NOTHING, "delete": NOTHING, "clear": NOTHING, "close": NOTHING,
}

_Rule = Callable[[BodyTypes, int, int, Any], Type]

_RULES: dict[type, _Rule] = {
    ir.Const: BodyTypes._const, ir.Name: BodyTypes._named_value, ir.Selector: BodyTypes._named_value,
    ir.Load: BodyTypes._load, ir.Addr: BodyTypes._addr, ir.FieldAddr: BodyTypes._field_addr,
    ir.Index: BodyTypes._index, ir.IndexAddr: BodyTypes._index_addr, ir.SliceOf: BodyTypes._slice_of,
    ir.Deref: BodyTypes._deref, ir.Unary: BodyTypes._unary, ir.Binary: BodyTypes._binary,
    ir.TypeValue: BodyTypes._written_type, ir.TypeAssert: BodyTypes._written_type,
    ir.Composite: BodyTypes._composite, ir.MakeClosure: BodyTypes._closure, ir.Call: BodyTypes._call,
    ir.Extract: BodyTypes._extract, ir.Recv: BodyTypes._recv, ir.Zero: BodyTypes._zero,
}
