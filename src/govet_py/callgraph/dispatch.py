"""Which types an interface value may have: *variable type analysis* (Sundaresan et al., OOPSLA 2000), on demand.

An interface call may run the methods of all types that implement the interface. Often only one of them can
be there: the value comes from one constructor, or the parameter gets the same type at each call. The value
is walked backwards through variables, parameters, results and fields until its types are all known.

LIMIT: values that pass through collections, channels and closures are not followed; a program is taken as a
whole, so that a function without callers has unknown arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Union

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node, Reason
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Interface, Named, Struct, Type, Unknown, deref

MAX_TYPES = 2
MAX_SOURCES = 40
DEPTH = 20

Types = Union[frozenset[Type], None]
"""All types that a value may have, None when they are not known."""

NONE_YET: frozenset[Type] = frozenset()
Use = tuple[str, int]


class Dispatch:
    """The types of interface values of a program."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._known: dict[object, Types] = {}
        self._depth = 0

    def targets(self, code: FunctionCode, callee: p.Interface) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The methods that a call runs, with the embedded fields on the way; () when they are not known."""
        if callee.via:
            return ()
        types = self.of(code, callee.receiver)
        if not types or len(types) > MAX_TYPES:
            return ()
        found = [self._code.program.method(deref(type_), callee.method) for type_ in sorted(types, key=str)]
        return tuple(one for one in found if one is not None and self._code.get(one[0])) if all(found) else ()

    def of(self, code: FunctionCode, register: int) -> Types:
        """The types that a register may have."""
        type_ = code.type_of(register)
        if not isinstance(self._code.program.underlying(type_), Interface | Unknown):
            return frozenset((type_,)) if isinstance(deref(type_), Named) else None
        return self._memoised((code.id, register), lambda: self._value(code, register))

    def _memoised(self, key: object, find: Callable[[], Types]) -> Types:
        """What is being asked for already adds nothing to itself."""
        if key in self._known:
            return self._known[key]
        if self._depth > DEPTH:
            return None
        self._known[key] = NONE_YET
        self._depth += 1
        found = self._known[key] = find()
        self._depth -= 1
        return found

    def _value(self, code: FunctionCode, register: int) -> Types:
        instruction = code.code[register]
        match instruction:
            case ir.Const():
                return NONE_YET if instruction.kind == "nil" else None
            case ir.Load():
                return self._variable(code, instruction.var)
            case ir.Selector() | ir.Name():
                if isinstance(code.denotes(register), p.NilRef):
                    return NONE_YET
                member = member_of(self._code.program, code, register)
                return self._member(member) if member is not None else None
            case ir.TypeAssert():
                return self.of(code, instruction.base)
            case ir.Call():
                return self._result(code, register, instruction, 0)
            case ir.Extract():
                source = code.code[instruction.tuple]
                if isinstance(source, ir.Call):
                    return self._result(code, instruction.tuple, source, instruction.index)
                asserted = isinstance(source, ir.TypeAssert) and instruction.index == 0
                return self.of(code, instruction.tuple) if asserted else None
        return None

    def _union(self, uses: Iterator[Use] | None) -> Types:
        """The types of several registers together."""
        found: frozenset[Type] = NONE_YET
        count = 0
        for function, register in uses or ():
            count += 1
            one = self.of(self._code.function(function), register) if count <= MAX_SOURCES else None
            if one is None:
                return None
            found |= one
        return found if count else None

    def _variable(self, code: FunctionCode, var: int) -> Types:
        declared = code.body.vars[var]
        if declared.addressed:
            return None
        owner = self._code.sibling(code, declared.owner)
        key = (code.body_id, "variable", var)
        return self._memoised(key, lambda: self._joined(owner, var, declared.kind))

    def _joined(self, owner: FunctionCode, var: int, kind: ir.VarKind) -> Types:
        found: frozenset[Type] = NONE_YET
        stored = list(self._code.values_of(owner, var))
        for code, value in stored:
            if isinstance(code.code[value], ir.Zero):
                continue
            one = self.of(code, value)
            if one is None:
                return None
            found |= one
        if kind == ir.VarKind.PARAM:
            given = self._union(self._arguments(owner, var)) if owner.index == 0 else None
            return None if given is None else found | given
        return found if stored and kind != ir.VarKind.RECEIVER else None

    def _arguments(self, code: FunctionCode, var: int) -> Iterator[Use] | None:
        """What the calls of a function put in for a parameter; None when not all are known."""
        position = code.function.params.index(var)
        if code.function.signature.variadic:
            return None
        calls = list(self._calls_of(code.id, 0))
        found: list[Use] = []
        for caller, edge_site, reason in calls:
            inner = self._code.function(caller)
            call = inner.code[edge_site]
            if reason == Reason.VALUE or not isinstance(call, ir.Call):
                return None
            callee = inner.callee(edge_site)
            method = isinstance(callee, p.Interface) or (isinstance(callee, p.Static) and callee.receiver != ir.NONE)
            at = position - (1 if method else 0)
            if not 0 <= at < len(call.args) or call.spread:
                return None
            found.append((caller, call.args[at]))
        return iter(found) if calls else None

    def _calls_of(self, node: Node, depth: int) -> Iterator[tuple[str, int, Reason]]:
        for caller, edge in self._calls.callers.get(node, ()):
            if isinstance(caller, InterfaceNode):
                if depth == 0:
                    yield from self._calls_of(caller, 1)
            else:
                yield caller, edge.site, edge.reason

    def _result(self, code: FunctionCode, register: int, call: ir.Call, index: int) -> Types:
        callee = code.callee(register)
        if isinstance(callee, p.Conversion):
            return self.of(code, call.args[0]) if call.args else None
        if isinstance(callee, p.Interface):
            targets = [id for id, _ in self.targets(code, callee)]
        else:
            targets = [callee.function] if isinstance(callee, p.Static) else []
        functions = [self._code.get(id) for id in targets]
        if not functions:
            return None
        found: frozenset[Type] = NONE_YET
        for function in functions:
            one = self._returned(function, index) if function is not None else None
            if one is None:
                return None
            found |= one
        return found

    def _returned(self, function: FunctionCode, index: int) -> Types:
        returns = (
            (function.id, i.results[index])
            for i in (function.code[at] for at in function.of_kind(ir.Return))
            if isinstance(i, ir.Return) and index < len(i.results)
        )
        return self._memoised((function.id, "result", index), lambda: self._union(returns))

    # -- fields and package variables ---------------------------------------------------------------

    def _member(self, member: Member) -> Types:
        uses = self._stored.get(member)
        if uses is None:
            return None
        return self._memoised(("member", *member), lambda: self._union(iter(uses)))

    @cached_property
    def _stored(self) -> dict[Member, list[Use]]:
        """What is stored in each field and package variable of interface type, nil aside."""
        found: dict[Member, list[Use]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.SetField, ir.SetName, ir.Composite):
                for member, value in self._puts(code, register, code.code[register]):
                    found.setdefault(member, []).append((id, value))
        return found

    def _puts(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> Iterator[tuple[Member, int]]:
        match instruction:
            case ir.SetField():
                member = member_at(self._code.program, code, register)
                if member is not None:
                    yield member, instruction.value
            case ir.SetName():
                yield Member(code.package, "", instruction.name), instruction.value
            case ir.Composite():
                owner = deref(code.type_of(register))
                if isinstance(owner, Named):
                    for at, value in enumerate(instruction.values):
                        key = instruction.keys[at]
                        name = self._field_at(owner, at) if key is None else key
                        if isinstance(name, str):
                            yield Member(owner.package, owner.name, name), value

    def _field_at(self, owner: Named, position: int) -> str | None:
        """The name of a field of a struct, by position."""
        under = self._code.program.underlying(owner)
        known = isinstance(under, Struct) and position < len(under.fields)
        return under.fields[position].name if known and isinstance(under, Struct) else None
