"""Functions that go on at the first of many goroutines to signal, and end the context of all the others.

The signal is bare, the end of a context that is made for it or a channel of struct{}: it brings no result, so that the
goroutines work for their effects. Who takes the first answer of several and calls the others off is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import sends_of
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.joins import is_wait
from govet_py.concurrency.contexts.scoped_contexts import cancel_variables
from govet_py.concurrency.flow.control import after, case_start
from govet_py.knowledge.contexts import CANCELLABLE
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Chan, Struct


class FirstSignals:
    """Of a program."""

    def __init__(self, code: Code, cancellation: Cancellation) -> None:
        self._code = code
        self._cancellation = cancellation

    def awaited(self, code: FunctionCode, go: int, target: FunctionCode) -> set[int]:
        """The signals, as variables, of the first of which a function returns that starts copies of `target` in a
        loop."""
        if code.loop_of(go) == ir.NONE or target.body_id != code.body_id:
            return set()
        signals = self._signals(code, target)
        results = {var for var in target.stores if code.body.vars[var].owner != target.index}
        receives = _receives(code, frozenset(after(code, go))) if signals else ()
        leaving = (channel for channel, start in receives if self._just_leaves(code, start, results))
        return signals.intersection(self._signal(code, channel) for channel in leaving)

    def _signals(self, code: FunctionCode, target: FunctionCode) -> set[int]:
        """The variables of cancel functions that a goroutine calls, as those of their contexts, and of channels that it
        closes or sends nothing on."""
        cancels = {
            var: context
            for made in code.of_kind(ir.Call)
            if isinstance(callee := code.callee(made), p.Static) and callee.function in CANCELLABLE
            for var in cancel_variables(code, made)
            for context in cancel_variables(code, made, 0)
        }
        found: set[int] = set()
        for at in target.of_kind(ir.Call, ir.Send, ir.Select):
            step = target.code[at]
            channels = [channel for channel, _, _ in sends_of(step)]
            match step:
                case ir.Call() if isinstance(load := target.code[step.callee], ir.Load) and load.var in cancels:
                    found.add(cancels[load.var])
                case ir.Call() if step.args and target.callee(at) == p.BuiltinCall("close"):
                    channels = [step.args[0]]
            found |= {self._signal(target, one) for one in channels} - {ir.NONE}
        return found

    def _signal(self, code: FunctionCode, channel: int) -> int:
        """The variable of a context whose Done a register is, or of a channel of struct{}; NONE for others."""
        context = dict(self._cancellation.dones(code)).get(code.source(channel), ir.NONE)
        load = code.code[channel if context == ir.NONE else context]
        type_ = self._code.program.underlying(code.type_of(channel))
        bare = context != ir.NONE or (isinstance(type_, Chan) and type_.elem == Struct())
        return load.var if bare and isinstance(load, ir.Load) else ir.NONE

    def _just_leaves(self, code: FunctionCode, start: int, results: Set[int]) -> bool:
        """Whether nothing is waited for from an instruction on, nor any result of the goroutines looked at."""
        block = code.function.blocks[code.block_of(start)]
        for at in (*range(start, block.end), *after(code, block.end - 1)):
            match code.code[at]:
                case ir.Recv() | ir.Select() | ir.Range() | ir.Next():
                    return False
                case ir.Load() as load if load.var in results:
                    return False
                case ir.Call() if is_wait(code, at):
                    return False
        return True


def _receives(code: FunctionCode, reached: Set[int]) -> Iterator[tuple[int, int]]:
    """What a function receives from, not in a loop, with the instruction behind it."""
    for at in code.of_kind(ir.Recv, ir.Select):
        step = code.code[at]
        if at not in reached or code.loop_of(at) != ir.NONE:
            continue
        if isinstance(step, ir.Recv):
            yield step.chan, at + 1
        elif isinstance(step, ir.Select):
            for position, case in enumerate(step.cases):
                if case.value == ir.NONE:
                    yield case.chan, case_start(code, at, position)
