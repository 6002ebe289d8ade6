"""For statements. A loop variable belongs to its iteration from Go 1.22 on, to the loop's surroundings before."""

from __future__ import annotations

from tree_sitter import Node

from govet_py.model import ir
from govet_py.syntax.assignments import listed
from govet_py.syntax.branches import CONDITION, INITIALIZER, Branches, Target
from govet_py.syntax.builder import BlockBuilder
from govet_py.syntax.expressions import BODY, LEFT, RIGHT
from govet_py.syntax.grammar import children, field, kind

UPDATE = field("update")
BLOCK, FOR_CLAUSE, RANGE_CLAUSE = kind("block"), kind("for_clause"), kind("range_clause")


class Loops(Branches):
    """Lowers the forms of `for`."""

    def _for(self, node: Node) -> None:
        label = self.take_label()
        self.push_scope()
        clause = next((c for c in children(node) if c.kind_id != BLOCK), None)
        if clause is not None and clause.kind_id == RANGE_CLAUSE:
            self._range_loop(node, clause, label)
        else:
            self._plain_loop(node, clause, label)
        self.pop_scope()

    def _plain_loop(self, node: Node, clause: Node | None, label: str) -> None:
        span = self.span(node)
        three = clause is not None and clause.kind_id == FOR_CLAUSE
        done = self.new_block()
        initializer = clause.child_by_field_id(INITIALIZER) if three and clause is not None else None
        outer, declared = self.loop, len(self.body.vars)
        if initializer is not None:
            self.loop = len(self.loops) if self.body.per_iteration else outer
            self.statement(initializer)
            self.loop = outer
        copies = range(declared, len(self.body.vars) if self.body.per_iteration else declared)
        header = self.begin_loop("for", span)
        self.jump(header, span)
        body, update = self.new_block(), self.new_block()
        self.enter(header)
        condition = clause.child_by_field_id(CONDITION) if three and clause is not None else clause
        if condition is not None:
            self.end(ir.If(self.expression(condition)), span, body, done)
        else:
            self.jump(body, span)
        self.enter(body)
        self._loop_body(node, label, update, done)
        self.enter(update)
        step = clause.child_by_field_id(UPDATE) if three and clause is not None else None
        if step is not None:
            self.renewed = copies
            self.statement(step)
            self.renewed = range(0)
        self.jump(header, span)
        self.end_loop()
        self.enter(done)

    def _range_loop(self, node: Node, clause: Node, label: str) -> None:
        span = self.span(node)
        over = self.expression(clause.child_by_field_id(RIGHT))
        start = self.emit(ir.Range(over), self.span(clause))
        done = self.new_block()
        outer = self.loop
        header = self.begin_loop("range", span)
        self.jump(header, span)
        body = self.new_block()
        self.enter(header)
        step = self.emit(ir.Next(start), self.span(clause))
        self.end(ir.If(step), span, body, done)
        self.enter(body)
        self._range_variables(clause, step, self.loop if self.body.per_iteration else outer)
        self._loop_body(node, label, header, done)
        self.end_loop()
        self.enter(done)

    def _range_variables(self, clause: Node, step: int, loop: int) -> None:
        left = listed(clause.child_by_field_id(LEFT))
        defines = any(not c.is_named and c.type == ":=" for c in clause.children)
        for index, target in enumerate(left):
            if self.text(target) == "_":
                continue
            value = self.emit(ir.Extract(step, index), self.span(target))
            if defines and self.body.per_iteration:
                self.define(target, value, self.span(target), loop)
            elif defines:
                var = self.declare(self.text(target), None, ir.VarKind.LOCAL, self.span(target), loop)
                self.emit(ir.Store(var, value, False), self.span(target))  # one variable, set again and again
            else:
                self._place(target)(value)

    def _loop_body(self, node: Node, label: str, again: BlockBuilder, done: BlockBuilder) -> None:
        self.targets.append(Target(label, done, again))
        block = node.child_by_field_id(BODY)
        if block is not None:
            self.scoped_block(block)
        self.jump(again, self.span(node))
        self.targets.pop()
