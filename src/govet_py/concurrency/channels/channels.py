"""Channel facts: allocation and capacity, who is told of a value that is dropped, and who receives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_above
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.channels.capacities import Capacities
from govet_py.concurrency.channels.lossy_sends import LossySend, lossy_sends
from govet_py.concurrency.flow.operands import is_operand
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan, Type, TypeParam

Place = tuple[str, int]


class Feed(NamedTuple):
    """What a send is given in `function`, its own or a caller of it by `call`: the channel in a register, and the types
    of what is sent."""

    function: FunctionCode
    channel: int
    payloads: frozenset[Type]
    call: int = ir.NONE


class Channels:
    """The channels of a program."""

    def __init__(self, code: Code, slices: Slices, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._capacities = Capacities(code, slices, calls)

    def lossy_sends(self) -> Iterator[LossySend]:
        """Every send that goes on without its value where that does not fit."""
        return lossy_sends(self._code, self._capacities.number)

    def feeds(self, send: LossySend) -> Iterator[Feed]:
        """Who sends and does not get to know, or does not look, whether the value is dropped: of a channel that is a
        parameter, the callers."""
        code = self._code.function(send.function)
        load = code.code[send.channel]
        sites = [at for at in self._calls.sites(code.id) if not send.tells or _is_unasked(*at)]
        if isinstance(load, ir.Load) and load.var in code.function.params:
            for caller, site in sites if send.silent or send.tells else ():
                given = argument_above(code, caller, site, code.function.params.index(load.var))
                if given != ir.NONE:
                    yield Feed(caller, given, frozenset({self._payload(send, caller, site)}), site)
        elif send.silent or (send.tells and sites and len(sites) == len(list(self._calls.sites(code.id)))):
            payloads = frozenset(self._payload(send, *at) for at in sites)
            yield Feed(code, send.channel, payloads or frozenset({send.payload}))

    def _payload(self, send: LossySend, caller: FunctionCode, site: int) -> Type:
        """The type of what is sent: of a type parameter, what a call puts in."""
        code = self._code.function(send.function)
        value = code.code[send.value]
        params = code.function.params
        if not isinstance(send.payload, TypeParam) or not isinstance(value, ir.Load) or value.var not in params:
            return send.payload
        given = argument_above(code, caller, site, params.index(value.var))
        return caller.type_of(given) if given != ir.NONE else send.payload

    def makes(self, code: FunctionCode, channel: int) -> list[tuple[AllocRoot, int]]:
        """The make sites that a channel register may come from, with their capacities where constant."""
        way = self._slices.places(code, channel)
        roots = sorted(self._slices.allocations(code, channel))
        return [(root, capacity) for root in roots for capacity in self._capacities.of(root, way)]

    def receives(self, root: AllocRoot) -> tuple[Place, ...]:
        """Where the program may receive from the channels made at `root`."""
        return tuple(place for place, allocations in self._receives if root in allocations)

    def is_consumed(self, root: AllocRoot) -> bool:
        """Whether some receiver takes value after value, so that each of them matters: in a loop, its own or that of
        who calls it, but for a channel that one of them makes itself, each time anew."""
        maker = self._code.function(root.function).body_id
        for id, register in self.receives(root):
            code = self._code.function(id)
            if code.loop_of(register) != ir.NONE or isinstance(code.code[register], ir.Range):
                return True
            above = self._calls.sites(id) if code.body_id != maker else ()
            if any(caller.loop_of(site) != ir.NONE and caller.body_id != maker for caller, site in above):
                return True
        return False

    @cached_property
    def _receives(self) -> list[tuple[Place, frozenset[AllocRoot]]]:
        return [
            ((id, register), self._slices.allocations(self._code.function(id), channel))
            for id in self._code.ids()
            for register, channel in _received(self._code, self._code.function(id))
        ]


def _received(program: Code, code: FunctionCode) -> Iterator[tuple[int, int]]:
    for register in code.of_kind(ir.Recv, ir.Range, ir.Select):
        match instruction := code.code[register]:
            case ir.Recv():
                yield register, instruction.chan
            case ir.Range():
                if isinstance(program.program.underlying(code.type_of(instruction.base)), Chan):
                    yield register, instruction.base
            case ir.Select():
                yield from ((register, case.chan) for case in instruction.cases if case.value == ir.NONE)


def _is_unasked(caller: FunctionCode, site: int) -> bool:
    """Whether nobody looks at the result of a call."""
    return not any(is_operand(instruction, site) for instruction in caller.code)
