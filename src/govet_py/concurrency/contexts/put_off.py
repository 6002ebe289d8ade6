"""Function literals that are run later, by somebody else: what a pool's `Submit` sends to its workers.

Who hands one over and then returns has ended by then whatever it ends when it returns.
"""

from __future__ import annotations

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import sends_of, uses_of
from govet_py.concurrency.contexts.joins import is_let_go, takes_time_after
from govet_py.model import ir
from govet_py.model import program as p

MAX_DEPTH = 2


class PutOff:
    """Of a program."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._known: dict[tuple[str, int], bool] = {}

    def is_put_off(self, code: FunctionCode, literal: int) -> bool:
        """Reports whether a literal goes to a call that leaves it to others, and its function returns without having
        waited for anything."""
        users = [at for at in uses_of(code).get(literal, ()) if isinstance(code.code[at], ir.Call)]
        return bool(users) and all(self._is_left(code, at, literal) for at in users)

    def _is_left(self, code: FunctionCode, call: int, literal: int) -> bool:
        later = self._leaves(code, call, literal, 0)
        return later and is_let_go(self._code, code, call) and not takes_time_after(code, call)

    def _leaves(self, code: FunctionCode, call: int, argument: int, depth: int) -> bool:
        """Whether all that a call may run leaves one of its arguments to others."""
        step, callee = code.code[call], code.callee(call)
        if not isinstance(step, ir.Call) or step.mode != ir.Mode.CALL or argument not in step.args:
            return False
        targets: tuple[str, ...] = ()
        if isinstance(callee, p.Static):
            targets = (callee.function,)
        elif isinstance(callee, p.Interface):
            targets = self._code.program.implementers(callee.interface, callee.method)
        at = step.args.index(argument)
        return bool(targets) and all(self._puts_off(target, at, depth) for target in targets)

    def _puts_off(self, function: str, argument: int, depth: int) -> bool:
        """Whether a function only sends what it is given as an argument away, and waits for nothing then."""
        key = (function, argument)
        if key not in self._known:
            self._known[key] = False
            code = self._code.get(function)
            self._known[key] = code is not None and self._compute(code, argument + code.is_method, depth)
        return self._known[key]

    def _compute(self, code: FunctionCode, position: int, depth: int) -> bool:
        if position >= len(code.function.params) or depth > MAX_DEPTH:
            return False
        var = code.function.params[position]
        if code.body.vars[var].captured or var in code.stores:
            return False
        loads = {at for at in code.of_kind(ir.Load) if code.code[at].var == var}  # type: ignore[union-attr]
        holders = loads | {at for at in code.of_kind(ir.Composite) if loads & set(code.code[at].values)}  # type: ignore[union-attr]
        sent = [at for at in code.of_kind(ir.Send, ir.Select) if self._sends(code, at, holders)]
        for at in code.of_kind(ir.Call):
            call = code.code[at]
            if isinstance(call, ir.Call) and call.callee in loads and call.mode != ir.Mode.GO:
                return False
            if isinstance(call, ir.Call) and any(self._leaves(code, at, one, depth + 1) for one in loads):
                sent.append(at)
        return bool(sent) and all(is_let_go(self._code, code, at) for at in sent)

    @staticmethod
    def _sends(code: FunctionCode, at: int, holders: set[int]) -> bool:
        step = code.code[at]
        sends = sends_of(step) if isinstance(step, ir.Send | ir.Select) else ()
        return any(value in holders for _, value, _ in sends)
