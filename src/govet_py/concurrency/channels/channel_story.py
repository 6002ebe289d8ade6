"""How waiting on channels is told: where the channel is made, who waits, and where the other side goes."""

from __future__ import annotations

from collections.abc import Callable

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_model import Channel, Closed, Closing, Op, OpKind
from govet_py.concurrency.channels.deserted import Deserted
from govet_py.concurrency.channels.nil_channels import Missed
from govet_py.concurrency.channels.spins import Spin
from govet_py.concurrency.channels.timer_drains import Drain
from govet_py.concurrency.describe import expression, short_name
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Related, Rule, Step
from govet_py.model.source import Site

ROOMY = 10
MAX_RELATED = 8

_REASONS = {
    Why.LEAVES: "the receiver may return without receiving",
    Why.EARLY: "the receiver may stop before all values are received",
    Why.FEWER: "more values are sent than the receiver takes",
    Why.SKIPPED: "the goroutine that should send or close may return without doing so",
    Why.UNFED: "the function that started the goroutine may return without sending or closing",
    Why.UNTOLD: "the function that started the goroutine may return without closing",
    Why.JOINED: "the receiver waits for this goroutine to end before it receives",
    Why.GONE: "the goroutine that should receive may have ended",
    Why.THROWN: "a caller throws the channel away",
    Why.UNCLOSED: "nobody closes it, and nothing else ends the loop",
    Why.TAKEN_OUT: "it is taken from where its senders find it, and nobody closes it",
    Why.BEFORE: "the channel may be full, and nobody receives yet",
    Why.HALF_CLOSED: "its goroutine may return without closing it",
    Why.COUNTED: "the loop counts only after a receive, and there may be nothing to receive",
}
_VERBS = {
    OpKind.SEND: "this send on",
    OpKind.RECEIVE: "this receive from",
    OpKind.CLOSE: "whoever receives from",
}
_PLACES = {
    Why.LEAVES: "returns without receiving",
    Why.EARLY: "stops receiving while more may come",
    Why.FEWER: "receives once",
    Why.SKIPPED: "returns without sending or closing",
    Why.UNFED: "returns without sending or closing",
    Why.UNTOLD: "returns without closing",
    Why.JOINED: "waits for the goroutine before anything is received",
    Why.GONE: "the receiver ends without receiving",
    Why.THROWN: "the channel is not taken",
    Why.UNCLOSED: "returns without closing, or waits for the end of the loop",
    Why.TAKEN_OUT: "taken out of the map",
    Why.BEFORE: "only here somebody comes to receive",
    Why.HALF_CLOSED: "returns without closing",
    Why.COUNTED: "asks only now whether that is enough",
}


def channel_name(code: FunctionCode, op: Op) -> str:
    """The channel of an operation as its code names it."""
    instruction = code.code[op.register]
    match instruction:
        case ir.Send() | ir.Recv():
            return expression(code, instruction.chan)
        case ir.Select():
            return expression(code, instruction.cases[max(op.case, 0)].chan)
        case ir.Next():
            ranged = code.code[instruction.range]
            return expression(code, ranged.base) if isinstance(ranged, ir.Range) else "…"
        case ir.Call():
            closed = instruction.args[0] if instruction.args else code.receiver_of(op.register)
            return expression(code, closed) if closed != ir.NONE else "…"
    return "…"


def op_site(code: FunctionCode, op: Op) -> Site:
    """Where an operation stands; for a case of a select, that case."""
    instruction = code.code[op.register]
    if isinstance(instruction, ir.Select) and 0 <= op.case < len(instruction.cases):
        return Site(code.path, instruction.cases[op.case].span)
    return code.site(op.register)


def blocked_finding(rule: Rule, program: Code, found: Blocked) -> Finding:
    """An operation that may wait for ever."""
    op, code = found.op, program.function(found.op.function)
    site, name = op_site(code, op), channel_name(code, op)
    verb, closes = _VERBS[op.kind], op.kind == OpKind.CLOSE
    reason = _nobody(found) if found.why == Why.NOBODY else _REASONS[found.why]
    steps = (
        made_step(program, found.channel),
        *(Step(program.site(*place), "a goroutine is started", 0) for place in found.starts[:1]),
        Step(site, "closes on this way out" if closes else "waits here", *((2, 1) if found.starts else (0, 0))),
        *(Step(program.site(*place), _PLACES[found.why], 2 if closes else 1, closes) for place in found.at[:1]),
    )
    related = (
        *(Related(op_site(code, other), "and here, likewise") for other in found.alike[:MAX_RELATED]),
        *(Related(program.site(*place), f"{_PLACES[found.why]} here too") for place in found.at[1:MAX_RELATED]),
    )
    until = "until the timer goes off" if found.why == Why.UNTOLD else "for ever"
    message = f"{verb} {name} may wait {until}: {reason}"
    identity = (name, found.why.name)
    return Finding(rule, _sureness(found), message, site, op.function, identity, steps, related)


