"""For gdb_bench.cpp: what `record full` takes over a program's first 10,000 instructions.

For gdb: gdb -batch -nx -x gdb_record.py PROGRAM
Prints "RECORDED instructions seconds", the seconds of gdb's own processor time; the program's is not counted.
"""
import re
import time

import gdb

INSTRUCTIONS = 10_000

for setting in ("pagination off", "confirm off", "startup-with-shell off", "disable-randomization off",
                f"record full insn-number-max {2 * INSTRUCTIONS}"):
    gdb.execute("set " + setting)
gdb.execute("starti", to_string=True)
gdb.execute("record full", to_string=True)
begun = time.process_time()
gdb.execute(f"stepi {INSTRUCTIONS}", to_string=True)
taken = time.process_time() - begun
recorded = re.search(r"contains (\d+) instructions", gdb.execute("info record", to_string=True)).group(1)
print("RECORDED", recorded, taken)
gdb.execute("kill", to_string=True)
