"""The maps that a call uses, where it is one of a builtin or of a library that takes a map, or shows it."""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.shown import Shown
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.concurrency import EffectKind

_TABLES = ((knows.MAP_WRITERS, EffectKind.WRITE), (knows.MAP_READERS, EffectKind.READ))


def handed(
    code: FunctionCode, register: int, call: ir.Call, shown: Shown | None = None
) -> Iterator[tuple[int, EffectKind]]:
    """The arguments that a call writes or reads if they are maps; with `shown` also those that it shows."""
    callee = code.callee(register)
    name = callee.name if isinstance(callee, p.BuiltinCall) else p.known_name(callee)
    for table, kind in _TABLES:
        at = table.get(name)
        if at is not None and at < len(call.args):
            yield call.args[at], kind
    for show in shown.of(code, register) if shown else ():
        if show.whole:
            yield show.argument, EffectKind.READ
