"""The contexts that a register may hold: where each comes from and which keys were put in since.

What carries a context, such as a request, stands for it: the context of one that was given comes from that variable.
So does an object with a context embedded in it, which is one itself.
"""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import limited, parameter_of
from govet_py.callgraph.reaching import ENTRY, Reaching
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import Path, VarRoot
from govet_py.model.source import Site
from govet_py.model.types import Named, Struct, Type, deref

CONTEXT = knows.CONTEXT
NO_KEYS: frozenset[str] = frozenset()


class ContextValue(NamedTuple):
    """`origin` is the variable it was given in, None when made here: then `fresh` is the Background or
    TODO call, or both are None (unknown). `put` is where the last key was put in. `detached`: it goes on when that
    of its origin has ended."""

    origin: Path | None
    fresh: Site | None
    keys: frozenset[str]
    put: Site | None
    detached: bool = False


PARAMETER = "parameter "
"""How a key begins that a function is given: its position follows."""

Contexts = tuple[ContextValue, ...]
UNKNOWN = ContextValue(None, None, NO_KEYS, None)
"""Some context: of a field, of an absent package."""


class ContextValues:
    """Contexts of registers; demand-driven and memoised like `callgraph.values`."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values
        self._memo: dict[tuple[str, int], Contexts] = {}
        self._returns: dict[tuple[str, int], Contexts] = {}
        self._reaching: dict[str, Reaching] = {}

    def of(self, code: FunctionCode, register: int) -> Contexts:
        """The contexts that a register may hold; () when it holds none that is known."""
        if register < 0:
            return ()
        key = (code.id, register)
        known = self._memo.get(key)
        if known is None:
            self._memo[key] = ()
            known = self._memo[key] = self._evaluate(code, register)
        return known

    def known(self, code: FunctionCode, register: int) -> Contexts:
        """As `of`; where it cannot be told, a register may hold any context."""
        return self.of(code, register) or (UNKNOWN,)

    def made_at(self, code: FunctionCode, register: int) -> Contexts:
        """The contexts that the call (or the extraction of a result) at `register` makes."""
        instruction = code.code[register]
        if isinstance(instruction, ir.Extract) and not isinstance(code.code[instruction.tuple], ir.Call):
            return ()
        return self.of(code, register)

    def parameters(self, code: FunctionCode) -> tuple[int, ...]:
        """The positions of a function's parameters that are contexts, or carry one."""
        types = (code.types.var_type(var) for var in code.function.params)
        return tuple(at for at, type_ in enumerate(types) if self.holds(type_))

    def holds(self, type_: Type) -> bool:
        """Reports whether something of a type is a context, or carries one."""
        return type_ == CONTEXT or carries(type_) or self._is_one(type_)

    def _evaluate(self, code: FunctionCode, register: int) -> Contexts:
        match code.code[register]:
            case ir.Load() as load:
                return self._load(code, register, load.var)
            case ir.Call() as call:
                return self._call(code, register, call, 0)
            case ir.Extract() as extract:
                source = code.code[extract.tuple]
                if isinstance(source, ir.Call):
                    return self._call(code, extract.tuple, source, extract.index)
            case ir.TypeAssert() as assertion:
                return self.of(code, assertion.base)
            case ir.Composite() as made if self._is_one(code.type_of(register)):
                return next((self.of(code, value) for value in made.values if code.type_of(value) == CONTEXT), ())
            case ir.Selector() as inner if code.type_of(register) == CONTEXT and self._is_one(code.type_of(inner.base)):
                return self.of(code, inner.base) if inner.name == CONTEXT.name else ()
        return ()

    def _is_one(self, type_: Type) -> bool:
        """Whether an object is a context because it has one embedded in it."""
        if not isinstance(named := deref(type_), Named):
            return False
        declared = self._code.program.underlying(named)
        fields = declared.fields if isinstance(declared, Struct) else ()
        return any(field.embedded and field.type == CONTEXT for field in fields)

    def _load(self, code: FunctionCode, register: int, var: int) -> Contexts:
        declared = code.body.vars[var]
        parameter = declared.kind in (ir.VarKind.PARAM, ir.VarKind.RECEIVER)
        given = (ContextValue(Path(VarRoot(code.body_id, var)), None, NO_KEYS, None),) if parameter else ()
        if not self._code.is_assigned_here_only(code, var):
            stores = self._code.stores(code, var)
            stored = [c for index, at in stores for c in self._known(self._code.sibling(code, index), at)]
            return limited([*given, *stored])
        reaching = self._reaching.setdefault(code.id, Reaching(code))
        found: list[ContextValue] = []
        for definition in sorted(reaching.definitions(register, var)):
            found.extend(given if definition == ENTRY else self._known(code, definition))
        return limited(found) if any(context != UNKNOWN for context in found) else ()

    def _known(self, code: FunctionCode, store: int) -> Contexts:
        """What a store puts into a variable; where that cannot be told, it may be any context."""
        return self.of(code, code.stored(store)) or ((UNKNOWN,) if self._is_context(code, store) else ())

    @staticmethod
    def _is_context(code: FunctionCode, store: int) -> bool:
        return code.type_of(code.stored(store)) == CONTEXT

    def _call(self, code: FunctionCode, register: int, call: ir.Call, index: int) -> Contexts:
        callee = code.callee(register)
        if isinstance(callee, p.Conversion):
            return self.of(code, call.args[0]) if call.args else ()
        if isinstance(callee, p.Interface):
            targets = self._code.program.implementers(callee.interface, callee.method)
            return self._through(code, register, targets, True, index)
        if isinstance(callee, p.Value):
            held = tuple(target.function for target in self._values.targets(code, register))
            return self._through(code, register, held, False, index) if len(held) == 1 else ()
        if not isinstance(callee, p.Static):
            return ()
        name = callee.function
        if name in knows.FRESH | knows.CARRIES_FRESH:
            return (ContextValue(None, code.site(register), NO_KEYS, None),)
        if name in knows.WITH_VALUE and len(call.args) >= 2:
            return self._with_value(code, register, call)
        if name == knows.DETACHED and call.args:
            return tuple(context._replace(detached=True) for context in self.of(code, call.args[0]))
        kept = knows.KEEPS.get(name, knows.CARRIES.get(name, ir.NONE))
        if name in knows.GIVES or 0 <= kept < len(call.args):
            return self.of(code, callee.receiver if name in knows.GIVES else call.args[kept])
        return self._through(code, register, (name,), callee.receiver != ir.NONE, index)

    def _with_value(self, code: FunctionCode, register: int, call: ir.Call) -> Contexts:
        key = key_of(code, call.args[1])
        if key is None:
            return self.of(code, call.args[0])
        site = code.site(register)
        bases = self.of(code, call.args[0]) or (UNKNOWN,)
        return tuple(base._replace(keys=base.keys | {key}, put=site) for base in bases)

    def _through(
        self, code: FunctionCode, register: int, targets: tuple[str, ...], method: bool, index: int
    ) -> Contexts:
        """A call of functions with a body: the contexts they return, arguments put in for parameters."""
        found: list[ContextValue] = []
        for target in targets:
            for context in self._returned(target, index):
                found.extend(self.put_in(code, register, target, method, context))
        return limited(_most_keyed(found))

    def put_in(self, code: FunctionCode, register: int, target: str, method: bool, context: ContextValue) -> Contexts:
        """A context of a function that the call at `register` runs, with the arguments put in for parameters."""
        call, position = code.code[register], self._position(target, context.origin)
        keys = frozenset(here for key in context.keys if (here := key_at(code, register, key)) is not None)
        if context.origin is None:
            return (context._replace(keys=keys),)
        if not isinstance(call, ir.Call) or position is None or not 0 <= position - method < len(call.args):
            return ()
        keyed, argument = [], call.args[position - method]
        for given in self.known(code, argument) if keys else self.of(code, argument):
            put = code.site(register) if keys else given.put
            detached = given.detached or context.detached
            keyed.append(given._replace(keys=given.keys | keys, put=put, detached=detached))
        return tuple(keyed)

    def _returned(self, function: str, index: int) -> Contexts:
        key = (function, index)
        known = self._returns.get(key)
        if known is not None:
            return known
        self._returns[key] = ()
        code = self._code.get(function)
        found: list[ContextValue] = []
        for instruction in code.code if code else ():
            if isinstance(instruction, ir.Return):
                assert code is not None
                found.extend(self._result(code, instruction.results, index))
        self._returns[key] = limited(found)
        return self._returns[key]

    def _result(self, code: FunctionCode, results: tuple[int, ...], index: int) -> Contexts:
        """Result `index` of a return statement, `return f()` with all results of f included."""
        if len(results) == 1 and index < len(code.function.signature.results) > 1:
            call = code.code[results[0]]
            return self._call(code, results[0], call, index) if isinstance(call, ir.Call) else ()
        if index >= len(results):
            return ()
        unknown = (UNKNOWN,) if code.type_of(results[index]) == CONTEXT else ()
        return self.of(code, results[index]) or unknown

    def _position(self, function: str, origin: Path | None) -> int | None:
        code = self._code.get(function)
        return parameter_of(code, origin) if code is not None and origin is not None else None


