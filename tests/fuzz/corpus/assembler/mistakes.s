TEXT main·f(SB), NOSPLIT, $8-8
here:
    MOVX AX, BX
    movq AX, BX
    RTE
    FROBNICATE AX
    MOVQ gobuf_spp(BX), AX
    MOVQ $gobuf_cp, AX
    MOVQ (g_sched+gobuf_q)(AX), BX
    MOVQ foo, AX
    MOVQ main·x, AX
    MOVQ 8(QX), AX
    JMP hree
    TEXT f(SB), NOSPLLIT, $0
    ADDQ (AX), (BX)
    MOVQ AX, $5
    ADDQ X0, BX
    XORPS AX, X0
    LEAQ AX, BX
    SHLQ BX, AX
    CMPQ $5, AX
    ADDQ $main·f(SB), AX
    MOVSD $1.5, X0
    JEQ AX
    CALL here
    MOVQ 8(FP), BX
    MOVQ (AX)(SP*2), BX
    MOVQ (AX)(BX*3), BX
    MOVQ main·f(SB)(AX*8), BX
    MOVQ X0(AX), BX
    ADDQ AL, BX
    MOVW BX, AH
    MOVB X0, AX
    ADDQ $0x123456789, AX
    MOVQ $0x123456789, (AX)
    MOVB $300, AX
    SHLQ $-300, AX
    BYTE $256
    MOVQ 0x123456789(AX), BX
    JMP 99(PC)
    MOVQ AX
    ADDQ AX, BX, CX
    IMULQ
    SETEQ AX, BX
    CLD AX
    JMP
    LOCK ADDQ AX, (BX)
    RET
