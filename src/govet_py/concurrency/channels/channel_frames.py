"""A channel's operations as one function sees them: which of its own instructions lead to them."""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.runs import How, Run, Runs
from govet_py.concurrency.flow.exits import Edge
from govet_py.model import ir
from govet_py.model import program as p

Anchored = tuple[Op, Run]


class Frame:
    """A function, and how operations on a channel run below it. `anchored` is None where some operation runs
    elsewhere. `bodies`: those that the channel is known in, where it is in no field."""

    def __init__(
        self, code: Code, runs: Runs, function: str, ops: list[Op], bodies: frozenset[str] | None = None
    ) -> None:
        self.program = code
        self.runs = runs
        self.code = code.function(function)
        self.exits = runs.exits(self.code)
        self.anchored = self._anchor(ops, bodies)

    def _anchor(self, ops: list[Op], bodies: frozenset[str] | None) -> list[Anchored] | None:
        found: list[Anchored] = []
        for op in ops:
            runs = self.runs.below(self.code.id, op.function, op.register, bodies)
            if not runs:
                return None
            found.extend((op, run) for run in runs)
        return found

    def of(self, kind: OpKind, *hows: How) -> list[Anchored]:
        return [(op, run) for op, run in self.anchored or () if op.kind == kind and run.how in hows]

    def taken(self, ops: list[Anchored]) -> tuple[set[int], set[Edge]]:
        """The events of operations below this function: registers, and select cases as edges; leaving a loop
        that has them by its header counts as having done them all. Operations that a callee may leave out
        do not count."""
        events: set[int] = set()
        edges: set[Edge] = set()
        for op, run in ops:
            block = self.code.block_of(run.register)
            if op.function == self.code.id and op.case != ir.NONE:
                edges.add((block, self.code.function.blocks[block].succs[op.case]))
            elif op.function == self.code.id or self._is_certain(op):
                events.add(run.register)
            else:
                continue
            edges |= self.completions(run.register)
        return events, edges

    def _is_certain(self, op: Op) -> bool:
        """Whether a function that is called surely comes to an operation."""
        return not Frame(self.program, self.runs, op.function, [op]).left()

    def left(self) -> list[int]:
        """The returns that are reached from the entry without any of the operations."""
        return self.exits.reach(ir.NONE, *self.taken(self.anchored or []))

    def completions(self, register: int) -> set[Edge]:
        """The edges by which the loops around an instruction end as their header decides."""
        found: set[Edge] = set()
        loop = self.code.loop_of(register)
        while loop != ir.NONE:
            header = self.code.function.loops[loop].header
            for successor in self.code.function.blocks[header].succs:
                if not self.code.inside(self.code.function.blocks[successor].loop, loop):
                    found.add((header, successor))
            loop = self.code.function.loops[loop].parent
        return found


def blocks(code: Code, op: Op) -> bool:
    """Reports whether an operation has no alternative: no select with another case or a default."""
    instruction = code.function(op.function).code[op.register]
    return not isinstance(instruction, ir.Select) or (len(instruction.cases) == 1 and not instruction.has_default)


def is_setting(code: Code, channel: Channel) -> bool:
    """Reports whether the room in a channel is a constant, or a setting, computed perhaps: not the number of what is
    to be sent."""
    maker = code.function(channel.root.function)
    call = maker.code[channel.root.register]
    return channel.capacity is not None or (isinstance(call, ir.Call) and _is_setting(maker, call.args[-1]))


def _is_setting(code: FunctionCode, register: int) -> bool:
    step = code.code[register]
    match step:
        case ir.Binary():
            return _is_setting(code, step.left) and _is_setting(code, step.right)
        case ir.Deref():
            return _is_setting(code, step.base)
        case ir.Call():
            return isinstance(code.callee(register), p.Conversion) and all(_is_setting(code, at) for at in step.args)
    return isinstance(step, ir.Const | ir.Name | ir.Selector)
