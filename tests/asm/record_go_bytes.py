#!/usr/bin/env python3
"""Records what Go's own assembler makes of a listing, so that the tests need no Go.

    python3 record_go_bytes.py all_instructions.s > all_instructions.golden

Reference: `go tool asm` of Go 1.19 (Debian golang-1.19-go). One line for each line of the listing that emits
bytes: its number, then the bytes; LOCK and REP count to the instruction that follows. Fields that a linker fills are written ?? -- except TLS offsets, which a
static linux/amd64 link always sets to -8.
"""
import os
import re
import subprocess
import sys
import tempfile

GO = os.environ.get("GO", "/usr/lib/go-1.19/bin/go")


def listing(path):
    with tempfile.TemporaryDirectory() as folder:
        include = subprocess.run([GO, "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
        run = subprocess.run([GO, "tool", "asm", "-p", "main", "-S", "-I", include + "/pkg/include", "-o", folder + "/out.o", path],
                             capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(run.stdout[-3000:] + run.stderr)
        return run.stdout


def functions(text):
    """Yields (name, instruction lines as (offset, source line), bytes with None where a linker writes)."""
    name, lines, data, relocations = None, [], bytearray(), []
    def finish():
        cells = list(data)
        for offset, size, tls in relocations:
            for n in range(size):
                cells[offset + n] = None if tls is None else ((tls - 8) & 0xffffffff).to_bytes(4, "little")[n]
        return name, lines, cells
    for line in text.splitlines():
        head = re.match(r"^(\S+) STEXT", line)
        if head or re.match(r"^\S+ S", line):
            if name:
                yield finish()
            name, lines, data, relocations = (head.group(1) if head else None), [], bytearray(), []
            continue
        at = re.match(r"^\t0x([0-9a-f]+) \d+ \(.*?:(\d+)\)\t", line)
        if at:
            lines.append((int(at.group(1), 16), int(at.group(2)), line.split("\t", 2)[2]))
            continue
        row = re.match(r"^\t0x[0-9a-f]+ ((?:[0-9a-f]{2} )+)", line)
        if row:
            data += bytes.fromhex(row.group(1))
            continue
        rel = re.match(r"^\trel (\d+)\+(\d+) t=\S+ (.*)\+(-?\d+)$", line)
        if rel and int(rel.group(2)) > 0:
            tls = int(rel.group(4)) if rel.group(3) == "TLS" else None
            relocations.append((int(rel.group(1)), int(rel.group(2)), tls))
    if name:
        yield finish()


def main():
    for name, lines, cells in functions(listing(sys.argv[1])):
        by_line, prefix = {}, []
        for n, (offset, source, word) in enumerate(lines):
            end = lines[n + 1][0] if n + 1 < len(lines) else len(cells)
            if word in ("LOCK", "REP", "REPN", "XACQUIRE", "XRELEASE"):
                prefix = prefix + cells[offset:end]
                continue
            by_line.setdefault(source, []).extend(prefix + cells[offset:end])
            prefix = []
        for source in sorted(by_line):
            if by_line[source]:
                print(source, " ".join("??" if b is None else f"{b:02x}" for b in by_line[source]))


if __name__ == "__main__":
    main()
