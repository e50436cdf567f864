#!/usr/bin/env python3
"""What Go's own assembler makes of the integer instructions of Go's standard library.

    python3 std_forms.py statements         each statement that the installed library has, with its bytes
    python3 std_forms.py forms > std_forms.txt    one statement of our own for each form among them

Reference: `go tool asm` of Go 1.19 (Debian golang-1.19-go, golang-1.19-src). A row has the bytes, a tab, the
statement. Macros are expanded and constants are numbers, as -S prints a statement. Fields that a linker fills are
written ??.

No rows: jumps inside a function (see jumps.s), what counts from FP and the pseudo SP (see frames.s), and
instructions of vectors and of the x87. Where Go is not installed the exit code is 77.
"""
import os
import re
import subprocess
import sys
import tempfile

from record_go_bytes import GO, functions

VECTOR = re.compile(r"\b(X|Y|Z|K|M|F)\d+\b|^V")
NO_BYTES = ("TEXT", "PCDATA", "FUNCDATA", "NOP")
PREFIXES = ("LOCK", "REP", "REPN")
NUMBER = r"-?(?:0x[0-9a-f]+|\d+)"
REGISTERS = "AX CX DX BX SP BP SI DI".split() + [f"R{n}" for n in range(8, 16)]


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


def unknown_names(log, source):
    """Names that go_asm.h would define: which value they have does not matter here."""
    names = re.findall(r"symbol ([A-Za-z_]\w*)", log) + re.findall(r"unexpected (\w+) evaluating", log)
    for line in re.findall(r":(\d+): expected pseudo-register", log):
        names += re.findall(r"([A-Za-z_]\w*)\(\w+\)", source[int(line) - 1])
    return names


def assembled(tool, root, package, path):
    """The listing that `go tool asm -S` prints, or None."""
    source = open(path, encoding="utf-8").read().splitlines()
    runtime = ["-compiling-runtime"] if re.match("runtime|reflect|syscall|internal/bytealg", package) else []
    known = {}
    with tempfile.TemporaryDirectory() as folder:
        while True:
            with open(folder + "/go_asm.h", "w", encoding="utf-8") as header:
                header.writelines(f"#define {name} {value}\n" for name, value in known.items())
            made = run(tool, "-e", "-S", "-p", package, *runtime, "-D", "GOOS_linux", "-D", "GOARCH_amd64", "-D",
                       "GOAMD64_v1", "-I", folder, "-I", root + "/pkg/include", "-o", folder + "/out.o", path)
            if made.returncode == 0:
                return made.stdout
            names = [n for n in unknown_names(made.stdout + made.stderr, source) if n not in known]
            if not names:
                return None
            for name in names:
                known.setdefault(name, 8 * (len(known) + 1))


def statement_of(word, operands):
    """The printed statement as a text that can be assembled anywhere; None for one that has no row."""
    text = word + ("\t" + operands if operands else "")
    local_jump = (word.startswith("J") or word.startswith("LOOP")) and re.fullmatch(r"\d+", operands or "")
    if word in NO_BYTES or local_jump or VECTOR.search(text):
        return None
    text = re.sub(r"[^\s,$]*?([+-]\d+)?\(SB\)", lambda m: "data" + (m.group(1) or "") + "(SB)", text)
    if "(FP)" in text or re.search(r"[A-Za-z_\"][^\s,]*\(SP\)", text):
        return None
    return text


def rows_of(text):
    for _, lines, cells in functions(text):
        prefix, prefix_text = [], ""
        for n, (offset, _, word) in enumerate(lines):
            end = lines[n + 1][0] if n + 1 < len(lines) else len(cells)
            word, _, operands = word.partition("\t")
            if word in PREFIXES:
                prefix, prefix_text = prefix + cells[offset:end], prefix_text + word + "; "
                continue
            row = statement_of(word, operands)
            if row and end > offset:
                yield prefix_text + row, " ".join("??" if b is None else f"{b:02x}" for b in prefix + cells[offset:end])
            prefix, prefix_text = [], ""


def library_rows():
    with tempfile.TemporaryDirectory() as cache:
        os.environ.update(GOCACHE=cache, CGO_ENABLED="0", GOFLAGS="", GO111MODULE="off", GOOS="linux", GOARCH="amd64")
        root = run(GO, "env", "GOROOT").stdout.strip()
        tool = run(GO, "tool", "-n", "asm").stdout.strip()
        listed = run(GO, "list", "-f", "{{range .SFiles}}{{$.ImportPath}}\t{{$.Dir}}/{{.}}\n{{end}}", "std").stdout
        files = [line.split("\t") for line in listed.splitlines() if line]
        if not files:
            print("the sources of Go's standard library are not installed")
            sys.exit(77)
        rows = {}
        for package, path in files:
            text = assembled(tool, root, package, path)
            if text is None:
                sys.exit(f"{path} does not assemble")
            rows.update(rows_of(text))
        return rows


def canonical(text):
    """A statement of our own with the same kinds of operands in the same places."""
    prefix, _, rest = text.rpartition("; ")
    word, _, operands = rest.partition("\t")
    if word in ("BYTE", "WORD", "LONG", "QUAD"):
        return f"{word}\t$0x12"
    out = []
    for n, operand in enumerate(operands.split(", ") if operands else []):
        shift = re.match("SH|SA|RO|RC", word) and n == 0
        number = re.fullmatch(r"\$(" + NUMBER + ")", operand)
        memory = re.fullmatch(rf"({NUMBER})?(\(\w+\))?(\(\w+\*\d\))?", operand)
        if operand in REGISTERS:
            out.append(operand if operand in ("AX", "SP") or (shift and operand == "CX") else ("BX", "R9", "DX")[n])
        elif number:
            v = int(number.group(1), 0)
            wide = "$0x45" if word.endswith("B") else "$0x2345" if word.endswith("W") else "$0x12345"
            out.append("$1" if v == 1 else "$7" if -128 <= v <= 127 else wide if -2**31 <= v < 2**31
                       else "$0xfedcba98" if 0 <= v < 2**32 else "$0x123456789abcdef0")
        elif memory and "TLS" not in operand:
            distance = int(memory.group(1) or "0", 0)
            shown = "" if distance == 0 else "24" if -128 <= distance <= 127 else "0x1230"
            base = memory.group(2) or ""
            out.append(shown + (base if base in ("", "(SP)", "(BP)") else "(R13)" if n else "(SI)")
                       + ("(R10" + memory.group(3)[-3:] if memory.group(3) else "") or operand)
        else:
            out.append(operand)
    return (prefix + "; " if prefix else "") + word + ("\t" + ", ".join(out) if out else "")


def main():
    if not os.path.exists(GO):
        print(f"Go 1.19 is not installed: there is no {GO}")
        sys.exit(77)
    rows = library_rows()
    if sys.argv[1:] == ["forms"]:
        forms = sorted({canonical(text) for text in rows})
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/forms.s"
            with open(path, "w", encoding="utf-8") as source:
                source.write("TEXT \u00b7f(SB), 4, $0\n" + "".join(f"\t{form}\n" for form in forms))
            made = run(GO, "tool", "asm", "-e", "-S", "-p", "main", "-o", folder + "/out.o", path)
            if made.returncode != 0:
                sys.exit(made.stdout[-3000:] + made.stderr)
            rows = dict(rows_of(made.stdout))
    for text, cells in sorted(rows.items()):
        print(cells + "\t" + text)


if __name__ == "__main__":
    main()
