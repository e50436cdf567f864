# Makes run-order.json. On Debian 12, with Go 1.19 and gdb:
#   CGO_ENABLED=0 go build -o /tmp/run-order run-order.go
#   GOMAXPROCS=1 GOGC=off GODEBUG=asyncpreemptoff=1 gdb -q -batch -x run-order.py /tmp/run-order
# Only the main thread moves once main.main has begun, so sysmon preempts nothing. Before that it may, while gdb
# attends to new threads; then main has got one time slice more, and the recording is made again.
import json

import gdb

STRUCTS = {"p": "'runtime.allp'.array[0]", "sched": "'runtime.sched'"}
COUNTERS = ["p.schedtick", "p.runqhead", "p.runqtail", "p.runnext", "sched.runqsize", "sched.runq.head",
            "sched.runq.tail", "p.gFree.n", "sched.gFree.n"]
POINTERS = {"p.runnext", "sched.runq.head", "sched.runq.tail"}


def value(expression):
    return int(gdb.parse_and_eval(expression))


def goid(g):
    return int(gdb.Value(g).cast(gdb.lookup_type("runtime.g").pointer())["goid"]) if g else 0


def counter(name):
    struct, field = name.split(".", 1)
    number = value(STRUCTS[struct] + "." + field)
    return goid(number) if name in POINTERS else number


def row(event, g, inherit_time):
    return [event, goid(g), g, inherit_time] + [counter(c) for c in COUNTERS] + [value("'runtime.allglen'")]


def place():
    try:
        return gdb.selected_frame().name()
    except gdb.error:
        return None


for setting in ["pagination off", "confirm off", "disable-randomization on"]:
    gdb.execute("set " + setting)
gdb.execute("break main.begun")
gdb.execute("run", to_string=True)
gdb.execute("set scheduler-locking on")
rows = [row("begin", value("'runtime.m0'.curg"), 0)]
assert counter("p.schedtick") == 4, "sysmon has preempted main: once more"
for function in ["main.spawned", "runtime.execute", "runtime.gogo.abi0"]:
    gdb.execute("break *'%s'" % function, to_string=True)
picked = None  # what execute was called with: its arguments are in AX and BX
gdb.execute("continue", to_string=True)
while place():
    if place() == "runtime.execute":
        picked = value("$rax"), value("$rbx") & 1
    elif place() == "main.spawned":
        rows.append(row("spawn", value(STRUCTS["p"] + ".runnext"), 0))
    else:
        rows.append(row("run", *picked))
    if rows[-1][0] == "run" and rows[-1][1] == 1 and sum(r[0] == "spawn" for r in rows) == 601:
        break
    gdb.execute("continue", to_string=True)
allgs = [value("'runtime.allgs'.array[%d]" % i) for i in range(value("'runtime.allglen'"))]
for r in rows:
    r[2] = allgs.index(r[2]) + 1
columns = ["event", "goid", "g", "inheritTime"] + COUNTERS + ["allglen"]
with open("run-order.json", "w") as out:
    out.write('{"go": "1.19.8",\n"columns": %s,\n"rows": [\n' % json.dumps(columns))
    out.write(",\n".join(json.dumps(r, separators=(",", ":")) for r in rows) + "\n]}\n")
gdb.execute("kill", to_string=True)
