"""Retry loops: a call in a loop whose error decides whether the loop goes round again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.slices import Slices
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.flow.described import Mark
from govet_py.concurrency.flow.outcomes import Outcome, Simulation
from govet_py.concurrency.protocols.classifiers import Caller, Classifiers
from govet_py.concurrency.protocols.deadlines import Deadline, Deadlines
from govet_py.concurrency.protocols.enforced_limits import EnforcedLimit, enforced_limits, hands_over, sets
from govet_py.concurrency.protocols.marks import marks
from govet_py.concurrency.protocols.progress import NOTHING, Kept, kept_by_loop
from govet_py.concurrency.protocols.wrapped import Wrapped
from govet_py.knowledge.limits import CYCLE_LIMIT, Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import ERROR

MAX_OPERANDS = 20


class FatalLimit(NamedTuple):
    """The loop in `function` around `call` leaves with the error that `limit`, set at `mark`, is meant to
    produce, although it tries again after other errors. `path` are the calls from the loop to the mark."""

    function: str
    call: int
    limit: Limit
    mark: Site
    outcome: Outcome
    path: tuple[Site, ...]


class RetryLoops:
    """The retry loops of a program, held against the limits it sets."""

    def __init__(
        self, code: Code, values: ValueAnalysis, calls: CallGraph, slices: Slices, limits: Sequence[Limit]
    ) -> None:
        self._code = code
        self._calls = calls
        self._slices = slices
        self._limits = limits
        self._deadlines = Deadlines(code, values, calls)
        self._wrapped = Wrapped(code, slices)
        self._kept: dict[tuple[str, int], Kept] = {}

    def fatal_limits(self) -> Iterator[FatalLimit]:
        """Every retry loop that ends on an error which its own work is expected to end with."""
        rounds = [found for id in self._code.ids() for found in self._rounds(self._code.function(id))]
        self._kept = {(code.id, call): self._keeps(code, call, store) for code, call, store in rounds}
        candidates = [one for one in rounds if self._is_stream(one[0], one[1])]
        nearest = {code.id for code, _, _ in candidates}
        for limit in self._limits:
            ways = self._ways_to(limit, nearest) if candidates else {}
            for code, call, store in candidates:
                yield from self._judge(code, call, store, limit, ways)
        for code, call, store in candidates:
            yield from self._judge_cycle(code, call, store)
        enforced = dict.fromkeys(enforced_limits(self._code, self._calls)) if rounds else {}
        for code, call, store in rounds:
            yield from self._judge_enforced(code, call, store, enforced)
            yield from self._judge_helper(code, call, store)

    def _rounds(self, code: FunctionCode) -> Iterator[tuple[FunctionCode, int, int]]:
        """Calls in loops whose error is kept."""
        if not code.function.loops:
            return
        for register in code.of_kind(ir.Store):
            instruction = code.code[register]
            if not isinstance(instruction, ir.Store) or code.loop_of(register) == ir.NONE:
                continue
            call = code.call_behind(instruction.value)
            if call != ir.NONE and code.type_of(instruction.value) == ERROR:
                yield code, call, register

    def _is_stream(self, code: FunctionCode, call: int) -> bool:
        """Whether a call is given a callback (streams, copies), is one cycle with a deadline, or resumes."""
        if self._deadlines.given(code, call) or self._cycle(code, call) is not None:
            return True
        return any(self._deadlines.works(code, call, self._kept[code.id, call]))

    def _cycle(self, code: FunctionCode, call: int) -> Deadline | None:
        """The deadline of a cycle of the loop around a call."""
        return self._deadlines.in_loop(code, call) or self._deadlines.below(code, call, self._kept[code.id, call])

    def _keeps(self, code: FunctionCode, call: int, store: int) -> Kept:
        """What the loop around a call of a function with a body keeps in fields itself, where it goes round after
        success."""
        loop, callee = code.loop_of(store), code.callee(call)
        sets = any(code.inside(code.loop_of(at), loop) for at in code.of_kind(ir.SetField))
        known = not isinstance(callee, p.Static) or self._code.get(callee.function) is not None
        if not sets or not known or not self._goes_round(code, store):
            return NOTHING
        return kept_by_loop(self._code, code, loop)

    def _goes_round(self, code: FunctionCode, store: int) -> bool:
        """Whether the loop goes round after success."""
        after = Simulation(self._code, None).after(code, store, code.loop_of(store), Mark.NIL)
        return any(not outcome.leaves for outcome in after)

    def _judge(
        self, code: FunctionCode, call: int, store: int, limit: Limit, ways: dict[Node, tuple[Node | None, Site]]
    ) -> Iterator[FatalLimit]:
        sites = {call, *self._made_by(code, call)}
        targets = [e.target for e in self._calls.edges[code.id] if e.site in sites and e.target in ways]
        if targets and (outcome := self._final(code, store, limit)):
            path, mark = self._path(targets[0], ways)
            yield FatalLimit(code.id, call, limit, mark, outcome, path)

    @staticmethod
    def _made_by(code: FunctionCode, call: int) -> Iterator[int]:
        """The calls that make a call's arguments, such as the text of a query."""
        instruction = code.code[call]
        work = list(instruction.args) if isinstance(instruction, ir.Call) else []
        for _ in range(MAX_OPERANDS):
            if not work:
                return
            register = work.pop()
            match code.code[register]:
                case ir.Call():
                    yield register
                case ir.Binary() as sum:
                    work.extend((sum.left, sum.right))
                case ir.Extract() as part:
                    work.append(part.tuple)
                case ir.Load() as load:
                    work.extend(code.values_of(load.var))

    def _judge_cycle(self, code: FunctionCode, call: int, store: int) -> Iterator[FatalLimit]:
        deadline = self._cycle(code, call)
        if deadline is None or not (deadline.path or self._goes_on(code, call, store)):
            return
        outcome = self._final(code, store, CYCLE_LIMIT)
        if outcome is not None:
            yield FatalLimit(code.id, call, CYCLE_LIMIT, deadline.mark, outcome, deadline.path)

    def _goes_on(self, code: FunctionCode, call: int, store: int) -> bool:
        """Whether a round is one of many, not an attempt at something that is done once: the loop goes round after
        success as well, or the next round goes on where this one has got to."""
        return self._goes_round(code, store) or self._deadlines.resumes(code, call)

    def _judge_helper(self, code: FunctionCode, call: int, store: int) -> Iterator[FatalLimit]:
        """The cycles that callers have a function repeat for them, by the rules that they give it."""
        callee = code.callee(call)
        load = code.code[callee.register] if isinstance(callee, p.Value) else None
        if not isinstance(callee, p.Value) or not isinstance(load, ir.Load) or load.var not in code.function.params:
            return
        for caller, site in self._calls.sites(code.id):
            classifiers = Classifiers(self._code, self._calls, self._slices, Caller(code.id, caller, site))
            for work in classifiers.held(code, callee.register):
                deadline = self._deadlines.within(work)
                outcome = self._final(code, store, CYCLE_LIMIT, classifiers) if deadline is not None else None
                if deadline is not None and outcome is not None:
                    path = (caller.site(site), *deadline.path)
                    yield FatalLimit(code.id, call, CYCLE_LIMIT, deadline.mark, outcome, path)

    def _judge_enforced(
        self, code: FunctionCode, call: int, store: int, enforced: Iterable[EnforcedLimit]
    ) -> Iterator[FatalLimit]:
        """The limits that the loop's work is given, and goes on after."""
        works = list(self._deadlines.works(code, call, self._kept[code.id, call])) if enforced else []
        for limit in enforced:
            for frame, work in works:
                mark = self._set_at(frame, work, limit)
                outcome = self._final(code, store, limit.limit) if mark is not None else None
                if mark is not None and outcome is not None:
                    path = () if frame is code else (frame.site(work),)
                    yield FatalLimit(code.id, call, limit.limit, mark, outcome, path)

    def _set_at(self, frame: FunctionCode, work: int, limit: EnforcedLimit) -> Site | None:
        """Where the limit that a call is given, or its enforcer has, is set; None when there is none."""
        mark = sets(self._code, self._calls, frame, work, limit)
        if mark is not None or not hands_over(frame, work, limit):
            return None if mark is None else frame.site(mark)
        return next((self._code.function(id).site(at) for id, at in self._slices.stored(limit.field)), None)

    def _final(
        self, code: FunctionCode, store: int, limit: Limit, classifiers: Classifiers | None = None
    ) -> Outcome | None:
        """How the loop ends for good on the limit's error, None when it may go on or never retries."""
        loop = code.loop_of(store)
        asked = (classifiers or Classifiers(self._code, self._calls, self._slices)).of
        if not any(not o.leaves for o in Simulation(self._code, None, asked).after(code, store, loop)):
            return None
        never = self._wrapped.never_ends if limit == CYCLE_LIMIT else lambda code, target: False
        outcomes = Simulation(self._code, limit, asked, never).after(code, store, loop)
        if not outcomes or any(not o.leaves for o in outcomes):
            return None
        return min(outcomes, key=lambda o: (not o.decided, o.site))

    def _ways_to(self, limit: Limit, loops: set[str]) -> dict[Node, tuple[Node | None, Site]]:
        """Every node that comes, by calls that wait for the answer, to a function which sets the limit: the
        next node, and the call's site. Functions with a retry loop of their own end the search: the loop
        nearest to the limit is the one that has to deal with its error."""
        ways: dict[Node, tuple[Node | None, Site]] = {id: (None, site) for id, site in self._marks.get(limit, ())}
        work = list(ways)
        for node in work:
            for caller, edge in self._calls.callers.get(node, ()) if node not in loops else ():
                if caller not in ways and self._waits(caller, edge):
                    ways[caller] = (node, self._site(caller, edge))
                    work.append(caller)
        return ways

    @cached_property
    def _marks(self) -> dict[Limit, list[tuple[str, Site]]]:
        """The functions that set each limit, with the first place there."""
        return marks(self._code, self._calls, self._limits)

    def _waits(self, caller: Node, edge: Edge) -> bool:
        """Whether the caller gets the callee's error: not a goroutine, not a named function handed over."""
        if isinstance(caller, InterfaceNode):
            return True
        made = self._code.function(caller).code[edge.site]
        return edge.mode != ir.Mode.GO and isinstance(made, ir.Call | ir.MakeClosure)

    def _site(self, caller: Node, edge: Edge) -> Site:
        return Site("", 0) if isinstance(caller, InterfaceNode) else self._code.function(caller).site(edge.site)

    @staticmethod
    def _path(start: Node, ways: dict[Node, tuple[Node | None, Site]]) -> tuple[tuple[Site, ...], Site]:
        sites: list[Site] = []
        node: Node | None = start
        while node is not None:
            node, site = ways[node]
            sites.append(site)
        return tuple(site for site in sites[:-1] if site.path), sites[-1]
