"""How misuses of a WaitGroup are told: what was found, as steps and a sentence."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.obligations.added_after import AddedAfter
from govet_py.concurrency.obligations.counted_late import CountedLate
from govet_py.concurrency.obligations.let_through import LetThrough
from govet_py.concurrency.obligations.never_done import NeverDone
from govet_py.concurrency.obligations.wait_group_cycles import Cycle
from govet_py.concurrency.obligations.wait_groups import GroupCall
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.finding import Confidence, Related, Step


class Misuse(NamedTuple):
    """`function` gets a group wrong at `register`; `kind` tells the ways apart."""

    kind: str
    function: str
    register: int
    name: str
    message: str
    confidence: Confidence
    steps: tuple[Step, ...]
    related: tuple[Related, ...] = ()


class Stories:
    """Tells the misuses that other finders have found."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def never(self, found: NeverDone) -> Misuse:
        """A wait for what nothing counts down."""
        function, wait = found.wait
        code, adder = self._code.function(function), self._code.function(found.add[0])
        name = group_name(code, wait)
        steps = (
            Step(adder.site(found.add[1].register), f"{name} is counted up (in {short_name(adder.id)})"),
            Step(code.site(wait.register), "waits until it is counted down"),
        )
        message = f"{name}.Wait never returns: nothing calls {name}.Done"
        confidence = Confidence.HIGH if wait.member is None else Confidence.MEDIUM
        return Misuse("never", function, wait.register, name, message, confidence, steps)

    def unmatched(self, found: NeverDone) -> Misuse:
        """An Add that none of the calls of Done is for."""
        function, add = found.add
        code, waiter = self._code.function(function), self._code.function(found.wait[0])
        name = group_name(code, add)
        steps = (
            Step(code.site(add.register), "counts one up, and does not count it down"),
            Step(waiter.site(found.wait[1].register), f"waits for ever (in {short_name(waiter.id)})"),
        )
        message = f"nothing calls {name}.Done for this Add: whoever does counts down what it has counted up itself"
        return Misuse("unmatched", function, add.register, name, message, Confidence.MEDIUM, steps)

    def after(self, found: AddedAfter) -> Misuse:
        """An Add behind the start of the goroutine that it counts."""
        code, (function, done) = self._code.function(found.function), found.done
        name = group_name(code, found.add)
        steps = (
            Step(code.site(found.start), "a goroutine is started", 1),
            Step(self._code.function(function).site(done.register), "may be done by then", 2),
            Step(code.site(found.add.register), "is counted only now", 1),
        )
        message = f"{name}.Add comes after the start of the goroutine that it counts, whose Done may come first"
        confidence = Confidence.HIGH if found.add.member is None else Confidence.MEDIUM
        return Misuse("after", found.function, found.add.register, name, message, confidence, steps)

    def let_through(self, found: LetThrough) -> Misuse:
        """An Add beside a Wait that a mark ought to have turned away."""
        code, waiter = self._code.function(found.function), self._code.function(found.wait[0])
        name, mark = group_name(code, found.add), found.mark[0]
        steps = (
            Step(waiter.site(found.wait[1]), f"waits, once {mark} is set (in {short_name(waiter.id)})", 1),
            Step(code.site(found.question), f"asks for {mark}, and lets some callers through all the same", 2),
            Step(code.site(found.add.register), "counts one up, perhaps from zero", 2),
        )
        message = f"{name}.Add may run beside {name}.Wait: {mark}, which is set before that, does not stop all callers"
        return Misuse("let through", code.id, found.add.register, name, message, Confidence.MEDIUM, steps)

    def late(self, found: CountedLate) -> Misuse:
        """A group that others find before it counts anything."""
        code = self._code.function(found.function)
        name = group_name(code, found.add)
        steps = (
            Step(code.site(found.shared), "others may find the group from here on, and it counts nothing", 1),
            Step(code.site(found.wait.register), "finds it, and does not wait", 2),
            Step(code.site(found.add.register), "is counted only now", 1),
        )
        message = f"{name}.Add comes after the group is shared: {group_name(code, found.wait)}.Wait may return before"
        return Misuse("late", found.function, found.add.register, name, message, Confidence.MEDIUM, steps)

    def cycle(self, cycle: Cycle) -> Misuse:
        """A group and a channel that wait for each other."""
        function, register = cycle.wait
        code, blocked = self._code.function(function), self._code.function(cycle.blocked[0])
        call = code.code[register]
        name = expression(code, call.callee) if isinstance(call, ir.Call) else "the wait"
        what, needs = ("ranges", "closed") if cycle.closes else ("sends", "received from")
        after = self._code.function(cycle.after[0]).site(cycle.after[1])
        steps = (
            Step(blocked.site(cycle.blocked[1]), f"a counted goroutine {what} until the channel is {needs}", 1),
            Step(code.site(register), "waits for that goroutine", 2),
            Step(after, f"the channel is {needs} after that only", 2),
        )
        message = f"{name} waits for a goroutine that {what} on a channel which is {needs} only after the wait"
        confidence = Confidence.HIGH if cycle.sure else Confidence.MEDIUM
        return Misuse("cycle", function, register, name, message, confidence, steps)


def group_name(code: FunctionCode, call: GroupCall) -> str:
    """The group of a call, as it is written."""
    callee = code.callee(call.register)
    if isinstance(callee, p.Static) and callee.receiver != ir.NONE:
        return expression(code, callee.receiver)
    return ".".join(call.path.fields) or "the group"
