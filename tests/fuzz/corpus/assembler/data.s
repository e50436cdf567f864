GLOBL greeting<>(SB), RODATA, $16
DATA greeting<>+0(SB)/8, $"hello\n\x00\""
DATA greeting<>+8(SB)/4, $-7
DATA greeting<>+12(SB)/4, $1.5
GLOBL pointer(SB), NOPTR, $8
DATA pointer(SB)/8, $main·f+4(SB)
TEXT main·f(SB), NOSPLIT|NOFRAME, $0-16
    MOVQ $greeting<>(SB), AX
    MOVQ a+0(FP), BX
    MOVQ BX, r+8(FP)
    MOVQ $main·f·f(SB), CX
    MOVQ (TLS), CX
    BYTE $0x90; WORD $0x9090; LONG $0x90909090; QUAD $1
loop:
    DECQ AX
    JNE loop
    JMP 2(PC)
    NOP
    CALL main·g(SB)
    RET
TEXT main·g(SB), $32-0
    GO main·f(SB)
    CALL BX
    LEAQ x-8(SP)(AX*8), DI
    RET
