"""What library calls do with channels, and which calls never return."""

from __future__ import annotations

from govet_py.model.types import Named

CHANNEL_BORROWERS: frozenset[str] = frozenset({"reflect.TypeOf", "fmt.Sprintf", "fmt.Printf", "fmt.Println"})
"""Calls that take a channel and do nothing with it."""

STOPPING: frozenset[str] = frozenset({"os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "runtime.Goexit"})
"""Calls that never return, told by how they are written: where control goes is settled before names are resolved,
so these few are the ones whose package nobody gives another name."""

NO_RETURN: frozenset[str] = STOPPING | frozenset(
    {
        "syscall.Exit",
        "log.Panic",
        "log.Panicf",
        "log.Panicln",
        "testing.common.FailNow",
        "testing.common.Fatal",
        "testing.common.Fatalf",
        "testing.common.SkipNow",
        "testing.common.Skip",
    }
)
"""Calls that end the process or the goroutine."""

EXIT_NAMES: tuple[str, ...] = ("Fatal", "Exit")
"""How other functions are named that do: a hint, no proof."""

SIGNAL = Named("os", "Signal")
"""What is sent to a process from outside."""

ENDS: tuple[str, ...] = ("Close", "Stop", "Shutdown", "close", "stop", "shutdown")
"""How methods are named that end what an object has started."""

CLOSED_RESULTS: dict[str, int] = {
    "github.com/coreos/etcd/clientv3.Client.KeepAlive": 0,
    "github.com/coreos/etcd/clientv3.Client.Watch": 0,
    "github.com/coreos/etcd/clientv3.Watcher.Watch": 0,
    "go.etcd.io/etcd/client/v3.Client.KeepAlive": 0,
    "go.etcd.io/etcd/client/v3.Client.Watch": 0,
    "go.etcd.io/etcd/client/v3.Watcher.Watch": 0,
    "github.com/rabbitmq/amqp091-go.Channel.Consume": 0,
    "github.com/redis/go-redis/v9.PubSub.Channel": 0,
    "github.com/samuel/go-zookeeper/zk.Connect": 1,
    "github.com/streadway/amqp.Channel.Consume": 0,
    "github.com/z-division/go-zookeeper/zk.Connect": 1,
    "k8s.io/apimachinery/pkg/watch.Interface.ResultChan": 0,
}
"""Calls whose result of this index is a channel that the library closes, also without being asked to: when the
server goes away, a session or a lease ends (their documentation)."""

INT_FLAGS: dict[str, int] = {
    f"{package}.{name}": 1
    for package in ("flag", "github.com/spf13/pflag")
    for name in ("Int", "Int64", "Uint", "Uint64", "Duration")
}
"""Calls that declare a number of the command line, and which argument is its default."""

BOOL_FLAGS: dict[str, int] = {f"{package}.Bool": 1 for package in ("flag", "github.com/spf13/pflag")}
"""The same for what is on or off."""
