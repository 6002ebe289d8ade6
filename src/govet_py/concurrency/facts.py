"""The facts that rules ask for, each computed once and only when asked: this file is the dependency diagram."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.accesses import field_accesses, map_accesses
from govet_py.concurrency.callbacks import Callbacks
from govet_py.concurrency.channels import Channels
from govet_py.concurrency.contexts import ContextFlow
from govet_py.concurrency.critical_pairs import CriticalPairs
from govet_py.concurrency.goroutines import Goroutines
from govet_py.concurrency.guards import GuardedMembers, Suspect, suspects
from govet_py.concurrency.lock_cycles import Cycle, LockCycles
from govet_py.concurrency.lock_needs import LockNeeds
from govet_py.concurrency.lock_orders import LockOrders
from govet_py.concurrency.network_waits import NetworkWait, NetworkWaits
from govet_py.concurrency.own_calls import OwnCalls
from govet_py.concurrency.parties import Parties
from govet_py.concurrency.pools import PoolOperations
from govet_py.concurrency.races import Race, races
from govet_py.concurrency.retry import RetryLoops
from govet_py.concurrency.services import Services
from govet_py.concurrency.startup import StartUp
from govet_py.concurrency.summaries import Summaries
from govet_py.concurrency.waits import Operations
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
    def callbacks(self) -> Callbacks:
        return Callbacks(self.slices)

    @cached_property
    def critical(self) -> CriticalPairs:
        return CriticalPairs(self.code, self.values, self.calls, self.callbacks, self.summaries)

    @cached_property
    def own_calls(self) -> OwnCalls:
        return OwnCalls(self.code, self.values, self.calls, self.callbacks, self.summaries.of)

    @cached_property
    def lock_needs(self) -> LockNeeds:
        return LockNeeds(self.code, self.values, self.calls, self.slices, self.own_calls)

    @cached_property
    def operations(self) -> Operations:
        operations = Operations(self.code, self.values, self.calls, self.slices)
        for operation, origins in PoolOperations(self.code, self.values, self.calls).find():
            operations.add(operation, origins)
        return operations

    @cached_property
    def lock_cycles(self) -> list[Cycle]:
        orders = LockOrders(self.code, self.lock_needs, self.summaries.locks)
        parties = Parties(self.code, self.calls, self.own_calls, self.lock_needs, orders, self.operations)
        served = Services(self.code, self.values, self.calls, self.slices, self.operations)
        locks = self.summaries.locks
        cycles = LockCycles(self.code, self.own_calls, self.lock_needs, self.operations, parties, locks)
        return list(cycles.find((*self.operations.waits, *served.waits())))

    @cached_property
    def network_waits(self) -> list[NetworkWait]:
        return NetworkWaits(
            self.code, self.calls, self.own_calls, self.lock_needs, self.operations, self.summaries.locks
        ).find()

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
