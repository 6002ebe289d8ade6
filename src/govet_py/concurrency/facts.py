"""The facts that rules ask for, each computed once and only when asked: this file is the dependency diagram."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.accesses import field_accesses, map_accesses
from govet_py.concurrency.blocked import Blocked, blocked
from govet_py.concurrency.channel_flow import ChannelFlow
from govet_py.concurrency.channel_model import Closing
from govet_py.concurrency.channels import Channels
from govet_py.concurrency.closing import closings
from govet_py.concurrency.contexts import ContextFlow
from govet_py.concurrency.counted import counted_too_late
from govet_py.concurrency.deserted import Deserted, deserted
from govet_py.concurrency.goroutines import Goroutines
from govet_py.concurrency.guards import GuardedMembers, Suspect, suspects
from govet_py.concurrency.leaks import Leak, leaks
from govet_py.concurrency.races import Race, races
from govet_py.concurrency.retry import RetryLoops
from govet_py.concurrency.runs import Runs
from govet_py.concurrency.startup import StartUp
from govet_py.concurrency.summaries import Summaries
from govet_py.concurrency.timers import TimerLeak, timer_leaks
from govet_py.model.program import Program


class Facts:
    """What is known of a program: code → values → call graph → summaries → races."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @cached_property
    def code(self) -> Code:
        return Code(self.program)

    @cached_property
    def values(self) -> ValueAnalysis:
        return ValueAnalysis(self.code)

    @cached_property
    def calls(self) -> CallGraph:
        return CallGraph(self.code, self.values)

    @cached_property
    def summaries(self) -> Summaries:
        return Summaries(self.code, self.values, self.calls)

    @cached_property
    def races(self) -> list[Race]:
        return races(self.summaries.frames.values())

    @cached_property
    def guarded(self) -> GuardedMembers:
        return GuardedMembers(self.code, self.values, self.calls, self.summaries.locks)

    @cached_property
    def map_suspects(self) -> list[Suspect]:
        return list(suspects(map_accesses(self.code, self.guarded)))

    @cached_property
    def field_suspects(self) -> list[Suspect]:
        return list(suspects(field_accesses(self.code, self.guarded)))

    @cached_property
    def contexts(self) -> ContextFlow:
        return ContextFlow(self.code, self.values, self.calls)

    @cached_property
    def goroutines(self) -> Goroutines:
        return Goroutines(self.code, self.values, self.calls)

    @cached_property
    def slices(self) -> Slices:
        return Slices(self.code, self.values, self.calls)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self.code, self.slices)

    @cached_property
    def channel_flow(self) -> ChannelFlow:
        return ChannelFlow(self.code, self.calls)

    @cached_property
    def runs(self) -> Runs:
        return Runs(self.code, self.calls, self.channel_flow.operands)

    @cached_property
    def blocked(self) -> list[Blocked]:
        channels = self.channel_flow.channels
        late = counted_too_late(self.code, self.runs, channels)
        return [*blocked(self.code, self.runs, channels), *late]

    @cached_property
    def deserted(self) -> list[Deserted]:
        return list(deserted(self.code, self.runs, self.channel_flow.channels))

    @cached_property
    def closings(self) -> list[Closing]:
        return list(closings(self.code, self.runs, self.channel_flow))

    @cached_property
    def leaks(self) -> list[Leak]:
        return list(leaks(self.code, self.calls, self.runs, self.channel_flow.channels))

    @cached_property
    def timer_leaks(self) -> list[TimerLeak]:
        return list(timer_leaks(self.code, self.calls, self.runs, self.channel_flow.operands))

    @cached_property
    def retry_loops(self) -> RetryLoops:
        return RetryLoops(self.code, self.values, self.calls)

    @cached_property
    def start_up(self) -> StartUp:
        return StartUp(self.code, self.calls)

    @property
    def statistics(self) -> dict[str, int]:
        """Counts for `--statistics`: calls by how they were resolved, limits that were met."""
        return {**self.calls.statistics, **self.summaries.statistics}
