"""Names of locks that hold across functions: the type and field that a path ends in, or a local variable.

Two locks of one name may still be locks of two objects; who compares by name has to say so.
"""

from __future__ import annotations

from typing import Union

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.members import Member
from govet_py.concurrency.locks.lock_events import ONCE
from govet_py.knowledge import concurrency as knows
from govet_py.model import ir
from govet_py.model.concurrency import (
    CELL,
    CUT,
    ELEMENT,
    HELD,
    AllocRoot,
    GlobalRoot,
    ParamRoot,
    Path,
    ResultRoot,
    Root,
    VarRoot,
)
from govet_py.model.types import UNKNOWN, Array, Map, Named, Slice, Struct, Tuple, Type, deref
from govet_py.resolve.infer import variable_type

IN_ONCE = Member(*knows.ONCE, ONCE)
"""What `LockEvents` holds after sync.Once.Do: an order of events, no lock that anybody waits for."""

LockName = Union[Member, VarRoot, AllocRoot]


def lock_name(code: Code, function: FunctionCode, path: Path) -> LockName | None:
    """The name of a lock that `function` knows as `path`; None for what has none elsewhere."""
    if path.fields[-1:] in ((CUT,), (CELL,)):
        return None
    if not path.fields:
        return _whole(path.root)
    owner = deref(_root_type(code, function, path.root))
    member: Member | None = None
    for name in path.fields:
        if name.startswith("[") or name == HELD:
            owner, member = deref(_element(code, owner, name)), None
            continue
        member = _step(owner, member, name)
        found = code.program.field(owner, name)
        owner = deref(found[0]) if found else UNKNOWN
    if member == IN_ONCE:
        return None
    return member or (_whole(path.root) if path.fields[-1] == ELEMENT else None)


def lock_text(code: Code, name: LockName) -> str:
    """A lock as messages name it: `discovery.HealthCheckImpl.mu`, or the variable."""
    if isinstance(name, Member):
        return str(name)
    if isinstance(name, VarRoot):
        return code.program.bodies[name.body].vars[name.var].name
    function = code.function(name.function)
    stores = (one for one in function.code if isinstance(one, ir.Store) and one.value == name.register)
    return next((function.body.vars[store.var].name for store in stores), "a lock")


def _step(owner: Type, outer: Member | None, name: str) -> Member | None:
    """Field `name` of a named type; a field of a struct without a name is named with the field that holds it."""
    if isinstance(owner, Named):
        return Member(owner.package, owner.name, name)
    if isinstance(owner, Struct) and outer is not None:
        return outer._replace(name=f"{outer.name}.{name}")
    return None


def _whole(root: Root) -> LockName | None:
    if isinstance(root, GlobalRoot):
        return Member(root.package, "", root.name)
    return root if isinstance(root, VarRoot | AllocRoot) else None


def _root_type(code: Code, function: FunctionCode, root: Root) -> Type:
    if isinstance(root, GlobalRoot):
        return variable_type(code.program, root.package, root.name)
    if isinstance(root, ParamRoot):
        return function.types.var_type(function.function.params[root.position])
    if isinstance(root, VarRoot):
        return code.types(root.body).var_type(root.var) if root.body else UNKNOWN
    if isinstance(root, AllocRoot | ResultRoot):
        found = code.function(root.function).type_of(root.register)
        return _result(found, root.index) if isinstance(root, ResultRoot) else found
    return UNKNOWN


def _result(found: Type, index: int) -> Type:
    if isinstance(found, Tuple):
        return found.elems[index] if index < len(found.elems) else UNKNOWN
    return found


def _element(code: Code, container: Type, step: str) -> Type:
    if step == HELD:
        return container.args[0] if isinstance(container, Named) and container.args else UNKNOWN
    under = code.program.underlying(container)
    if isinstance(under, Map):
        return under.elem if step == ELEMENT else under.key
    return under.elem if isinstance(under, Slice | Array) else UNKNOWN
