"""Goroutines that never end although what started them does, and waits that nothing ends.

*Ways out* of a goroutine's function are its returns that control can reach; the end of `for range t.C` is
none, since stopping a ticker does not close its channel. A goroutine that ends by its object's Close only
must see that Close on every way out of the function that made the object.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_at, member_of
from govet_py.callgraph.parameters import argument_of
from govet_py.concurrency.channels.channel_model import Channel, OpKind
from govet_py.concurrency.channels.flag_loops import flag_loops
from govet_py.concurrency.channels.leak_model import Leak, Place, Why
from govet_py.concurrency.channels.left_by_panics import left_by_panics
from govet_py.concurrency.channels.left_open import Ends, ends_left_open
from govet_py.concurrency.channels.onlookers import onlookers
from govet_py.concurrency.channels.runs import How, Runs
from govet_py.concurrency.channels.sleepers import sleepers
from govet_py.concurrency.channels.subjects import Subject, channel_of, is_given_away, subject, subject_name
from govet_py.concurrency.channels.tries import pauses_between_tries
from govet_py.concurrency.channels.unclosed_owners import unclosed_owners
from govet_py.concurrency.channels.untold import untold
from govet_py.concurrency.flow.exits import Edge
from govet_py.knowledge import clocks
from govet_py.knowledge.channels import ENDS, SIGNAL
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.types import Chan, Named, Pointer, Struct, deref


def leaks(code: Code, calls: CallGraph, runs: Runs, channels: list[Channel]) -> Iterator[Leak]:
    """All goroutines and waits that are left over."""
    enders = _enders(runs, channels)
    endless: set[Named] = set()
    left_open = ends_left_open(code, channels)
    for id in code.ids():
        function = code.function(id)
        starts = _starts(runs, id) if function.function.loops else ()
        if starts:
            stopped = list(_ranges_over_ticker(code, calls, runs, function, starts))
            yield from stopped or _outlives_owner(code, runs, function, starts, left_open)
            yield from onlookers(code, runs, function)
            owner = _owner(code, function)
            if owner is not None and not runs.exits(function).reach(ir.NONE, ()):
                endless.add(owner)
    yield from _unreleased(code, runs, channels, enders)
    yield from sleepers(code, calls)
    yield from untold(code, runs, channels)
    yield from unclosed_owners(code, runs, channels)
    yield from flag_loops(code, runs, channels)
    yield from left_by_panics(code, runs, channels)
    yield from _unheard(channels, endless)


def _starts(runs: Runs, function: str) -> tuple[Place, ...]:
    """The go statements that start a function, or one that calls it."""
    uses = runs.uses(function)
    above = (use for one in uses if one.how == How.INLINE and one.caller for use in runs.uses(one.caller))
    return tuple((use.caller, use.register) for use in (*uses, *above) if use.how == How.STARTED)


# -- tickers --------------------------------------------------------------------------------------


def _ranges_over_ticker(
    code: Code, calls: CallGraph, runs: Runs, function: FunctionCode, starts: tuple[Place, ...]
) -> Iterator[Leak]:
    ends = ticker_ends(function)
    waits = list(ends) or _lone_receives(function)
    if not waits or runs.exits(function).reach(ir.NONE, (), ends.values()):
        return
    for register in waits:
        ticker = ticker_of(function, register)
        names = [(function, ticker), *_handed_over(code, function, ticker, starts)]
        kept = {member for one, register in names for member in _kept_in(code, one, register)}
        stops = [
            (id, at)
            for id, at in calls.named(clocks.TICKER_STOP)
            if id != function.id
            and (
                any(same_ticker(code, *name, code.function(id), _receiver(code.function(id), at)) for name in names)
                or member_of(code.program, code.function(id), _receiver(code.function(id), at)) in kept
            )
        ]
        here = [place for place in stops if any(place[0] == start[0] for start in starts)]
        if stops:
            name = subject_name(function, ticker) or "the ticker"
            yield Leak(Why.TICKER, (function.id, register), name, starts, tuple(here or stops))


def _handed_over(
    code: Code, function: FunctionCode, register: int, starts: tuple[Place, ...]
) -> Iterator[tuple[FunctionCode, int]]:
    """What go statements put in for the parameter that a register was read from."""
    load = function.code[register]
    params = function.function.params
    if isinstance(load, ir.Load) and load.var in params and not function.stores.get(load.var):
        for starter, start in ((code.function(caller), start) for caller, start in starts if caller):
            given = argument_of(function, starter, start, params.index(load.var))
            if given != ir.NONE:
                yield starter, given


def _kept_in(code: Code, function: FunctionCode, ticker: int) -> Iterator[Member]:
    """The fields that a function, or one around it, puts the ticker of a variable in."""
    what = subject(function, ticker)
    if what is None or what.var < 0 or what.fields:
        return
    for index in range(len(function.body.functions)):
        one = code.sibling(function, index)
        for at in one.of_kind(ir.SetField):
            step = one.code[at]
            if isinstance(step, ir.SetField) and subject(one, step.value) == what:
                member = member_at(code.program, one, at)
                if member is not None and member.owner:
                    yield member


def ticker_ends(function: FunctionCode) -> dict[int, Edge]:
    """The ranges over a ticker's channel, with the edges by which they would end."""
    found: dict[int, Edge] = {}
    for index, block in enumerate(function.function.blocks):
        for register in range(block.start, block.end):
            step = function.code[register]
            if isinstance(step, ir.Next) and ticker_of(function, register) >= 0 and len(block.succs) == 2:
                found[register] = (index, block.succs[1])
    return found