def _nobody(found: Blocked) -> str:
    if found.op.kind == OpKind.RECEIVE:
        return "nobody sends on it or closes it"
    return "its only receivers do not wait" if found.channel.of(OpKind.RECEIVE) else "nobody receives from it"


def _sureness(found: Blocked) -> Confidence:
    """Room for many values was given with the number of senders in mind."""
    capacity = found.channel.capacity
    if found.why == Why.NOBODY:
        sure = capacity == 0 and not found.channel.of(OpKind.RECEIVE)
        return Confidence.HIGH if sure or found.op.kind == OpKind.RECEIVE else Confidence.MEDIUM
    inferred = found.why in (Why.UNCLOSED, Why.TAKEN_OUT, Why.BEFORE, Why.HALF_CLOSED)
    if inferred or (found.why == Why.EARLY and capacity is None):
        return Confidence.MEDIUM
    return Confidence.LOW if capacity is None or capacity >= ROOMY else Confidence.MEDIUM


def deserted_finding(rule: Rule, program: Code, found: Deserted) -> Finding:
    """A send whose receiver may have ended."""
    code, receiver = program.function(found.send.function), program.function(found.receive.function)
    site, name = op_site(code, found.send), channel_name(code, found.send)
    steps = (
        made_step(program, found.channel),
        Step(op_site(receiver, found.receive), f"the only receiver (in {short_name(receiver.id)})", 1),
        Step(receiver.site(found.leave.register), "the receiver ends", 1),
        Step(site, "a send after that waits for ever: it has no other case", 2),
    )
    message = f"this send on {name} may wait for ever: its receiver {short_name(receiver.id)} may have ended"
    confidence = Confidence.MEDIUM if found.channel.capacity == 0 else Confidence.LOW
    return Finding(rule, confidence, message, site, code.id, (name, "DESERTED"), steps)


def drain_finding(rule: Rule, program: Code, found: Drain) -> Finding:
    """A receive that waits for a value of a timer which has been taken."""
    code = program.function(found.drain.function)
    site, name = op_site(code, found.drain), channel_name(code, found.drain)
    steps = (
        Step(op_site(code, found.taken), "may receive the timer's value, and goes on without a Reset"),
        Step(code.site(found.stop), "Stop says false: the timer has fired"),
        Step(site, "waits for the value that has been received"),
    )
    message = f"this receive from {name} may wait for ever: the value may have been received before Stop was called"
    return Finding(rule, Confidence.MEDIUM, message, site, code.id, (name, "DRAIN"), steps)


def missed_finding(rule: Rule, program: Code, found: Missed) -> Finding:
    """A receive from a field that may just have become nil."""
    code, closer = program.function(found.receive.function), program.function(found.cleared.close.function)
    site, name = op_site(code, found.receive), channel_name(code, found.receive)
    guard, who = str(found.cleared.guard), short_name(closer.id)
    steps = (
        Step(op_site(closer, found.cleared.close), f"closes the channel, and wakes up who waits for it (in {who})", 1),
        Step(closer.site(found.cleared.register), f"sets the field to nil, holding {guard}", 1),
        Step(site, "reads the field without it: a receive from nil never ends", 2),
    )
    message = f"this receive from {name} may wait for ever: {who} closes the channel and sets the field to nil"
    return Finding(rule, Confidence.MEDIUM, message, site, code.id, (name, "MISSED"), steps)


def spin_finding(rule: Rule, program: Code, found: Spin) -> Finding:
    """A loop that goes on receiving from a closed channel."""
    code, maker = program.function(found.receive.function), program.function(found.maker)
    site, name = op_site(code, found.receive), channel_name(code, found.receive)
    steps = (
        Step(maker.site(found.made), "makes a channel that is closed when there is nothing more to come"),
        Step(site, "a closed channel yields zero values at once; none of them leaves the loop"),
    )
    message = f"this receive from {name} does not ask whether the channel is closed: the loop spins when it is"
    confidence = Confidence.MEDIUM if found.at_will else Confidence.LOW
    return Finding(rule, confidence, message, site, code.id, (name, "SPINS"), steps)


def closing_finding(rule: Rule, program: Code, found: Closing) -> Finding:
    """A channel that is closed twice, or before its senders are done."""
    code = program.function(found.close.function)
    name = channel_name(code, found.close)
    confidence = Confidence.HIGH if found.why == Closed.AGAIN else Confidence.MEDIUM
    repeated = ": this close may be repeated" if found.close == found.other else ""
    message = _CLOSED[found.why].format(name=name, repeated=repeated)
    steps = _CLOSED_STEPS[found.why](program, found)
    if found.channel is not None:
        steps = (made_step(program, found.channel), *steps)
    identity = (name, found.why.name)
    return Finding(rule, confidence, message, op_site(code, found.close), code.id, identity, steps)


def _closed_again(program: Code, found: Closing) -> tuple[Step, ...]:
    first = Step(op_site(program.function(found.close.function), found.close), "closed")
    if found.close == found.other:
        return (first,)
    return (first, Step(op_site(program.function(found.other.function), found.other), "and closed again"))


