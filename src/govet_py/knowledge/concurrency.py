"""What library calls do to goroutines, locks and maps, by function id (`import/path.Type.Method`)."""

from __future__ import annotations

from typing import NamedTuple

from govet_py.knowledge import clocks, contexts
from govet_py.model.concurrency import Copies, LockMode
from govet_py.model.types import Func, Named, Pointer, Type

ACQUIRE: dict[str, LockMode] = {
    "sync.Mutex.Lock": LockMode.WRITE,
    "sync.RWMutex.Lock": LockMode.WRITE,
    "sync.RWMutex.RLock": LockMode.READ,
    "sync.Locker.Lock": LockMode.WRITE,
}

TRY_ACQUIRE: dict[str, LockMode] = {
    "sync.Mutex.TryLock": LockMode.WRITE,
    "sync.RWMutex.TryLock": LockMode.WRITE,
    "sync.RWMutex.TryRLock": LockMode.READ,
}
"""Calls that never wait and tell by their result whether they took the lock."""

RELEASE: dict[str, LockMode] = {
    "sync.Mutex.Unlock": LockMode.WRITE,
    "sync.RWMutex.Unlock": LockMode.WRITE,
    "sync.RWMutex.RUnlock": LockMode.READ,
    "sync.Locker.Unlock": LockMode.WRITE,
}

DONE: frozenset[str] = frozenset({"sync.WaitGroup.Done", "gopkg.in/tomb.v1.Tomb.Done"})

ADD: frozenset[str] = frozenset({"sync.WaitGroup.Add"})

WAIT: frozenset[str] = frozenset(
    {
        "sync.WaitGroup.Wait",
        "golang.org/x/sync/errgroup.Group.Wait",
        "github.com/sourcegraph/conc.WaitGroup.Wait",
        "github.com/sourcegraph/conc/pool.ContextPool.Wait",
        "github.com/sourcegraph/conc/pool.ErrorPool.Wait",
        "github.com/sourcegraph/conc/pool.Pool.Wait",
        "github.com/hashicorp/go-multierror.Group.Wait",
        "gopkg.in/tomb.v1.Tomb.Wait",
        "gopkg.in/tomb.v2.Tomb.Wait",
    }
)

WAIT_GROUP = Named("sync", "WaitGroup")

COUNTED: frozenset[str] = frozenset({"sync.WaitGroup.Add", "sync.WaitGroup.Wait"})
"""Calls that must not meet: what is added while another goroutine waits may not be waited for."""


class Spawner(NamedTuple):
    """A call that runs argument `function` on another goroutine, or the `method` of that argument. `grouped`:
    the receiver's Wait joins it. `stopped`: what it returns can stop the goroutine before it begins. `later`: it
    begins when one of SERVES is called."""

    function: int
    copies: Copies
    grouped: bool
    method: str = ""
    stopped: bool = False
    later: bool = False


SET_LIMIT = "golang.org/x/sync/errgroup.Group.SetLimit"
"""How many goroutines of a group may run at once."""

_HANDLER = Spawner(1, Copies.MANY, False, "ServeHTTP", later=True)
_HANDLER_FUNCTION = Spawner(1, Copies.MANY, False, later=True)
_COLLECTOR = Spawner(0, Copies.MANY, False, "Collect", later=True)

