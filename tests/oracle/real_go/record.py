"""What the scheduler of a real Go process does, from the entry of main.main to the exit.

For gdb: gdb -batch -nx -ex 'python recording = "FILE"' -x record.py PROGRAM
Writes one JSON object: {"preempted": false, "moments": [{"what": ..., "numbers": {...}}, ...]}, in the words
of tests/oracle/real_go_model.cpp, which reads the same off the model's record.

For releases that pass arguments in registers, AX, BX, CX, and keep g in R14 (Go 1.17 and later). gogo and
systemstack still take theirs from the stack. Offsets of fields come from the program's DWARF.
"""
import json

import gdb

STATUS = {0: "idle", 1: "runnable", 2: "running", 3: "syscall", 4: "waiting", 6: "dead", 8: "copystack"}


class Recording:
    moments = []
    preempted = False
    names = {}  # of goroutines, by their g
    lives = {}  # how many goroutines began with a function

    @classmethod
    def add(cls, what, **numbers):
        cls.moments.append({"what": what, "numbers": numbers})


def reg(name):
    return int(gdb.selected_frame().read_register(name)) % 2**64


def word(addr, size=8):
    return int.from_bytes(gdb.selected_inferior().read_memory(addr, size), "little")


def field(struct, base, path, size=8):
    kind, bits = gdb.lookup_type("struct runtime." + struct), 0
    for name in path.split("."):
        bits, kind = bits + kind[name].bitpos, kind[name].type
    return word(base + bits // 8, size)


def symbol(pc):
    """runtime.goexit+1: without the compiler's name for the calling convention."""
    words = gdb.execute(f"info symbol {pc}", to_string=True).split()
    if words[0] == "No":
        return hex(pc)
    return words[0].replace(".abi0", "") + (f"+{int(words[2]):#x}" if words[1] == "+" else "")


def this_g():
    return reg("r14")


def g0():
    return field("m", field("g", this_g(), "m"), "g0")


def name(g):
    return "g0" if g == g0() else Recording.names.get(g, "a new g")


def place(value, g):
    """An address on a stack: that of g, or of g0."""
    if value == 0:
        return "0"
    hi = field("g", g, "stack.hi")
    if field("g", g, "stack.lo") < value <= hi:
        return f"hi-{hi - value}"
    base = field("g", g0(), "sched.sp")
    return f"g0.sched.sp-{base - value}" if 0 <= base - value < 65536 else hex(value)


def saved(g):
    sched = {key: field("g", g, f"sched.{key}") for key in ("pc", "sp", "bp")}
    return {
        "sched.pc": symbol(sched["pc"]),
        "sched.sp": place(sched["sp"], g),
        "sched.bp": place(sched["bp"], g),
    }


def standing(g):
    return {"SP": place(reg("rsp"), g), "BP": place(reg("rbp"), g)}


def casgstatus(g, _, new):
    old = field("g", g, "atomicstatus", 4)
    if STATUS[old] == "dead":  # a goroutine begins, in a g that may have served before
        start = symbol(field("g", g, "startpc"))
        Recording.lives[start] = Recording.lives.get(start, 0) + 1
        Recording.names[g] = f"{start}#{Recording.lives[start]}"
    Recording.add(f"{name(g)}: {STATUS[old]} -> {STATUS[new]}")


def execute(g, inherit, _):
    m = field("m", field("g", this_g(), "m"), "id")
    Recording.add(f"execute({name(g)}, {'true' if inherit & 255 else 'false'})", m=f"m{m}")


def gogo(*_):
    g = field("gobuf", word(reg("rsp") + 8), "g")
    Recording.add(f"gogo to {name(g)}", **standing(g), **saved(g))


def mcall(fn, *_):
    Recording.add(f"mcall({symbol(word(fn))}) by {name(this_g())}", **standing(this_g()))


def systemstack(*_):
    if this_g() != g0():  # else nothing is switched
        Recording.add(f"systemstack({symbol(word(word(reg('rsp') + 8)))}) by {name(this_g())}")


def goexit1(*_):
    returns = symbol(word(reg("rsp")))
    Recording.add(f"goexit1 by {name(this_g())}", returns=returns, **standing(this_g()))


def on_g0(function):
    return lambda g, *_: Recording.add(f"{function}({name(g)})", **standing(g), **saved(g))


def gopreempt_m(*_):
    Recording.preempted = True


def exit_(*_):
    Recording.add(f"exit {word(reg('rsp') + 8, 4)}")


def task(function):
    def entered(*_):
        returns = symbol(word(reg("rsp")))
        Recording.add(f"{function} entered by {name(this_g())}", returns=returns, **standing(this_g()))

    return entered


HOOKS = {
    "runtime.casgstatus": casgstatus,
    "runtime.newproc1": lambda fn, *_: Recording.add(f"newproc1({symbol(word(fn))})"),
    "runtime.gfget": lambda *_: Recording.add("gfget"),
    "runtime.malg": lambda size, *_: Recording.add(f"malg({size})"),
    "runtime.gfput": lambda p, g, _: Recording.add(f"gfput({name(g)})"),
    "runtime.schedule": lambda *_: Recording.add("schedule"),
    "runtime.findRunnable": lambda *_: Recording.add("findrunnable"),
    "runtime.runqget": lambda *_: Recording.add("runqget"),
    "runtime.globrunqget": lambda p, most, _: Recording.add(f"globrunqget(max {most % 2**32})"),
    "runtime.runqput": lambda p, g, nxt: Recording.add(
        f"runqput({name(g)}, {'next' if nxt & 255 else 'tail'})"
    ),
    "runtime.ready": lambda g, *_: Recording.add(f"ready({name(g)})"),
    "runtime.execute": execute,
    "runtime.gogo.abi0": gogo,
    "runtime.mcall": mcall,
    "runtime.systemstack.abi0": systemstack,
    "runtime.goexit1": goexit1,
    "runtime.goexit0": on_g0("goexit0"),
    "runtime.gosched_m": on_g0("gosched_m"),
    "runtime.park_m": on_g0("park_m"),
    "runtime.gopreempt_m": gopreempt_m,
    "runtime.exit.abi0": exit_,
}


class Hook(gdb.Breakpoint):
    def __init__(self, function, act):
        super().__init__(f"*'{function}'", internal=True)
        self.function, self.act = function, act

    def stop(self):
        self.act(reg("rax"), reg("rbx"), reg("rcx"))
        return self.function == "runtime.exit.abi0"


def tasks():
    """The functions of package main."""
    listed = gdb.execute("info functions -n ^main\\.", to_string=True)
    words = (word for line in listed.splitlines() for word in line.split())
    return [word.split("(")[0] for word in words if word.startswith("main.")]


gdb.execute("set pagination off")
gdb.execute("set print demangle off")
gdb.execute("set startup-with-shell off")
gdb.execute("set disable-randomization off")  # needs a right that containers may lack, and is not needed
gdb.execute("tbreak *'main.main'")
gdb.execute("run")
# The threads beside this one have nothing to do, but sysmon would take a stop in the debugger for a goroutine
# that runs too long.
gdb.execute("set scheduler-locking on")
Recording.names[this_g()] = "main"
task("main.main")()
for function, act in HOOKS.items():
    Hook(function, act)
for function in tasks():
    if function != "main.main":
        Hook(function, task(function))
gdb.execute("continue")
with open(recording, "w", encoding="utf-8") as file:
    json.dump({"preempted": Recording.preempted, "moments": Recording.moments}, file)
gdb.execute("kill")
