#!/usr/bin/env python3
"""Writes jumps.s: jumps that just reach and just do not, alone and nested so that one growing pushes others out.

    python3 make_jumps.py > jumps.s
"""
import random
import sys

random.seed(20)
FUNCTIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 16
out = ["// Jumps at the border between their short and their long form. Made by make_jumps.py."]


def fill(count):
    while count > 0:
        width, name = next((w, n) for w, n in ((8, "QUAD"), (4, "LONG"), (2, "WORD"), (1, "BYTE")) if w <= count)
        out.append(f"\t{name}\t$0")
        count -= width


for name, distance in (("fits", 127), ("too_far", 128)):
    for jump in ("JMP", "JNE"):
        out.append(f"TEXT ·{name}_{jump}(SB), 4, $0")
        out.append(f"\t{jump}\tend")
        fill(distance)
        out.append("end:\n\tRET")
for name, distance in (("back_fits", 126), ("back_too_far", 127)):
    for jump in ("JMP", "JNE"):
        out.append(f"TEXT ·{name}_{jump}(SB), 4, $0")
        out.append("start:")
        fill(distance)
        out.append(f"\t{jump}\tstart\n\tRET")
for f in range(FUNCTIONS):
    out.append(f"TEXT ·nested{f}(SB), 4, $0")
    labels = random.randrange(4, 14)
    for n in range(labels):
        out.append(f"l{n}:")
        for _ in range(random.randrange(1, 3)):
            target = min(labels, max(0, n + random.randrange(-3, 4)))
            out.append(f"\t{random.choice(['JMP', 'JEQ', 'JHI'])}\tl{target}")
        fill(random.choice([1, 7, 20, 31, 40, 61, 62, 63, 64, 100, 118, 121, 124, 125, 126]))
    out.append(f"l{labels}:\n\tRET")
print("\n".join(out))