SPAWNERS: dict[str, Spawner] = {
    "sync.WaitGroup.Go": Spawner(0, Copies.ONE, True),
    "golang.org/x/sync/errgroup.Group.Go": Spawner(0, Copies.ONE, True),
    "golang.org/x/sync/errgroup.Group.TryGo": Spawner(0, Copies.ONE, True),
    "github.com/sourcegraph/conc.WaitGroup.Go": Spawner(0, Copies.ONE, True),
    "github.com/sourcegraph/conc/pool.ContextPool.Go": Spawner(0, Copies.ONE, True),
    "github.com/sourcegraph/conc/pool.ErrorPool.Go": Spawner(0, Copies.ONE, True),
    "github.com/sourcegraph/conc/pool.Pool.Go": Spawner(0, Copies.ONE, True),
    "github.com/hashicorp/go-multierror.Group.Go": Spawner(0, Copies.ONE, True),
    "gopkg.in/tomb.v2.Tomb.Go": Spawner(0, Copies.ONE, True),
    "golang.org/x/sync/singleflight.Group.DoChan": Spawner(1, Copies.ONE, False),
    "github.com/robfig/cron/v3.Cron.AddFunc": Spawner(1, Copies.MANY, False),
    "runtime.AddCleanup": Spawner(1, Copies.ONE, False),
    "runtime.SetFinalizer": Spawner(1, Copies.ONE, False),
    "time.AfterFunc": Spawner(1, Copies.ONE, False, stopped=True),
    "context.AfterFunc": Spawner(1, Copies.ONE, False, stopped=True),
    "expvar.Publish": Spawner(1, Copies.MANY, False, "String", later=True),
    "github.com/prometheus/client_golang/prometheus.MustRegister": _COLLECTOR,
    "github.com/prometheus/client_golang/prometheus.Register": _COLLECTOR,
    "github.com/prometheus/client_golang/prometheus.NewCounterFunc": _HANDLER_FUNCTION,
    "github.com/prometheus/client_golang/prometheus.NewGaugeFunc": _HANDLER_FUNCTION,
    "google.golang.org/grpc.StreamInterceptor": _HANDLER_FUNCTION._replace(function=0),
    "google.golang.org/grpc.UnaryInterceptor": _HANDLER_FUNCTION._replace(function=0),
    "net/http.HandleFunc": _HANDLER_FUNCTION,
    "net/http.Handle": _HANDLER,
    "net/http.ServeMux.HandleFunc": _HANDLER_FUNCTION,
    "net/http.ServeMux.Handle": _HANDLER,
    "net/http.StripPrefix": _HANDLER,
    "net/http.TimeoutHandler": _HANDLER._replace(function=0),
    "net/http.ListenAndServe": Spawner(1, Copies.MANY, False, "ServeHTTP"),
    "net/http.ListenAndServeTLS": Spawner(3, Copies.MANY, False, "ServeHTTP"),
    "net/http.Serve": Spawner(1, Copies.MANY, False, "ServeHTTP"),
    "net/http.ServeTLS": Spawner(1, Copies.MANY, False, "ServeHTTP"),
    "net/http/httptest.NewServer": Spawner(0, Copies.MANY, False, "ServeHTTP"),
    "net/http/httptest.NewTLSServer": Spawner(0, Copies.MANY, False, "ServeHTTP"),
    "net/http/httptest.NewUnstartedServer": _HANDLER._replace(function=0),
    "github.com/gorilla/mux.Router.Handle": _HANDLER,
    "github.com/gorilla/mux.Router.HandleFunc": _HANDLER_FUNCTION,
    "github.com/gorilla/mux.Route.Handler": _HANDLER._replace(function=0),
    "github.com/gorilla/mux.Route.HandlerFunc": _HANDLER_FUNCTION._replace(function=0),
}
"""sync.Once.Do is not one: it runs its argument on the caller's goroutine."""

SPAWNED: dict[Type, str] = {
    Named("expvar", "Var"): "String",
    Named("github.com/prometheus/client_golang/prometheus", "Collector"): "Collect",
    Named("net/http", "Handler"): "ServeHTTP",
}
"""What spawners run of the objects that they are given, by the type that these have there."""

REQUEST = (Named("net/http", "ResponseWriter"), Pointer(Named("net/http", "Request")))
OWN_LOCKS: frozenset[str] = frozenset({"runtime"})
"""Packages that make locks for others, and lock what they have in ways of their own."""
HANDLER_RECOVERY = "net/http"
"""Who recovers from what a handler of requests panics with (documentation of http.Handler)."""
HANDLER_TYPES = frozenset((Func(REQUEST), Named("net/http", "HandlerFunc")))
REGISTERS_HANDLER = {0: "github.com/gorilla/mux.Route.HandlerFunc", 1: "net/http.HandleFunc"}
"""What an unknown function acts like that is given a handler, by the place of the handler."""

SERVES: frozenset[str] = frozenset(
    {
        "net/http.ListenAndServe",
        "net/http.ListenAndServeTLS",
        "net/http.Serve",
        "net/http.ServeTLS",
        "net/http.Server.ListenAndServe",
        "net/http.Server.ListenAndServeTLS",
        "net/http.Server.Serve",
        "net/http.Server.ServeTLS",
        "net/http/httptest.NewServer",
        "net/http/httptest.NewTLSServer",
        "net/http/httptest.Server.Start",
        "net/http/httptest.Server.StartTLS",
    }
)
"""Calls from which on a server runs the handlers that were registered."""

