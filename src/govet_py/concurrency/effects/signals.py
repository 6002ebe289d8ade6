"""What instructions do to channels and WaitGroups: who signals, who waits, and what may come too late for it."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.describe import expression
from govet_py.concurrency.effects.closedness import closing, counting, sending, waiting
from govet_py.concurrency.locks.lock_events import LockEvents
from govet_py.concurrency.locks.locksets import LockSets
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import NO_LOCKS, Effect, EffectKind, LockSet, Strand
from govet_py.model.source import Site
from govet_py.model.types import Chan
from govet_py.resolve.elements import range_over


class Signals:
    """The DONE and WAIT effects of single instructions."""

    def __init__(self, code: Code, events: LockEvents) -> None:
        self._code = code
        self._events = events

    def at(self, code: FunctionCode, locks: LockSets, register: int, what: ir.Instruction) -> Iterator[Effect]:
        """The effects of a communication."""
        match what:
            case ir.Next():
                over = range_over(code.code, what)
                if isinstance(self._code.program.underlying(code.type_of(over)), Chan):
                    yield from self._channel(code, register, over, EffectKind.WAIT)
            case ir.Send():
                yield from self._sends(code, locks, register, what.chan)
            case ir.Recv():
                yield from self._channel(code, register, what.chan, EffectKind.WAIT)
            case ir.Select():
                for case in what.cases:
                    for effect in self._case(code, locks, register, case):
                        yield effect._replace(site=Site(code.path, case.span))

    def _case(self, code: FunctionCode, locks: LockSets, register: int, case: ir.SelectCase) -> Iterator[Effect]:
        if case.value == ir.NONE:
            return self._channel(code, register, case.chan, EffectKind.WAIT)
        return self._sends(code, locks, register, case.chan)

    def _sends(self, code: FunctionCode, locks: LockSets, register: int, channel: int) -> Iterator[Effect]:
        for sent in self._channel(code, register, channel, EffectKind.DONE):
            yield sent
            if not _recovers(code):
                yield sending(sent, locks.at(register))

    def closes(self, code: FunctionCode, held: LockSet, register: int, channel: int) -> Iterator[Effect]:
        """The effects of closing a channel."""
        for closed in self._channel(code, register, channel, EffectKind.DONE):
            yield from (closed, closing(closed, held))

    def counts(
        self, code: FunctionCode, register: int, callee: p.Callee, name: str, held: LockSet, strand: Strand | None
    ) -> Iterator[Effect]:
        """The effects of a method of a group."""
        call = code.code[register]
        down = name in knows.DONE or (name in knows.ADD and _is_negative(code, call))
        kind = EffectKind.DONE if down else EffectKind.WAIT
        what = expression(code, call.callee) if isinstance(call, ir.Call) else name
        for path in self._events.receivers(code, callee):
            effect = Effect(kind, path, NO_LOCKS, strand, code.site(register), what, None, True)
            if name in knows.ADD and not down:
                yield counting(effect, held)
                continue
            yield effect
            if name in knows.COUNTED:
                yield waiting(effect, held)

    def _channel(self, code: FunctionCode, register: int, channel: int, kind: EffectKind) -> Iterator[Effect]:
        for path in self._events.channels(code, channel):
            yield Effect(kind, path, NO_LOCKS, None, code.site(register), expression(code, channel), None, True)


def _is_negative(code: FunctionCode, call: ir.Instruction) -> bool:
    """Whether the first argument is written with a minus: Add(-n) counts down."""
    value = code.code[call.args[0]] if isinstance(call, ir.Call) and call.args else None
    return isinstance(value, ir.Unary) and value.op == "-"


def _recovers(code: FunctionCode) -> bool:
    """Whether a literal of the function calls recover."""
    return any(
        literal.parent == code.index and any(isinstance(one, ir.Name) and one.name == "recover" for one in literal.code)
        for literal in code.body.functions
    )
