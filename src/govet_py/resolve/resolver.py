"""Everything that can be asked of declarations, behind one object: `Program.lookup`."""

from __future__ import annotations

from govet_py.model.program import FuncId, Program
from govet_py.model.types import Func, Type
from govet_py.resolve.constants import Constants
from govet_py.resolve.implementers import Implementers
from govet_py.resolve.members import FieldMember, Members, MethodMember
from govet_py.resolve.scopes import Scopes


class Resolver:
    """Implements `model.program.Lookup`; inference reads its parts directly."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scopes = Scopes(program.packages, program.files)
        self.members = Members(program.packages, self.scopes)
        self.constants = Constants(program.packages, self.scopes)
        self.implementing = Implementers(program, self.scopes, self.members)
        self.variable_types: dict[tuple[str, str], Type] = {}

    def underlying(self, type_: Type) -> Type:
        return self.members.underlying(type_)

    def method(self, type_: Type, name: str) -> tuple[FuncId, tuple[str, ...]] | None:
        found = self.members.find(type_, name)
        return (found.function.id, found.via) if isinstance(found, MethodMember) else None

    def field(self, type_: Type, name: str) -> tuple[Type, tuple[str, ...]] | None:
        found = self.members.find(type_, name)
        return (found.type, found.path) if isinstance(found, FieldMember) else None

    def signature(self, id: FuncId) -> Func | None:
        function = self.program.functions.get(id)
        return self.members.signature(function) if function else None

    def implements(self, type_: Type, interface: Type) -> bool:
        return self.implementing.implements(type_, interface)

    def implementers(self, interface: Type, method: str) -> tuple[FuncId, ...]:
        return self.implementing.of(interface, method)


def resolver_of(program: Program) -> Resolver:
    """The resolver that `link` put into a program. Raises TypeError for a program made otherwise."""
    if not isinstance(program.lookup, Resolver):
        raise TypeError("the program was not made by resolve.link")
    return program.lookup