HANDLER_INTERFACE = "Server"
"""How interfaces of generated RPC code are named whose methods a server runs for every request."""

CLIENT_INTERFACE = "Client"
"""How interfaces of generated RPC code are named whose methods go over the network."""

NETWORK: frozenset[str] = frozenset(
    {
        "google.golang.org/grpc.ClientConn.Invoke",
        "google.golang.org/grpc.ClientConn.Close",
        "google.golang.org/grpc.ClientConnInterface.Invoke",
        "google.golang.org/grpc.ClientConnInterface.NewStream",
        "google.golang.org/grpc.ClientStream.RecvMsg",
        "google.golang.org/grpc.ClientStream.SendMsg",
        "google.golang.org/grpc.ServerStream.SendMsg",
        "google.golang.org/grpc.DialContext",
        "net.Conn.Read",
        "net.Conn.Write",
        "net.Dial",
        "net.DialTimeout",
        "net.Dialer.Dial",
        "net.Dialer.DialContext",
        "net/http.Client.Do",
        "net/http.Client.Get",
        "net/http.Client.Head",
        "net/http.Client.Post",
        "net/http.Client.PostForm",
        "net/http.Get",
        "net/http.Head",
        "net/http.Post",
        "net/http.PostForm",
        "net/rpc.Client.Call",
    }
)
"""Calls that wait for another machine."""

NETWORK_PACKAGES: tuple[str, ...] = (
    "github.com/coreos/etcd/clientv3.",
    "github.com/hashicorp/consul/api.",
    "github.com/samuel/go-zookeeper/zk.",
    "github.com/z-division/go-zookeeper/zk.",
    "go.etcd.io/etcd/client/v3.",
)
"""Libraries whose calls mostly do."""

ONCE_DO = "sync.Once.Do"
SERIALISED_CALLBACK: frozenset[str] = frozenset({ONCE_DO})
"""Calls that run their function argument under a lock of their receiver's own."""

RUN_ONCE: frozenset[str] = SERIALISED_CALLBACK | {"sync.OnceFunc", "sync.OnceValue", "sync.OnceValues"}
"""Calls whose function argument is run once at most."""

ONCE = ("sync", "Once")
"""The package and type of that receiver."""

SYNC_MAP_LOAD_OR_STORE = "sync.Map.LoadOrStore"
SYNC_MAP_STORE = "sync.Map.Store"
"""It replaces what was there, which LoadOrStore gives back."""

SYNCHRONISED: frozenset[str] = frozenset({"sync", "sync/atomic"})
"""Packages whose types are safe to use from several goroutines."""

PRIMITIVES = "sync."
"""How the ids of the methods of locks, groups and conditions begin."""

KEEPS_CALLBACK: frozenset[str] = frozenset(
    {
        "flag.Func",
        "net/http.Server.RegisterOnShutdown",
        "os/signal.Notify",
        "sync.OnceFunc",
        "sync.OnceValue",
        "sync.OnceValues",
    }
)
"""Library calls that keep their function argument for later."""

TAKE_SLOTS: frozenset[str] = frozenset({"golang.org/x/sync/semaphore.Weighted.Acquire"})
"""What waits until slots of its receiver are free."""

FREE_SLOTS: frozenset[str] = frozenset({"golang.org/x/sync/semaphore.Weighted.Release"})

WAKE: frozenset[str] = frozenset({"sync.Cond.Signal", "sync.Cond.Broadcast"})
"""What wakes a goroutine in sync.Cond.Wait."""

SLEEP: frozenset[str] = frozenset({"sync.Cond.Wait"})

NEW_CONDITION = "sync.NewCond"
"""Makes a condition of the lock that it is given."""

CONDITION_LOCK = ("sync", "Cond", "L")
"""The package, type and field that hold it."""

_POOLS = "vitess.io/vitess/go/pools"

BORROW: frozenset[str] = frozenset({f"{_POOLS}/smartconnpool.ConnPool.Get", f"{_POOLS}.ResourcePool.Get"})
"""What takes a resource out of a pool."""

GIVE_BACK: frozenset[str] = frozenset(
    {
        f"{_POOLS}/smartconnpool.Pooled.Recycle",
        f"{_POOLS}.ResourcePool.Put",
        "vitess.io/vitess/go/vt/dbconnpool.PooledDBConnection.Recycle",
        "vitess.io/vitess/go/vt/vttablet/tabletserver/connpool.DBConn.Recycle",
    }
)
"""What gives a resource back to its pool."""

