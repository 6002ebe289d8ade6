"""What a function has made itself: nobody else knows it yet, as long as it is not let out."""

from __future__ import annotations

from govet_py.callgraph.code import Code
from govet_py.callgraph.values import ValueAnalysis
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot, GlobalRoot, ParamRoot, ResultRoot, Root


def is_made(code: Code, values: ValueAnalysis, root: AllocRoot | ResultRoot) -> bool:
    """Whether an instruction makes what it gives, or calls what may have made it: a getter of what others know too
    has not, nor an iterator."""
    if isinstance(root, AllocRoot):
        return True
    if isinstance(code.function(root.function).code[root.register], ir.Extract):
        return False
    found = [path for path, _ in values.results(code.function(root.function), root)]
    return not any(isinstance(path.root, ParamRoot | GlobalRoot) or path.fields for path in found)


def is_made_by(function: str, code: Code, values: ValueAnalysis, root: Root | None) -> bool:
    """Whether something begins at what one activation of `function` makes for itself."""
    return isinstance(root, AllocRoot | ResultRoot) and root.function == function and is_made(code, values, root)
