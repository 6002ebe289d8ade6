"""Retry loops: a call in a loop whose error decides whether the loop goes round again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from govet_py.callgraph.callgraph import CallGraph, Edge, InterfaceNode, Node
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.flow.outcomes import Outcome, Simulation
from govet_py.concurrency.protocols.enforced_limits import EnforcedLimit, enforced_limits, resumes, sets
from govet_py.knowledge.contexts import LIMITED
from govet_py.knowledge.limits import CYCLE_LIMIT, Limit
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import FunctionValue
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


class Deadline(NamedTuple):
    """The context of one cycle gets its deadline at `mark`, at the end of the calls of `path`."""

    mark: Site
    path: tuple[Site, ...]


class RetryLoops:
    """The retry loops of a program, held against the limits it sets."""

    def __init__(self, code: Code, values: ValueAnalysis, calls: CallGraph, limits: Sequence[Limit]) -> None:
        self._code = code
        self._values = values
        self._calls = calls
        self._limits = limits

    def fatal_limits(self) -> Iterator[FatalLimit]:
        """Every retry loop that ends on an error which its own work is expected to end with."""
        candidates = [found for id in self._code.ids() for found in self._candidates(self._code.function(id))]
        nearest = {code.id for code, _, _ in candidates}
        for limit in self._limits:
            ways = self._ways_to(limit, nearest) if candidates else {}
            for code, call, store in candidates:
                yield from self._judge(code, call, store, limit, ways)
        enforced = dict.fromkeys(enforced_limits(self._code, self._calls)) if candidates else {}
        for code, call, store in candidates:
            yield from self._judge_cycle(code, call, store)
            yield from self._judge_enforced(code, call, store, enforced)

    def _candidates(self, code: FunctionCode) -> Iterator[tuple[FunctionCode, int, int]]:
        """Calls in loops that are given a callback (streams, copies) and whose error is kept."""
        if not code.function.loops:
            return
        for register in code.of_kind(ir.Store):
            instruction = code.code[register]
            if not isinstance(instruction, ir.Store) or code.loop_of(register) == ir.NONE:
                continue
            call = self._call_behind(code, instruction.value)
            if call is not None and code.type_of(instruction.value) == ERROR and self._is_stream(code, call):
                yield code, call, register

    @staticmethod
    def _call_behind(code: FunctionCode, register: int) -> int | None:
        instruction = code.code[register]
        if isinstance(instruction, ir.Extract):
            register, instruction = instruction.tuple, code.code[instruction.tuple]
        return register if isinstance(instruction, ir.Call) else None

    def _is_stream(self, code: FunctionCode, call: int) -> bool:
        return bool(self._given(code, call)) or self._cycle(code, call) is not None

    def _judge(
        self, code: FunctionCode, call: int, store: int, limit: Limit, ways: dict[Node, tuple[Node | None, Site]]
    ) -> Iterator[FatalLimit]:
        sites = {call, *self._made_by(code, call)}
        targets = [e.target for e in self._calls.edges[code.id] if e.site in sites and e.target in ways]
        if targets and (outcome := self._final(code, call, store, limit)):
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
                    stores = code.stores.get(load.var, [])
                    work.extend(s.value for at in stores if isinstance(s := code.code[at], ir.Store))

    def _judge_cycle(self, code: FunctionCode, call: int, store: int) -> Iterator[FatalLimit]:
        deadline = self._cycle(code, call)
        if deadline is not None and (outcome := self._final(code, call, store, CYCLE_LIMIT)):
            yield FatalLimit(code.id, call, CYCLE_LIMIT, deadline.mark, outcome, deadline.path)

    def _judge_enforced(
        self, code: FunctionCode, call: int, store: int, enforced: Iterable[EnforcedLimit]
    ) -> Iterator[FatalLimit]:
        """The limits that the loop's work is given, and goes on after."""
        for limit, field in enforced:
            mark = sets(self._code, code, call, field)
            goes_on = mark is not None and any(resumes(self._code, code, call, one) for one in self._given(code, call))
            if mark is not None and goes_on and (outcome := self._final(code, call, store, limit)):
                yield FatalLimit(code.id, call, limit, code.site(mark), outcome, ())

    def _given(self, code: FunctionCode, call: int) -> list[str]:
        """The functions that a call is given."""
        instruction = code.code[call]
        values = (v for arg in instruction.args for v in self._values.of(code, arg))  # type: ignore[union-attr]
        return [value.function for value in values if isinstance(value, FunctionValue)]

    def _final(self, code: FunctionCode, call: int, store: int, limit: Limit) -> Outcome | None:
        """How the loop ends for good on the limit's error, None when it may go on or never retries."""
        loop = code.loop_of(store)
        if not any(not o.leaves for o in Simulation(self._code, None).after(code, call, store, loop)):
            return None
        outcomes = Simulation(self._code, limit).after(code, call, store, loop)
        if not outcomes or any(not o.leaves for o in outcomes):
            return None
        return min(outcomes, key=lambda o: (not o.decided, o.site))

    def _cycle(self, code: FunctionCode, call: int) -> Deadline | None:
        """The deadline that the loop, or the function that it calls for one cycle, sets for the work of the cycle."""
        made = self._cycle_context(code, call) if code.loop_of(call) != ir.NONE else None
        if made is not None:
            return Deadline(code.site(made), ())
        callee = code.callee(call)
        inner = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        return self._cycle_within(inner) if inner is not None and inner.may_fail else None

    def _cycle_within(self, code: FunctionCode) -> Deadline | None:
        """The deadline of a function whose work gives what it has done to a callback, and whose error it returns:
        what has been done until then is not lost. An attempt that is over with its deadline is none."""
        for register in code.of_kind(ir.Return):
            results: tuple[int, ...] = code.code[register].results  # type: ignore[union-attr]
            for work in self._calls_behind(code, results[-1]) if results else ():
                made = self._cycle_context(code, work) if self._given(code, work) else None
                if made is not None:
                    return Deadline(code.site(made), (code.site(work),))
        return None

    def _calls_behind(self, code: FunctionCode, register: int) -> Iterator[int]:
        """The calls whose result a register may be, through a variable."""
        load = code.code[register]
        stores = code.stores.get(load.var, []) if isinstance(load, ir.Load) else []
        for at in (register, *(self._stored(code, store) for store in stores)):
            call = self._call_behind(code, at)
            if call is not None:
                yield call

    def _cycle_context(self, code: FunctionCode, call: int) -> int | None:
        """The WithTimeout in the same loop, if there is one, that makes the context of the call."""
        instruction = code.code[call]
        assert isinstance(instruction, ir.Call)
        loop = code.loop_of(call)
        for argument in instruction.args:
            load = code.code[argument]
            if not isinstance(load, ir.Load):
                continue
            for store in code.stores.get(load.var, []):
                made = self._call_behind(code, self._stored(code, store))
                if made is not None and code.loop_of(made) == loop and self._makes_deadline(code, made):
                    return made
        return None

    @staticmethod
    def _stored(code: FunctionCode, store: int) -> int:
        instruction = code.code[store]
        assert isinstance(instruction, ir.Store)
        return instruction.value

    @staticmethod
    def _makes_deadline(code: FunctionCode, call: int) -> bool:
        callee = code.callee(call)
        return isinstance(callee, p.Static) and callee.function in LIMITED

    def _ways_to(self, limit: Limit, loops: set[str]) -> dict[Node, tuple[Node | None, Site]]:
        """Every node that comes, by calls that wait for the answer, to a function which sets the limit: the
        next node, and the call's site. Functions with a retry loop of their own end the search: the loop
        nearest to the limit is the one that has to deal with its error."""
        ways: dict[Node, tuple[Node | None, Site]] = {}
        for id in self._code.ids():
            code = self._code.function(id)
            for register in code.of_kind(ir.Const):
                instruction = code.code[register]
                if isinstance(instruction, ir.Const) and any(mark in instruction.value for mark in limit.marks):
                    ways.setdefault(id, (None, code.site(register)))
        work = list(ways)
        for node in work:
            for caller, edge in self._calls.callers.get(node, ()) if node not in loops else ():
                if caller not in ways and self._waits(caller, edge):
                    ways[caller] = (node, self._site(caller, edge))
                    work.append(caller)
        return ways

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
