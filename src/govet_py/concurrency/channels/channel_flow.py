"""All channels of a program, by the places that make them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind, Place
from govet_py.concurrency.channels.channel_walk import ChannelWalk
from govet_py.concurrency.flow.operands import Operands
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan, Struct, Type


class ChannelFlow:
    """The channels of a program."""

    def __init__(self, code: Code, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self.operands = Operands(code)

    @cached_property
    def channels(self) -> list[Channel]:
        """All channels, by make site in the order of the functions."""
        found = list(self._makes())
        for channel in found:
            ChannelWalk(self._code, self._calls, self.operands, self._readers, channel).run()
        return found

    @cached_property
    def closes(self) -> list[Op]:
        """All calls of the builtin close, in the order of the functions."""
        return [
            Op(OpKind.CLOSE, id, register)
            for id, register, name in self._builtins
            if name == "close" and self._code.function(id).callee(register) == p.BuiltinCall("close")
        ]

    @cached_property
    def _builtins(self) -> list[tuple[str, int, str]]:
        """The calls that may be of the builtins make and close, found in one pass over all code."""
        found = []
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Call):
                instruction = code.code[register]
                if isinstance(instruction, ir.Call) and instruction.args:
                    callee = code.code[instruction.callee]
                    if type(callee) is ir.Name and callee.name in ("make", "close"):
                        found.append((id, register, callee.name))
        return found

    def _makes(self) -> Iterator[Channel]:
        for id, register, name in self._builtins:
            code = self._code.function(id)
            call = code.code[register]
            channel = self._made(code, register, call) if name == "make" and isinstance(call, ir.Call) else None
            if channel is not None:
                yield channel

    def _made(self, code: FunctionCode, register: int, call: ir.Call) -> Channel | None:
        if not isinstance(code.code[call.args[0]], ir.TypeValue):
            return None
        type_ = self._code.program.underlying(code.type_of(register))
        if not isinstance(type_, Chan):
            return None
        capacity = 0 if len(call.args) < 2 else code.types.constant_int(code.index, call.args[1])
        return Channel(AllocRoot(code.id, register), type_, capacity)

    @cached_property
    def _readers(self) -> dict[Member, list[Place]]:
        """Where the fields and package variables that may hold channels are read, or their addresses taken."""
        fields, globals_ = self._names()
        found: dict[Member, list[Place]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Selector, ir.FieldAddr, ir.Name):
                instruction = code.code[register]
                kind = type(instruction)
                if kind is ir.Selector or kind is ir.FieldAddr:
                    wanted = instruction.name in fields or instruction.name in globals_  # type: ignore[union-attr]
                else:
                    wanted = kind is ir.Name and instruction.name in globals_  # type: ignore[union-attr]
                member = member_of(self._code.program, code, register) if wanted else None
                if member is not None:
                    found.setdefault(member, []).append(Place(id, register))
        return found

    def _names(self) -> tuple[set[str], set[str]]:
        fields: set[str] = set()
        globals_: set[str] = set()
        for package in self._code.program.packages.values():
            for found in package.scope.values():
                if isinstance(found, p.TypeObject) and isinstance(found.decl.type, Struct):
                    fields.update(one.name for one in found.decl.type.fields if self._may_hold(one.type))
                elif isinstance(found, p.VarObject) and not package.is_stub:
                    globals_.add(found.name)
        return fields, globals_

    def _may_hold(self, type_: Type) -> bool:
        """Whether a type expression has a channel in it, or a name that may stand for one."""
        text = repr(type_)
        return "Chan(" in text or any(name in text for name in self._channel_types)

    @cached_property
    def _channel_types(self) -> tuple[str, ...]:
        return tuple(
            sorted(
                f"TypeName(name='{found.decl.name}'"
                for package in self._code.program.packages.values()
                for found in package.scope.values()
                if isinstance(found, p.TypeObject) and isinstance(found.decl.type, Chan)
            )
        )