def ticker_of(function: FunctionCode, register: int) -> int:
    """The register of the ticker (or the call of time.Tick) that a Next, a receive or a select of one case waits for,
    NONE for any other."""
    step = function.code[register]
    ranged = function.code[step.range] if isinstance(step, ir.Next) else None
    base = _kept(function, ranged.base if isinstance(ranged, ir.Range) else _received(step))
    channel = function.code[base] if base != ir.NONE else None
    if isinstance(channel, ir.Selector) and channel.name == clocks.CHANNEL:
        return channel.base if deref(function.type_of(channel.base)) == clocks.TICKER else ir.NONE
    if isinstance(channel, ir.Call):
        callee = function.callee(base)
        return base if isinstance(callee, p.Static) and callee.function == clocks.TICK else ir.NONE
    return ir.NONE


def _kept(function: FunctionCode, register: int) -> int:
    """What a register, or the variable that it reads, which is stored once, was given."""
    load = function.code[register] if register != ir.NONE else None
    value = function.value_of(load.var) if isinstance(load, ir.Load) else ir.NONE
    return value if value != ir.NONE else register


def _received(step: ir.Instruction) -> int:
    """The channel that a receive, or a select that can do nothing else, receives from."""
    if isinstance(step, ir.Select):
        return step.cases[0].chan if len(step.cases) == 1 and not step.has_default else ir.NONE
    return step.chan if isinstance(step, ir.Recv) else ir.NONE


def _lone_receives(function: FunctionCode) -> list[int]:
    """The receives in loops of a function, where tickers are all that it receives from."""
    kinds = (ir.Recv, ir.Select)
    waits = [register for register, step in enumerate(function.code) if isinstance(step, kinds)]
    if any(ticker_of(function, register) < 0 for register in waits):
        return []
    return [register for register in waits if function.loop_of(register) != ir.NONE]


def _receiver(function: FunctionCode, call: int) -> int:
    callee = function.callee(call)
    return callee.receiver if isinstance(callee, p.Static) else ir.NONE


def same_ticker(code: Code, one: FunctionCode, a: int, other: FunctionCode, b: int) -> bool:
    """Reports whether two registers name one ticker, or the same field of two objects."""
    if a < 0 or b < 0:
        return False
    first, second = member_of(code.program, one, a), member_of(code.program, other, b)
    if first is not None or second is not None:
        return first == second
    x, y = subject(one, a), subject(other, b)
    return one.body_id == other.body_id and x is not None and x == y


