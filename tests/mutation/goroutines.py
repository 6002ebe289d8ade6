"""Mistakes with wait groups and with how goroutines end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.golang import (
    FUNCTIONS,
    before,
    behind,
    body,
    call_in,
    callee,
    deleted,
    field,
    following,
    function_of,
    in_loop,
    is_endless,
    is_goroutine,
    items,
    leaves_otherwise,
    method_call,
    preceding,
    statements,
    walk,
)
from mutation.model import Change, Source


def add_inside(source: Source) -> Iterator[Change]:
    """`wg.Add(1)` is the first statement of the goroutine instead of the one in front of it."""
    for start in source.of("go_statement"):
        literal = field(call_in(start), "function")
        inner = statements(literal) if literal is not None and literal.type == "func_literal" else []
        add = next((one for one in preceding(start)[:2] if callee(source, call_in(one)).endswith(".Add")), None)
        if add is None or not inner:
            continue
        group = callee(source, call_in(add)).removesuffix(".Add")
        if source.text(add) == f"{group}.Add(1)" and f"{group}.Done()" in source.text(literal):
            yield Change(add, (deleted(source, add), before(inner[0], f"{source.text(add)}; ")))


def done_deleted(source: Source) -> Iterator[Change]:
    """The only `wg.Done()` of a goroutine is gone; the group is counted up and waited for by name elsewhere."""
    texts = [one.content.decode("utf-8", "replace") for one in source.package]
    for done in source.of("defer_statement", "expression_statement"):
        group, function = method_call(source, done, "Done"), function_of(done)
        if group is None or function is None or source.text(function).count(f"{group}.Done()") != 1:
            continue
        member = group.rpartition(".")[2]
        if all(any(re.search(rf"\b{member}\.{name}\(", text) for text in texts) for name in ("Add", "Wait")):
            yield Change(done, (deleted(source, done),))


def done_at_end_only(source: Source) -> Iterator[Change]:
    """A deferred `wg.Done()` is the last statement instead: the returns in between lack it."""
    for done in source.of("defer_statement"):
        group, function = method_call(source, done, "Done"), function_of(done)
        own = [] if function is None else statements(function)
        if group is None or done not in own or own[-1].type == "return_statement":
            continue
        early = [
            one
            for one in walk(function or done)
            if one.type == "return_statement" and function_of(one) == function and one.start_byte > done.end_byte
        ]
        if early and not (own[-1].type == "for_statement" and is_endless(own[-1])):
            yield Change(done, (deleted(source, done), behind(own[-1], f"; {group}.Done()")))


def wait_in_loop(source: Source) -> Iterator[Change]:
    """The wait after the loop that starts goroutines is the last statement of the loop. They were all counted before
    it: where each is counted as it is started, they would merely run one after the other."""
    for wait in source.of("expression_statement"):
        group, loops = method_call(source, wait, "Wait"), preceding(wait)[:1]
        if group is None or not loops or loops[0].type != "for_statement":
            continue
        inner = items(field(loops[0], "body"))
        starts = any(
            one.type in ("go_statement", "expression_statement") and f"{group}." in source.text(one) for one in inner
        )
        counted = any(callee(source, call_in(one)) == f"{group}.Add" for one in preceding(loops[0]))
        if inner and starts and counted and inner[-1].type in ("go_statement", "expression_statement"):
            yield Change(wait, (behind(inner[-1], f"; {group}.Wait()"), deleted(source, wait)))


def stop_not_heard(source: Source) -> Iterator[Change]:
    """The endless loop of a goroutine has no case any more for the channel or the context that ends it."""
    for case in source.of("communication_case"):
        loop, function, select = in_loop(case), function_of(case), case.parent
        if loop is None or select is None or function is None or not is_endless(loop):
            continue
        cases = [one for one in select.named_children if one.type in ("communication_case", "default_case")]
        received = source.text(field(case, "communication"))
        if (
            is_goroutine(source, function)
            and _is_stop(received)
            and items(case)[-1:]
            and items(case)[-1].type == "return_statement"
        ):
            if len(cases) > 1 and not leaves_otherwise(loop, case, function):
                yield Change(case, (deleted(source, case),))


def _is_stop(received: str) -> bool:
    """A receive of nothing but the news that something has ended."""
    return bool(re.fullmatch(r"<-\s*[\w.]+(?:\.Done\(\))?", received)) and not received.endswith(".C")


def signal_deleted(source: Source) -> Iterator[Change]:
    """The only signal of a condition that somebody waits for is gone: of a sync.Cond that the package has."""
    signals = [
        (one, found)
        for one in source.of("expression_statement", "defer_statement")
        if (found := method_call(source, one, "Signal", "Broadcast")) is not None
    ]
    waited = {
        found.rpartition(".")[2]
        for one in source.of("expression_statement")
        if (found := method_call(source, one, "Wait"))
    }
    for statement, condition in signals:
        member = condition.rpartition(".")[2]
        if member not in waited or not _is_condition(source, member):
            continue
        if sum(other.rpartition(".")[2] == member for _, other in signals) == 1:
            yield Change(statement, (deleted(source, statement),))


def _is_condition(source: Source, member: str) -> bool:
    """Whether something of that name is declared or made as a sync.Cond in the package."""
    declared = re.compile(rf"\b{member}\b(?:[\s,\w]*\*?sync\.Cond\b|\s*:?=\s*sync\.NewCond|:\s*sync\.NewCond)")
    return any(declared.search(one.content.decode("utf-8", "replace")) for one in source.package)


def end_deleted(source: Source) -> Iterator[Change]:
    """What ends the goroutine of a local object is not called: the only Close, or the one on a way out. A goroutine
    that neither loops nor waits ends by itself."""
    loops = _looping(source)
    for function in source.of(*FUNCTIONS):
        if body(function) is None:
            continue
        starts = {
            callee(source, call_in(one)).rpartition(".")[0]
            for one in walk(function)
            if one.type == "go_statement" and callee(source, call_in(one)).rpartition(".")[2] in loops
        }
        for statement in walk(function):
            owner = (
                method_call(source, statement, "Close", "Stop")
                if statement.type in ("defer_statement", "expression_statement")
                else None
            )
            if owner is None or "." in owner or owner not in starts - {""} or function_of(statement) != function:
                continue
            if statement.type == "defer_statement" or any(
                one.type == "return_statement" for one in following(statement)[:1]
            ):
                yield Change(statement, (deleted(source, statement),))


def _looping(source: Source) -> set[str]:
    """The names of the functions of a package that have a loop, or wait."""
    kinds = ("for_statement", "select_statement")
    return {
        one.text(field(function, "name"))
        for one in source.package
        for function in one.of("function_declaration", "method_declaration")
        if any(node.type in kinds or one.text(node).startswith("<-") for node in walk(function))
    }
