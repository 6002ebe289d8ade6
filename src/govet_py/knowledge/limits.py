"""Time limits that are set on purpose, and the errors they are expected to produce. Data only."""

from __future__ import annotations

from typing import NamedTuple


class Limit(NamedTuple):
    """A limit on how long a piece of work may take.

    `marks` are texts in string constants that set it, `calls` methods. The error it ends the work with is known by any
    of: error numbers, the names of status codes it is mapped to, sentinel errors, parts of its text, a `state`
    (an error number that is a text, such as SQLSTATE).
    """

    name: str
    marks: tuple[str, ...]
    error: str
    numbers: frozenset[int]
    codes: frozenset[str]
    sentinels: frozenset[str]
    text: str
    state: str = ""
    calls: frozenset[str] = frozenset()


LIMITS: tuple[Limit, ...] = (
    Limit(
        name="the MAX_EXECUTION_TIME query hint",
        marks=("MAX_EXECUTION_TIME(",),
        error="MySQL error 3024 (query execution was interrupted, maximum statement execution time exceeded)",
        numbers=frozenset({3024}),
        codes=frozenset({"unknown"}),
        sentinels=frozenset(),
        text="query execution was interrupted, maximum statement execution time exceeded (errno 3024) (sqlstate HY000)",
    ),
    Limit(
        name="the session variable max_execution_time",
        marks=("max_execution_time =", "max_execution_time=", "MAX_EXECUTION_TIME =", "MAX_EXECUTION_TIME="),
        error="MySQL error 3024 (query execution was interrupted, maximum statement execution time exceeded)",
        numbers=frozenset({3024}),
        codes=frozenset({"unknown"}),
        sentinels=frozenset(),
        text="query execution was interrupted, maximum statement execution time exceeded (errno 3024) (sqlstate HY000)",
    ),
    Limit(
        name="PostgreSQL's statement_timeout",
        marks=("statement_timeout",),
        error="SQLSTATE 57014 (canceling statement due to statement timeout)",
        numbers=frozenset(),
        codes=frozenset({"querycanceled", "query_canceled"}),
        sentinels=frozenset(),
        text="canceling statement due to statement timeout (SQLSTATE 57014)",
        state="57014",
    ),
    Limit(
        name="the deadline of a connection",
        marks=(),
        error="os.ErrDeadlineExceeded",
        numbers=frozenset(),
        codes=frozenset(),
        sentinels=frozenset({"os.ErrDeadlineExceeded"}),
        text="i/o timeout",
        calls=frozenset({"net.Conn.SetReadDeadline", "net.Conn.SetDeadline", "net.TCPConn.SetReadDeadline"}),
    ),
)

CYCLE_LIMIT = Limit(
    name="the deadline of one cycle",
    marks=(),
    error="context.DeadlineExceeded",
    numbers=frozenset(),
    codes=frozenset({"deadlineexceeded", "deadline_exceeded"}),
    sentinels=frozenset({"context.DeadlineExceeded"}),
    text="context deadline exceeded",
)
"""Set by a context.WithTimeout or WithDeadline inside the loop, for the work of one iteration."""
