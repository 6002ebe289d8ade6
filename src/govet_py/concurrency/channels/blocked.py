"""Operations on channels that may wait for ever, because the other side leaves or was never there.

The scope of a channel is the function that makes it, with what it calls and starts (as in GCatch, Liu et
al., ASPLOS 2021, but by reachability instead of constraints): a goroutine sends, and there is a way out of
the function on which nobody receives any more.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.channels.blocking import Blocked, Why
from govet_py.concurrency.channels.channel_frames import Anchored, Frame, blocks, is_setting
from govet_py.concurrency.channels.channel_model import Channel, Op, OpKind
from govet_py.concurrency.channels.deserted import ends_last
from govet_py.concurrency.channels.half_closed import half_closed
from govet_py.concurrency.channels.half_closed_fields import half_closed_fields
from govet_py.concurrency.channels.joined_below import waits_below
from govet_py.concurrency.channels.leaving import Leaving
from govet_py.concurrency.channels.lonely import without_partner
from govet_py.concurrency.channels.processes import ends_with_process
from govet_py.concurrency.channels.runs import How, Run, Runs
from govet_py.concurrency.channels.subjects import Subject, group_calls
from govet_py.concurrency.channels.time_bombs import time_bombs
from govet_py.concurrency.channels.too_early import sent_too_early
from govet_py.concurrency.channels.unclosed import unclosed_ranges
from govet_py.concurrency.flow.control import tests
from govet_py.concurrency.flow.exits import Edge
from govet_py.concurrency.flow.operands import is_operand
from govet_py.knowledge.concurrency import DONE, SPAWNERS, WAIT
from govet_py.model import ir

UNBOUNDED = 1 << 20
_ANYHOW = (How.STARTED, How.INLINE, How.UNKNOWN)
Hows = tuple[How, ...]


def blocked(code: Code, runs: Runs, channels: list[Channel]) -> Iterator[Blocked]:
    """All operations that may wait for ever: one finding a channel, function and reason."""
    told: set[Op] = set()
    for channel in channels:
        if not channel.ops:
            continue
        groups: dict[tuple[str, Why], list[Blocked]] = {}
        for found in _escaped(code, runs, channel) if channel.escapes else _of_channel(code, runs, channels, channel):
            if found.op not in told:
                told.add(found.op)
                groups.setdefault((found.op.function, found.why), []).append(found)
        for first, *more in groups.values():
            yield first._replace(alike=tuple(one.op for one in more))
    yield from half_closed_fields(code, runs, channels)


def _of_channel(code: Code, runs: Runs, channels: list[Channel], channel: Channel) -> Iterator[Blocked]:
    lonely = list(without_partner(code, runs, channel))
    yield from lonely
    if lonely or channel.members:
        return
    if ends_with_process(code, runs, code.function(channel.root.function)):
        for function in _frames(runs, channel) if not channel.returned else ():
            yield from _pipelines(Frame(code, runs, function, channel.ops), channels, channel, (How.INLINE,))
        return
    if channel.returned:
        yield from _let_out(code, runs, channel)
        yield from _generators(code, runs, channel)
        return
    yield from sent_too_early(code, runs, channel)
    frames = _frames(runs, channel)
    for function in frames:
        frame = Frame(code, runs, function, channel.ops)
        if frame.anchored is not None:
            yield from _senders(frame, channels, channel)
            yield from _receivers(frame, channel)
            yield from _workers(frame, channel)
            yield from time_bombs(frame, channel)
            yield from _orders(frame, channel)
            yield from _pipelines(frame, channels, channel)
            yield from unclosed_ranges(frame, channel)
            return
    # helpers that others use for channels of theirs know by their parameters how much to receive: only whether they
    # leave early is asked
    bodies = frozenset(code.function(id).body_id for id in (channel.root.function, *channel.functions))
    for function in frames:
        yield from _pipelines(Frame(code, runs, function, channel.ops, bodies), channels, channel)


def _escaped(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """What goes wrong with channels that code which is not in view gets as well, each call one of its own."""
    yield from _let_out(code, runs, channel)
    if not channel.lost and not channel.members:
        yield from _generators(code, runs, channel)


def _let_out(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """What goes wrong with a channel whoever gets it."""
    yield from _thrown(code, runs, channel)
    yield from half_closed(code, runs, channel)


def _frames(runs: Runs, channel: Channel) -> list[str]:
    """The functions from which all operations may be seen, the innermost first: those that start
    goroutines, then the one that makes the channel."""
    starters = {use.caller for op in channel.ops for use in runs.uses(op.function) if use.how == How.STARTED}
    made = channel.root.function
    return [*(one for one in sorted(starters) if one != made and runs.below(made, one, 0)), made]


# -- senders whose receiver leaves ----------------------------------------------------------------


def _senders(frame: Frame, channels: list[Channel], channel: Channel) -> Iterator[Blocked]:
    sends = [(op, run) for op, run in frame.of(OpKind.SEND, How.STARTED) if blocks(frame.program, op)]
    receives = frame.of(OpKind.RECEIVE, How.INLINE)
    elsewhere = frame.of(OpKind.RECEIVE, How.STARTED, How.DEFERRED, How.UNKNOWN)
    if channel.capacity is None or not receives or elsewhere:
        return
    closes = frame.of(OpKind.CLOSE, How.INLINE)
    for op, run in sends:
        count = _count(frame, channel, op, run)
        if count <= channel.capacity or _is_closed_at_last(frame, run):
            continue
        events, edges = frame.taken([*receives, *closes, *_instead(frame, channels, channel, op)])
        why, returns = Why.LEAVES, frame.exits.reach(run.register, events, edges)
        if not returns:
            why, returns = Why.JOINED, _waits_first(frame, run, events, edges) or _joined_at_once(frame, run, receives)
        if not returns and (count == UNBOUNDED or run.callback):
            why, returns = Why.EARLY, _early(frame, channel, receives, run)
        if not returns and _received(frame, channel, receives) + channel.capacity < _total(frame, channel, sends):
            why, returns = Why.FEWER, [receives[0][1].register]
        if returns:
            here = frame.code.id
            yield Blocked(channel, op, why, ((here, run.register),), tuple((here, at) for at in returns))


def _is_closed_at_last(frame: Frame, send: Run) -> bool:
    """Whether a deferred close wakes the sender, if only to panic."""
    return any(run.register < send.register for _, run in frame.of(OpKind.CLOSE, How.DEFERRED))


def _total(frame: Frame, channel: Channel, sends: list[Anchored]) -> int:
    """How many values may be sent by the goroutines of all starts."""
    most: dict[int, int] = {}
    for op, run in sends:
        most[run.register] = max(most.get(run.register, 0), _count(frame, channel, op, run))
    return sum(most.values())


def _count(frame: Frame, channel: Channel, op: Op, run: Run) -> int:
    """How many values may be sent at once by the goroutines of one start."""
    if run.repeated or run.copies or _in_own_loop(frame, channel, run.register):
        return UNBOUNDED
    code = frame.program.function(op.function)
    exits = frame.runs.exits(code)
    others = {o.register for o, r in frame.anchored or () if o.kind == OpKind.SEND and o.function == op.function}
    return 1 + sum(exits.reaches(other, op.register) for other in others - {op.register})


def _instead(frame: Frame, channels: list[Channel], channel: Channel, send: Op) -> Iterator[Anchored]:
    """The receives from which it follows that a send does not come: the sender sent something else, and ends."""
    exits = frame.runs.exits(frame.program.function(send.function))
    for other in channels:
        feeds = [op for op in other.ops if op.kind != OpKind.RECEIVE and op.function == send.function]
        if other is channel or not feeds or any(exits.reaches(op.register, send.register) for op in feeds):
            continue
        for op in other.of(OpKind.RECEIVE):
            runs = frame.runs.below(frame.code.id, op.function, op.register)
            yield from ((op, run) for run in runs if run.how == How.INLINE)


def _waits_first(frame: Frame, send: Run, events: set[int], edges: set[Edge]) -> list[int]:
    """The Wait calls that join the sender's goroutine and come before any receive."""
    groups = set(_groups(frame, send))
    return [
        register
        for register, name, group in group_calls(frame.code)
        if name in WAIT and group in groups and not frame.code.is_deferred(register)
        and frame.exits.reaches(send.register, register, events, edges)
    ]


