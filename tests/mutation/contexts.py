"""Mistakes with contexts that ignore their end, or lose the function that ends them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from mutation.golang import (
    FUNCTIONS,
    before,
    behind,
    call_in,
    callee,
    deleted,
    enclosing,
    field,
    function_of,
    in_loop,
    is_endless,
    is_goroutine,
    is_started,
    items,
    leaves,
    leaves_otherwise,
    method_call,
    preceding,
    replaced,
    statements,
    walk,
    words,
)
from mutation.model import Change, Edit, Source

_DERIVES = re.compile(r"^(\w+), (\w+)\s*:?= context\.With(Cancel|Timeout|Deadline)\(")
_MADE = ("short_var_declaration", "assignment_statement")


def cancel_not_called(source: Source) -> Iterator[Change]:
    """The only call of a cancel function is gone."""
    for made, name, calls, others in _cancels(source):
        if len(calls) == 1 and not others:
            yield Change(made, (replaced(source, calls[0], f"_ = {name}"),))


def cancel_discarded(source: Source) -> Iterator[Change]:
    """The cancel function gets no name, and is not called."""
    for made, name, calls, others in _cancels(source):
        left = field(made, "left")
        if left is None or len(calls) != 1 or others:
            continue
        if made.type == "short_var_declaration" and not _is_known(source, made, source.text(left.named_children[0])):
            yield Change(made, (replaced(source, left.named_children[1], "_"), deleted(source, calls[0])))
        elif made.type == "short_var_declaration":
            text = source.text(made).replace(f", {name} :=", ", _ =")
            yield Change(made, (replaced(source, made, text), deleted(source, calls[0])))


def _is_known(source: Source, made: Node, name: str) -> bool:
    """Whether a variable is there already where it is declared along with a new one."""
    function = function_of(made)
    parameters = field(function, "parameters")
    words = re.findall(r"\w+", source.text(parameters))
    earlier = [source.text(field(one, "left")) for one in preceding(made) if one.type == "short_var_declaration"]
    beside = made.parent is not None and made.parent.parent is not None and made.parent.parent.parent == function
    return (name in words and beside) or any(name in re.findall(r"\w+", text) for text in earlier)


def cancel_missed_on_path(source: Source) -> Iterator[Change]:
    """Of several calls of a cancel function, the one on a path that ends in a return is gone; or a deferred call
    stands before the last return instead, so that the returns above it lack it."""
    for made, name, calls, others in _cancels(source):
        if others:
            continue
        plain = [one for one in calls if one.type == "expression_statement"]
        if len(plain) == len(calls) > 1:
            for call in plain:
                if any(one.type == "return_statement" for one in _rest(call)) and not _is_in_done(source, call):
                    yield Change(call, (deleted(source, call),))
        function = function_of(made)
        own = [] if function is None else statements(function)
        if len(calls) == 1 and not plain and calls[0] in own and own[-1].type == "return_statement":
            early = [
                one
                for one in walk(function or made)
                if one.type == "return_statement"
                and function_of(one) == function
                and one.start_byte > calls[0].end_byte
            ]
            if len(early) > 1:
                yield Change(made, (deleted(source, calls[0]), before(own[-1], f"{name}(); ")))


def _rest(statement: Node) -> list[Node]:
    parent = statement.parent
    found = [] if parent is None else [one for one in parent.named_children if one.start_byte > statement.end_byte]
    return found[:1]


def _is_in_done(source: Source, node: Node) -> bool:
    case = enclosing(node, ("communication_case", *FUNCTIONS))
    return case is not None and ".Done()" in source.text(field(case, "communication"))


def _cancels(source: Source) -> Iterator[tuple[Node, str, list[Node], bool]]:
    """Where a cancel function is made, its name, the statements of the same function that call it, and whether it is
    used in any other way: stored, returned, handed on, captured. The end of main ends all."""
    for made in source.of(*_MADE):
        match, function = _DERIVES.match(source.text(made)), function_of(made)
        if match is None or function is None or match[2] == "_" or source.text(field(function, "name")) == "main":
            continue
        name = match[2]
        uses = [node for node in walk(function) if node.type == "identifier" and source.text(node) == name]
        calls = [
            one
            for one in walk(function)
            if one.type in ("expression_statement", "defer_statement")
            and function_of(one) == function
            and callee(source, call_in(one)) == name
        ]
        yield made, name, calls, len(uses) != len(calls) + 1


def done_does_not_leave(source: Source) -> Iterator[Change]:
    """The Done case of a select in an endless loop does not leave it, and no other one does."""
    for case in source.of("communication_case"):
        inner = items(case)
        loop = in_loop(case)
        if loop is None or not is_endless(loop) or not _is_done(source, case) or not inner:
            continue
        if any(one != case and one.type == case.type and _is_done(source, one) for one in walk(loop)):
            continue
        last = inner[-1]
        is_last = items(field(loop, "body"))[-1:] == [case.parent]
        if is_last and last.type == "return_statement":
            yield Change(case, tuple(deleted(source, one) for one in inner))
        elif is_last and last.type == "break_statement" and last.named_children:
            yield Change(case, (replaced(source, last, "break"), *_label_off(source, loop, last)))


def _label_off(source: Source, loop: Node, leaving: Node) -> list[Edit]:
    """The edit that takes the label off a loop that nothing else leaves by it."""
    label = source.text(leaving.named_children[0])
    labeled = loop.parent
    if labeled is None or labeled.type != "labeled_statement" or source.text(loop).count(label) > 1:
        return []
    return [
        Edit(
            labeled.start_byte,
            loop.start_byte,
            "\n" * source.text(labeled)[: loop.start_byte - labeled.start_byte].count("\n"),
        )
    ]


def done_not_asked(source: Source) -> Iterator[Change]:
    """A retry loop has no Done case any more, or does not ask for the error of its context. A goroutine that ends by
    itself some time is no such loop; nor is one that leaves when a call which has the context fails: it will; nor one
    that asks in another place of each round."""
    for case in source.of("communication_case"):
        select = case.parent
        loop = in_loop(case)
        if select is None or loop is None or not _is_done(source, case) or not items(case):
            continue
        cases = [one for one in select.named_children if one.type in ("communication_case", "default_case")]
        function = function_of(case)
        if function is None or (is_goroutine(source, function) and leaves_otherwise(loop, case, function)):
            continue
        if _leaves_by_call(source, loop) or _is_last_use(source, case, function) or _asks_besides(source, loop, case):
            continue
        if _loops_by_itself(source, loop) and all(one == case or _is_time(source, one) for one in cases):
            yield Change(case, (deleted(source, case),))
    for test in source.of("if_statement"):
        loop, inner = in_loop(test), items(field(test, "consequence"))
        condition = source.text(field(test, "condition"))
        if loop is None or not _loops_by_itself(source, loop) or not inner or not leaves(inner[-1]):
            continue
        if re.fullmatch(r"\w+\.Err\(\) != nil", condition) and "time.Sleep" in source.text(loop):
            yield Change(test, (deleted(source, test),))


def _is_last_use(source: Source, case: Node, function: Node) -> bool:
    """Whether a Done case is all that a context of the function serves for: without it nothing would compile."""
    match = re.search(r"<-\s*(\w+)\.Done\(\)$", source.text(field(case, "communication")))
    name = match[1] if match else ""
    return name not in words(source, field(function, "parameters")) and (
        sum(node.type == "identifier" and source.text(node) == name for node in walk(function)) == 2
    )


def _asks_besides(source: Source, loop: Node, case: Node) -> bool:
    """Whether a loop has another select of its own body with a Done case that leaves."""
    selects = [one for one in items(field(loop, "body")) if one.type == "select_statement" and one != case.parent]
    cases = [one for found in selects for one in found.named_children if one.type == "communication_case"]
    return any(_is_done(source, one) and any(map(leaves, items(one)[-1:])) for one in cases)


def _leaves_by_call(source: Source, loop: Node) -> bool:
    """Whether a loop leaves when a call with the context fails: `if err := f(ctx); err != nil { return err }`."""
    for test in (node for node in walk(loop, into_literals=False) if node.type == "if_statement"):
        inner = items(field(test, "consequence"))
        if not re.search(r"\berr != nil", source.text(field(test, "condition"))) or not inner or not leaves(inner[-1]):
            continue
        asked = [field(test, "initializer"), *preceding(test)[:1]]
        texts = [source.text(one) for one in asked if one is not None and "err" in source.text(field(one, "left"))]
        if any(re.search(r"[(]\s*ctx\b", text) for text in texts[:1]):
            return True
    return False


def _loops_by_itself(source: Source, loop: Node) -> bool:
    """A loop that no range and no counter ends."""
    return not any(one.type in ("range_clause", "for_clause") for one in loop.named_children)


def _is_time(source: Source, case: Node) -> bool:
    text = source.text(field(case, "communication"))
    return "time.After(" in text or text.endswith(".C")


def _is_done(source: Source, case: Node) -> bool:
    return bool(re.search(r"<-\s*\w*[cC](?:on)?te?xt?\w*\.Done\(\)$", source.text(field(case, "communication"))))


def kept_attached(source: Source) -> Iterator[Change]:
    """Clean-up after the end of a context is done under that context: WithoutCancel, or a fresh context where the
    context has ended, became the context itself."""
    for call in source.of("call_expression"):
        name = callee(source, call)
        inside = _is_after_end(source, call)
        if name == "context.WithoutCancel" and (inside or _is_for_goroutine(call)):
            given = (field(call, "arguments") or call).named_children[0]
            yield Change(call, (replaced(source, call, source.text(given)),))
        elif name == "context.Background" and inside:
            yield Change(call, (replaced(source, call, inside),))


def _is_after_end(source: Source, node: Node) -> str:
    """The context that has ended where a node stands: that of a Done case or of a test of Err; "" for none."""
    case = enclosing(node, ("communication_case", *FUNCTIONS))
    match = re.search(r"<-\s*(\w+)\.Done\(\)$", source.text(field(case, "communication"))) if case is not None else None
    if match:
        return match[1]
    test = enclosing(node, ("if_statement", *FUNCTIONS))
    match = re.fullmatch(r"(\w+)\.Err\(\) != nil", source.text(field(test, "condition"))) if test is not None else None
    return match[1] if match else ""


def _is_for_goroutine(node: Node) -> bool:
    """Inside a literal that is started, or right in front of it."""
    literal = enclosing(node, ("func_literal",))
    return literal is not None and is_started(literal)


def ends_before_goroutine(source: Source) -> Iterator[Change]:
    """A goroutine that works under a context which ends with the function is not waited for any more."""
    for _, name, calls, _ in _cancels(source):
        deferred = [one for one in calls if one.type == "defer_statement"]
        function = function_of(deferred[0]) if deferred else None
        for statement in walk(function) if function is not None else ():
            waits = method_call(source, statement, "Wait") is not None or source.text(statement).startswith("<-")
            if statement.type != "expression_statement" or function_of(statement) != function or not waits:
                continue
            if any(_is_work(source, one, name) for one in preceding(statement)):
                yield Change(statement, (deleted(source, statement),))


def _is_work(source: Source, statement: Node, cancel: str) -> bool:
    """A goroutine that hands the context to a call, other than one that waits for its end or ends it itself."""
    if statement.type != "go_statement":
        return False
    text = source.text(statement)
    return bool(re.search(r"[(,]\s*ctx[,)]", text)) and cancel not in text and "ctx.Done()" not in text


def cancelled_before_use(source: Source) -> Iterator[Change]:
    """Two deferred calls in the wrong order: the context ends before the clean-up that needs it."""
    for made, name, calls, _ in _cancels(source):
        own = source.text((field(made, "left") or made).named_children[0])
        for defer in calls:
            after = [one for one in _rest(defer) if one.type == "defer_statement"]
            if (
                defer.type == "defer_statement"
                and after
                and re.search(r"[(,]\s*ctx[,)]", source.text(after[0]))
                and own != "ctx"
            ):
                text = re.sub(r"([(,]\s*)ctx([,)])", rf"\1{own}\2", source.text(after[0]))
                yield Change(made, (replaced(source, defer, text), replaced(source, after[0], f"defer {name}()")))


def let_out_cancelled(source: Source) -> Iterator[Change]:
    """A context that is ended on failure only, because what it made is returned, ends with the function."""
    for made, name, calls, others in _cancels(source):
        if others and calls and all(one.type == "expression_statement" for one in calls) and made.parent is not None:
            if "return" in source.text(made.parent) and re.search(
                rf"return .*\b{name}\b", source.text(function_of(made))
            ):
                yield Change(made, (behind(made, f"; defer {name}()"), *_calls_off(source, calls)))


def _calls_off(source: Source, calls: list[Node]) -> list[Edit]:
    return [deleted(source, one) for one in calls]
