"""Which types of objects have state of their own, so that two of them in place of one are an error."""

from __future__ import annotations

from govet_py.knowledge.concurrency import SYNCHRONISED
from govet_py.knowledge.contexts import CANCEL_FUNCTIONS
from govet_py.knowledge.releases import ENDS
from govet_py.model.program import Program
from govet_py.model.types import Chan, Interface, Named, Pointer, Struct, Type, deref


class Statefulness:
    """Judges types, each once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[Type, bool] = {}

    def is_stateful(self, type_: Type) -> bool:
        """Reports whether a value of the type is an object with state: a channel, a cancel function, something
        to close, or a pointer to a struct with a lock, an atomic or a channel in it."""
        known = self._known.get(type_)
        if known is None:
            known = self._known[type_] = self._judge(type_)
        return known

    def _judge(self, type_: Type) -> bool:
        under = self._program.underlying(type_)
        if isinstance(under, Chan):
            return True
        if isinstance(under, Interface):
            return any(method.name in ENDS for method in under.methods)
        if not isinstance(under, Pointer) and not isinstance(type_, Pointer):
            return False
        named = deref(type_)
        if isinstance(named, Named) and any(self._program.method(type_, name) for name in ENDS):
            return True
        inner = self._program.underlying(named)
        return isinstance(inner, Struct) and any(self._has_state(field.type) for field in inner.fields)

    def _has_state(self, type_: Type) -> bool:
        named = deref(type_)
        if isinstance(named, Named) and named.package in SYNCHRONISED:
            return True
        if isinstance(named, Named) and named in CANCEL_FUNCTIONS:
            return True
        return isinstance(self._program.underlying(type_), Chan)
