#!/usr/bin/env python3
"""Writes all_instructions.s: every instruction of the assembler in its operand forms and addressing modes.

    python3 make_all_instructions.py > all_instructions.s

The bytes that Go emits for it are recorded by record_go_bytes.py.
"""

REGISTERS = ["AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI"] + [f"R{n}" for n in range(8, 16)]
FEW = ["AX", "BX", "SI", "R9"]
BASES = ["AX", "BX", "SP", "BP", "SI", "R8", "R12", "R13"]
ADDRESSES = (
    [f"({b})" for b in BASES]
    + [f"{d}({b})" for b in ("AX", "SP", "BP", "R12", "R13") for d in ("8", "-8", "127", "128", "-128", "-129", "0x12345")]
    + ["(AX)(CX*1)", "(BX)(SI*2)", "8(SP)(DX*4)", "(BP)(R9*8)", "0x1000(R13)(R12*8)", "-1(R12)(R13*1)", "(CX*8)", "16(R15*2)",
       "(R13)(BP*1)", "0x7fffffff(AX)"]
    + ["0x1000", "x+0(FP)", "y+16(FP)", "z-8(SP)", "z-16(SP)", "(TLS)", "8(TLS)", "0(CX)(TLS*1)", "data(SB)", "data+8(SB)",
       "local<>(SB)", "local<>+4(SB)"]
)
SOME = ["(AX)", "8(SP)", "-128(BP)", "0x1000(R13)", "(BX)(SI*2)", "x+8(FP)", "data(SB)"]
SMALL = ["$0", "$1", "$-1", "$127", "$-128"]
WIDE = {"B": ["$128", "$255"], "W": ["$128", "$-129", "$0x1234", "$0xffff"], "L": ["$128", "$-129", "$0x12345678", "$0xffffffff", "$0x80000000"],
        "Q": ["$128", "$-129", "$0x12345678", "$-0x80000000", "$0x7fffffff"]}
BYTE_REGISTERS = ["AL", "CL", "DL", "BL", "AH", "BH", "R8B", "R15B"]

out = []


def text(name, frame="$16-24"):
    out.append("")
    out.append(f"TEXT ·{name}(SB), NOSPLIT, {frame}")


def op(*words):
    out.append("\t" + words[0] + ("\t" + ", ".join(words[1:]) if len(words) > 1 else ""))


def two(name, registers=FEW):
    for r in registers:
        op(name, "CX", r)
        op(name, r, "DX")


out.append("// Every instruction in its operand forms and addressing modes. Made by make_all_instructions.py.")
out.append('#include "textflag.h"')
out.append("")
out.append("GLOBL data(SB), NOPTR, $64")
out.append("GLOBL local<>(SB), NOPTR, $16")

text("moves")
for w in "BWLQ":
    m = "MOV" + w
    for r in REGISTERS if w in "BQ" else FEW:
        op(m, "CX", r)
        op(m, r, "R10")
        op(m, "$1", r)
    for a in ADDRESSES if w == "Q" else SOME + ["0x1000", "(TLS)"]:
        op(m, a, "AX")
        op(m, "R11", a)
    for i in SMALL + WIDE[w]:
        op(m, i, "AX")
        op(m, i, "R9")
        for a in SOME:
            op(m, i, a)
for i in ("$0xffffffff", "$0x80000000", "$0x100000000", "$0x123456789abcdef0", "$-0x80000001", "$0xffffffffffffffff", "$'a'"):
    op("MOVQ", i, "AX")
    op("MOVQ", i, "R14")
for r in BYTE_REGISTERS:
    op("MOVB", r, "(BX)")
    op("MOVB", "(BX)", r)
    op("MOVB", "$5", r)
op("MOVB", "AH", "BL")
op("MOVB", "AL", "R9")
op("MOVQ", "TLS", "CX")

text("addresses")
for a in ("data(SB)", "data+8(SB)", "local<>(SB)", "x+0(FP)", "z-8(SP)", "8(SP)"):
    op("MOVQ", "$" + a, "AX")
    op("MOVQ", "$" + a, "R15")
op("MOVL", "$data(SB)", "AX")
for w in "WLQ":
    for a in ADDRESSES if w == "Q" else SOME:
        if "TLS" in a:
            continue
        op("LEA" + w, a, "DX")