def _closed_by_each(program: Code, found: Closing) -> tuple[Step, ...]:
    assert found.start is not None
    starts = "starts several" if found.close == found.other else "starts another"
    return (
        Step(program.site(*found.start), f"{starts} (in {short_name(found.start[0])})"),
        Step(op_site(program.function(found.close.function), found.close), "closes it when it ends", 1),
        Step(op_site(program.function(found.other.function), found.other), "closes it, too", 2),
    )


def _closed_by_itself(program: Code, found: Closing) -> tuple[Step, ...]:
    assert found.start is not None
    site = op_site(program.function(found.close.function), found.close)
    start = Step(program.site(*found.start), f"starts the goroutine (in {short_name(found.start[0])})")
    return start, Step(site, "closes it when something fails", 1), Step(site, "whoever ends the object closes it again")


def _closed_early(program: Code, found: Closing) -> tuple[Step, ...]:
    close, send = program.function(found.close.function), program.function(found.other.function)
    return (
        *((Step(program.site(*found.start), "the sender is started"),) if found.start else ()),
        *((Step(program.site(*found.leave), "does not wait for it on this way", 1),) if found.leave else ()),
        Step(op_site(close, found.close), "closes the channel", 1),
        Step(op_site(send, found.other), "a send on a closed channel panics", 2),
    )


def _closed_by_receiver(program: Code, found: Closing) -> tuple[Step, ...]:
    close, send = program.function(found.close.function), program.function(found.other.function)
    return (
        Step(op_site(close, found.close), f"closed by its receiver (in {short_name(close.id)})", 1),
        Step(op_site(send, found.other), f"a send after that panics (in {short_name(send.id)})", 2),
    )


def _zero_taken(program: Code, found: Closing) -> tuple[Step, ...]:
    receive, close = program.function(found.close.function), program.function(found.other.function)
    return (
        Step(op_site(close, found.other), f"the channel is closed (in {short_name(close.id)})", 1),
        Step(op_site(receive, found.close), "from then on this yields nil at once", 2),
    )


def _closed_meanwhile(program: Code, found: Closing) -> tuple[Step, ...]:
    send, close = program.function(found.close.function), program.function(found.other.function)
    return (
        Step(op_site(close, found.other), f"the channel is closed under a lock (in {short_name(close.id)})", 1),
        Step(op_site(send, found.close), "a send that has found the channel before panics", 2),
    )


def _closed_since(program: Code, found: Closing) -> tuple[Step, ...]:
    send, close = program.function(found.close.function), program.function(found.other.function)
    return (
        Step(op_site(close, found.other), f"sets the mark and closes the channel (in {short_name(close.id)})", 1),
        Step(op_site(send, found.close), "a send that has found no mark before panics", 2),
    )


_CLOSED = {
    Closed.AGAIN: "{name} may be closed twice{repeated}",
    Closed.SENT: "{name} may be closed while another goroutine still sends on it",
    Closed.RECEIVER: "{name} is closed by its receiver, while others may still send on it",
    Closed.BOTH: "{name} may be closed twice: a goroutine that ends by itself has closed it before",
    Closed.COPIES: "{name} is closed by each of several goroutines when it ends: the second close panics",
    Closed.ITSELF: "{name} may be closed twice: by a goroutine of the object when it fails, and by who ends the object",
    Closed.STAYS: "{name} may be closed twice: it stays in the map when it is closed, to be found and closed again",
    Closed.UNASKED: "{name} may be closed twice: nobody looks here whether it was closed together with all others",
    Closed.UNMARKED: "{name} may be closed twice: nothing ever changes what the test in front of this close asks",
    Closed.LEFT: "{name} may be closed twice: it is not set to nil here, as behind other closes, for the test to see",
    Closed.UNLOCKED: "this send on {name} may meet a closed channel: it is closed under a lock that is not held here",
    Closed.SINCE: "this send on {name} may meet a closed channel: what was asked before may have changed since",
    Closed.ZERO: "this receive from {name} does not ask whether the channel is closed, and uses nil when it is",
}
_CLOSED_STEPS: dict[Closed, Callable[[Code, Closing], tuple[Step, ...]]] = {
    Closed.AGAIN: _closed_again,
    Closed.SENT: _closed_early,
    Closed.RECEIVER: _closed_by_receiver,
    Closed.UNMARKED: _closed_again,
    Closed.LEFT: _closed_again,
    Closed.BOTH: _closed_again,
    Closed.COPIES: _closed_by_each,
    Closed.ITSELF: _closed_by_itself,
    Closed.STAYS: _closed_again,
    Closed.SINCE: _closed_since,
    Closed.UNASKED: _closed_again,
    Closed.UNLOCKED: _closed_meanwhile,
    Closed.ZERO: _zero_taken,
}


def made_step(program: Code, channel: Channel) -> Step:
    root = channel.root
    room = "without a buffer" if channel.capacity == 0 else f"of capacity {channel.capacity}"
    room = "" if channel.capacity is None else f" {room}"
    return Step(program.function(root.function).site(root.register), f"the channel is made{room}")
