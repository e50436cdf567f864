DATA main·cleanup·f+0(SB)/8, $main·cleanup(SB)
GLOBL main·cleanup·f(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    GO   main·returns(SB)
    CALL runtime·Gosched(SB)
    GO   main·leaves(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·returns(SB), NOSPLIT, $0-0
    RET

TEXT main·leaves(SB), $16-0
    MOVL $0, 0(SP)              // defer cleanup()
    LEAQ main·cleanup·f(SB), AX
    MOVQ AX, 8(SP)
    CALL runtime·deferproc(SB)
    CALL runtime·Goexit(SB)
    RET                         // never

TEXT main·cleanup(SB), NOSPLIT, $0-0
    RET
