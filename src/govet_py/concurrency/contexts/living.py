"""What lives on a context: it goes on using the one that it was made with, and fails when that ends.

Streams, rows and the like do so by themselves; what is taken of them or made with them does so as well: the body of a
response, a reader of the body. What is closed, or has something else in the place of such a part, lives on nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.flow.failures import failed
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.releases import CLOSE
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Interface, Named, Tuple, Type, deref


def lives_on(program: p.Program, type_: Type) -> bool:
    """Reports whether things of a type, or of one of several, go on using the context that they were made with."""
    if isinstance(type_, Tuple):
        return any(lives_on(program, part) for part in type_.elems)
    named = deref(type_)
    return isinstance(named, Named) and (
        f"{named.package}.{named.name}" in knows.LIVES_ON or is_client_stream(program, named)
    )


def is_client_stream(program: p.Program, type_: Type) -> bool:
    """Reports whether a type is the client's side of a remote stream: an interface of generated code."""
    declared = program.underlying(type_)
    if not isinstance(declared, Interface):
        return False
    methods = {method.name for method in declared.methods}
    embedded = {f"{e.package}.{e.name}" for e in declared.embeds if isinstance(e, Named)}
    return methods >= knows.CLIENT_STREAM or (knows.RECEIVE in methods and knows.CLIENT_STREAM_BASE in embedded)


def comes_of(code: Code, function: FunctionCode, register: int, living: Set[int]) -> bool:
    """Reports whether a value lives on because what is in one of some registers does: it is a part of that, or was
    made with it and not under a context of its own."""
    match function.code[register]:
        case ir.Selector() as part:
            return _is_part(function, part, living)
        case ir.Call() as call if {function.receiver_of(register), *call.args} & living:
            callee = function.callee(register)
            if p.is_one_of(callee, knows.PASSED_ON):
                return True
            own = any(function.type_of(argument) == CONTEXT for argument in call.args)
            return not own and lives_on(code.program, function.type_of(register))
    return False


def ends(code: Code, function: FunctionCode, copies: Mapping[str, Set[int]]) -> Iterator[int]:
    """The instructions of a function after which a value, in some registers of functions by id, is no more: it or its
    living part is closed, also by a deferred call, or has been replaced."""
    living = _with_parts(function, copies.get(function.id, frozenset()))
    kept = {load.var for at in living if isinstance(load := function.code[at], ir.Load)}
    for at in function.of_kind(ir.SetField, ir.Store, ir.Call):
        match function.code[at]:
            case ir.SetField() as step:
                over = step.base in living and _is_living_part(function, step)
            case ir.Store() as step:
                over = step.var in kept and step.value not in living
            case ir.Call() as call:
                over = _closes(function, at, living) or (call.mode == ir.Mode.DEFER and bool(living & set(call.args)))
                made = function.code[call.callee] if call.mode == ir.Mode.DEFER else None
                if isinstance(made, ir.MakeClosure):
                    over = _always_closes(code.sibling(function, made.function), copies)
        if over:
            yield at


def _always_closes(literal: FunctionCode, copies: Mapping[str, Set[int]]) -> bool:
    """Whether a deferred literal closes a value, not only after a failure."""
    living = _with_parts(literal, copies.get(literal.id, frozenset()))
    closes = (at for at in literal.of_kind(ir.Call) if living and _closes(literal, at, living))
    return any(literal.block_of(at) not in failed(literal) for at in closes)


def _closes(function: FunctionCode, call: int, living: Set[int]) -> bool:
    return function.called_name(call) == CLOSE and function.receiver_of(call) in living


def _with_parts(function: FunctionCode, living: Set[int]) -> frozenset[int]:
    """Some registers, and those that hold a living part of what is in them."""
    steps = ((at, function.code[at]) for at in function.of_kind(ir.Selector)) if living else ()
    parts = (at for at, step in steps if isinstance(step, ir.Selector) and _is_part(function, step, living))
    return frozenset(living).union(parts)


def _is_part(function: FunctionCode, part: ir.Selector, living: Set[int]) -> bool:
    return part.base in living and _is_living_part(function, part)


def _is_living_part(function: FunctionCode, part: ir.Selector | ir.SetField) -> bool:
    """Whether a field is that part of a value which lives on."""
    named = deref(function.type_of(part.base))
    return isinstance(named, Named) and f"{named.package}.{named.name}.{part.name}" in knows.PASSED_ON
