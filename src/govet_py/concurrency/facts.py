"""The facts that rules ask for, each computed once and only when asked: this file is the dependency diagram."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.abandoned_streams import AbandonedStreams
from govet_py.concurrency.accesses import field_accesses, map_accesses
from govet_py.concurrency.cancellation import Cancellation
from govet_py.concurrency.channels import Channels
from govet_py.concurrency.context_values import ContextValues
from govet_py.concurrency.contexts import ContextFlow
from govet_py.concurrency.fresh_contexts import FreshContexts
from govet_py.concurrency.goroutines import Goroutines
from govet_py.concurrency.guards import GuardedMembers, Suspect, suspects
from govet_py.concurrency.heedless_loops import HeedlessLoops
from govet_py.concurrency.lifetimes import Lifetimes
from govet_py.concurrency.races import Race, races
from govet_py.concurrency.retry import RetryLoops
from govet_py.concurrency.scoped_contexts import ScopedContexts
from govet_py.concurrency.startup import StartUp
from govet_py.concurrency.strays import Strays
from govet_py.concurrency.summaries import Summaries
from govet_py.concurrency.unheard import UnheardEnds
from govet_py.concurrency.unused_contexts import UnusedContexts
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
        return ContextFlow(self.code, self.calls, self.context_values)

    @cached_property
    def context_values(self) -> ContextValues:
        return ContextValues(self.code, self.values)

    @cached_property
    def cancellation(self) -> Cancellation:
        return Cancellation(self.code, self.values, self.calls, self.context_values)

    @cached_property
    def fresh_contexts(self) -> FreshContexts:
        return FreshContexts(self.code, self.calls, self.cancellation)

    @cached_property
    def heedless_loops(self) -> HeedlessLoops:
        return HeedlessLoops(self.code, self.calls, self.cancellation, self.scoped_contexts)

    @cached_property
    def unheard_ends(self) -> UnheardEnds:
        return UnheardEnds(self.code, self.calls, self.cancellation)

    @cached_property
    def scoped_contexts(self) -> ScopedContexts:
        return ScopedContexts(self.code, self.calls)

    @cached_property
    def lifetimes(self) -> Lifetimes:
        return Lifetimes(self.code, self.cancellation, self.scoped_contexts)

    @cached_property
    def strays(self) -> Strays:
        return Strays(self.code, self.calls, self.cancellation, self.scoped_contexts, self.goroutines)

    @cached_property
    def abandoned_streams(self) -> AbandonedStreams:
        return AbandonedStreams(self.code, self.calls, self.cancellation, self.scoped_contexts)

    @cached_property
    def unused_contexts(self) -> UnusedContexts:
        return UnusedContexts(self.code, self.calls)

    @cached_property
    def goroutines(self) -> Goroutines:
        return Goroutines(self.code, self.values, self.calls)

    @cached_property
    def slices(self) -> Slices:
        return Slices(self.code, self.values, self.calls)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self.code, self.slices, self.calls)

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
