"""Contexts that come back from who is given one: on one way derived from that, on another from a fresh one.

Who calls `ctx = span(ctx, query)` takes the result for the context that it gave. The fresh one counts
as meant after a failure, after the end of the context, where the context may be nil or something of it goes into the
new one, and where the caller says by a flag which one it wants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govet_py.callgraph.code import Code, FunctionCode
from govet_py.concurrency.contexts.cancellation import AtHand, Cancellation, Given
from govet_py.concurrency.contexts.context_values import CONTEXT
from govet_py.concurrency.contexts.detachment import Detachment
from govet_py.concurrency.contexts.endings import is_after_end
from govet_py.concurrency.contexts.overwritten import may_be_nil
from govet_py.concurrency.flow.control import decisions
from govet_py.concurrency.flow.failures import failed
from govet_py.model import ir
from govet_py.model.concurrency import VarRoot
from govet_py.model.source import Site

MAX_TESTS = 4


class PartlyFresh(NamedTuple):
    """`given` waits under a context that is `hand`, or one derived from it, unless it is the one made at `fresh`."""

    given: Given
    fresh: Site
    hand: AtHand


def partly_fresh(
    code: Code, cancellation: Cancellation, detachment: Detachment, function: FunctionCode
) -> Iterator[PartlyFresh]:
    """The first use of each fresh context that may come back in place of one at hand."""
    told: set[Site] = set()
    for given in cancellation.given(function):
        contexts = cancellation.contexts.of(function, given.argument)
        fresh = next((one.fresh for one in contexts if one.fresh is not None), None)
        if fresh is None or fresh in told:
            continue
        roots = [one.origin.root for one in contexts if one.origin is not None and not one.origin.fields]
        vars = {root.var for root in roots if isinstance(root, VarRoot) and root.body == function.body_id}
        hand = next((one for one in cancellation.at_hand(function) if one.var in vars and not one.of_field), None)
        if hand is not None and _is_slip(code, cancellation, detachment, function, fresh):
            if cancellation.waits_at(function, given):
                told.add(fresh)
                yield PartlyFresh(given, fresh, hand)


def _is_slip(
    code: Code, cancellation: Cancellation, detachment: Detachment, user: FunctionCode, fresh: Site
) -> bool:
    """Whether another function that has a context makes the fresh one, and does not say why."""
    maker = code.enclosing(fresh)
    if maker is None or maker.body_id == user.body_id:
        return False
    own = tuple(var for var in maker.function.params if maker.types.var_type(var) == CONTEXT)
    made = next((at for at in maker.of_kind(ir.Call) if maker.site(at) == fresh), ir.NONE)
    if not own or made == ir.NONE or any(may_be_nil(maker, var) for var in own):
        return False
    if maker.block_of(made) in failed(maker) or is_after_end(cancellation, maker, made) or _is_chosen(maker, made):
        return False
    users = [at for at in maker.of_kind(ir.Call) if made in maker.code[at].args]  # type: ignore[union-attr]
    return not any(detachment.mentions(maker, at, own) for at in users)


def _is_chosen(code: FunctionCode, register: int) -> bool:
    """Whether a parameter, or a field, alone decides that control comes to an instruction."""
    for at, _ in decisions(code, register, MAX_TESTS):
        test = code.code[at]
        cond = code.code[test.cond] if isinstance(test, ir.If) else None
        asked = code.code[cond.operand] if isinstance(cond, ir.Unary) else cond
        if isinstance(asked, ir.Selector) or (isinstance(asked, ir.Load) and asked.var in code.function.params):
            return True
    return False
