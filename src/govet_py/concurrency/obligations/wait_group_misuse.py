"""Ways to get a WaitGroup wrong: what is counted, when, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govet_py.callgraph.callgraph import CallGraph, Edge, Reason
from govet_py.callgraph.code import Code, FunctionCode, literal_id
from govet_py.concurrency.channels.subjects import subject
from govet_py.concurrency.describe import short_name
from govet_py.concurrency.flow.obligations import DISCHARGED, Duty, Obligations
from govet_py.concurrency.flow.path_facts import not_nil
from govet_py.concurrency.locks.guards import GuardedMembers
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.concurrency.obligations.added_after import AddsAfter
from govet_py.concurrency.obligations.counted_late import LateCounts
from govet_py.concurrency.obligations.item_dones import LostItem, items_sent, lost_items
from govet_py.concurrency.obligations.leak_story import also, way_steps
from govet_py.concurrency.obligations.let_through import LetIn
from govet_py.concurrency.obligations.never_done import never_done, unmatched
from govet_py.concurrency.obligations.wait_group_cycles import Cycles
from govet_py.concurrency.obligations.wait_group_stories import Misuse, Stories, group_name
from govet_py.concurrency.obligations.wait_groups import GroupCall, Op, WaitGroups
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import AllocRoot
from govet_py.model.finding import Confidence, Step
from govet_py.resolve.elements import range_over

MAX_CALLS = 12


class WaitGroupMisuses:
    """The misuses in a program."""

    def __init__(
        self, code: Code, calls: CallGraph, groups: WaitGroups, cycles: Cycles, locks: Mapping[str, LockSets],
        guarded: GuardedMembers,
    ) -> None:
        """`locks` has the locksets of the functions that take locks."""
        self._locks = locks
        self._guarded = guarded
        self._code = code
        self._calls = calls
        self._groups = groups
        self._cycles = cycles
        self._stories = Stories(code)

    def all(self) -> Iterator[Misuse]:
        """Every misuse, once each."""
        told: set[tuple[str, int]] = set()
        for misuse in self._every():
            if (misuse.function, misuse.register) not in told:
                told.add((misuse.function, misuse.register))
                yield misuse

    def _every(self) -> Iterator[Misuse]:
        for code, start in self._starts():
            if isinstance(start.target, str):
                yield from self._added_inside(code, start, start.target)
        for id in sorted(self._groups.calls):
            code = self._code.function(id)
            yield from self._missing_done(code)
            yield from self._uncounted_way(code)
            yield from self._skipped_item(code)
            yield from self._waits_in_loop(code)
        yield from map(self._stories.cycle, self._cycles.all())
        yield from map(self._stories.never, never_done(self._code, self._calls, self._groups))
        yield from map(self._lost_item, lost_items(self._code, self._calls, self._groups, self._passes_on))
        yield from map(self._stories.unmatched, unmatched(self._code, self._calls, self._groups))
        yield from map(self._stories.after, AddsAfter(self._code, self._calls, self._groups).find())
        yield from map(self._stories.let_through, LetIn(self._code, self._calls, self._groups, self._guarded).find())
        yield from map(self._stories.late, LateCounts(self._code, self._calls, self._groups, self._locks).find())

    # -- Add inside the goroutine ----------------------------------------------------------------------

    def _starts(self) -> Iterator[tuple[FunctionCode, Edge]]:
        """The go statements, and the calls by which the runtime starts a goroutine that nobody counts."""
        for node, edges in self._calls.edges.items():
            if isinstance(node, str):
                yield from ((self._code.function(node), edge) for edge in edges if edge.mode == ir.Mode.GO)
        for name, spawner in knows.SPAWNERS.items():
            for id, call in self._calls.named(name) if spawner.stopped else ():
                code = self._code.function(id)
                given = code.code[call].args[spawner.function]  # type: ignore[union-attr]
                made = (given, code.source(given))
                yield from ((code, edge._replace(site=call)) for edge in self._calls.edges[id] if edge.site in made)

    def _added_inside(self, starter: FunctionCode, start: Edge, target: str) -> Iterator[Misuse]:
        """A goroutine that counts itself: who waits may come by before it does."""
        code = self._code.function(target)
        for function, call in self._counts_itself(code):
            here = [add for add in self._groups.of(starter.id, Op.ADD) if not self._is_for_another(starter, add, start)]
            here_too = any(map(call.has_member_of, self._groups.of_callees(starter, Op.ADD)))
            if here_too or any(call.is_on(add) for add in here) or (function is not code and self._is_counted(code)):
                continue
            waits = self._waits(function, call)
            if waits:
                yield self._inside(starter, start, function, call, waits)

    @staticmethod
    def _is_for_another(code: FunctionCode, add: GroupCall, start: Edge) -> bool:
        """Whether an Add of one stands right in front of the start of another goroutine than that of an edge."""
        return add.delta == 1 and WaitGroupMisuses._started(code, add) not in (None, start.site)

    @staticmethod
    def _started(code: FunctionCode, add: GroupCall) -> int | None:
        """The first go statement after an Add, in the same block."""
        after = range(add.register, code.function.blocks[code.block_of(add.register)].end)
        return next((register for register in after if code.mode_of(register) == ir.Mode.GO), None)

    def _counts_itself(self, code: FunctionCode) -> Iterator[tuple[FunctionCode, GroupCall]]:
        """The functions, of a goroutine's function and what it calls once, that add, where they or what the goroutine
        runs besides are done: the latter only when they add first of all, for what is behind a test may be guarded by
        it; the former under a lock only."""
        functions = [code]
        for edge in self._calls.edges.get(code.id, ())[:MAX_CALLS]:
            once = edge.mode == ir.Mode.CALL and edge.reason == Reason.STATIC and code.loop_of(edge.site) == ir.NONE
            if once and isinstance(edge.target, str):
                functions.append(self._code.function(edge.target))
        beside = self._groups.of_callees(code, Op.DONE)
        for function in functions:
            dones = self._groups.dones(function)
            for add in self._groups.of(function.id, Op.ADD):
                tested = function.block_of(add.register) != 0
                if tested and (function is not code or self._is_locked(function, add)):
                    continue
                ended = any(done.path == add.path for done in dones)
                ended = ended or (any(map(add.has_member_of, beside)) and self._started(function, add) is None)
                if ended and function.loop_of(add.register) == ir.NONE:
                    yield function, add

    def _is_locked(self, code: FunctionCode, add: GroupCall) -> bool:
        """Whether a lock is held: the test before was made under it, and who waits has let nobody in any more."""
        locks = self._locks.get(code.id)
        return locks is not None and bool(locks.at(add.register))

    def _is_counted(self, code: FunctionCode) -> bool:
        return bool(self._groups.dones(code))

    def _waits(self, code: FunctionCode, call: GroupCall) -> list[tuple[str, int]]:
        """The waits for a call's group, but for the function's own."""
        waits = list(self._groups.waited.get(call.member, ())) if call.member is not None else []
        waits += [(id, wait.register) for id, wait in self._groups.in_body(code, Op.WAIT) if wait.path == call.path]
        return list(dict.fromkeys(wait for wait in waits if wait[0] != code.id))

    def _inside(
        self, starter: FunctionCode, start: Edge, code: FunctionCode, call: GroupCall, waits: list[tuple[str, int]]
    ) -> Misuse:
        name = group_name(code, call)
        function, wait = waits[0]
        waiter = self._code.function(function)
        steps = (
            Step(starter.site(start.site), "a goroutine is started", 1),
            Step(code.site(call.register), f"it adds itself to {name}", 1, 1),
            Step(waiter.site(wait), f"may have passed by then (in {short_name(function)})", 2),
        )
        where = short_name(code.id)
        message = f"{name}.Add runs on the goroutine that it counts: {name}.Wait may return before (in {where})"
        sure = starter.body_id == waiter.body_id or code.id == start.target
        confidence = Confidence.HIGH if sure else Confidence.MEDIUM
        return Misuse("inside", code.id, call.register, name, message, confidence, steps)

    # -- Done on every path ----------------------------------------------------------------------------

    def _missing_done(self, code: FunctionCode) -> Iterator[Misuse]:
        """A goroutine that ends without the Done that other paths of it reach."""
        if not self._is_started(code.id):
            return
        dones = self._groups.dones(code)
        for path in dict.fromkeys(done.path for done in dones):
            ours = [done for done in dones if done.path == path]
            if any(add.path == path for add in self._groups.of(code.id, Op.ADD)) or self._enters(code.id, ours[0]):
                continue
            if any(_comes_round(code, done.register) for done in ours):
                continue
            yield from self._without_done(code, ours)

    def _enters(self, id: str, group: GroupCall, depth: int = 2) -> bool:
        """Whether a function calls one that counts it in, perhaps: that tells it whether there is to be a Done."""
        edges = (edge for edge in self._calls.edges.get(id, ()) if edge.mode == ir.Mode.CALL)
        callees = [edge.target for edge in edges if isinstance(edge.target, str)]
        adds = (add for target in callees for add in self._groups.of(target, Op.ADD))
        if group.member is not None and any(add.member == group.member for add in adds):
            return True
        return depth > 0 and any(self._enters(target, group, depth - 1) for target in callees if target != id)

    def _without_done(self, code: FunctionCode, dones: list[GroupCall]) -> Iterator[Misuse]:
        deferred = frozenset(done.register for done in dones if code.is_deferred(done.register))
        others = self._passes_on(code, dones[0])
        discharges = frozenset(done.register for done in dones) - deferred | others
        duty = Duty({}, discharges, deferred, held_at_entry=True, known=not_nil(dones[0].path))
        exits = Obligations(self._code, code, duty).exits()
        leaks = [exit for exit in exits if exit.leaks]
        if not leaks:
            return
        name = group_name(code, dones[0])
        start = Step(code.site(dones[0].register), f"{name}.Done is called on other paths")
        steps = way_steps(code, start, leaks[0], f"ends without {name}.Done")
        message = f"{name}.Done is not called on a path on which {short_name(code.id)} returns: {name}.Wait never does"
        related = also(code, tuple(exit.register for exit in leaks[1:]), "nor on this one")
        yield Misuse("missing", code.id, dones[0].register, name, message, Confidence.HIGH, steps, related)

    def _lost_item(self, lost: LostItem) -> Misuse:
        """A worker that takes out an item, and does not count it down."""
        code = self._code.function(lost.function)
        name = group_name(code, lost.done)
        start = Step(code.site(lost.done.register), f"{name}.Done is called on other paths")
        steps = way_steps(code, start, lost.held[0], f"leaves an item without {name}.Done")
        how = "goes on to the next item" if lost.held[0].again else "returns"
        message = f"{name}.Done is not called on a path on which {short_name(code.id)} {how}: {name}.Wait never returns"
        related = also(code, tuple(exit.register for exit in lost.held[1:]), "nor on this one")
        left = lost.held[0].register
        at = lost.done.register if lost.held[0].again or code.site(left).span == code.function.span else left
        return Misuse("item", code.id, at, name, message, Confidence.MEDIUM, steps, related)

    def _is_started(self, id: str) -> bool:
        """Whether a function is what a go statement starts, and nothing else runs it."""
        callers = self._calls.callers.get(id, ())
        modes = [edge.mode for _, edge in callers if edge.reason != Reason.VALUE or edge.mode == ir.Mode.GO]
        return bool(modes) and all(mode == ir.Mode.GO for mode in modes)

    def _passes_on(self, code: FunctionCode, group: GroupCall) -> frozenset[int]:
        """The instructions that may leave a group's Done to someone else: closures and goroutines that have one,
        calls that are given the group."""
        instructions = enumerate(code.code)
        return frozenset(register for register, what in instructions if self._may_do(code, register, what, group))

    def _may_do(self, code: FunctionCode, register: int, instruction: ir.Instruction, group: GroupCall) -> bool:
        if isinstance(instruction, ir.MakeClosure):
            return self._closure_does(code, instruction.function, group)
        if not isinstance(instruction, ir.Call):
            return False
        given = any(self._groups.path_of(code, argument) == group.path for argument in instruction.args)
        return given or any(
            edge.site == register and isinstance(edge.target, str) and self._does(edge.target, group, 3)
            for edge in self._calls.edges.get(code.id, ())
            if edge.reason != Reason.VALUE or edge.mode == ir.Mode.GO
        )

    def _does(self, id: str, group: GroupCall, depth: int) -> bool:
        """Whether a function, or what it calls, has a Done of the group's member."""
        if any(group.member is not None and done.member == group.member for done in self._groups.of(id, Op.DONE)):
            return True
        if depth == 0 or group.member is None:
            return False
        return any(
            isinstance(edge.target, str) and edge.target != id and self._does(edge.target, group, depth - 1)
            for edge in self._calls.edges.get(id, ())
        )

    def _closure_does(self, code: FunctionCode, index: int, group: GroupCall) -> bool:
        id = literal_id(code.body_id, index)
        inner = self._code.function(id)
        if any(done.is_on(group) for done in self._groups.of(id, Op.DONE)):
            return True
        return bool(self._passes_on(inner, group))

    # -- Add without a goroutine -----------------------------------------------------------------------

    def _uncounted_way(self, code: FunctionCode) -> Iterator[Misuse]:
        """A path that adds one and leaves, or waits, without starting what is to be done."""
        adds = [add for add in self._groups.of(code.id, Op.ADD) if add.delta == 1]
        for path in dict.fromkeys(add.path for add in adds):
            ours = [add for add in adds if add.path == path]
            if len(ours) != 1:
                continue
            yield from self._never_done(code, ours[0])

    def _never_done(self, code: FunctionCode, add: GroupCall) -> Iterator[Misuse]:
        discharges, deferred = self._discharges(code, add)
        if not discharges and not deferred:
            return
        waits = frozenset(wait.register for wait in self._groups.of(code.id, Op.WAIT) if wait.path == add.path)
        duty = Duty({add.register: None}, discharges, deferred, checks=waits)
        exits = Obligations(self._code, code, duty).exits()
        ours = isinstance(add.path.root, AllocRoot) and add.path.root.function == code.id
        counted = [exit for exit in exits if exit.leaks and (exit.register in waits if exit.again else not ours)]
        if not counted or not any(exit.status & DISCHARGED for exit in exits):
            return
        name = group_name(code, add)
        steps = way_steps(code, Step(code.site(add.register), f"{name}.Add(1)"), counted[0], "nothing will call Done")
        where = short_name(code.id)
        message = f"{name}.Add(1) is left without a Done on a path through {where}: {name}.Wait never returns"
        yield Misuse("uncounted", code.id, add.register, name, message, Confidence.MEDIUM, steps)

    def _discharges(self, code: FunctionCode, add: GroupCall) -> tuple[frozenset[int], frozenset[int]]:
        """What does, or will do, what an Add has counted, and the deferred calls that do."""
        dones = [done for done in self._groups.dones(code) if done.path == add.path]
        deferred = frozenset(done.register for done in dones if code.is_deferred(done.register))
        started = self._passes_on(code, add) | frozenset(code.go_statements())
        return frozenset(done.register for done in dones) - deferred | started | frozenset(items_sent(code)), deferred

    def _skipped_item(self, code: FunctionCode) -> Iterator[Misuse]:
        """A loop over items that were all counted before it, `wg.Add(len(items))`, which passes over one of them."""
        for add in self._groups.of(code.id, Op.ADD):
            alone = [one for one in self._groups.of(code.id, Op.ADD) if one.path == add.path] == [add]
            rounds = [at for at in code.of_kind(ir.Next) if _goes_over(code, add, at)] if alone else []
            discharges, deferred = self._discharges(code, add) if len(rounds) == 1 else (frozenset(), frozenset())
            loop = code.loop_of(rounds[0]) if discharges and not deferred else ir.NONE
            if loop == ir.NONE or not all(code.inside(code.loop_of(at), loop) for at in discharges):
                continue
            blocks = code.function.blocks
            begun = blocks[blocks[code.block_of(rounds[0])].succs[0]].start
            duty = Duty({begun: None}, discharges, frozenset(), checks=frozenset(rounds))
            exits = Obligations(self._code, code, duty).exits()
            passed = [exit for exit in exits if exit.leaks and exit.again]
            if passed:
                name = group_name(code, add)
                first = Step(code.site(add.register), f"{name} counts all of the items")
                steps = way_steps(code, first, passed[0], f"goes on to the next one without {name}.Done")
                message = f"{name}.Add counts an item that {short_name(code.id)} passes over: {name}.Wait never returns"
                yield Misuse("skipped", code.id, add.register, name, message, Confidence.MEDIUM, steps)

    # -- Wait in the loop ------------------------------------------------------------------------------

    def _waits_in_loop(self, code: FunctionCode) -> Iterator[Misuse]:
        """Wait in the loop that starts the goroutines, when all of them were counted before the loop."""
        for wait in self._groups.of(code.id, Op.WAIT):
            loop = code.loop_of(wait.register)
            if loop == ir.NONE:
                continue
            adds = [add for add in self._groups.of(code.id, Op.ADD) if add.path == wait.path]
            before = [add for add in adds if not code.inside(code.loop_of(add.register), loop) and add.delta != 1]
            starts = [at for at in code.go_statements() if code.inside(code.loop_of(at), loop)]
            ours = [r for r in starts if r in self._passes_on(code, wait) or self._starts_done(code, r, wait)]
            if len(before) == len(adds) == 1 and ours and code.loop_of(ours[0]) == loop:
                yield self._in_loop(code, wait, before[0], ours[0])

    def _starts_done(self, code: FunctionCode, register: int, group: GroupCall) -> bool:
        call = code.code[register]
        made = code.code[call.callee] if isinstance(call, ir.Call) else None
        return isinstance(made, ir.MakeClosure) and self._closure_does(code, made.function, group)

    def _in_loop(self, code: FunctionCode, wait: GroupCall, add: GroupCall, start: int) -> Misuse:
        name = group_name(code, wait)
        steps = (
            Step(code.site(add.register), "all goroutines are counted before the loop"),
            Step(code.site(start), "one is started in a round"),
            Step(code.site(wait.register), "waits for all of them in the same round"),
        )
        message = f"{name}.Wait in the loop that starts the goroutines waits for those that have not been started"
        return Misuse("loop", code.id, wait.register, name, message, Confidence.HIGH, steps)


def _comes_round(code: FunctionCode, register: int) -> bool:
    """Whether an instruction runs once a round: control can come back to it."""
    loop = code.loop_of(register)
    return loop != ir.NONE and code.reaches(register, code.function.loops[loop].header)


def _goes_over(code: FunctionCode, add: GroupCall, step: int) -> bool:
    """Whether a loop behind an Add goes over what was counted: `wg.Add(len(items))`."""
    call, turn = code.code[add.register], code.code[step]
    length = code.code[call.args[0]] if isinstance(call, ir.Call) and call.args else None
    if not isinstance(length, ir.Call) or not isinstance(turn, ir.Next) or step < add.register:
        return False
    if code.callee(call.args[0]) != p.BuiltinCall("len"):  # type: ignore[union-attr]
        return False
    counted = subject(code, length.args[0])
    return counted is not None and counted == subject(code, range_over(code.code, turn))
