"""Contexts that end with a request, which a server goes on without."""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.givers import Giver
from govet_py.concurrency.effects.goroutines import handlers
from govet_py.knowledge import contexts as knows
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import Named, deref


class ServedRequests:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code

    @cached_property
    def handlers(self) -> frozenset[str]:
        """The functions that are given the context of the request that they serve."""
        return frozenset(start.function for start in handlers(self._code))

    def of(self, giver: Giver) -> Site | None:
        """The handler that gives the context of its request, or the call that gives it one."""
        code = giver.function
        if giver.makers is None:
            return Site(code.path, code.function.span) if code.id in self.handlers else None
        gives = (at for id, at in sorted(giver.makers) if id == code.id and gives_request(code, at))
        return next(map(code.site, gives), None)


def gives_request(code: FunctionCode, call: int) -> bool:
    """Reports whether a call gives the context of a request: `r.Context()`."""
    callee = code.callee(call)
    if not isinstance(callee, p.Static) or callee.receiver == ir.NONE:
        return False
    owner = deref(code.type_of(callee.receiver))
    name = f"{owner.package}.{owner.name}" if isinstance(owner, Named) else ""
    return name == knows.REQUEST and callee.function.endswith(f".{knows.CARRIERS[name]}")
