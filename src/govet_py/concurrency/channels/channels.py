"""Channel facts: allocation and capacity, non-blocking sends and what they do when nobody takes the value."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import argument_above
from govet_py.callgraph.slices import Slices
from govet_py.concurrency.channels.capacities import Capacities
from govet_py.concurrency.flow.operands import is_operand
from govet_py.knowledge.harmless import PREPARES, is_unseen
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot
from govet_py.model.types import Chan, Type, TypeParam

Place = tuple[str, int]
_EFFECTS = (ir.SetName, ir.SetField, ir.SetIndex, ir.SetDeref, ir.Store, ir.Send, ir.Recv, ir.MakeClosure)


class LossySend(NamedTuple):
    """A select in `function` at `select` that sends in case `case` and drops the value when it cannot.
    `silent`: the default does nothing but log; `tells`: it returns constants, at which callers may look."""

    function: str
    select: int
    case: int
    silent: bool
    tells: bool
    channel: int
    payload: Type


class Feed(NamedTuple):
    """What a send is given in `function`, its own or a caller of it: the channel in a register, and the types of what
    is sent."""

    function: FunctionCode
    channel: int
    payloads: frozenset[Type]


class Channels:
    """The channels of a program."""

    def __init__(self, code: Code, slices: Slices, calls: CallGraph) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._capacities = Capacities(code, slices, calls)

    def lossy_sends(self) -> Iterator[LossySend]:
        """Every non-blocking send whose default branch goes on without the value."""
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Select):
                instruction = code.code[register]
                if isinstance(instruction, ir.Select) and instruction.has_default:
                    yield from self._sends(code, register, instruction)

    def _sends(self, code: FunctionCode, register: int, select: ir.Select) -> Iterator[LossySend]:
        default = code.function.blocks[code.block_of(register)].succs[-1]
        for index, case in enumerate(select.cases):
            type_ = self._code.program.underlying(code.type_of(case.chan))
            sent = code.function.blocks[code.block_of(register)].succs[index]
            if case.value != ir.NONE and isinstance(type_, Chan) and not _is_made_up_for(code, register, sent, default):
                silent, tells = _is_empty(code, default), _only_tells(code, default)
                yield LossySend(code.id, register, index, silent, tells, case.chan, type_.elem)

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
                    yield Feed(caller, given, frozenset({self._payload(send, caller, site)}))
        elif send.silent or (send.tells and sites and len(sites) == len(list(self._calls.sites(code.id)))):
            payloads = frozenset(self._payload(send, *at) for at in sites)
            yield Feed(code, send.channel, payloads or frozenset({send.payload}))

    def _payload(self, send: LossySend, caller: FunctionCode, site: int) -> Type:
        """The type of what is sent: of a type parameter, what a call puts in."""
        code = self._code.function(send.function)
        select = code.code[send.select]
        value = code.code[select.cases[send.case].value] if isinstance(select, ir.Select) else None
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


def _only_tells(code: FunctionCode, block: int) -> bool:
    """Whether a branch only returns constants."""
    last = code.code[code.function.blocks[block].end - 1]
    told = isinstance(last, ir.Return) and bool(last.results) and _only_logs(code, block)
    return told and all(type(code.code[result]) is ir.Const for result in last.results)  # type: ignore[union-attr]


def _is_made_up_for(code: FunctionCode, select: int, sent: int, dropped: int) -> bool:
    """Whether what comes after a value that could not be sent, and only then, is another try or does something else."""
    home = code.block_of(select)
    if code.leads(dropped, home) and not code.leads(sent, home):
        return True
    blocks = range(len(code.function.blocks))
    alone = [at for at in blocks if code.leads(dropped, at) and at != sent and not code.leads(sent, at)]
    return not all(_only_logs(code, block) for block in alone)


def _is_unasked(caller: FunctionCode, site: int) -> bool:
    """Whether nobody looks at the result of a call."""
    return not any(is_operand(instruction, site) for instruction in caller.code)


def _is_empty(code: FunctionCode, block: int) -> bool:
    """Whether a branch goes straight on, `continue` included, or back with nothing."""
    last = code.code[code.function.blocks[block].end - 1]
    straight = isinstance(last, ir.Jump) or last == ir.Return(())
    return (straight and _only_logs(code, block)) or _is_shared(code, block)


def _only_logs(code: FunctionCode, block: int) -> bool:
    """Whether a branch does nothing, or says so in the log, where nobody acts upon it."""
    at = code.function.blocks[block]
    steps = range(at.start, at.end)
    return not any(
        isinstance(code.code[step], _EFFECTS) or (isinstance(code.code[step], ir.Call) and not _logs(code, step))
        for step in steps
    )


def _logs(code: FunctionCode, call: int) -> bool:
    """Whether a call logs something, or prepares what is logged."""
    callee = code.callee(call)
    if isinstance(callee, p.Interface):
        return callee.method.startswith(PREPARES)
    if isinstance(callee, p.Static):
        return is_unseen(callee.function)
    return isinstance(callee, p.Conversion) or callee == p.BuiltinCall("len")


def _is_shared(code: FunctionCode, block: int) -> bool:
    return len(code.predecessors[block]) > 1
