"""Loops that find a channel closed and go back to receive from it again: it stays ready, so they spin."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.concurrency.channels.subjects import subject
from govet_py.concurrency.flow.control import Edge, branch, loop_blocks
from govet_py.concurrency.flow.loop_bounds import is_endless
from govet_py.concurrency.flow.turns import changes, way_round
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.clocks import SLEEPS
from govet_py.knowledge.concurrency import WAIT
from govet_py.knowledge.harmless import PREPARES, PROMPT, is_unseen
from govet_py.model import ir
from govet_py.model import program as p

CLOSE = p.BuiltinCall("close")


class Rereads(NamedTuple):
    """`receive`, by case `case` if it is a select, takes from the channel in register `channel` again when that was
    found closed by the test at `test`."""

    function: str
    receive: int
    case: int
    channel: int
    test: int


def closed_loops(code: Code) -> Iterator[Rereads]:
    """One a receive whose `ok` is tested, in a loop that nothing ends."""
    for id in code.ids():
        function = code.function(id)
        for receive in function.of_kind(ir.Recv, ir.Select) if function.function.loops else ():
            if function.loop_of(receive) != ir.NONE:
                for case, channel in _received(function.code[receive]):
                    test = _spins_behind(code, function, receive, case, channel)
                    if test is not None:
                        yield Rereads(id, receive, case, channel, test)


def _received(step: ir.Instruction) -> Iterator[tuple[int, int]]:
    """The cases and channels of a receive, or of a select."""
    if isinstance(step, ir.Recv):
        yield ir.NONE, step.chan
    elif isinstance(step, ir.Select):
        yield from ((at, one.chan) for at, one in enumerate(step.cases) if one.value == ir.NONE)


def _spins_behind(program: Code, code: FunctionCode, receive: int, case: int, channel: int) -> int | None:
    """The test that finds a channel closed, whence control comes back to the receive without a pause."""
    told = frozenset(_oks(code, receive, case))
    loop = code.loop_of(receive)
    if not told or _closes(code, channel) or not _is_settled(program, code, channel, loop):
        return None
    inside = loop_blocks(code, loop)
    for block, position in _closed_edges(code, inside, told):
        if not is_endless(code, loop, inside):
            return None
        way = way_round(code, block, position, loop, inside)
        if way is not None and not changes(code, way, inside) and _is_prompt(code, block, position, receive, inside):
            return code.function.blocks[block].end - 1
    return None


def _oks(code: FunctionCode, receive: int, case: int) -> Iterator[int]:
    """The registers that tell whether a receive, or a case of a select, has got a value."""
    position = 1 if case == ir.NONE else 2 * case + 1
    for register in code.of_kind(ir.Extract):
        part = code.code[register]
        if isinstance(part, ir.Extract) and (part.tuple, part.index) == (receive, position):
            yield register


def _closed_edges(code: FunctionCode, inside: frozenset[int], told: Set[int]) -> Iterator[Edge]:
    """The branches in a loop that are taken when a channel is closed, by tests of `told`."""
    for block in sorted(inside):
        match branch(code, block):
            case ir.If() as test:
                negated = _negated(code, test.cond)
                if _is_told(code, test.cond if negated is None else negated, told):
                    yield block, int(negated is None)
            case ir.Switch(tag=ir.NONE) as switch:
                for position, values in enumerate(switch.cases):
                    negated = _negated(code, values[0]) if len(values) == 1 else None
                    if negated is not None and _is_told(code, negated, told):
                        yield block, position


def _negated(code: FunctionCode, cond: int) -> int | None:
    step = code.code[cond]
    return step.operand if isinstance(step, ir.Unary) and step.op == "!" else None


def _is_told(code: FunctionCode, register: int, told: Set[int]) -> bool:
    """Whether a register has what others have, itself or out of a variable that has nothing else in it there."""
    load = code.code[register]
    if isinstance(load, ir.Load) and is_register(code.body.vars[load.var]):
        stores = Reaching(code).definitions(register, load.var)
        return all(at != ENTRY and code.stored(at) in told for at in stores)
    return code.source(register) in told


def _closes(code: FunctionCode, channel: int) -> bool:
    """Whether the function itself closes the channel: it knows when, and need not be told."""
    what = subject(code, channel)
    closing = (code.code[at] for at in code.of_kind(ir.Call) if code.callee(at) == CLOSE)
    return any(subject(code, call.args[0]) == what for call in closing if isinstance(call, ir.Call) and call.args)


def _is_settled(program: Code, code: FunctionCode, channel: int, loop: int) -> bool:
    """Whether it is one and the same channel in each turn of a loop, for all that the function and its literals do."""
    step, inside = code.code[channel], loop_blocks(code, loop)
    match step:
        case ir.Load():
            declared = code.body.vars[step.var]
            mine = all(index == code.index for index, _ in program.stores(code, step.var))
            return mine and not declared.addressed and not code.is_set_in(step.var, inside)
        case ir.Selector():
            fields = (code.code[at] for at in code.of_kind(ir.SetField))
            root = code.code[code.source(step.base)]
            moved = isinstance(root, ir.Load) and code.is_set_in(root.var, inside)
            return not moved and not any(isinstance(f, ir.SetField) and f.name == step.name for f in fields)
    return False


def _is_prompt(code: FunctionCode, block: int, position: int, receive: int, inside: frozenset[int]) -> bool:
    """Whether control comes from a branch to a receive, and meets nothing on the way that may take its time."""
    blocks, home = code.function.blocks, code.block_of(receive)
    seen, work = set[int](), [blocks[block].succs[position]]
    while work:
        at = work.pop()
        if at in inside and at not in seen:
            seen.add(at)
            work.extend(blocks[at].succs if at != home else ())
    behind, work = set[int](), [home]
    while work:
        at = work.pop()
        if at in seen and at not in behind:
            behind.add(at)
            work.extend(code.predecessors[at])
    ways = (range(blocks[at].start, receive if at == home else blocks[at].end) for at in behind)
    return home in seen and not any(_may_wait(code, register) for way in ways for register in way)


def _may_wait(code: FunctionCode, register: int) -> bool:
    match code.code[register]:
        case ir.Select() as select:
            return not select.has_default
        case ir.Recv() | ir.Send() | ir.Next():
            return True
        case ir.Call():
            return not _comes_back_at_once(code, register)
    return False


def _comes_back_at_once(code: FunctionCode, call: int) -> bool:
    callee = code.callee(call)
    match callee:
        case p.Static():
            slow = callee.function in SLEEPS or callee.function in WAIT
            quick = callee.function.startswith(PROMPT) or is_unseen(callee.function)
            return (quick and not slow) or code.called_name(call).startswith(PREPARES)
        case p.Interface() | p.UnknownCallee():
            return code.called_name(call).startswith((*PREPARES, knows.DONE_NAME, knows.ERR_NAME))
    return isinstance(callee, p.BuiltinCall | p.Conversion)
