"""Strands across calls: what a goroutine that is started below is to the function at hand."""

from __future__ import annotations

from govet_py.callgraph.code import FunctionCode
from govet_py.callgraph.values import ValueAnalysis
from govet_py.concurrency.bindings import Binding
from govet_py.concurrency.flow.conditions import is_singled_out
from govet_py.model import ir
from govet_py.model.concurrency import Copies, Path, Strand
from govet_py.model.source import Site


def begun(code: FunctionCode, register: int, copies: Copies, groups: tuple[Path, ...]) -> Strand:
    """The strand that an instruction starts: many in a loop, unless for one element only."""
    loop = code.loop_of(register)
    if copies == Copies.ONE and loop != ir.NONE and not is_singled_out(code, register):
        return Strand(code.site(register), Copies.MANY, loop, False, groups)
    return Strand(code.site(register), copies, ir.NONE, False, groups)


def for_each(code: FunctionCode, values: ValueAnalysis, path: Path, strand: Strand, outer: Strand) -> Strand:
    """The strand of a function at `path`, an element of what a loop runs through, as callers see it: of those that the
    loop starts one runs this very function. `outer` is what they see of all of them."""
    loop = strand.loop
    if strand.copies == Copies.ONE or loop == ir.NONE:
        return outer
    steps = ((at, code.code[at]) for at in code.of_kind(ir.Extract) if code.loop_of(at) == loop)
    taken = (at for at, step in steps if isinstance(step, ir.Extract) and isinstance(code.code[step.tuple], ir.Next))
    if not any(one.is_prefix_of(path) for at in taken for one in values.paths(code, at)):
        return outer
    return one_for_each(code, strand, outer)._replace(loop=ir.NONE, each=True)


def one_for_each(code: FunctionCode, strand: Strand, outer: Strand) -> Strand:
    """As `outer`, for the one goroutine that a loop starts for an element; of many if there is a loop around that."""
    loop = code.function.loops[strand.loop].parent
    return outer._replace(copies=Copies.ONE if loop == ir.NONE else Copies.MANY, loop=loop)


def of_element(code: FunctionCode, function: FunctionCode, strand: Strand | None) -> Strand | None:
    """The strand of a function that one of many goroutines takes out of a slice or channel, as they take others: it
    runs as often as it was put there, or as there are goroutines for `each`."""
    if strand is None or (strand.copies == Copies.ONE and not strand.each):
        return strand
    literals = (at for at in code.of_kind(ir.MakeClosure) if function.body_id == code.body_id)
    made = (at for at in literals if code.code[at].function == function.index)  # type: ignore[union-attr]
    loop = next((code.loop_of(at) for at in made), ir.NONE)
    copies = Copies.ONE if loop == ir.NONE else Copies.MANY
    if strand.each and strand.copies == Copies.MANY:
        copies, loop = strand.copies, strand.loop
    return strand._replace(copies=copies, loop=loop, takes=Site(function.path, function.function.span), each=False)


def composed(
    code: FunctionCode, anchor: int, outer: Strand | None, inner: Strand | None, binding: Binding
) -> Strand | None:
    """A callee's strand `inner`, in the caller's terms, when the instruction at `anchor` runs the callee on `outer`."""
    if inner is None:
        return outer
    groups = tuple(path for group in inner.groups for path in binding.paths(group))
    inner = inner._replace(loop=ir.NONE, groups=groups)
    if outer is not None:
        copies = max(inner.copies, outer.copies)
        loop = outer.loop if inner.copies == Copies.ONE else ir.NONE
        joined = inner.joined and outer.joined
        late = inner.later or outer.later
        groups = outer.groups if inner.joined else groups
        return Strand(inner.site, copies, loop, joined, groups, None, late, inner.each)
    loop = code.loop_of(anchor)
    if not inner.joined and inner.copies == Copies.ONE and loop != ir.NONE:
        return inner._replace(copies=Copies.MANY, loop=loop)
    return inner