text("arithmetic")
for n in ("ADD", "OR", "ADC", "SBB", "AND", "SUB", "XOR"):
    for w in "BWLQ":
        two(n + w)
        for a in SOME[:3]:
            op(n + w, a, "AX")
            op(n + w, "R9", a)
        for i in SMALL + WIDE[w] if n == "ADD" else ["$-128"] + WIDE[w][:2]:
            for d in ("AX", "BX", "R9", "SI", "(AX)", "data(SB)") if n == "ADD" else ("AX", "BX", "data(SB)"):
                op(n + w, i, d)
for n in ("ADDB", "XORB"):
    for r in BYTE_REGISTERS:
        op(n, "$3", r)
        op(n, r, "(BX)")
for w in "BWLQ":
    two("CMP" + w)
    for a in SOME:
        op("CMP" + w, a, "AX")
        op("CMP" + w, "R9", a)
    for i in SMALL + WIDE[w]:
        for d in ("AX", "BX", "R9", "SI", "(AX)", "data(SB)"):
            op("CMP" + w, d, i)
op("CMPB", "AX", "$5")
op("CMPB", "AL", "$5")
for w in "BWLQ":
    two("TEST" + w)
    for a in SOME:
        op("TEST" + w, a, "AX")
        op("TEST" + w, "R9", a)
    for i in SMALL + WIDE[w]:
        for d in ("AX", "BX", "R9", "(AX)", "data(SB)"):
            op("TEST" + w, i, d)
op("TESTB", "$5", "AL")
for n in ("INC", "DEC", "NEG", "NOT", "MUL", "DIV", "IDIV", "IMUL"):
    for w in "BWLQ":
        for d in FEW + SOME[:3]:
            op(n + w, d)
for w in "WLQ":
    two("IMUL" + w)
    for a in SOME:
        op("IMUL" + w, a, "AX")
    for i in SMALL + WIDE[w]:
        op("IMUL" + w, i, "AX")
        op("IMUL" + w, i, "R9")
        op("IMUL3" + w, i, "BX", "R9")
        op("IMUL3" + w, i, "8(SP)", "AX")

text("shifts")
for n in ("SHL", "SAL", "SHR", "SAR", "ROL", "ROR", "RCL", "RCR"):
    for w in "BWLQ":
        for d in ("AX", "R9", "8(SP)", "data(SB)") if w in "BQ" else ("AX",):
            for c in ("$1", "$3", "$63" if w == "Q" else "$7", "CX", "CL"):
                op(n + w, c, d)
for n in ("SHL", "SHR"):
    for w in "WLQ":
        for c in ("$1", "$5", "CX", "CL"):
            op(n + w, c, "AX", "BX")
            op(n + w, c, "R9", "8(SP)")

text("exchanges")
for w in "BWLQ":
    two("XCHG" + w, REGISTERS if w == "Q" else FEW)
    for a in SOME:
        op("XCHG" + w, "BX", a)
        op("XCHG" + w, a, "R9")
    for n in ("XADD", "CMPXCHG"):
        two(n + w)
        for a in SOME[:3]:
            op(n + w, "BX", a)
            op("LOCK")
            op(n + w, "R9", a)
op("XCHGL", "AX", "AX")
op("XCHGQ", "R9", "AX")
op("XCHGQ", "AX", "R9")
op("CMPXCHG8B", "(AX)")
op("CMPXCHG16B", "(R9)")
out.append("\tLOCK; ADDL $1, (AX)")

text("bits")
for n in ("BSF", "BSR", "POPCNT", "TZCNT", "LZCNT"):
    for w in "WLQ":
        two(n + w)
        op(n + w, "8(SP)", "AX")
for n in ("BT", "BTS", "BTR", "BTC"):
    for w in "WLQ":
        two(n + w)
        for d in ("AX", "R9", "(BX)", "data(SB)"):
            op(n + w, "$1", d)
            op(n + w, "$7", d)
        op(n + w, "DX", "8(SP)")
for r in REGISTERS:
    op("BSWAPL", r)
    op("BSWAPQ", r)

text("extensions")
for n in ("MOVBWZX", "MOVBLZX", "MOVBQZX", "MOVWLZX", "MOVWQZX", "MOVLQZX", "MOVBWSX", "MOVBLSX", "MOVBQSX", "MOVWLSX", "MOVWQSX", "MOVLQSX"):
    two(n)
    for a in SOME[:3]:
        op(n, a, "AX")
        op(n, a, "R9")
two("MOVQL")
op("MOVBLZX", "AH", "BX")
op("MOVBLZX", "AL", "BX")

