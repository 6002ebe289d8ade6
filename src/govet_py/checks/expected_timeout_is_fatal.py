"""A retry loop treats an expected time limit as a final error.

What it finds: a stream or copy loop whose work is meant to be cut off by a time limit (a query hint, the
deadline of one cycle, of which what is done by then is kept) and which tries again after other errors, but
whose test of the error calls that very error final, so that the stream ends.

Why it matters: the limit is there to make long work yield and go on; as a final error it ends the stream
every time the work takes longer than the limit.
Vitess had it: https://github.com/vitessio/vitess/pull/17783

Example:

    func retryable(err error) bool {
        code := status(err)
        return code == Unavailable || code == FailedPrecondition // the limit's code is neither
    }

Instead:

    func retryable(err error) bool {
        code := status(err)
        return code != InvalidArgument && code != Internal
    }

Limits: the limits known are MySQL's MAX_EXECUTION_TIME (as a hint and as a session variable; 0 lifts it), PostgreSQL's
statement_timeout, deadlines of contexts and of network connections, fields of requests and sessions that the code in
view holds the time against, and those under `[[limits]]` in `.govet-py.toml`; a deadline with a cause of its own is not
followed; a test that depends on anything else than the error is taken to go both ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.facts import Facts
from govet_py.concurrency.protocols.retry import FatalLimit
from govet_py.model import ir
from govet_py.model.finding import Confidence, Finding, Rule, Severity, Step

RULE = Rule("GV601", "expected-timeout-is-fatal", Severity.ERROR, __doc__)

_ANSWER = "the error of the limit falls through to this answer"
_ASKED = "because of what this test says of it"


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a loop and limit."""
    for fatal in facts.retry_loops.fatal_limits():
        yield _finding(facts, fatal)


def _finding(facts: Facts, fatal: FatalLimit) -> Finding:
    code = facts.code.function(fatal.function)
    call = code.code[fatal.call]
    assert isinstance(call, ir.Call)
    work = expression(code, call.callee)
    site = (*fatal.outcome.decided, fatal.outcome.site)[0]
    message = (
        f"{fatal.limit.error} is expected here, for {fatal.limit.name} cuts {work} off, but it ends the loop "
        f"in {short_name(fatal.function)} for good"
    )
    steps = (
        Step(code.site(fatal.call), f"the loop calls {work} and tries again after some errors"),
        *(Step(at, "which calls", 0, depth) for depth, at in enumerate(fatal.path[:12], 1)),
        Step(fatal.mark, f"{fatal.limit.name} is set"),
        *(Step(at, _ASKED if nth else _ANSWER) for nth, at in enumerate(fatal.outcome.decided)),
        Step(fatal.outcome.site, "the loop ends with the error"),
    )
    return Finding(RULE, Confidence.MEDIUM, message, site, fatal.function, (work, fatal.limit.name), steps)
