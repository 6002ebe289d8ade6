"""Slots that are given back in a select which may also choose the end of a context: then they are lost.

Who has put a token into a channel can take one out again without waiting. Where both cases of the select are ready, one
is chosen at random; so a slot is lost with each context that is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member, member_of
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.flow.clock_channels import is_of_time
from govet_py.concurrency.obligations.semaphores import Semaphores, Slot, semaphore_of
from govet_py.knowledge.contexts import DONE_NAME
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.finding import Confidence, Finding, Rule, Step


def perhaps_returned(rule: Rule, program: Code, semaphores: Semaphores) -> Iterator[Finding]:
    """One finding a slot that is taken by sending a token."""
    for id in sorted(semaphores.functions()):
        code = program.function(id)
        for slot in semaphores.slots(code) if _deferred(program, code) else ():
            found = next(_selects(program, semaphores, code, slot), None) if slot.token else None
            if found is not None:
                yield _finding(rule, code, slot, *found)


def _deferred(program: Code, code: FunctionCode) -> list[FunctionCode]:
    """What a function, or a literal in it, defers."""
    found: list[FunctionCode] = []
    for frame in (program.sibling(code, index) for index in range(len(code.body.functions))):
        for register in frame.of_kind(ir.Call):
            call = frame.code[register]
            if not isinstance(call, ir.Call) or call.mode != ir.Mode.DEFER:
                continue
            made, callee = frame.code[call.callee], frame.callee(register)
            target = program.get(callee.function) if isinstance(callee, p.Static) else None
            if isinstance(made, ir.MakeClosure):
                target = program.sibling(frame, made.function)
            if target is not None:
                found.append(target)
    return found


def _selects(
    program: Code, semaphores: Semaphores, code: FunctionCode, slot: Slot
) -> Iterator[tuple[FunctionCode, int, int]]:
    """The selects by which a deferred function gives a slot back, or does not, each with the channel of its case."""
    member = semaphore_of(program, code, slot.register)
    for target in _deferred(program, code):
        for at in target.of_kind(ir.Select):
            select = target.code[at]
            if not isinstance(select, ir.Select) or select.has_default or target.loop_of(at) != ir.NONE:
                continue
            received = [case.chan for case in select.cases if case.value == ir.NONE]
            backs = [
                channel
                for channel in received
                if slot.path in semaphores.path_of(target, channel)
                or (member is not None and member_of(program.program, target, channel) == member)
            ]
            others = [case.chan for case in select.cases if case.chan not in backs]
            gives_up = bool(others) and all(_gives_up(target, other) for other in others)
            if len(backs) == 1 and gives_up and not (member and _wakes(program, member, target)):
                yield target, at, backs[0]


def _wakes(program: Code, member: Member, giver: FunctionCode) -> bool:
    """Whether somebody else receives from a channel without ever sending: tokens are not for their senders only."""
    senders, receivers = set[str](), {giver.body_id}
    for id in program.ids():
        code = program.function(id)
        for at in code.of_kind(ir.Send, ir.Recv, ir.Select, ir.Range) if code.package == giver.package else ():
            for channel, sends in _channels(code.code[at]):
                if member_of(program.program, code, channel) == member:
                    (senders if sends else receivers).add(code.body_id)
    return not receivers <= {*senders, giver.body_id}


def _channels(step: ir.Instruction) -> Iterator[tuple[int, bool]]:
    """The channels that an instruction may use, and whether it sends on them."""
    match step:
        case ir.Send() | ir.Recv():
            yield step.chan, isinstance(step, ir.Send)
        case ir.Range():
            yield step.base, False
        case ir.Select():
            yield from ((case.chan, case.value != ir.NONE) for case in step.cases)


def _gives_up(code: FunctionCode, channel: int) -> bool:
    """Whether a channel is that of a context's end or of a clock."""
    return is_of_time(code, channel) or code.called_name(code.source(channel)) == DONE_NAME


def _finding(rule: Rule, code: FunctionCode, slot: Slot, target: FunctionCode, select: int, channel: int) -> Finding:
    name = expression(target, channel)
    message = (
        f"a slot of {name} that {short_name(code.id)} has taken is lost when this select chooses another case: "
        "there is a token to receive in any case"
    )
    steps = (Step(slot.site, f"a slot of {name} is taken"), Step(target.site(select), "one of the cases is taken"))
    return Finding(rule, Confidence.HIGH, message, target.site(select), code.id, ("select", name), steps)