CONDITIONS = "OS OC CS CC EQ NE LS HI MI PL PS PC LT GE LE GT".split()
text("conditions")
for c in CONDITIONS:
    for d in ("AX", "SI", "8(SP)"):
        op("SET" + c, d)
    for w in "WLQ":
        op("CMOV" + w + c, "AX", "BX")
        op("CMOV" + w + c, "R9", "SI")
        op("CMOV" + w + c, "8(SP)", "DX")
op("SETEQ", "AL")

text("stack", "$0-0")
for r in REGISTERS:
    op("PUSHQ", r)
    op("POPQ", r)
for i in SMALL + WIDE["Q"]:
    op("PUSHQ", i)
    op("POPQ", "AX")
for a in SOME:
    op("PUSHQ", a)
    op("POPQ", a)
op("PUSHW", "AX")
op("POPW", "R9")
op("PUSHFQ")
op("POPFQ")
op("ADJSP", "$16")
op("MOVQ", "x+0(FP)", "AX")
op("ADJSP", "$-16")
op("ADJSP", "$128")
op("ADJSP", "$-128")
op("RET")

text("flow", "$0-0")
out.append("start:")
for c in ["JMP"] + ["J" + c for c in CONDITIONS]:
    op(c, "start")
    op(c, "end")
    op(c, "2(PC)")
    op("NOP")
for alias in "JO JNO JB JC JLO JNAE JAE JHS JNB JNC JE JZ JNZ JBE JNA JA JNBE JS JNS JP JPE JNP JPO JL JNGE JNL JNG JG JNLE".split():
    op(alias, "end")
for n in ("JMP", "CALL"):
    for r in REGISTERS:
        op(n, r)
    for a in ("(AX)", "8(SP)", "0(R13)", "(BX)(SI*8)"):
        op(n, a)
    op(n, "·flow(SB)")
    op(n, "other(SB)")
out.append("end:")
op("NOP")
op("PCDATA", "$0", "$1")
op("RET", "other(SB)")
op("RET")

text("strings_and_system", "$0-0")
for n in ("MOVS", "STOS", "LODS", "SCAS", "CMPS"):
    for w in "BWLQ":
        op(n + w)
        op("REP")
        op(n + w)
        op("REPN")
        op(n + w)
out.append("\tREP; STOSQ")
for n in ("CBW CWDE CDQE CWD CDQ CQO CLC STC CMC CLD STD CLI STI LAHF SAHF HLT UD2 UNDEF PAUSE CPUID RDTSC RDTSCP RDMSR WRMSR XGETBV "
          "SYSCALL MFENCE LFENCE SFENCE").split():
    op(n)
op("INT", "$3")
op("INT", "$0x80")
for n in ("CLFLUSH", "PREFETCHT0", "PREFETCHT1", "PREFETCHT2", "PREFETCHNTA"):
    op(n, "(AX)")
    op(n, "64(R9)(SI*8)")
op("BYTE", "$0x90")
op("BYTE", "$-1")
op("WORD", "$0x1234")
op("LONG", "$0x12345678")
op("QUAD", "$0x123456789abcdef0")
op("MOVQ", "$(1<<20 | 3*4 - 1)", "AX")
op("MOVQ", "$(~0 & 0xff)", "AX")
op("MOVQ", "$(0x100>>4)", "AX")

text("sse")
XS = [("X0", "X1"), ("X9", "X2"), ("X3", "X15")]
for n in ("MOVQ", "MOVL"):
    op(n, "X0", "AX")
    op(n, "X9", "R9")
    op(n, "AX", "X0")
    op(n, "R9", "X9")
    for a in SOME:
        op(n, a, "X1")
        op(n, "X10", a)
for s, d in XS:
    op("MOVQ", s, d)
for n in ("MOVUPS", "MOVUPD", "MOVAPS", "MOVAPD", "MOVOU", "MOVOA", "MOVO", "MOVSS", "MOVSD"):
    for s, d in XS:
        op(n, s, d)
    for a in SOME:
        op(n, a, "X1")
        op(n, "X10", a)
for n in ("XORPS XORPD ANDPS ANDPD ORPS ORPD PXOR POR PAND PADDB PADDL PADDQ PSUBQ PCMPEQB PCMPEQL ADDSD SUBSD MULSD DIVSD SQRTSD MINSD "
          "MAXSD UCOMISD COMISD ADDSS SUBSS MULSS DIVSS UCOMISS ADDPS ADDPD MULPD CVTSD2SS CVTSS2SD").split():
    for s, d in XS:
        op(n, s, d)
    for a in SOME[:2]:
        op(n, a, "X1")
