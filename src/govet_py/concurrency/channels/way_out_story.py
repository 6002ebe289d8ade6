"""How left-over goroutines and timers are told."""

from __future__ import annotations

from govet_py.callgraph.code import Code
from govet_py.concurrency.channels.leak_model import Leak, Why
from govet_py.concurrency.channels.one_shots import SingleTick
from govet_py.concurrency.channels.timers import TimerLeak, TimerWhy
from govet_py.concurrency.describe import short_name
from govet_py.model.finding import Confidence, Finding, Related, Rule, Step

_MESSAGES = {
    Why.TICKER: "this goroutine never ends: {name} is stopped, which does not close its channel",
    Why.OWNER: "this goroutine never ends, although there is {name}",
    Why.TRIES: "this goroutine tries again until it succeeds, although there is {name}",
    Why.UNRELEASED: "this goroutine ends when {name} is closed, which is left out on some way out",
    Why.UNSIGNALLED: "this wait never ends: nobody signals {name}",
    Why.UNWOKEN: "{name} is set for those who wait for it, and nobody wakes them",
    Why.UNTOLD: "this goroutine ends when {name} is closed, which nobody does",
    Why.PANIC: "this goroutine ends when {name} is closed, which nobody does after a panic that is recovered",
    Why.DEAF: "this goroutine never ends: it has {name}, and does not ask for its end",
    Why.DROPPED: "this starts a goroutine that only {name} ends, and nobody keeps what to call it on",
    Why.ONLOOKER: "this goroutine never ends: it looks at {name} when the function that it belongs to has returned",
    Why.FLAG: "this goroutine ends when {name} is set, and waits here for a value which nobody sends then",
    Why.UNHEARD: "to close {name} ends nothing: nobody receives from it",
}
_WAITS = {
    Why.TICKER: "waits for ticks that end",
    Why.OWNER: "no way out of its loop",
    Why.TRIES: "a goroutine is started",
    Why.UNRELEASED: "waits until it is closed",
    Why.UNSIGNALLED: "waits here",
    Why.UNWOKEN: "set here",
    Why.UNTOLD: "a goroutine is started",
    Why.PANIC: "a goroutine is started",
    Why.UNHEARD: "closed here",
    Why.DROPPED: "nobody has the object from here on",
    Why.DEAF: "no way out of its loop",
    Why.ONLOOKER: "no way out of its loop",
    Why.FLAG: "waits for a value before it looks at the flag",
}
_RELATED = {
    Why.TICKER: "the ticker is stopped",
    Why.TRIES: "waits for the next try, and asks nobody whether to go on",
    Why.UNRELEASED: "returns while it runs",
    Why.UNWOKEN: "waits until it is set, and is not woken",
    Why.UNTOLD: "waits until it is closed",
    Why.ONLOOKER: "changes here for the last time",
    Why.FLAG: "sets the flag, and wakes nobody; who sends looks at the flag first",
    Why.PANIC: "runs functions that may panic, and the close after it is not deferred",
}
_TIMERS = {
    TimerWhy.UNSTOPPED: "this ticker is never stopped: it ticks for ever after {name} has returned",
    TimerWhy.TICK: "the ticker behind time.Tick can never be stopped: it ticks for ever after {name} has returned",
    TimerWhy.ONCE: "this timer goes off once, and {name} waits for it again and again: the second time for ever",
    TimerWhy.STOPPED: "{name} stops this ticker and waits for its ticks again: they never come",
    TimerWhy.AFTER: "time.After in a loop leaves a timer behind whenever another case is chosen",
}
_FIRST = {TimerWhy.STOPPED: "the ticker is stopped"}
_LAST = {
    TimerWhy.AFTER: "the select",
    TimerWhy.ONCE: "waits for it in each round",
    TimerWhy.STOPPED: "waits for ticks, and for nothing else",
}


def leak_finding(rule: Rule, program: Code, leak: Leak) -> Finding:
    """A goroutine or wait that nothing ends."""
    function = program.function(leak.at[0])
    steps = [Step(program.site(*start), "a goroutine is started") for start in leak.starts[:1] if start != leak.at]
    steps.append(Step(program.site(*leak.at), _WAITS[leak.why], 0, len(steps)))
    steps.extend(Step(program.site(*place), _RELATED[leak.why]) for place in leak.related[:1])
    related = tuple(Related(program.site(*place), "here too") for place in leak.related[1:])
    message = _MESSAGES[leak.why].format(name=leak.name)
    replaced = any(place[0] == start[0] for place in leak.related for start in leak.starts)
    identity = (leak.name, leak.why.name, "REPLACED" if replaced else "")
    return Finding(
        rule, Confidence.MEDIUM, message, program.site(*leak.at), function.id, identity, tuple(steps), related
    )


def timer_finding(rule: Rule, program: Code, leak: TimerLeak) -> Finding:
    """A timer that outlives its use, or a wait for one that has no more to give."""
    function = program.function(leak.function)
    site = function.site(leak.register)
    last = _LAST.get(leak.why, "the function returns")
    steps = (Step(site, _FIRST.get(leak.why, "the timer is made")), Step(function.site(leak.leave), last))
    message = _TIMERS[leak.why].format(name=short_name(leak.function))
    confidence = Confidence.LOW if leak.short else Confidence.MEDIUM
    return Finding(rule, confidence, message, site, function.id, (leak.why.name,), steps)


def tick_finding(rule: Rule, program: Code, tick: SingleTick) -> Finding:
    """A ticker of which a goroutine takes one tick."""
    function, made = program.function(tick.function), program.function(tick.maker).site(tick.made)
    site = function.site(tick.wait)
    steps = (Step(made, "the ticker is made"), Step(site, "waits for one tick: there is no loop around it"))
    message = "this goroutine ends after one tick: nobody waits for the next ones"
    return Finding(rule, Confidence.MEDIUM, message, site, function.id, ("TICK",), steps)
