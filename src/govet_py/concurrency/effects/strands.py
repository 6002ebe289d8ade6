"""Strands across calls: what a goroutine that is started below is to the function at hand."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.flow.conditions import is_singled_out
from govet_py.model import ir
from govet_py.model.concurrency import Copies, Path, Strand, make
from govet_py.model.source import Site


def begun(code: FunctionCode, register: int, copies: Copies, groups: tuple[Path, ...]) -> Strand:
    """The strand that an instruction starts: many in a loop, unless for one element only."""
    loop = code.loop_of(register)
    if copies == Copies.ONE and loop != ir.NONE and not is_singled_out(code, register):
        return Strand(code.site(register), Copies.MANY, loop, False, groups)
    return Strand(code.site(register), copies, ir.NONE, False, groups)


def of_element(code: FunctionCode, function: FunctionCode, strand: Strand | None) -> Strand | None:
    """The strand of a function that one of many goroutines takes out of a slice or channel, as they take others: it
    runs as often as it was put there."""
    if strand is None or strand.copies == Copies.ONE:
        return strand
    literals = (at for at in code.of_kind(ir.MakeClosure) if function.body_id == code.body_id)
    made = (at for at in literals if code.code[at].function == function.index)  # type: ignore[union-attr]
    loop = next((code.loop_of(at) for at in made), ir.NONE)
    copies = Copies.ONE if loop == ir.NONE else Copies.MANY
    return strand._replace(copies=copies, loop=loop, takes=Site(function.path, function.function.span))


def composed(
    code: FunctionCode, anchor: int, outer: Strand | None, inner: Strand | None, binding: Binding
) -> Strand | None:
    """A callee's strand `inner`, in the caller's terms, when the instruction at `anchor` runs the callee on `outer`."""
    if inner is None:
        return outer
    groups = tuple(path for group in inner.groups for path in binding.paths(group))
    inner = make(Strand, (inner.site, inner.copies, ir.NONE, inner.joined, groups, inner.takes, inner.later))
    if outer is not None:
        copies = max(inner.copies, outer.copies)
        loop = outer.loop if inner.copies == Copies.ONE else ir.NONE
        joined = inner.joined and outer.joined
        late = inner.later or outer.later
        return Strand(inner.site, copies, loop, joined, outer.groups if inner.joined else groups, None, late)
    loop = code.loop_of(anchor)
    if not inner.joined and inner.copies == Copies.ONE and loop != ir.NONE:
        return inner._replace(copies=Copies.MANY, loop=loop)
    return inner
