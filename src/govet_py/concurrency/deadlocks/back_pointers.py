"""Back pointers: of two structs that know each other by one field each, `a.b.a` is `a`.

LIMIT: by type. Nothing is proved of how the two are put together; who has more than one of the other, or a list of
them, is left out.
"""

from __future__ import annotations

from govet_py.callgraph.members import Member
from govet_py.model.program import Program
from govet_py.model.types import Named, Struct, deref


def leads_back(program: Program, member: Member, there: str, back: str) -> bool:
    """Whether field `there` of the struct that has a member is another struct, whose field `back` is the first one."""
    home = Named(member.package, member.owner)
    other = _only(program, home, there)
    return isinstance(other, Named) and other != home and _only(program, other, back) == home


def _only(program: Program, owner: Named, name: str) -> Named | None:
    """The type that a field refers to, if no other field of the struct does."""
    struct = program.underlying(owner)
    if not isinstance(struct, Struct):
        return None
    types = {field.name: deref(field.type) for field in struct.fields}
    found = types.get(name)
    alone = sum(one == found for one in types.values()) == 1
    return found if isinstance(found, Named) and alone else None
