"""Signs that a fresh context was meant: it, its cancel function or what was made with it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.callgraph.uses import uses_of
from govet_py.concurrency.contexts.cancellation import Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.escapes import Escapes, family, results
from govet_py.concurrency.flow.failures import failing, is_error
from govet_py.knowledge import contexts as knows
from govet_py.knowledge.concurrency import WAIT
from govet_py.knowledge.releases import CLOSE
from govet_py.model import ir
from govet_py.model import program as p
from govet_py.model.source import Site
from govet_py.model.types import ERROR, Interface, Named, Struct, Type, Unknown, deref

MAX_HOPS = 12


class Detachment:
    """Questions about contexts that a function makes for itself."""

    def __init__(self, code: Code, cancellation: Cancellation) -> None:
        self._code = code
        self._cancellation = cancellation
        self._escapes = Escapes(code)

    def is_kept(self, code: FunctionCode, fresh: Site) -> bool:
        """Reports whether the context made at `fresh`, or a function that cancels it, outlives this call: it
        is stored, returned, or handed on."""
        for function in family(self._code, code):
            for register, instruction in enumerate(function.code):
                if type(instruction) is ir.Call and self._is_of(function, register, fresh):
                    if any(self._escapes.escapes(function, r) for r in results(function, register)):
                        return True
        return False

    def _is_of(self, code: FunctionCode, register: int, fresh: Site) -> bool:
        """Whether a call makes the fresh context, or one that can be cancelled from it."""
        if code.site(register) == fresh:
            return True
        callee = code.callee(register)
        if not isinstance(callee, p.Static) or callee.function not in knows.CANCELLABLE:
            return False
        call = code.code[register]
        assert isinstance(call, ir.Call)
        return any(c.fresh == fresh for c in self._cancellation.contexts.of(code, call.args[0])) if call.args else False

    def is_limited(self, code: FunctionCode, register: int) -> bool:
        """Reports whether a context has a time limit that this function gave it."""
        return any(p.is_one_of(code.callee(at), knows.LIMITED) for at in self._makers(code, register))

    def mentions(self, code: FunctionCode, register: int, vars: tuple[int, ...]) -> bool:
        """Reports whether a context was made with something of one of the variables, or of a context that is not fresh:
        its span, a value, its deadline."""
        return any(
            self._reads(code, argument, vars) or self.is_other(code, argument)
            for argument in self._arguments(code, register)
        )

    def is_other(self, code: FunctionCode, argument: int) -> bool:
        """Reports whether an argument is a context that is not a fresh one."""
        if code.type_of(argument) != CONTEXT:
            return False
        contexts = self._cancellation.contexts.of(code, argument)
        return not contexts or any(context.fresh is None for context in contexts)

    def _makers(self, code: FunctionCode, register: int) -> Iterator[int]:
        """The calls that made a context, outermost first."""
        for at in _walk(register, lambda one: _contexts_behind(code, one)):
            if isinstance(code.code[at], ir.Call):
                yield at

    def _arguments(self, code: FunctionCode, register: int) -> Iterator[int]:
        for maker in self._makers(code, register):
            call = code.code[maker]
            assert isinstance(call, ir.Call)
            yield from call.args

    def _reads(self, code: FunctionCode, register: int, vars: tuple[int, ...]) -> bool:
        behind = (code.code[at] for at in _walk(register, lambda one: _values_behind(code, one)))
        return any(isinstance(one, ir.Load) and one.var in vars for one in behind)

    def is_left_to_goroutines(self, code: FunctionCode, given: Given) -> bool:
        """Reports whether what a call runs comes back at once, with nothing that is used here, and only goroutines that
        it starts go on under the context."""
        callee = code.callee(given.call)
        target = self._code.get(callee.function) if isinstance(callee, p.Static) else None
        if target is None or uses_of(code).get(given.call) or _waits(target):
            return False
        var = target.function.params[given.position] if given.position < len(target.function.params) else ir.NONE
        started = {at for at in target.of_kind(ir.Call) if target.mode_of(at) == ir.Mode.GO}
        for inner in self._cancellation.given(target):
            waits = inner.call not in started and self._cancellation.stems_from(target, inner.argument, var)
            if waits and self._cancellation.waits_at(target, inner):
                return False
        literals = (target.code[at] for at in target.of_kind(ir.MakeClosure))
        run = {target.code[target.code[at].callee] for at in started}  # type: ignore[union-attr]
        return bool(started) and run.issuperset(literals)

    def is_handle_kept(self, code: FunctionCode, call: int) -> bool:
        """Reports whether a call makes something that goes on after it, a client or a stream, and that is
        stored or returned."""
        handles = [r for r in results(code, call) if self._is_handle(code.type_of(r))]
        escaped = (register for register in handles if self._escapes.escapes(code, register))
        return any(not self._shows_data(code, register) for register in escaped)

    def _shows_data(self, code: FunctionCode, register: int) -> bool:
        """Whether a value of unknown type is used as an error or as a list: such a thing is over with its call."""
        if not isinstance(code.type_of(register), Unknown):
            return False
        copies = {at for function, at in self._escapes.copies(code, register) if function.id == code.id}
        return _is_an_error(code, copies) or any(_takes_elements(step, copies) for step in code.code)

    def _is_handle(self, type_: Type) -> bool:
        """Whether a type is something that goes on, rather than data or an error."""
        inner = deref(type_)
        if inner in (ERROR, CONTEXT):
            return False
        if isinstance(inner, Unknown):
            return True
        if not isinstance(inner, Named):
            return False
        underlying = self._code.program.underlying(inner)
        if isinstance(underlying, Interface | Unknown):
            return True
        return isinstance(underlying, Struct) and self._code.program.method(inner, CLOSE) is not None


def _waits(code: FunctionCode) -> bool:
    """Whether a function itself waits for others."""
    joins = any(p.known_name(code.callee(call)) in WAIT for call in code.of_kind(ir.Call))
    return joins or bool(code.of_kind(ir.Recv, ir.Select))


def _is_an_error(code: FunctionCode, copies: Set[int]) -> bool:
    """Whether a value is the last of several results and compared with nil, or is returned as an error."""
    tests = (step.cond for step in code.code if isinstance(step, ir.If))
    if any(at in copies and is_error(code, at) for test in tests for _, at in failing(code, test)):
        return True
    returns = [step.results for step in code.code if isinstance(step, ir.Return)] if code.may_fail else []
    expected = len(code.function.signature.results)
    return any(len(returned) == expected and returned[-1] in copies for returned in returns)


def _takes_elements(step: ir.Instruction, copies: Set[int]) -> bool:
    """Whether an instruction goes over a value, or hands its elements on."""
    match step:
        case ir.Range():
            return step.base in copies
        case ir.Call() if step.spread:
            return step.args[-1] in copies
    return False


def _walk(register: int, behind: Callable[[int], Iterable[int]]) -> Iterator[int]:
    """A register and those that its value comes from, the last found first."""
    seen: set[int] = set()
    work = [register]
    while work and len(seen) < 4 * MAX_HOPS:
        at = work.pop()
        if at not in seen and at >= 0:
            seen.add(at)
            yield at
            work.extend(behind(at))


def _contexts_behind(code: FunctionCode, at: int) -> Iterator[int]:
    match code.code[at]:
        case ir.Load() as load:
            yield from code.values_of(load.var)
        case ir.Extract() as part:
            yield part.tuple
        case ir.Call() as call:
            yield from (arg for arg in call.args if code.type_of(arg) == CONTEXT)


def _values_behind(code: FunctionCode, at: int) -> Iterator[int]:
    match code.code[at]:
        case ir.Load() as load if code.type_of(at) != CONTEXT:
            yield from code.values_of(load.var)
        case ir.Extract() as part:
            yield part.tuple
        case ir.Call() as call:
            yield from (call.callee, *call.args)
        case ir.Selector() | ir.Deref() | ir.TypeAssert() | ir.SliceOf() as use:
            yield use.base
        case ir.Binary() as binary:
            yield from (binary.left, binary.right)