def _joined_at_once(frame: Frame, send: Run, receives: list[Anchored]) -> list[int]:
    """The call that starts the sender, where it also waits for its goroutine, and nobody receives meanwhile."""
    beside = any(run.register == send.register for _, run in receives)
    return [] if beside or not waits_below(frame.runs, frame.code, send.register) else [send.register]


def _groups(frame: Frame, send: Run) -> Iterator[Subject]:
    """The wait groups that a goroutine belongs to: by its start, or by Done."""
    start = {register: group for register, name, group in group_calls(frame.code) if name in SPAWNERS}
    if send.register in start:
        yield start[send.register]
    goroutine = frame.program.function(send.goroutine)
    if goroutine.body_id == frame.code.body_id:
        yield from (group for _, name, group in group_calls(goroutine) if name in DONE)


def _received(frame: Frame, channel: Channel, receives: list[Anchored]) -> int:
    """How many values may be received at most."""
    if any(run.repeated or _in_own_loop(frame, channel, run.register) for _, run in receives):
        return UNBOUNDED
    return len(receives)


def _in_own_loop(frame: Frame, channel: Channel, register: int) -> bool:
    """Whether an instruction is in a loop that does not make the channel afresh."""
    loop = frame.code.loop_of(register)
    here = channel.root.function == frame.code.id
    made = frame.code.loop_of(channel.root.register) if here else ir.NONE
    return (
        loop != ir.NONE
        and not frame.code.inside(made, loop)
        and frame.runs.is_repeated(frame.code, register)
    )


