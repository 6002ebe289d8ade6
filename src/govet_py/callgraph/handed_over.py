"""What runs when an object is handed over for one of its methods to be run, as a handler of requests is.

Of a parameter only the callers know the type: the method is named in the path then, `ServeHTTP()` as its last field,
until it comes to a frame that has made the object.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.callgraph.arguments import Known, Values
from govet_py.callgraph.code import Code, FunctionCode
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, FunctionValue, Path, ResultRoot, Value

_CALLED = "()"


def started(program: Code, values: Known, code: FunctionCode, register: int, method: str) -> Values:
    """The functions that are run when a register is handed over to be run, by its `method` if that is named: a
    function that was given a type with such a method runs itself."""
    handed = values.of(code, register)
    if not method:
        return handed
    found = program.program.method(code.type_of(register), method)
    if found is not None and program.get(found[0]):
        receivers = tuple(path.extend(found[1]) for path in values.paths(code, register))
        return (FunctionValue(found[0], receivers),)
    known = tuple(value for one in handed for value in run_by(program, one, method))
    return known or tuple(one.extend((method + _CALLED,)) for one in handed if isinstance(one, Path))


def run_by(program: Code, value: Value, method: str) -> Iterator[FunctionValue]:
    """What runs when a method of a value is called through an interface."""
    if isinstance(value, FunctionValue):
        yield value
    elif (found := _method(program, value, method)) is not None:
        yield FunctionValue(found[0], (value.extend(found[1]),))


def meant(program: Code, path: Path) -> Iterator[FunctionValue]:
    """The method that a path names in the end, once it is known of what."""
    if path.fields and path.fields[-1].endswith(_CALLED):
        yield from run_by(program, Path(path.root, path.fields[:-1]), path.fields[-1].removesuffix(_CALLED))


def _method(program: Code, path: Path, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The method of an object that an instruction makes, or a constructor that names its type returns."""
    root = path.root
    if not isinstance(root, AllocRoot | ResultRoot) or path.fields:
        return None
    code = program.function(root.function)
    made = code.code[root.register]
    if isinstance(made, ir.Store) or (isinstance(root, ResultRoot) and root.index):
        return None
    found = program.program.method(code.type_of(root.register), name)
    return found if found and program.get(found[0]) else None
