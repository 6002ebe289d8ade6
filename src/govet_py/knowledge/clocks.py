"""What package time means: calls that let time pass or ask for it, timers and tickers."""

from __future__ import annotations

from govet_py.model.types import Named

SLEEPS: frozenset[str] = frozenset({"time.Sleep"})
"""Calls that let time pass and hear of nothing meanwhile."""

PAUSES: tuple[str, ...] = ("wait", "sleep", "backoff", "pause", "delay", "throttle")
"""How functions are named that let time pass: a hint, no proof."""

AFTER = "time.After"
TICK = "time.Tick"
TICKS: frozenset[str] = frozenset({AFTER, TICK})
"""Calls whose result is a channel that time sends on."""

NEW_TICKER = "time.NewTicker"
NEW_TIMER = "time.NewTimer"

CHANNEL = "C"
"""The field of a timer or ticker that is such a channel."""

TICK_NAMES: frozenset[str] = frozenset({CHANNEL, "After", "Tick"})
"""What such a channel is got by, as it is written behind the dot."""

TICKER = Named("time", "Ticker")
CLOCKS: frozenset[Named] = frozenset({Named("time", "Timer"), TICKER})
"""What has such a field."""

TICKER_STOP = "time.Ticker.Stop"
"""Does not close the ticker's channel: whoever waits for it waits for ever."""

TICKER_RESET = "time.Ticker.Reset"
"""Makes a stopped ticker go on."""

TICKER_MEMBERS: tuple[str, ...] = (CHANNEL, "Reset")
"""What a ticker is used by without being stopped."""

TIMER_STOP = "time.Timer.Stop"
"""Reports true when the function of time.AfterFunc will not run, as does calling what context.AfterFunc returned;
and when the timer has not sent, so that there is nothing to drain."""

TIMER_RESET = "time.Timer.Reset"
"""Lets a timer send once more."""

TIME = Named("time", "Time")
"""What a timer sends."""

ASKS: tuple[str, ...] = ("time.Since", "time.Now", "time.Until", "time.Time.", "time.Timer.")
"""How the ids of functions begin that ask what time it is, or work with the answer: a loop that tests it ends."""