def _early(frame: Frame, channel: Channel, receives: list[Anchored], send: Run) -> list[int]:
    """The returns by which a loop of receives is left although more may come."""
    found: set[int] = set()
    stops = any(frame.runs.may_end_with(one.function, one.register) for one in channel.of(OpKind.SEND))
    one_sender = stops and not (send.copies or _in_own_loop(frame, channel, send.register))
    events, edges = frame.taken(receives)
    for op, run in receives:
        if not _in_own_loop(frame, channel, run.register):
            continue
        case = op.case if op.register == run.register and op.function == frame.code.id else ir.NONE
        leaving = Leaving(frame.code, frame.exits, run.register, case)
        found.update(leave.register for leave in leaving.leaves(events, edges, one_sender))
    return sorted(found)


# -- receivers whose sender leaves ----------------------------------------------------------------


def _receivers(frame: Frame, channel: Channel) -> Iterator[Blocked]:
    feeds = [*frame.of(OpKind.SEND, *How), *frame.of(OpKind.CLOSE, *How)]
    goroutines = sorted({run.goroutine for _, run in feeds})
    if any(run.how != How.STARTED for _, run in feeds) or len(goroutines) != 1:
        return
    for op, _ in frame.of(OpKind.RECEIVE, How.INLINE):
        if not blocks(frame.program, op):
            continue
        ranged = isinstance(frame.program.function(op.function).code[op.register], ir.Next)
        wanted = [one for one, _ in feeds if one.kind == OpKind.CLOSE or not ranged]
        if not wanted:
            continue
        feeder = Frame(frame.program, frame.runs, goroutines[0], wanted)
        if feeder.anchored is None or any(below.how in (How.STARTED, How.UNKNOWN) for _, below in feeder.anchored):
            continue
        returns = feeder.left()
        if returns:
            starts = tuple(dict.fromkeys((frame.code.id, below.register) for _, below in feeds))
            yield Blocked(channel, op, Why.SKIPPED, starts, tuple((feeder.code.id, at) for at in returns))


