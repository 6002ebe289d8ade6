"""Control flow inside one function: what is reached only through a branch, what can follow what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set

from govet_py.callgraph.code import FunctionCode
from govet_py.model import ir

Edge = tuple[int, int]
"""A block and the position of one of its successors."""


def behind_edges(code: FunctionCode, edges: Iterable[Edge]) -> frozenset[int]:
    """The blocks that control reaches through one of the edges only."""
    cut = set(edges)
    if not cut:
        return frozenset()
    blocks = code.function.blocks
    seen, work = {0}, [0]
    while work:
        block = work.pop()
        for position, successor in enumerate(blocks[block].succs):
            if successor not in seen and (block, position) not in cut:
                seen.add(successor)
                work.append(successor)
    return frozenset(range(len(blocks))) - seen


def behind(code: FunctionCode, block: int) -> frozenset[int]:
    """The blocks that control reaches through another one only, and that one."""
    blocks = code.function.blocks
    edges = ((at, n) for at in code.predecessors[block] for n, to in enumerate(blocks[at].succs) if to == block)
    return behind_edges(code, edges)


def after(code: FunctionCode, register: int, stop: Callable[[int], bool] = lambda _: False) -> Iterator[int]:
    """The instructions that may run after `register`, each once; the search goes no further behind one for
    which `stop` holds (that one is still told)."""
    blocks = code.function.blocks
    work = [(code.block_of(register), register + 1)]
    seen: set[int] = set()
    while work:
        block, begin = work.pop()
        for at in range(begin, blocks[block].end):
            yield at
            if stop(at):
                break
        else:
            fresh = [s for s in blocks[block].succs if s not in seen]
            seen.update(fresh)
            work.extend((s, blocks[s].start) for s in fresh)


def precedes(code: FunctionCode, register: int, other: int) -> bool:
    """Reports whether every way to `other` passes `register` first."""
    mine, its = code.block_of(register), code.block_of(other)
    if mine == its:
        return register < other
    return mine == 0 or its in behind(code, mine)


def branch(code: FunctionCode, block: int) -> ir.Instruction | None:
    """The last instruction of a block, which says where control goes on."""
    at = code.function.blocks[block]
    return code.code[at.end - 1] if at.end > at.start else None


def case_start(code: FunctionCode, select: int, case: int) -> int:
    """The first register of a case of a select: of an instruction that is none, where `case` is NONE, itself."""
    blocks = code.function.blocks
    return select if case == ir.NONE else blocks[blocks[code.block_of(select)].succs[case]].start


def decisions(code: FunctionCode, register: int, limit: int) -> Iterator[tuple[int, int]]:
    """The branches that alone lead to an instruction, nearest first, so many at most: the register of each, and the
    position of the successor that was taken."""
    block = code.block_of(register)
    for _ in range(limit):
        if len(code.predecessors[block]) != 1:
            return
        before = code.predecessors[block][0]
        yield code.function.blocks[before].end - 1, code.function.blocks[before].succs.index(block)
        block = before


def tests(code: FunctionCode) -> Iterator[tuple[int, ir.If]]:
    """The blocks that end with a test, each with it."""
    for register in code.of_kind(ir.If):
        yield code.block_of(register), code.code[register]  # type: ignore[misc]


def loop_blocks(code: FunctionCode, loop: int) -> frozenset[int]:
    """The blocks of a loop, those of inner loops included."""
    return frozenset(at for at, block in enumerate(code.function.blocks) if code.inside(block.loop, loop))


def reaches(code: FunctionCode, start: int, goal: int, free: Set[int]) -> bool:
    """Reports whether control can come from one block to another through some blocks only."""
    work, seen = [start], set[int]()
    while work:
        at = work.pop()
        if at == goal:
            return True
        if at in seen:
            continue
        seen.add(at)
        work.extend(s for s in code.function.blocks[at].succs if s in free)
    return False