for n in ("CVTSL2SD", "CVTSQ2SD", "CVTSL2SS", "CVTSQ2SS"):
    op(n, "AX", "X0")
    op(n, "R9", "X9")
    op(n, "8(SP)", "X1")
for n in ("CVTTSD2SL", "CVTTSD2SQ", "CVTTSS2SL", "CVTTSS2SQ"):
    op(n, "X0", "AX")
    op(n, "X9", "R9")
    op(n, "8(SP)", "AX")
op("PSHUFD", "$1", "X0", "X1")
op("PSHUFD", "$0x4e", "(AX)", "X9")
op("PMOVMSKB", "X0", "AX")
op("PMOVMSKB", "X9", "R9")

text("long_and_quad")
for n in ("ADCX", "ADOX", "BLSI", "BLSMSK", "BLSR"):
    for w in "LQ":
        two(n + w)
        for a in SOME:
            op(n + w, a, "R9")
for n in ("ANDN", "MULX", "PDEP", "PEXT"):
    for w in "LQ":
        for r in FEW:
            op(n + w, "CX", r, "DX")
            op(n + w, r, "R10", "DX")
            op(n + w, "CX", "DX", r)
        for a in SOME:
            op(n + w, a, "BX", "R9")
            op(n + w, a, "R9", "BX")
for n in ("BEXTR", "BZHI", "SARX", "SHLX", "SHRX"):
    for w in "LQ":
        for r in FEW:
            op(n + w, "CX", r, "DX")
            op(n + w, r, "R10", "DX")
            op(n + w, "CX", "DX", r)
        for a in SOME:
            op(n + w, "BX", a, "R9")
            op(n + w, "R9", a, "BX")
for w in "LQ":
    for d in FEW + SOME:
        op("RORX" + w, "$7", d, "R9")
        op("RORX" + w, "$31", d, "BX")
    for a in SOME:
        op("MOVNTI" + w, "BX", a)
        op("MOVNTI" + w, "R9", a)
for w in "BWLQ":
    # Go 1.19 leaves out the REX prefix of CRC32B with SI, so that the machine would take DH.
    two("CRC32" + w, [r for r in FEW if r != "SI" or w != "B"])
    for a in SOME:
        op("CRC32" + w, a, "BX")
        op("CRC32" + w, a, "R9")
for n in ("MOVBEW", "MOVBEL", "MOVBEQ", "MOVBEWW", "MOVBELL", "MOVBEQQ"):
    for a in SOME:
        op(n, a, "BX")
        op(n, "R9", a)
for w in "WLQ":
    for n in ("RDRAND", "RDSEED"):
        for r in FEW:
            op(n + w, r)
for w in "LQ":
    for n in ("RDFSBASE", "RDGSBASE", "WRFSBASE", "WRGSBASE"):
        for r in FEW:
            op(n + w, r)
for d in FEW + SOME:
    op("NOPW", d)
    op("NOPL", d)
for a in ("(AX)(R8*1)", "(SP)", "8(BX)(CX*4)"):
    for o in ("0xd76aa478", "-0x28955b88", "0x80000000", "0xffffffff", "0x123456789"):
        op("LEAL", o + a.lstrip("8"), "AX")
for n in ("CLFLUSHOPT", "CLWB", "CLDEMOTE"):
    op(n, "(AX)")
    op(n, "64(R9)(SI*8)")
for n in "XLAT WAIT ICEBP RDPMC RDPKRU WRPKRU".split():
    op(n)
op("MOVD", "AX", "X1")
op("MOVD", "X9", "(SP)")
op("MOVD", "$5", "R9")
for n in ("XACQUIRE", "XRELEASE"):
    op(n)
    op("LOCK")
    op("XADDQ", "AX", "(BX)")

text("words_on_the_stack", "$0-0")
for i in SMALL + WIDE["W"]:
    op("PUSHW", i)
    op("POPW", "AX")
op("PUSHFW")
op("POPFW")
op("RET")

text("short_jumps", "$0-0")
out.append("again:")
for n in ("LOOP", "LOOPEQ", "LOOPNE", "JCXZL", "JCXZQ"):
    # Go 1.19 does not count the prefix of a JCXZL that leads back, and so jumps one byte too far.
    if n != "JCXZL":
        op(n, "again")
    op(n, "on")
    op(n, "2(PC)")
    op("CLD")
out.append("on:")
for n in ("CALL", "JMP"):
    for a in ("*AX", "*R9", "*(AX)", "*8(SP)", "*(BX)(SI*8)"):
        op(n, a)
op("CALL", "*data(SB)")

print("\n".join(out))
