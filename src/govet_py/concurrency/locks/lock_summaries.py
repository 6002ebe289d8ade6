"""Which locks are held in every function, and what its calls do to the locks of callers.

Bottom-up over the strongly connected components of the call graph, before all other summaries: locks
depend on nothing but locks, and within a component they settle after few rounds (in each the locksets of
callees may only change through calls inside the component).
"""

from __future__ import annotations

from collections import deque
from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.parameters import parameter_path
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.locks.flagged_locks import FlaggedLocks
from govet_py.concurrency.locks.handed_locks import handed_locks
from govet_py.concurrency.locks.iterations import Iterations
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.locks.perhaps_held import Perhaps, perhaps_held
from govet_py.concurrency.names import Names, is_outer
from govet_py.model.concurrency import EMPTY_SUMMARY, GlobalRoot, Root, Summary

MAX_ROUNDS = 8


class LockSummaries:
    """The locksets of all functions. `locks` has those of functions that take or release a lock."""

    def __init__(self, code: Code, values: ValueAnalysis, graph: CallGraph) -> None:
        self._code = code
        self._graph = graph
        self._values = values
        self._all: dict[str, LockSets] = {}
        self._summaries: dict[Node, Summary] = {}
        self._events = LockEvents(code, values, self.of)
        self._iterations = Iterations(code, values, self._all.get)
        self._flagged = FlaggedLocks(code, graph, self._events.deeds)
        for component in graph.bottom_up():
            self._solve(component)
        self.locks = {id: locks for id, locks in self._all.items() if locks.any}

    def of(self, node: Node) -> Summary:
        """What a call of a function does to its caller's locks: a summary without effects."""
        return self._summaries.get(node, EMPTY_SUMMARY)

    def sets(self, function: str) -> LockSets:
        """The locksets of a function, by its id."""
        return self._all[function]

    @cached_property
    def perhaps(self) -> dict[str, Perhaps]:
        """What functions hold on some ways to their calls, where there is any such lock."""
        found = ((id, perhaps_held(self._code, self._code.function(id), sets)) for id, sets in self.locks.items())
        return {id: perhaps for id, perhaps in found if perhaps}

    def _solve(self, component: list[Node]) -> None:
        members = set(component)
        work = deque(node for node in component if not isinstance(node, InterfaceNode))
        left = MAX_ROUNDS * len(component)
        while work and left:
            node = work.popleft()
            left -= 1
            found = self._summarise(node)
            if found == self.of(node):
                continue
            self._summaries[node] = found
            callers = (caller for caller, _ in self._graph.callers.get(node, ()) if caller in members)
            work.extend(caller for caller in callers if isinstance(caller, str) and caller not in work)

    def _summarise(self, node: str) -> Summary:
        code = self._code.function(node)
        locks = self._all[node] = self._events.locksets(code, self._flagged.of(code), self._iterations.lent(code))
        if not locks.any:
            return EMPTY_SUMMARY
        held = frozenset(lock for lock in locks.at_return() if _outlives(code, lock.path.root))
        released = frozenset(parameter_path(code, path) for path in locks.released if _outlives(code, path.root))
        handed = handed_locks(code, self._values, locks, held)
        return Summary((), Names(code, self._values).locks(held) | handed, released)


def _outlives(code: FunctionCode, root: Root) -> bool:
    return isinstance(root, GlobalRoot) or is_outer(code, root)
