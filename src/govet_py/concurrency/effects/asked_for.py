"""Elements of collections that requests name: two requests that come beside each other may name the same one.

LIMIT: the key must be computed from the request by the function that looks the element up, or hands the key over to
the one that does.
"""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.flow.dependence import Dependence
from govet_py.knowledge.concurrency import REQUEST
from govet_py.model import ir


class AskedFor:
    """What the functions of a program that handle requests look up by them."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._derived: dict[str, frozenset[int]] = {}

    def is_named(self, code: FunctionCode, taken: int) -> bool:
        """Reports whether an instruction that takes an element out of a collection, or asks a function for it, does so
        by what comes from a request."""
        instruction = code.code[taken]
        keys: tuple[int, ...] = ()
        if isinstance(instruction, ir.Index):
            keys = (instruction.index,)
        elif isinstance(instruction, ir.Call):
            keys = instruction.args
        return bool(keys) and not self._from_request(code).isdisjoint(keys)

    def _from_request(self, code: FunctionCode) -> frozenset[int]:
        """The registers of a function that are computed from its parameter for the request."""
        known = self._derived.get(code.id)
        if known is None:
            given = {var for var in code.function.params if code.types.var_type(var) == REQUEST[-1]}
            loads = code.of_kind(ir.Load) if given else ()
            seeds = [at for at in loads if code.code[at].var in given]  # type: ignore[union-attr]
            known = Dependence(self._code, code).derived(seeds) if seeds else frozenset()
            self._derived[code.id] = known
        return known