DRAIN: frozenset[str] = frozenset(
    {
        f"{_POOLS}/smartconnpool.ConnPool.Close",
        f"{_POOLS}/smartconnpool.ConnPool.CloseWithContext",
        f"{_POOLS}/smartconnpool.ConnPool.SetCapacity",
        f"{_POOLS}.ResourcePool.Close",
        f"{_POOLS}.ResourcePool.SetCapacity",
    }
)
"""What waits until the resources of a pool have been given back."""

NEVER_STUCK: frozenset[str] = frozenset(
    {contexts.DONE, clocks.AFTER, clocks.TICK, clocks.NEW_TIMER, clocks.NEW_TICKER}
)
"""Calls whose channel the runtime or a caller serves: waiting for it is a way out."""

SYNCHRONOUS_PACKAGES: frozenset[str] = frozenset(
    {"sort", "slices", "maps", "strings", "bytes", "sync", "go/ast", "path/filepath", "io/fs", "container/ring"}
)
"""Packages whose functions run the functions they are given before they return, on the caller's goroutine."""

SHIFTS: tuple[str, ...] = ("slices.Delete", "slices.Insert", "slices.Compact", "slices.Reverse", "slices.Replace")
"""How functions begin that write the elements of their first argument in place; so do those of SORTS."""

SORTS: tuple[str, ...] = ("sort.", "slices.Sort", "golang.org/x/exp/slices.Sort")
"""How the ids of functions begin that bring a slice into an order."""

SETS_ELEMENTS: frozenset[str] = frozenset(
    {f"sort.{name}" for name in ("Float64s", "Ints", "Slice", "SliceStable", "Sort", "Stable", "Strings")}
    | {f"slices.{name}" for name in ("Reverse", "Sort", "SortFunc", "SortStableFunc")}
    | {f"golang.org/x/exp/slices.{name}" for name in ("Sort", "SortFunc", "SortStableFunc")}
)
"""What sets the elements of its first argument, all of them, where that is a slice; a conversion of one counts."""

COMMON_INTERFACES: frozenset[str] = frozenset(
    {"", "io", "io/fs", "fmt", "context", "net", "net/http", "sort", "encoding", "encoding/json", "hash", "flag", "os"}
)
"""Packages (with "" that of `error`) whose interfaces say next to nothing about who implements them."""

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

ELEMENTS_OF: frozenset[str] = frozenset(
    {"append"}
    | {f"{package}.{name}" for package in ("maps", "golang.org/x/exp/maps") for name in ("Clone", "Keys", "Values")}
    | {f"slices.{name}" for name in ("All", "Clone", "Collect", "Concat", "Sorted", "SortedFunc", "Values")}
    | {"golang.org/x/exp/slices.Clone", "maps.All"}
)
"""Calls whose result has the elements of their arguments."""

MAP_COPIES: dict[str, int] = {"maps.Clone": 0, "golang.org/x/exp/maps.Clone": 0}
"""Which argument a library function copies as a map, with its elements as they are."""

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

CONFIGURES: tuple[str, ...] = ("Configure", "configure", "SetConfig", "setConfig", "Setup", "setup", "Launch")
"""How requests are named that come once, before all others: a hint that lowers confidence, no proof."""

CALLER_LOCKS: tuple[str, ...] = ("Locked", "_locked")
"""How functions are named whose caller holds the lock: a hint that lowers confidence, no proof."""

UNINSTRUMENTED: tuple[str, ...] = (
    "runtime",
    "internal/runtime/",
    "internal/abi",
    "internal/bytealg",
    "internal/chacha8rand",
    "internal/cpu",
    "internal/race",
    "internal/sync",
    "sync",
    "sync/atomic",
)
"""Packages below goroutines or that make what orders them: their accesses are ordered by other means (a stopped world,
a system stack, a semaphore); a trailing slash stands for all packages there. The race detector treats them apart as
well (cmd/internal/objabi, runtimePkgs and noRaceFuncPkgs)."""


def is_uninstrumented(package: str) -> bool:
    """Reports whether a package implements goroutines and so is not judged by their rules."""
    return any(package.startswith(one) if one.endswith("/") else package == one for one in UNINSTRUMENTED)
