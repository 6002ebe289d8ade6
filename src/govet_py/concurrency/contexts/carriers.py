"""What carries a context without being one: requests, the streams that a server serves, the commands of a program.

A command has the context that the program hands it and otherwise an empty one, which never ends.
"""

from __future__ import annotations

from functools import cached_property

from govet_py.callgraph.callgraph import CallGraph
from govet_py.callgraph.code import package_of
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.concurrency import HANDLER_INTERFACE
from govet_py.model import program as p
from govet_py.model.types import Interface, Named, Struct, Type, deref


class Carriers:
    """The types whose values have a context, in the packages of a program."""

    def __init__(self, program: p.Program, calls: CallGraph) -> None:
        self._program = program
        self._calls = calls

    def field(self, type_: Type, function: str) -> str:
        """The field of an object that serves one request or stream, or ""."""
        declared = self._program.underlying(deref(type_))
        fields = declared.fields if isinstance(declared, Struct) else ()
        return next((field.name for field in fields if self.carries(field.type, function)), "")

    def carries(self, type_: Type, function: str) -> bool:
        """Reports whether what a function has, by its type, gives it a context that may end."""
        named = deref(type_)
        if not isinstance(named, Named):
            return False
        if named == knows.COMMAND:
            return package_of(function) in self._commanded
        if f"{named.package}.{named.name}" in knows.CARRIERS:
            return True
        served = named.name.endswith(HANDLER_INTERFACE) or self._is_stream(named)
        return served and self._gives_context(named, 0)

    @cached_property
    def _commanded(self) -> frozenset[str]:
        """The packages that ask a command for its context, that give it one, or that are imported by those which do."""
        givers = {package_of(id) for name in knows.GIVES_COMMAND for id, _ in self._calls.named(name)}
        packages = (package for path in givers if (package := self._program.packages.get(path)))
        imported = {one.path for package in packages for one in package.imports}
        askers = {package_of(id) for id, _ in self._calls.named(knows.ASKS_COMMAND)}
        return frozenset(givers | imported | askers)

    def _is_stream(self, type_: Type) -> bool:
        """Whether an interface is of a stream that a client has opened: it sends or receives, and cannot close."""
        declared = self._program.underlying(type_)
        methods = {method.name for method in declared.methods} if isinstance(declared, Interface) else set()
        return bool(methods & knows.STREAM) and not methods >= knows.CLIENT_STREAM

    def _gives_context(self, type_: Type, depth: int) -> bool:
        """Whether an interface, a server stream, has a method `Context() context.Context`."""
        declared = self._program.underlying(type_)
        if not isinstance(declared, Interface) or depth > 3:
            return False
        own = any(method.name == knows.GIVES_CONTEXT and not method.signature.params for method in declared.methods)
        return own or any(
            (isinstance(inner, Named) and inner.name == knows.SERVER_STREAM) or self._gives_context(inner, depth + 1)
            for inner in declared.embeds
        )
