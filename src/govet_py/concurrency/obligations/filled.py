"""Channels that their maker fills with tokens: there a receive takes a slot, and a send gives it back.

`for range n { slots <- struct{}{} }` in the function that makes the channel, for an object that it makes as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, literal_fields, member_of
from govet_py.callgraph.uses import sends_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, Path
from govet_py.model.types import Named, Struct, deref


def filled_channels(code: Code, values: ValueAnalysis) -> frozenset[Member | None]:
    """The members that hold such channels."""
    senders = token_senders(code)
    return frozenset(member for id in senders for member in _filled(code, values, code.function(id)))


def token_senders(program: Code) -> list[str]:
    """The functions that send tokens."""
    found: list[str] = []
    for id in program.ids():
        code = program.function(id)
        sends = (code.code[at] for at in code.of_kind(ir.Send, ir.Select))
        if any(is_token(code, value) for step in sends for _, value, _ in sends_of(step)):
            found.append(id)
    return found


def is_token(code: FunctionCode, value: int) -> bool:
    """Whether a value that is sent tells nothing: `struct{}{}`, `true`."""
    instruction = code.code[value]
    if isinstance(instruction, ir.Const):
        return instruction.kind == "bool"
    return isinstance(instruction, ir.Composite) and not instruction.values and instruction.type == Struct()


def _filled(program: Code, values: ValueAnalysis, code: FunctionCode) -> Iterator[Member]:
    for at in code.of_kind(ir.Send):
        for channel, value, _ in sends_of(code.code[at]) if code.loop_of(at) != ir.NONE else ():
            paths = values.paths(code, channel)
            made = any(isinstance(path.root, AllocRoot) and path.root.function == code.id for path in paths)
            if not made or not is_token(code, value):
                continue
            member = member_of(program.program, code, channel)
            if member is not None:
                yield member
            else:
                yield from _kept_in(program, values, code, paths)


def _kept_in(program: Code, values: ValueAnalysis, code: FunctionCode, paths: tuple[Path, ...]) -> Iterator[Member]:
    """The members of literals that a channel is given to."""
    for at in code.of_kind(ir.Composite):
        owner = deref(code.type_of(at))
        for name, value in literal_fields(program.program, code, at):
            if isinstance(owner, Named) and set(paths) & set(values.paths(code, value)):
                yield Member(owner.package, owner.name, name)
