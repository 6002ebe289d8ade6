"""What the methods of library objects do to the object's own state: a `rand.Rand` in two goroutines is a race.

Their code is not in view; that they are not for several goroutines stands in their documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.describe import expression
from govet_py.knowledge.unshared import STREAM_METHODS, STREAMS, UNSHARED, WRITE_TO
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import CELL, ELEMENT, Effect, EffectKind, LockSet, Strand
from govet_py.model.types import Interface, Named, Type, deref

STATE = "<state>"
HALVES = {half: f"<{half}>" for half in STREAM_METHODS.values()}
STATES = (STATE, *HALVES.values())


class _Use(NamedTuple):
    """What is done to a part of the object in field `via` of register `base`."""

    base: int
    via: tuple[str, ...]
    kind: EffectKind
    part: str = STATE


class States:
    """The accesses of the state of library objects."""

    def __init__(self, code: Code, values: ValueAnalysis) -> None:
        self._code = code
        self._values = values

    def accesses(
        self, code: FunctionCode, held: LockSet, strand: Strand | None, register: int, callee: p.Static | p.Interface
    ) -> Iterator[Effect]:
        """The access of the call at a register: of a method, or of a function that writes to what it is given."""
        use = self._half(callee) if isinstance(callee, p.Interface) else self._use(code, register, callee)
        if use is None:
            return
        base, via, kind, part = use
        paths = self._values.paths(code, base)
        what = ".".join((expression(code, base), *via))
        for path in paths:
            if ELEMENT not in path.fields:
                state = path.extend((*via, part, CELL))
                yield Effect(kind, state, held, strand, code.site(register), what, None, len(paths) == 1)

    def _half(self, callee: p.Interface) -> _Use | None:
        """The half of a remote stream that a method uses."""
        half = STREAM_METHODS.get(callee.method)
        if half is None or not self._is_stream(callee.interface):
            return None
        return _Use(callee.receiver, callee.via, EffectKind.WRITE, HALVES[half])

    def _is_stream(self, type_: Type) -> bool:
        declared = self._code.program.underlying(type_)
        embedded = declared.embeds if isinstance(declared, Interface) else ()
        return any(isinstance(one, Named) and f"{one.package}.{one.name}" in STREAMS for one in embedded)

    def _use(self, code: FunctionCode, register: int, callee: p.Static) -> _Use | None:
        type_, _, method = callee.function.rpartition(".")
        if type_ in UNSHARED and self._code.get(callee.function) is None:
            kind = EffectKind.READ if method in UNSHARED[type_] else EffectKind.WRITE
            return _Use(callee.receiver, callee.via, kind)
        call = code.code[register]
        if callee.function in WRITE_TO and isinstance(call, ir.Call) and call.args:
            given = deref(code.type_of(call.args[0]))
            if isinstance(given, Named) and f"{given.package}.{given.name}" in UNSHARED:
                return _Use(call.args[0], (), EffectKind.WRITE)
        return None