def _workers(frame: Frame, channel: Channel) -> Iterator[Blocked]:
    """Receives of goroutines that end only when the function that started them sends or closes."""
    feeds = [*frame.of(OpKind.SEND, *How), *frame.of(OpKind.CLOSE, *How)]
    if any(run.how not in (How.INLINE, How.DEFERRED) for _, run in feeds):
        return
    for op, run in frame.of(OpKind.RECEIVE, How.STARTED):
        instruction = frame.program.function(op.function).code[op.register]
        ranged = isinstance(instruction, ir.Next)
        wanted = [one for one in feeds if one[0].kind == OpKind.CLOSE or not (ranged or run.repeated)]
        if not wanted or not (ranged or isinstance(instruction, ir.Recv)) or op.function != run.goroutine:
            continue
        before = [one for one in wanted if one[1].how == How.DEFERRED and one[1].register < run.register]
        returns = [] if before else frame.exits.reach(run.register, *frame.taken(wanted))
        if returns and not Frame(frame.program, frame.runs, op.function, [op]).left():
            here = frame.code.id
            yield Blocked(channel, op, Why.UNFED, ((here, run.register),), tuple((here, at) for at in returns))


def _pipelines(frame: Frame, channels: list[Channel], channel: Channel, hows: Hows = _ANYHOW) -> Iterator[Blocked]:
    """Sends in a loop to the only goroutine that receives, which stops although more may come; or to several copies of
    it, which all stop for one and the same reason, or one by one, none of them started again."""
    receives = frame.of(OpKind.RECEIVE, *How)
    if len(receives) != 1 or not is_setting(frame.program, channel):
        return
    receive, at = receives[0]
    if at.how != How.STARTED or frame.runs.times(receive.function, at.goroutine) != 1:
        return
    receiver = frame.program.function(receive.function)
    if not frame.runs.is_repeated(receiver, receive.register):
        return
    many = at.copies or _in_own_loop(frame, channel, at.register)
    leaving = Leaving(receiver, frame.runs.exits(receiver), receive.register, receive.case)
    found = [
        leave for leave in leaving.leaves((), (), one_sender=many)
        if leave.case == ir.NONE or not ends_last(frame.program, channels, receive, leave)
    ]
    for op, run in frame.of(OpKind.SEND, *hows) if found else ():
        again = many and (run.how != How.INLINE or frame.exits.reaches(run.register, at.register))
        leaves = [leave for leave in found if leave.case != ir.NONE or not again]
        if leaves and run.goroutine != at.goroutine and blocks(frame.program, op):
            if run.callback or _count(frame, channel, op, run) == UNBOUNDED:
                places = tuple((receiver.id, leave.register) for leave in leaves)
                yield Blocked(channel, op, Why.EARLY, ((frame.code.id, run.register),), places)


def _orders(frame: Frame, channel: Channel) -> Iterator[Blocked]:
    """Sends to the only goroutine that receives, which may have ended for another reason."""
    receives = [*frame.of(OpKind.RECEIVE, *How)]
    goroutines = sorted({run.goroutine for _, run in receives})
    if channel.capacity != 0 or len(goroutines) != 1 or any(
        run.how != How.STARTED or run.copies or _in_own_loop(frame, channel, run.register) for _, run in receives
    ):
        return
    receiver = Frame(frame.program, frame.runs, goroutines[0], [op for op, _ in receives])
    if receiver.anchored is None or any(run.how != How.INLINE for _, run in receiver.anchored):
        return
    returns = receiver.left()
    for op, _ in frame.of(OpKind.SEND, How.INLINE, How.DEFERRED):
        if returns and blocks(frame.program, op):
            starts = tuple(dict.fromkeys((frame.code.id, one.register) for _, one in receives))
            yield Blocked(channel, op, Why.GONE, starts, tuple((receiver.code.id, at) for at in returns))