def carries(type_: Type) -> bool:
    named = deref(type_)
    return isinstance(named, Named) and f"{named.package}.{named.name}" in knows.CARRIERS


def key_of(code: FunctionCode, register: int) -> str | None:
    """The identity of a context key: the variable or constant that names it, its type when the key
    is a literal of a type of its own (`key{}`, `key("x")`), or the parameter that brings it (`k.With(ctx, v)`)."""
    instruction = code.code[register]
    what = code.denotes(register)
    if isinstance(what, p.VariableRef | p.ConstantRef):
        return f"{what.package}.{what.name}"
    if isinstance(instruction, ir.Composite | ir.Call):
        type_: Type = code.type_of(register)
        if isinstance(type_, Named):
            return f"{type_.package}.{type_.name}{{}}"
    if isinstance(instruction, ir.Const):
        return instruction.value
    if isinstance(instruction, ir.Load) and instruction.var in code.function.params:
        if instruction.var not in code.stores:
            return f"{PARAMETER}{code.function.params.index(instruction.var)}"
    return None


def key_at(code: FunctionCode, call: int, key: str) -> str | None:
    """A key of a function that a call runs, in the terms of the caller."""
    if not key.startswith(PARAMETER):
        return key
    step, callee = code.code[call], code.callee(call)
    receiver = callee.receiver if isinstance(callee, p.Static) else ir.NONE
    if not isinstance(step, ir.Call) or not isinstance(callee, p.Static):
        return None
    operands = (receiver, *step.args) if receiver != ir.NONE else step.args
    position = int(key.removeprefix(PARAMETER))
    return key_of(code, operands[position]) if position < len(operands) else None


def _most_keyed(contexts: list[ContextValue]) -> list[ContextValue]:
    """A function that puts a key in only where it is absent provides it on every path; one that carries a key over into
    a fresh context leaves it out where there was none."""
    kept = []
    for one in contexts:
        same = [c for c in contexts if c.origin == one.origin and (c.fresh is None) == (one.fresh is None)]
        if not any(other.keys > one.keys for other in same):
            kept.append(one)
    return kept
