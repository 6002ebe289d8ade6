"""Who waits for whom: channel operations, WaitGroups, errgroups and condition variables.

An *operation* either waits (a send, a receive, `wg.Wait`) or lets others go on (a receive lets a sender
go, `wg.Done` a Wait). Operations meet when their channels or groups share an origin: the `make`, a
field, a variable (`callgraph.slices`). A select waits only when it has no default, and for all of its cases.

LIMIT: origins stand for all objects made there or kept in that field.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.flow import END, comes_before
from govet_py.callgraph.members import member_of
from govet_py.callgraph.slices import Origin, Slices
from govet_py.callgraph.uses import uses_of
from govet_py.callgraph.values import ValueAnalysis
from govet_py.knowledge import concurrency as knows
from govet_py.knowledge import contexts
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot, FunctionValue
from govet_py.model.types import Chan, Struct
from govet_py.resolve.elements import range_over

MANY = 1 << 20


class Kind(IntEnum):
    SEND = 0
    RECEIVE = 1
    CLOSE = 2
    WAIT = 3
    DONE = 4
    SLEEP = 5
    WAKE = 6
    ADD = 7
    TAKE = 8
    FREE = 9
    DRAIN = 10
    GIVE_BACK = 11
    BORROW = 12


RELEASERS: dict[Kind, tuple[Kind, ...]] = {
    Kind.SEND: (Kind.RECEIVE,),
    Kind.RECEIVE: (Kind.SEND, Kind.CLOSE),
    Kind.WAIT: (Kind.DONE,),
    Kind.SLEEP: (Kind.WAKE,),
    Kind.TAKE: (Kind.FREE,),
    Kind.DRAIN: (Kind.GIVE_BACK,),
}
"""What lets whom go on."""


class Operation(NamedTuple):
    """`function` does `kind` at `register` to what `operand` holds (or its embedded field `via`)."""

    kind: Kind
    function: str
    register: int
    operand: int
    via: tuple[str, ...] = ()
    owner: str = ""
    """The function that `operand` is a register of, when it is another one."""


class Hop(NamedTuple):
    """One call on the way down: `function` calls at `register`; the last hop is where it ends."""

    function: str
    register: int


class Callback(NamedTuple):
    """`function` is run at `runner` by the goroutine that does `release`; `handed`: where it got it."""

    function: str
    runner: Hop
    release: Operation
    handed: tuple[Hop, ...]


class Wait(NamedTuple):
    """`function` may stand still at `register` until one of the alternatives is served. When it calls there
    what waits, `below` leads down to the operation, and `callbacks` are what the serving goroutine runs.
    `bounded`: it is given up when a context ends, which nobody who serves it knows of."""

    function: str
    register: int
    alternatives: tuple[Operation, ...]
    below: tuple[Hop, ...] = ()
    callbacks: tuple[Callback, ...] = ()
    bounded: bool = False


_TABLES = (
    (knows.WAIT, Kind.WAIT),
    (knows.DONE, Kind.DONE),
    (knows.SLEEP, Kind.SLEEP),
    (knows.WAKE, Kind.WAKE),
    (knows.ADD, Kind.ADD),
    (knows.TAKE_SLOTS, Kind.TAKE),
    (knows.FREE_SLOTS, Kind.FREE),
)
_WAITING = {Kind.WAIT: False, Kind.SLEEP: False, Kind.TAKE: True}
"""Calls that wait, and whether the end of a context is a way out of them."""


class Operations:
    """The operations of a program."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._slices = slices
        self._origins: dict[tuple[str, int], frozenset[Origin]] = {}
        self.all: list[Operation] = []
        self.waits: list[Wait] = []
        self.spawned: set[str] = set()
        for id in code.ids():
            self._scan(code.function(id))
        self._groups()
        waiting = (one for one in self.all if one.kind in _WAITING)
        self.waits.extend(Wait(one.function, one.register, (one,), bounded=_WAITING[one.kind]) for one in waiting)

    def add(self, operation: Operation, origins: frozenset[Origin]) -> None:
        """Adds an operation whose origins are known otherwise."""
        self._origins[operation.function, operation.register] = origins
        self.all.append(operation)
        if operation.kind in RELEASERS:
            self.waits.append(Wait(operation.function, operation.register, (operation,)))

    # -- finding them ------------------------------------------------------------------------------

    def _scan(self, code: FunctionCode) -> None:
        for register in code.of_kind(ir.Send, ir.Recv, ir.Next, ir.Select, ir.Call):
            instruction = code.code[register]
            kind = type(instruction)
            if kind is ir.Send or kind is ir.Recv or kind is ir.Next:
                self._plain(code, register, instruction)
            elif kind is ir.Select:
                assert isinstance(instruction, ir.Select)
                self._select(code, register, instruction)
            elif kind is ir.Call:
                assert isinstance(instruction, ir.Call)
                if instruction.args and type(code.code[instruction.callee]) is ir.Name:
                    self._close(code, register, instruction)

    def _plain(self, code: FunctionCode, register: int, instruction: ir.Instruction) -> None:
        match instruction:
            case ir.Send():
                found = Operation(Kind.SEND, code.id, register, instruction.chan)
            case ir.Recv():
                found = Operation(Kind.RECEIVE, code.id, register, instruction.chan)
            case ir.Next():
                over = range_over(code.code, instruction)
                if not isinstance(self._code.program.underlying(code.type_of(over)), Chan):
                    return
                found = Operation(Kind.RECEIVE, code.id, register, over)
            case _:
                return
        self.all.append(found)
        self.waits.append(Wait(code.id, register, (found,)))

    def _select(self, code: FunctionCode, register: int, select: ir.Select) -> None:
        found = tuple(
            Operation(Kind.RECEIVE if case.value == ir.NONE else Kind.SEND, code.id, register, case.chan)
            for case in select.cases
        )
        self.all.extend(found)
        served = tuple(one for one in found if self._channel_of(code, one) != contexts.DONE)
        if served and not select.has_default:
            self.waits.append(Wait(code.id, register, served, bounded=len(served) < len(found)))

    def _close(self, code: FunctionCode, register: int, call: ir.Call) -> None:
        name = code.code[call.callee]
        if isinstance(name, ir.Name) and name.name == "close" and isinstance(code.callee(register), p.BuiltinCall):
            self.all.append(Operation(Kind.CLOSE, code.id, register, call.args[0]))

    def _groups(self) -> None:
        for names, kind in _TABLES:
            for name in sorted(names):
                for function, register in self._calls.named(name):
                    callee = self._code.function(function).callee(register)
                    if isinstance(callee, p.Static):
                        self.all.append(Operation(kind, function, register, callee.receiver, callee.via))
        for name, spawner in knows.SPAWNERS.items():
            for function, register in self._calls.named(name):
                self._spawned(self._code.function(function), register, spawner)

    def _spawned(self, code: FunctionCode, register: int, spawner: knows.Spawner) -> None:
        """A group's own start: what it runs is done when it has returned."""
        call, callee = code.code[register], code.callee(register)
        if not isinstance(call, ir.Call) or not isinstance(callee, p.Static) or spawner.function >= len(call.args):
            return
        for value in self._values.of(code, call.args[spawner.function]):
            if isinstance(value, FunctionValue) and self._code.get(value.function):
                self.spawned.add(value.function)
                if spawner.grouped:
                    done = Operation(Kind.DONE, value.function, END, callee.receiver, callee.via, code.id)
                    self.all.append(done)

    # -- matching them -----------------------------------------------------------------------------

    def origins(self, operation: Operation) -> frozenset[Origin]:
        """The origins of what an operation is done to; none where the runtime serves it."""
        if operation.kind >= Kind.DRAIN:
            return self._origins[operation.function, operation.register]
        key = (operation.owner or operation.function, operation.operand)
        found = self._origins.get(key)
        if found is None or operation.via:
            found = self._origins[key] = self._find_origins(self._code.function(key[0]), operation)
        return found

    def _find_origins(self, code: FunctionCode, operation: Operation) -> frozenset[Origin]:
        if operation.via:
            member = member_of(self._code.program, code, operation.operand, operation.via)
            return frozenset(() if member is None else (member,))
        served = self._channel_of(code, operation) in knows.NEVER_STUCK
        return frozenset() if served else self._slices.origins(code, operation.operand)

    @staticmethod
    def _channel_of(code: FunctionCode, operation: Operation) -> str:
        """The name of the call that gives the channel of an operation, "" when none does."""
        made = code.code[operation.operand] if operation.operand >= 0 else None
        callee = code.callee(operation.operand) if isinstance(made, ir.Call) else None
        return p.known_name(callee) if callee is not None else ""

    @cached_property
    def _index(self) -> dict[tuple[Kind, Origin], list[Operation]]:
        found: dict[tuple[Kind, Origin], list[Operation]] = {}
        for operation in self.all:
            for origin in self.origins(operation):
                found.setdefault((operation.kind, origin), []).append(operation)
        return found

    def releasers(self, waiting: Operation) -> tuple[Operation, ...]:
        """The operations anywhere that let `waiting` go on."""
        return tuple(one for kind in RELEASERS[waiting.kind] for one in self.alike(waiting, kind))

    def alike(self, operation: Operation, kind: Kind) -> tuple[Operation, ...]:
        """The operations of a kind on what `operation` is done to."""
        found: dict[Operation, None] = {}
        for origin in sorted(self.origins(operation), key=repr):
            found.update(dict.fromkeys(self._index.get((kind, origin), ())))
        return tuple(found)

    def room(self, wait: Wait) -> int:
        """How many values the channels of a wait take, or give, before it waits: sends into a buffer, and receives
        of tokens that were put there before. MANY where it is not known."""
        return max(self._room(one) for one in wait.alternatives)

    def _room(self, one: Operation) -> int:
        if one.kind not in (Kind.SEND, Kind.RECEIVE) or self.takes_slot(one):
            return 0
        code = self._code.function(one.function)
        channel = self._code.program.underlying(code.type_of(one.operand))
        if one.kind == Kind.RECEIVE and isinstance(channel, Chan):
            return MANY if self._code.program.underlying(channel.elem) == Struct() and self._buffer(one) else 0
        return self._buffer(one)

    def has_made_room(self, send: Operation) -> bool:
        """Whether a function always takes a value out of a buffer, if there is one, before it sends into it, or has
        just made what has the buffer."""
        code = self._code.function(send.function)
        drains = self._drains(send)
        before = [one.register for one in self.alike(send, Kind.SEND) if one.function == code.id]
        anew = any(comes_before(code, start, send.register, drains) for start in (0, *before))
        return bool(drains) and not anew and self._buffer(send) > 0

    def _drains(self, send: Operation) -> list[int]:
        """Where the function of a send makes the object that has the channel, or receives from it without waiting."""
        code = self._code.function(send.function)
        paths = frozenset(self._values.paths(code, send.operand))
        roots = (path.root for path in paths)
        made = [root.register for root in roots if isinstance(root, AllocRoot) and root.function == code.id]
        taken = [
            one.register
            for one in self.alike(send, Kind.RECEIVE)
            if one.function == code.id and paths.intersection(self._values.paths(code, one.operand))
        ]
        selects = ((at, code.code[at]) for at in taken)
        return made + [at for at, one in selects if isinstance(one, ir.Select) and one.has_default]

    def takes_slot(self, one: Operation) -> bool:
        """Whether an operation takes a slot of a semaphore: it waits when all are taken, however many there are."""
        releasers = self.releasers(one) if one.kind == Kind.SEND else ()
        return bool(releasers) and all(self.frees_slot(other) for other in releasers)

    def frees_slot(self, one: Operation) -> bool:
        """Whether an operation frees a slot of a semaphore: it takes a token out of a buffer of several, once, and
        throws it away."""
        code = self._code.function(one.function)
        if one.kind != Kind.RECEIVE or not isinstance(code.code[one.register], ir.Recv):
            return False
        channel = self._code.program.underlying(code.type_of(one.operand))
        token = isinstance(channel, Chan) and self._code.program.underlying(channel.elem) == Struct()
        used = code.loop_of(one.register) != ir.NONE or one.register in uses_of(code)
        return token and not used and self._buffer(one) > 1

    def _buffer(self, one: Operation) -> int:
        made = [origin for origin in self.origins(one) if isinstance(origin, AllocRoot)]
        return max((self._capacity(root) for root in made), default=0)

    def _capacity(self, root: AllocRoot) -> int:
        code = self._code.function(root.function)
        call = code.code[root.register]
        if not isinstance(call, ir.Call) or len(call.args) < 2:
            return 0
        found = code.types.constant_int(code.index, call.args[1])
        return MANY if found is None else found