# -- owners ---------------------------------------------------------------------------------------


def _outlives_owner(
    code: Code, runs: Runs, function: FunctionCode, starts: tuple[Place, ...], left_open: Ends
) -> Iterator[Leak]:
    ends = ticker_ends(function)
    never = left_open.get(function.id, ())
    endless = not runs.exits(function).reach(ir.NONE, (), (*ends.values(), *(edge for edge, _ in never)))
    pauses = () if endless or ends else tuple((function.id, at) for at in pauses_between_tries(runs, function))
    if not (endless or pauses) or handles_signals(code, function):
        return
    for start in starts:
        owner = _owner(code, code.function(start[0]))
        if any(of != owner for _, of in never):
            continue
        end = next((f"{owner.name}.{name}" for name in ENDS if owner and code.program.method(owner, name)), "")
        if end:
            yield Leak(Why.OWNER if endless else Why.TRIES, start, end, (start,), pauses[:1])
            return


def handles_signals(code: Code, function: FunctionCode) -> bool:
    """Reports whether a goroutine waits for signals to the process, or sends itself some: it runs as long."""
    for instruction in function.code:
        match instruction:
            case ir.Select():
                channels = [case.chan for case in instruction.cases]
            case ir.Recv() | ir.Send():
                channels = [instruction.chan]
            case ir.Range():
                channels = [instruction.base]
            case _:
                continue
        types = (code.program.underlying(function.type_of(channel)) for channel in channels)
        if any(isinstance(type_, Chan) and type_.elem == SIGNAL for type_ in types):
            return True
    return False


def _owner(code: Code, function: FunctionCode) -> Named | None:
    """The type whose method, or constructor, a function is."""
    declared = code.program.functions[function.body_id]
    outer = code.function(function.body_id)
    if declared.receiver is not None and outer.function.params:
        type_ = deref(outer.types.var_type(outer.function.params[0]))
        return type_ if isinstance(type_, Named) else None
    signature = code.program.signature(function.body_id)
    result = signature.results[0] if signature and signature.results else None
    return result.elem if isinstance(result, Pointer) and isinstance(result.elem, Named) else None


# -- objects that are not closed ------------------------------------------------------------------


def _enders(runs: Runs, channels: list[Channel]) -> dict[Member, frozenset[str]]:
    """By channel field: the methods that close or send on it, with those that call them on the same object."""
    found: dict[Member, set[str]] = {}
    for channel in channels:
        for member in channel.members:
            for op in channel.ops:
                if op.kind != OpKind.RECEIVE:
                    found.setdefault(member, set()).update(_upwards(runs, op.function))
    return {member: frozenset(functions) for member, functions in found.items()}


def _upwards(runs: Runs, function: str) -> set[str]:
    found: set[str] = set()
    work = [function]
    while work and len(found) < 30:
        current = work.pop()
        if current not in found:
            found.add(current)
            work.extend(use.caller for use in runs.uses(current) if use.how in (How.INLINE, How.DEFERRED))
    return found


def _unreleased(
    code: Code, runs: Runs, channels: list[Channel], enders: dict[Member, frozenset[str]]
) -> Iterator[Leak]:
    told: set[Place] = set()
    for channel in channels:
        for op in channel.of(OpKind.RECEIVE) if channel.members else ():
            receiver = code.function(op.function)
            member = member_of(code.program, receiver, channel_of(receiver, op))
            if member not in channel.members or member not in enders or not _ends_by(runs, receiver, channel):
                continue
            for use in runs.uses(op.function):
                place = (use.caller, use.register)
                leak = _left_running(code, runs, place, enders[member]) if use.how == How.STARTED else None
                if leak is not None and place not in told:
                    told.add(place)
                    yield leak


