"""A small channel that many goroutines feed drops values when it is full.

What it finds: a non-blocking send (`select` with an empty default, or with a timer that is soon up; a test whether
there is room) on a channel of small constant capacity, where many goroutines run the sender and the receiver takes
value after value: a burst of state changes loses some, and nobody reads the state again.

Why it matters: the receiver goes on with a stale picture until something else happens to refresh it.
Vitess had it: https://github.com/vitessio/vitess/pull/17821

Example:

    sub := make(chan *Health, 2)                   // subscribers
    select {                                       // one goroutine for every server
    case sub <- health:
    default:
    }

Instead:

    sub := make(chan *Health, 2048)                // or: block, coalesce, or count and re-read

Limits: capacity that is neither constant nor given by constants only is taken to be large enough (and patience to be
long enough), of a flag its default counts, as where nobody in view gives an option; signals without content
(struct{}, ticks, errors of which the first is enough) may be dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from govet_py.concurrency.channels.channels import Feed
from govet_py.concurrency.channels.lossy_sends import LossySend
from govet_py.concurrency.describe import expression, short_name
from govet_py.concurrency.effects.feeders import Feeders
from govet_py.concurrency.facts import Facts
from govet_py.knowledge.channels import SIGNAL
from govet_py.knowledge.clocks import TIME
from govet_py.model import ir
from govet_py.model.concurrency import AllocRoot
from govet_py.model.finding import Confidence, Finding, Related, Rule, Severity, Step
from govet_py.model.types import ERROR, Basic, Struct, Type

RULE = Rule("GV301", "lossy-fan-in", Severity.WARNING, __doc__)
SMALL = 64
_AT_ONCE = "without waiting"
_SOON = "and soon gives up"
TOKENS = (TIME, SIGNAL, ERROR, Basic("bool"))


def run(facts: Facts) -> Iterator[Finding]:
    """One finding a send that loses values of some small channel."""
    feeders = Feeders(facts.code, facts.calls, facts.slices, facts.goroutines)
    for send in facts.channels.lossy_sends():
        for feed in facts.channels.feeds(send):
            tokens = all(_is_token(facts, payload) for payload in feed.payloads)
            path = None if tokens else feeders.path(feed.function.id)
            small = [] if path is None else _small(facts, feed)
            if small and path is not None:
                yield _finding(facts, send, small, (*path, *_last_call(feed, path)))
                break


def _last_call(feed: Feed, path: tuple[Step, ...]) -> Iterator[Step]:
    """The call by which the last function of a path sends."""
    if feed.call != ir.NONE:
        yield Step(feed.function.site(feed.call), "which calls", 0, path[-1].depth + 1)


def _small(facts: Facts, feed: Feed) -> list[tuple[AllocRoot, int]]:
    """The small channels that somebody sends on, who did not make them himself, for a receiver that takes them all."""
    return [
        (root, capacity)
        for root, capacity in facts.channels.makes(feed.function, feed.channel)
        if capacity <= SMALL and facts.channels.is_consumed(root) and root.function != feed.function.id
    ]


def _is_token(facts: Facts, payload: Type) -> bool:
    return payload in TOKENS or facts.program.underlying(payload) == Struct()


def _finding(
    facts: Facts, send: LossySend, small: list[tuple[AllocRoot, int]], path: tuple[Step, ...]
) -> Finding:
    code = facts.code.function(send.function)
    name = expression(code, send.channel)
    root, capacity = small[0]
    made = facts.code.function(root.function).site(root.register)
    steps = (
        Step(made, f"a channel of capacity {capacity} is made (in {short_name(root.function)})"),
        *path,
        Step(send.site, f"sends {_SOON if send.soon else _AT_ONCE}: a value that does not fit is lost"),
    )
    receivers = tuple(
        Related(facts.code.function(id).site(register), "values are received one by one here")
        for id, register in facts.channels.receives(root)[:5]
    )
    message = f"many goroutines send on {name}, which holds {capacity}: values that do not fit are dropped silently"
    words = (name, short_name(root.function))
    return Finding(RULE, Confidence.MEDIUM, message, send.site, code.id, words, steps, receivers)
