"""All mutation operators: what they do, whose negatives they break (`*`: all), and which rules may report it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mutation import atomicity, channels, contexts, expectations, goroutines, locks, nesting, sharing, values
from mutation.model import Change, Operator, Source

_RACES = "GV101 GV102 GV103 GV104"


def _operator(changes: Callable[[Source], Iterator[Change]], homes: str, fits: str) -> Operator:
    return Operator(changes.__name__, changes, tuple(homes.split()), frozenset(fits.split()))


ALL: tuple[Operator, ...] = (
    _operator(locks.pair_deleted, "field-race map-race captured-race check-then-act *", _RACES),
    _operator(sharing.join_deleted, "map-race captured-race", f"{_RACES} GV303"),
    _operator(sharing.copy_widened, "map-race field-race", _RACES),
    _operator(sharing.variable_hoisted, "captured-race", _RACES),
    _operator(atomicity.section_split, "check-then-act *", _RACES),
    _operator(atomicity.second_look_deleted, "check-then-act *", _RACES),
    _operator(atomicity.swap_torn, "check-then-act map-race", _RACES),
    _operator(values.value_dropped, "context-value-dropped", "GV201"),
    _operator(values.detached_from_values, "context-value-dropped", "GV201"),
    _operator(values.end_dropped, "fresh-context *", "GV202 GV201"),
    _operator(values.parent_dropped, "fresh-context *", "GV202 GV201"),
    _operator(contexts.cancel_not_called, "lost-cancel *", "GV203"),
    _operator(contexts.cancel_discarded, "lost-cancel *", "GV203"),
    _operator(contexts.cancel_missed_on_path, "lost-cancel *", "GV203"),
    _operator(contexts.kept_attached, "context-lifetime *", "GV204"),
    _operator(contexts.ends_before_goroutine, "context-lifetime", "GV204"),
    _operator(contexts.cancelled_before_use, "context-lifetime", "GV204"),
    _operator(contexts.let_out_cancelled, "context-lifetime", "GV204"),
    _operator(contexts.done_does_not_leave, "context-ignored *", "GV205 GV502"),
    _operator(contexts.done_not_asked, "context-ignored *", "GV205 GV502"),
    _operator(channels.send_drops, "lossy-fan-in", "GV301"),
    _operator(channels.room_shrunk, "lossy-fan-in", "GV301"),
    _operator(channels.drop_not_counted, "lossy-fan-in", "GV301"),
    _operator(channels.room_taken, "blocked-sender *", "GV302"),
    _operator(channels.send_cannot_give_up, "blocked-sender *", "GV302 GV205 GV502"),
    _operator(channels.not_drained, "blocked-sender *", "GV302 GV204"),
    _operator(channels.not_closed, "blocked-sender *", "GV302 GV502 GV501"),
    _operator(channels.closed_again, "double-close *", "GV303"),
    _operator(channels.close_unguarded, "double-close *", "GV303"),
    _operator(channels.closed_before_senders_end, "double-close *", "GV303"),
    _operator(locks.upgraded_without_unlock, "double-lock *", "GV401"),
    _operator(locks.kept_around_call, "double-lock *", "GV401"),
    _operator(locks.locked_twin_not_called, "double-lock", "GV401"),
    _operator(locks.unlock_mistyped, "double-lock missing-unlock *", "GV401 GV404"),
    _operator(nesting.order_swapped, "lock-order *", "GV402"),
    _operator(nesting.try_lock_waits, "lock-order", "GV402 GV401 GV403"),
    _operator(nesting.read_lock_widened, "lock-order lock-held-while-blocking", "GV402 GV403 GV401"),
    _operator(nesting.kept_until_return, "lock-order lock-held-while-blocking", "GV402 GV403 GV401"),
    _operator(nesting.goroutine_inlined, "lock-order double-lock", "GV402 GV403 GV401"),
    _operator(nesting.taken_too_early, "lock-held-while-blocking", "GV402 GV403 GV401"),
    _operator(nesting.send_waits, "lock-held-while-blocking", "GV403"),
    _operator(nesting.waits_under_lock, "lock-held-while-blocking *", "GV403 GV401"),
    _operator(locks.unlock_deleted_on_path, "missing-unlock *", "GV404 GV401"),
    _operator(locks.deferred_unlock_deleted, "missing-unlock *", "GV404 GV401"),
    _operator(locks.unlock_at_end_only, "missing-unlock *", "GV404 GV401"),
    _operator(goroutines.add_inside, "waitgroup-misuse *", "GV501"),
    _operator(goroutines.done_deleted, "waitgroup-misuse *", "GV501"),
    _operator(goroutines.done_at_end_only, "waitgroup-misuse *", "GV501"),
    _operator(goroutines.wait_in_loop, "waitgroup-misuse *", "GV501"),
    _operator(goroutines.stop_not_heard, "goroutine-leak *", "GV502 GV205"),
    _operator(goroutines.signal_deleted, "goroutine-leak *", "GV502"),
    _operator(goroutines.end_deleted, "goroutine-leak *", "GV502"),
    _operator(expectations.limit_unexpected, "expected-timeout-is-fatal", "GV601"),
    _operator(expectations.not_ensured, "watch-before-ensure", "GV602"),
)
