"""The facts that rules ask for, each computed once and only when asked: this file is the dependency diagram."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.channels.blocked import blocked
from govet_py.concurrency.channels.blocking import Blocked
from govet_py.concurrency.channels.channel_flow import ChannelFlow
from govet_py.concurrency.channels.channel_model import Closing
from govet_py.concurrency.channels.channels import Channels
from govet_py.concurrency.channels.closing import closings
from govet_py.concurrency.channels.counted import counted_too_late
from govet_py.concurrency.channels.deserted import Deserted, deserted
from govet_py.concurrency.channels.leak_model import Leak
from govet_py.concurrency.channels.leaks import leaks
from govet_py.concurrency.channels.nil_channels import Missed, NilChannels
from govet_py.concurrency.channels.runs import Runs
from govet_py.concurrency.channels.spins import Spin, spins
from govet_py.concurrency.channels.timer_drains import Drain, timer_drains
from govet_py.concurrency.channels.timers import TimerLeak, timer_leaks
from govet_py.concurrency.channels.unclosed_fields import unclosed_fields
from govet_py.concurrency.contexts.abandoned_streams import AbandonedStreams
from govet_py.concurrency.contexts.cancellation import Cancellation
from govet_py.concurrency.contexts.context_values import ContextValues
from govet_py.concurrency.contexts.contexts import ContextFlow
from govet_py.concurrency.contexts.deaf_goroutines import deaf_goroutines
from govet_py.concurrency.contexts.fresh_contexts import FreshContexts
from govet_py.concurrency.contexts.heedless_loops import HeedlessLoops
from govet_py.concurrency.contexts.lifetimes import Lifetimes
from govet_py.concurrency.contexts.piling import Piled, piled
from govet_py.concurrency.contexts.scoped_contexts import ScopedContexts
from govet_py.concurrency.contexts.strays import Strays
from govet_py.concurrency.contexts.unheard import UnheardEnds
from govet_py.concurrency.contexts.unused_contexts import UnusedContexts
from govet_py.concurrency.deadlocks.critical_pairs import CriticalPairs
from govet_py.concurrency.deadlocks.lending import Lending
from govet_py.concurrency.deadlocks.lock_cycles import LockOrder
from govet_py.concurrency.deadlocks.lock_loops import LockLoops
from govet_py.concurrency.deadlocks.lock_needs import LockNeeds
from govet_py.concurrency.deadlocks.lock_orders import LockOrders
from govet_py.concurrency.deadlocks.network_waits import NetworkWait, NetworkWaits
from govet_py.concurrency.deadlocks.own_calls import OwnCalls
from govet_py.concurrency.deadlocks.parties import Parties
from govet_py.concurrency.deadlocks.pools import PoolOperations
from govet_py.concurrency.deadlocks.services import Services
from govet_py.concurrency.deadlocks.wait_cycles import WaitCycle, WaitCycles
from govet_py.concurrency.deadlocks.waits import Operations
from govet_py.concurrency.effects.callbacks import Callbacks
from govet_py.concurrency.effects.goroutines import Goroutines
from govet_py.concurrency.effects.leaves import Leaves
from govet_py.concurrency.effects.quiet import Quiet, Recorder, Records, joined
from govet_py.concurrency.effects.summaries import Invocations, Summaries
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.lock_summaries import LockSummaries
from govet_py.concurrency.obligations.cancels import Cancels
from govet_py.concurrency.obligations.lock_leaks import LockLeaks
from govet_py.concurrency.obligations.pairs import Pairs
from govet_py.concurrency.obligations.semaphores import Semaphores
from govet_py.concurrency.obligations.wait_group_cycles import Cycles
from govet_py.concurrency.obligations.wait_group_misuse import WaitGroupMisuses
from govet_py.concurrency.obligations.wait_groups import WaitGroups
from govet_py.concurrency.protocols.retry import RetryLoops
from govet_py.concurrency.protocols.startup import StartUp
from govet_py.concurrency.races.accesses import field_accesses, map_accesses
from govet_py.concurrency.races.atomicity import Atomicity
from govet_py.concurrency.races.closed_races import SentAfter, nearest_closes
from govet_py.concurrency.races.handed_objects import handed_objects
from govet_py.concurrency.races.handed_out import handed_out, handed_out_slices
from govet_py.concurrency.races.mixed_atomics import Mixed, MixedAtomics
from govet_py.concurrency.races.races import Race
from govet_py.concurrency.races.read_locked import ReadLocked, read_locked_writes
from govet_py.concurrency.races.requested import Requested, requested
from govet_py.concurrency.races.selves import Selves
from govet_py.concurrency.races.suspects import Suspect, suspects
from govet_py.concurrency.races.touches import Touches
from govet_py.concurrency.races.verdicts import Verdicts
from govet_py.concurrency.races.visitors import Visitors
from govet_py.knowledge.taught import NOTHING, Taught
from govet_py.model.program import Program

ONLY_FOR_SUMMARIES = ("leaves", "records", "_recorder")
_BESIDE = ("map_suspects", "field_suspects", "read_locked", "mixed_atomics")


class Facts:
    """What is known of a program: code → values → call graph → summaries → races."""

    def __init__(self, program: Program, taught: Taught = NOTHING) -> None:
        self.program = program
        self.taught = taught

    def beside(self) -> dict[str, Any]:
        """Facts that races are held against and that need no effects themselves: for `give`."""
        return {name: getattr(self, name) for name in _BESIDE}

    def give(self, known: dict[str, Any]) -> None:
        """Takes facts, by name, that another process has worked out for the same program."""
        vars(self).update(known)

    @cached_property
    def code(self) -> Code:
        return Code(self.program, self.taught.acts_like)

    @cached_property
    def values(self) -> ValueAnalysis:
        return ValueAnalysis(self.code)

    @cached_property
    def calls(self) -> CallGraph:
        return CallGraph(self.code, self.values)

    @cached_property
    def summaries(self) -> Summaries:
        return self._effects[0]

    @cached_property
    def _effects(self) -> tuple[Summaries, Verdicts]:
        verdicts = Verdicts(self.code, self.values, self.calls, self.guarded, self.locks)
        quiet, leaves = Quiet(self.code, self.leaves, self.records), self.leaves
        self.forget(*ONLY_FOR_SUMMARIES)
        return Summaries(self.code, self.values, self.calls, self.locks, leaves, quiet, verdicts.judge), verdicts

    def forget(self, *names: str) -> None:
        """Frees facts; who asks for one of them again has it worked out anew."""
        for name in names:
            vars(self).pop(name, None)

    @cached_property
    def leaves(self) -> Leaves:
        return Leaves(self.code, self.values, self.calls)

    @cached_property
    def records(self) -> Records:
        return joined(self.half_of_records(0), self.half_of_records(1))

    def half_of_records(self, half: int) -> Records:
        """The records of every other function: for `give`, joined with those of the rest."""
        return self._recorder.records(self.code.ids()[half::2])

    @cached_property
    def _recorder(self) -> Recorder:
        return Recorder(self.code, self.calls, self.locks, self.leaves)

    @cached_property
    def locks(self) -> LockSummaries:
        return LockSummaries(self.code, self.values, self.calls)

    @cached_property
    def races(self) -> list[Race]:
        return self._effects[1].told()

    @cached_property
    def sent_after(self) -> list[SentAfter]:
        return list(nearest_closes(self._effects[1].sent_after))

    @cached_property
    def guarded(self) -> GuardedMembers:
        return GuardedMembers(self.code, self.values, self.calls, self.locks.locks)

    @cached_property
    def selves(self) -> Selves:
        return Selves(self.code, self.calls, self.summaries, self.guarded, self._effects[1].kept)

    @cached_property
    def map_suspects(self) -> list[Suspect]:
        handed_on = handed_out(self.code, self.calls, self.guarded)
        return list(suspects((*map_accesses(self.code, self.calls, self.guarded), *handed_on), maps=True))

    @cached_property
    def field_suspects(self) -> list[Suspect]:
        of = self.code, self.calls, self.guarded
        return [*suspects([*field_accesses(*of), *handed_out_slices(*of)]), *handed_objects(*of)]

    @cached_property
    def mixed_atomics(self) -> list[Mixed]:
        return list(MixedAtomics(self.code, self.values, self.calls, self.guarded).find())

    @cached_property
    def read_locked(self) -> list[ReadLocked]:
        return read_locked_writes(self.code, self.values, self.visitors, self.locks.locks, self.guarded)

    @cached_property
    def requested(self) -> list[Requested]:
        return list(requested(self.code, self.values, self.calls, self.guarded, self.visitors))

    @cached_property
    def touches(self) -> Touches:
        return Touches(self.code, self.values, self.calls, self.locks.locks)

    @cached_property
    def visitors(self) -> Visitors:
        return Visitors(self.code, self.values, self.calls, self.goroutines)

    @cached_property
    def atomicity(self) -> Atomicity:
        locks, guarded = self.locks.locks, self.guarded
        return Atomicity(self.code, self.values, self.calls, self.touches, locks, guarded, self.visitors)

    @cached_property
    def contexts(self) -> ContextFlow:
        return ContextFlow(self.code, self.values, self.calls, self.slices, self.context_values)

    @cached_property
    def context_values(self) -> ContextValues:
        return ContextValues(self.code, self.values)

    @cached_property
    def cancellation(self) -> Cancellation:
        return Cancellation(self.code, self.values, self.calls, self.slices, self.context_values)

    @cached_property
    def fresh_contexts(self) -> FreshContexts:
        return FreshContexts(self.code, self.calls, self.callbacks, self.cancellation)

    @cached_property
    def heedless_loops(self) -> HeedlessLoops:
        return HeedlessLoops(self.code, self.calls, self.slices, self.cancellation, self.scoped_contexts)

    @cached_property
    def unheard_ends(self) -> UnheardEnds:
        return UnheardEnds(self.code, self.calls, self.cancellation)

    @cached_property
    def scoped_contexts(self) -> ScopedContexts:
        return ScopedContexts(self.code, self.calls)

    @cached_property
    def lifetimes(self) -> Lifetimes:
        return Lifetimes(self.code, self.calls, self.callbacks, self.cancellation, self.scoped_contexts)

    @cached_property
    def strays(self) -> Strays:
        return Strays(self.code, self.values, self.calls, self.cancellation, self.scoped_contexts, self.goroutines)

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
    def callbacks(self) -> Callbacks:
        return Callbacks(self.code, self.values, self.slices)

    @cached_property
    def critical(self) -> CriticalPairs:
        return CriticalPairs(self.code, self.values, self.calls, self.callbacks, self.locks)

    @cached_property
    def lock_order(self) -> LockOrder:
        return LockOrder(self.code, self.values, self.critical.pairs, self.guarded.entry)

    @cached_property
    def own_calls(self) -> OwnCalls:
        return OwnCalls(self.code, self.values, self.calls, self.callbacks, self.invocations)

    @cached_property
    def invocations(self) -> Invocations:
        # of the full summaries: those of locks alone do not say which callbacks a function runs
        return self.summaries.invocations()

    @cached_property
    def lock_needs(self) -> LockNeeds:
        return LockNeeds(self.code, self.values, self.calls, self.slices, self.own_calls)

    @cached_property
    def operations(self) -> Operations:
        operations = Operations(self.code, self.values, self.calls, self.slices)
        for operation, origins in PoolOperations(self.values, self.calls).find():
            operations.add(operation, origins)
        return operations

    @cached_property
    def lock_orders(self) -> LockOrders:
        return LockOrders(self.code, self.lock_needs, self.locks.locks)

    @cached_property
    def wait_cycles(self) -> list[WaitCycle]:
        lending = Lending(self.code, self.values, self.operations)
        parties = Parties(self.code, self.calls, self.own_calls, self.lock_needs, self.lock_orders, lending)
        served = Services(self.code, self.values, self.calls, self.slices, self.operations)
        locks = self.locks.locks
        cycles = WaitCycles(self.code, self.values, self.own_calls, self.lock_needs, self.operations, parties, locks)
        return list(cycles.find((*self.operations.waits, *served.waits())))

    @cached_property
    def network_waits(self) -> list[NetworkWait]:
        needs, orders, locks = self.lock_needs, self.lock_orders, self.locks.locks
        return NetworkWaits(self.code, self.calls, needs, orders, self.operations, locks).find()

    @cached_property
    def channel_flow(self) -> ChannelFlow:
        return ChannelFlow(self.code, self.calls)

    @cached_property
    def runs(self) -> Runs:
        return Runs(self.code, self.calls, self.channel_flow.operands)

    @cached_property
    def blocked(self) -> list[Blocked]:
        channels = self.channel_flow.channels
        fields = unclosed_fields(self.code, self.calls, self.runs, channels)
        return [*blocked(self.code, self.runs, channels), *counted_too_late(self.code, self.runs, channels), *fields]

    @cached_property
    def piled(self) -> list[Piled]:
        return list(piled(self.code, self.calls, self.channel_flow.operands))

    @cached_property
    def spins(self) -> list[Spin]:
        return list(spins(self.code, self.calls, self.channel_flow.operands, self.channel_flow.channels))

    @cached_property
    def timer_drains(self) -> list[Drain]:
        return list(timer_drains(self.code, self.calls, self.runs))

    @cached_property
    def missed(self) -> list[Missed]:
        return list(NilChannels(self.code, self.guarded).find(self.channel_flow.closes))

    @cached_property
    def deserted(self) -> list[Deserted]:
        return list(deserted(self.code, self.runs, self.channel_flow.channels))

    @cached_property
    def closings(self) -> list[Closing]:
        return list(closings(self.code, self.calls, self.runs, self.channel_flow, self.locks, self.callbacks.edges))

    @cached_property
    def lock_loops(self) -> LockLoops:
        return LockLoops(self.code, self.locks.locks, self.guarded.entry)

    @cached_property
    def leaks(self) -> list[Leak]:
        found = list(leaks(self.code, self.calls, self.runs, self.channel_flow.channels))
        told = {place for leak in found for place in (leak.at, *leak.starts)}
        return [*found, *deaf_goroutines(self.code, self.runs, self.cancellation, told.__contains__)]

    @cached_property
    def timer_leaks(self) -> list[TimerLeak]:
        return list(timer_leaks(self.code, self.calls, self.runs, self.channel_flow.operands))

    @cached_property
    def retry_loops(self) -> RetryLoops:
        return RetryLoops(self.code, self.values, self.calls, self.slices, self.taught.all_limits)

    @cached_property
    def cancels(self) -> Cancels:
        return Cancels(self.code, self.calls)

    @cached_property
    def lock_leaks(self) -> LockLeaks:
        return LockLeaks(self.code, self.values, self.locks)

    @cached_property
    def pairs(self) -> Pairs:
        return Pairs(self.code)

    @cached_property
    def semaphores(self) -> Semaphores:
        return Semaphores(self.code, self.values, self.calls)

    @cached_property
    def wait_groups(self) -> WaitGroups:
        return WaitGroups(self.code, self.values, self.calls)

    @cached_property
    def wait_group_misuses(self) -> WaitGroupMisuses:
        cycles = Cycles(self.code, self.values, self.calls, self.wait_groups, self.channel_flow)
        return WaitGroupMisuses(self.code, self.calls, self.wait_groups, cycles, self.locks.locks, self.guarded)

    @cached_property
    def start_up(self) -> StartUp:
        return StartUp(self.code, self.calls, self.slices, self.taught.all_records)

    @property
    def statistics(self) -> dict[str, int]:
        """Counts for `--statistics`: calls by how they were resolved, limits that were met."""
        return {**self.calls.statistics, **self.summaries.statistics}
