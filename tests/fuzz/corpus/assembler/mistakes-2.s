TEXT main·f(SB), NOSPLIT, $8-8
here:
    MOVQ AX BX
    MOVQ $(1/0), AX
    MOVQ $'ab', AX
    MOVQ $0xg, AX
    MOVQ $(1, AX
    MOVQ $99999999999999999999, AX
    MOVQ §, AX
    $5
    MOVQ *data(SB), AX
    CALL *$5
    JMP *here
    JMP *data(SB)
    CALL main.f(SB)
    GO main.f(SB)
    TEXT main.main(SB), NOSPLIT, $0
    TEXT f, NOSPLIT, $0
    TEXT f(SB), NOSPLIT, 8
    TEXT f(SB), NOSPLIT, $7
    TEXT f(SB), NOSPLIT, $0x7fffffffffffffff
    MOVQ AX, BX
    DATA x+0(SB)/8, $1
    DATA known+0(SB)/3, $1
    DATA known+0(SB)/1, $300
    DATA known+0(SB)/8, AX
    DATA known+0(SB)/2, $"abc"
    GLOBL known(SB), $8
    RET
