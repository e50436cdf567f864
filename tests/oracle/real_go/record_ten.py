#!/usr/bin/env python3
"""Makes data/orders-NAME.json: what the scheduler of a native process did, in ten recordings.

usage: tests/oracle/real_go/record_ten.py NAME...      of real_go/NAME.go; needs Go 1.19 and gdb

Each process runs on one P, without garbage collection and preemption by signals; record.py records it in gdb. Equal
recordings are kept once. One in which sysmon has asked main to yield, while gdb attended to its start, is kept, too,
and says so. tests/oracle/data/ORIGIN.md says more.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile

RECORDINGS = 10
SETTINGS = {"GOMAXPROCS": "1", "GOGC": "off", "GODEBUG": "asyncpreemptoff=1"}
HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, **variables):
    environment = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=120, check=True).stdout


def recorded(program, folder):
    file = os.path.join(folder, "recording.json")
    run(["gdb", "-batch", "-nx", "-iex", "set auto-load no", "-ex", f"python recording = {file!r}", "-x",
         os.path.join(HERE, "record.py"), program], HOME=folder, **SETTINGS)
    with open(file, encoding="utf-8") as text:
        return json.load(text)


def record_ten(name):
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        build = ["go", "build", "-gcflags=-N -l", "-o", program, os.path.join(HERE, name + ".go")]
        go = {"HOME": folder, "CGO_ENABLED": "0", "GOAMD64": "v1", "GO111MODULE": "off", "GOTOOLCHAIN": "local",
              "GOPROXY": "off", "GOFLAGS": ""}
        run(build, **go)
        release = run(["go", "version", program], **go).split()[-1]
        orders = collections.Counter()
        for _ in range(RECORDINGS):
            recording = recorded(program, folder)
            lines = (json.dumps(moment, sort_keys=True) for moment in recording["moments"])
            orders[json.dumps(recording["preempted"]), ",\n".join(lines)] += 1
    kept = [f'{{"recordings": {times}, "preempted": {preempted}, "moments": [\n{lines}\n]}}'
            for (preempted, lines), times in sorted(orders.items(), key=lambda order: (-order[1], order[0]))]
    path = os.path.join(HERE, "..", "data", f"orders-{name}.json")
    with open(path, "w", encoding="utf-8") as out:
        out.write(f'{{"go": {json.dumps(release)},\n"orders": [\n' + ",\n".join(kept) + "\n]}\n")
    print(f"{name}: {release}, {RECORDINGS} recordings, {len(orders)} different")


for argument in sys.argv[1:]:
    record_ten(argument)
