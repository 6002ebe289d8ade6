"""Waits that a function may give up, when its last result tells whether it did: an error, or a bool.

`if err := await(ctx, done); err != nil { ... }`: where the error is not nil the goroutine that closes `done` may
still run. Such a wait is exported under the path of what is waited for and the answer that says so; the caller
has waited where it finds that answer.

What the function waits for may be its own: `within(ctx, work)` runs `work` in a goroutine and may leave it behind. The
goroutine's strand then has the result of the call, `LEFT`, among its groups.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.reaching import ENTRY, Reaching, is_register
from govet_py.callgraph.uses import operands
from govet_py.concurrency.flow.conditions import answered
from govet_py.model import ir
from govet_py.model.concurrency import Path, ResultRoot, ReturnRoot

LEFT = "<left>"
_ANSWERS = {"nil": "<nil>", "true": "<true>", "false": "<false>"}
_OTHER = {"true": "false", "false": "true"}
_MARKS = frozenset(_ANSWERS.values())
_FAILED = "failed"
_UNKNOWN = "unknown"


def is_told(path: Path) -> bool:
    """Reports whether a path means that something was waited for if the call answers so."""
    return path.fields[-1:] != () and path.fields[-1] in _MARKS


def waited(path: Path) -> Path:
    """What was waited for."""
    return Path(path.root, path.fields[:-1]) if is_told(path) else path


def told_at(code: FunctionCode, call: int, path: Path) -> float | None:
    """Where the caller finds that a call has waited: half a step before the block of that answer. None where it does
    not ask."""
    block = answered(code, call, path.fields[-1].strip("<>"))
    return None if block is None else code.function.blocks[block].start - 0.5


def as_told(code: FunctionCode, anchor: int, path: Path, returns: Collection[int], without: Collection[int]) -> Path:
    """The path of a wait for callers; of the `returns` of the function those `without` the wait say so."""
    if is_told(path):
        passed_on = all(anchor in (last := _last(code, at), _call_of(code, last)) for at in returns)
        return path if passed_on else waited(path)
    answer = _answer(code, returns, without) if without else ""
    return path.extend((_ANSWERS[answer],)) if answer else path


def left_behind(code: FunctionCode, returns: Collection[int], without: Collection[int]) -> Path | None:
    """The error of a function that tells whether it has left a goroutine behind; those `without` have."""
    last = max((len(code.code[at].results) for at in returns), default=0) - 1  # type: ignore[union-attr]
    told = bool(without) and last >= 0 and _answer(code, returns, without) == "nil"
    return Path(ReturnRoot(last), (LEFT,)) if told else None


def is_left(groups: Iterable[Path]) -> bool:
    """Reports whether a strand may have been left behind by the function that was to wait for it."""
    return any(group.fields[-1:] == (LEFT,) for group in groups)


def heeded(code: FunctionCode, groups: Iterable[Path]) -> frozenset[float]:
    """Where a caller knows that strands with such groups are not left behind: where there is no error, or where it
    looks at the error in another way than to return it."""
    return frozenset(
        at
        for group in groups
        if group.fields[-1:] == (LEFT,) and isinstance(group.root, ResultRoot)
        for at in _heeded(code, group.root.register)
    )


def _heeded(code: FunctionCode, call: int) -> Iterator[float]:
    block = answered(code, call, "nil")
    if block is not None:
        yield code.function.blocks[block].start - 0.5
        return
    results, kept = {call}, set[int]()
    for at in range(call + 1, len(code.code)):
        match code.code[at]:
            case ir.Extract(tuple=made) if made == call:
                results.add(at)
            case ir.Store(value=value, var=var) if value in results:
                kept.add(var)
            case ir.Load(var=var) if var in kept:
                results.add(at)
            case ir.Return():
                pass
            case step if not results.isdisjoint(operands(step)):
                yield at


def _answer(code: FunctionCode, returns: Collection[int], without: Collection[int]) -> str:
    """The last result that only those who have waited return, "" where there is none."""
    given_up = {_value(code, _last(code, at)) for at in without}
    done = {_value(code, _last(code, at)) for at in returns if at not in without}
    if given_up == {_FAILED} and done:
        return "nil"
    one = min(done, default="")
    return one if len(done) == 1 and given_up == {_OTHER.get(one, "")} else ""


def _last(code: FunctionCode, register: int) -> int:
    """The register of the last result of a return, through the variable that holds it; NONE for none."""
    instruction = code.code[register]
    result = instruction.results[-1] if isinstance(instruction, ir.Return) and instruction.results else ir.NONE
    load = code.code[result] if result != ir.NONE else None
    if isinstance(load, ir.Load) and is_register(code.body.vars[load.var]):
        definitions = Reaching(code).definitions(result, load.var)
        if len(definitions) == 1 and ENTRY not in definitions:
            return code.stored(min(definitions))
    return result


def _call_of(code: FunctionCode, register: int) -> int:
    """The call that a register is a result of, NONE where it is none of several."""
    result = code.code[register] if register != ir.NONE else None
    return result.tuple if isinstance(result, ir.Extract) else ir.NONE


def _value(code: FunctionCode, register: int) -> str:
    """What is returned: a constant, an error that something has made, or nobody knows what."""
    if register == ir.NONE:
        return _UNKNOWN
    match code.code[register]:
        case ir.Const() as constant if constant.value in _ANSWERS:
            return constant.value
        case ir.Call() | ir.Composite() | ir.Name() | ir.Selector() if code.may_fail:
            return _FAILED
    return _UNKNOWN