# -- channels that a function returns --------------------------------------------------------------


def _generators(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """Senders that the function which makes the channel starts, where its callers may stop receiving."""
    made = channel.root.function
    maker = Frame(code, runs, made, [op for op in channel.ops if op.kind != OpKind.RECEIVE])
    sends = [(op, run) for op, run in maker.of(OpKind.SEND, How.STARTED) if blocks(code, op)]
    consumers = _consumers(code, runs, channel)
    if channel.capacity is None or not sends or consumers is None:
        return
    for frame, call in consumers:
        events, edges = frame.taken(frame.anchored or [])
        edges |= _refused(frame, call, code.function(made))
        for op, run in sends:
            count = _count(maker, channel, op, run)
            if count <= channel.capacity:
                continue
            why, returns = Why.LEAVES, frame.exits.reach(call, events, edges)
            if not returns and count == UNBOUNDED:
                why, returns = Why.EARLY, _early(frame, channel, frame.anchored or [], run)
            if returns:
                at = tuple((frame.code.id, one) for one in returns)
                yield Blocked(channel, op, why, ((made, run.register),), at)


def _refused(frame: Frame, call: int, maker: FunctionCode) -> set[Edge]:
    """Where a caller finds that it has got no channel, from a function that may return nil for one."""
    returns = (maker.code[at] for at in maker.of_kind(ir.Return))
    if not any(maker.is_nil(value) for step in returns if isinstance(step, ir.Return) for value in step.results):
        return set()
    answer = Leaving(frame.code, frame.exits, call, ir.NONE)
    receives = [frame.code.block_of(run.register) for _, run in frame.anchored or ()]
    return {
        (block, successor)
        for block, test in tests(frame.code)
        if answer.derived(test.cond)
        for successor in frame.code.function.blocks[block].succs
        if not any(successor == goal or frame.code.leads(successor, goal) for goal in receives)
    }


def _thrown(code: Code, runs: Runs, channel: Channel) -> Iterator[Blocked]:
    """Senders that the function which makes the channel starts, where a caller does not take the channel."""
    maker = code.function(channel.root.function)
    if channel.members or channel.capacity is None or len(maker.function.signature.results) != 1:
        return
    uses = [use for use in runs.uses(maker.id) if use.caller and use.how in (How.INLINE, How.STARTED)]
    thrown = [use for use in uses if not _is_taken(code.function(use.caller), use.register)]
    frame = Frame(code, runs, maker.id, [op for op in channel.ops if op.kind != OpKind.RECEIVE])
    for op, run in frame.of(OpKind.SEND, How.STARTED) if thrown else ():
        if blocks(code, op) and _count(frame, channel, op, run) > channel.capacity:
            at = tuple((use.caller, use.register) for use in thrown)
            yield Blocked(channel, op, Why.THROWN, ((maker.id, run.register),), at)


def _is_taken(code: FunctionCode, call: int) -> bool:
    return any(is_operand(instruction, call) for instruction in code.code)


def _consumers(code: Code, runs: Runs, channel: Channel) -> list[tuple[Frame, int]] | None:
    """The functions that call the maker and receive, with the call; None where others receive as well."""
    found: list[tuple[Frame, int]] = []
    left = set(channel.of(OpKind.RECEIVE))
    for use in runs.uses(channel.root.function):
        mine = [op for op in channel.of(OpKind.RECEIVE) if runs.below(use.caller, op.function, op.register)]
        frame = Frame(code, runs, use.caller, mine) if use.how == How.INLINE and use.caller else None
        if frame is None or not mine or any(run.how != How.INLINE for _, run in frame.anchored or ()):
            return None
        left -= set(mine)
        found.append((frame, use.register))
    return None if left else found
