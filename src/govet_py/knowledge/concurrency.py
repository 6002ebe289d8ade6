"""What library calls do to goroutines, locks and maps, by function id (`import/path.Type.Method`)."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.model.concurrency import Copies, LockMode

ACQUIRE: dict[str, LockMode] = {
    "sync.Mutex.Lock": LockMode.WRITE,
    "sync.Mutex.TryLock": LockMode.WRITE,
    "sync.RWMutex.Lock": LockMode.WRITE,
    "sync.RWMutex.TryLock": LockMode.WRITE,
    "sync.RWMutex.RLock": LockMode.READ,
    "sync.RWMutex.TryRLock": LockMode.READ,
    "sync.Locker.Lock": LockMode.WRITE,
}

RELEASE: frozenset[str] = frozenset(
    {"sync.Mutex.Unlock", "sync.RWMutex.Unlock", "sync.RWMutex.RUnlock", "sync.Locker.Unlock"}
)

DONE: frozenset[str] = frozenset({"sync.WaitGroup.Done"})

WAIT: frozenset[str] = frozenset({"sync.WaitGroup.Wait", "golang.org/x/sync/errgroup.Group.Wait"})


CANCELLABLE: frozenset[str] = frozenset(
    {"context.WithCancel", "context.WithCancelCause", "context.WithTimeout", "context.WithDeadline"}
)
"""Calls that return a context and the function that ends it: calling that is a signal on the context's Done."""

CONTEXT_DONE = "context.Context.Done"


class Spawner(NamedTuple):
    """A call that runs argument `function` on another goroutine, or the `method` of that argument. `grouped`:
    the receiver's Wait joins it."""

    function: int
    copies: Copies
    grouped: bool
    method: str = ""


SPAWNERS: dict[str, Spawner] = {
    "sync.WaitGroup.Go": Spawner(0, Copies.ONE, True),
    "golang.org/x/sync/errgroup.Group.Go": Spawner(0, Copies.ONE, True),
    "golang.org/x/sync/errgroup.Group.TryGo": Spawner(0, Copies.ONE, True),
    "time.AfterFunc": Spawner(1, Copies.ONE, False),
    "context.AfterFunc": Spawner(1, Copies.ONE, False),
    "net/http.HandleFunc": Spawner(1, Copies.MANY, False),
    "net/http.Handle": Spawner(1, Copies.MANY, False, "ServeHTTP"),
    "net/http.ServeMux.HandleFunc": Spawner(1, Copies.MANY, False),
    "net/http.ServeMux.Handle": Spawner(1, Copies.MANY, False, "ServeHTTP"),
}
"""sync.Once.Do is not one: it runs its argument on the caller's goroutine."""

HANDLER_INTERFACE = "Server"
"""How interfaces of generated RPC code are named whose methods a server runs for every request."""

SERIALISED_CALLBACK: frozenset[str] = frozenset({"sync.Once.Do"})
"""Calls that run their function argument under a lock of their receiver's own."""

MAP_WRITERS: dict[str, int] = {"delete": 0, "clear": 0, "maps.Copy": 0, "maps.DeleteFunc": 0, "maps.Insert": 0}
"""Which argument a builtin or library function writes as a map."""

MAP_READERS: dict[str, int] = {
    "maps.Clone": 0,
    "maps.Copy": 1,
    "maps.Keys": 0,
    "maps.Values": 0,
    "maps.All": 0,
    "golang.org/x/exp/maps.Clone": 0,
    "golang.org/x/exp/maps.Keys": 0,
    "golang.org/x/exp/maps.Values": 0,
}

TEST_AND_SET: frozenset[str] = frozenset(
    {
        "sync/atomic.Bool.Swap",
        "sync/atomic.Bool.CompareAndSwap",
        "sync/atomic.Int32.CompareAndSwap",
        "sync/atomic.Int64.CompareAndSwap",
        "sync/atomic.Uint32.CompareAndSwap",
        "sync/atomic.CompareAndSwapInt32",
        "sync/atomic.CompareAndSwapInt64",
        "sync/atomic.CompareAndSwapUint32",
        "sync/atomic.SwapInt32",
    }
)
"""Calls that tell one caller from all others."""

SET_UP: tuple[str, ...] = (
    "Init",
    "init",
    "Open",
    "open",
    "New",
    "new",
    "Start",
    "start",
    "main",
)
"""How functions are named that run before the object is shared: a hint that lowers confidence, no proof."""

CALLER_LOCKS: tuple[str, ...] = ("Locked", "_locked")
"""How functions are named whose caller holds the lock: a hint that lowers confidence, no proof."""