def _ends_by(runs: Runs, function: FunctionCode, channel: Channel) -> bool:
    """Whether a function ends by receives of this channel only."""
    edges: set[Edge] = set()
    events: set[int] = set()
    for one in channel.of(OpKind.RECEIVE):
        if one.function == function.id and one.case != ir.NONE:
            block = function.block_of(one.register)
            edges.add((block, function.function.blocks[block].succs[one.case]))
        elif one.function == function.id:
            events.add(one.register)
    return not runs.exits(function).reach(ir.NONE, events, edges)


def _left_running(code: Code, runs: Runs, start: Place, enders: frozenset[str]) -> Leak | None:
    frame = code.function(start[0])
    receiver = _receiver(frame, start[1])
    what = subject(frame, receiver) if receiver >= 0 else None
    if what is None or what.var < 0 or what.fields or frame.body.vars[what.var].owner != frame.index:
        return None
    if frame.body.vars[what.var].kind != ir.VarKind.LOCAL or is_given_away(frame, what):
        return None
    ends = _calls_of(code, frame, what, enders)
    forgotten = not ends and not frame.is_main and _is_forgotten(code, frame, what, enders)
    returns = runs.exits(frame).reach(start[1], ends) if ends or forgotten else []
    if not returns or any(at < start[1] and frame.is_deferred(at) for at in ends):
        return None
    name = frame.body.vars[what.var].name
    related = (*((frame.id, at) for at in returns[:4]), *((frame.id, at) for at in sorted(ends)[:1]))
    return Leak(Why.UNRELEASED, start, name, (start,), tuple(related))


def _calls_of(code: Code, frame: FunctionCode, what: Subject, enders: frozenset[str]) -> set[int]:
    """The calls and defers that end the object, in literals of the function too."""
    found: set[int] = set()
    for register, instruction in enumerate(frame.code):
        if isinstance(instruction, ir.MakeClosure):
            literal = code.sibling(frame, instruction.function)
            if _direct_calls(literal, what, enders):
                found.add(register)
    return found | _direct_calls(frame, what, enders)


def _direct_calls(function: FunctionCode, what: Subject, enders: frozenset[str]) -> set[int]:
    found: set[int] = set()
    for register, instruction in enumerate(function.code):
        if type(instruction) is ir.Call and instruction.mode != ir.Mode.GO:
            if _is_call_of(function, register, what, enders):
                found.add(register)
    return found


def _is_call_of(function: FunctionCode, call: int, what: Subject, methods: frozenset[str]) -> bool:
    callee = function.callee(call)
    known = p.is_one_of(callee, methods) and callee.receiver >= 0
    return known and subject(function, callee.receiver) == what  # type: ignore[union-attr]


def _is_forgotten(code: Code, frame: FunctionCode, what: Subject, enders: frozenset[str]) -> bool:
    """Whether nothing in the function, its literals and the goroutines they start, may end the object: whoever
    gets it as an argument may."""
    frames = [code.sibling(frame, index) for index in range(len(frame.body.functions))]
    if any(one.id in enders for one in frames):
        return False
    return not any(
        _is_call_of(one, register, what, enders) or any(subject(one, value) == what for value in instruction.args)
        for one in frames
        for register, instruction in enumerate(one.code)
        if isinstance(instruction, ir.Call)
    )


# -- channels that end nothing --------------------------------------------------------------------


def _unheard(channels: list[Channel], endless: set[Named]) -> Iterator[Leak]:
    """Fields of what has an endless goroutine that are closed to tell somebody, and nobody receives from them."""
    for channel in channels:
        closes = channel.of(OpKind.CLOSE)
        owners = {Named(member.package, member.owner) for member in channel.members}
        if not owners & endless or not closes or len(closes) < len(channel.ops):
            continue
        if not (channel.escapes or channel.returned or channel.measured) and channel.type.elem == Struct():
            place = (closes[0].function, closes[0].register)
            yield Leak(Why.UNHEARD, place, str(channel.members[0]), (), ())
