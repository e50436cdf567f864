// What receive and send amount to: gopark, whose unlockf says which g waits, and goready.
DATA main·unlockf+0(SB)/8, $main·release(SB)
GLOBL main·unlockf(SB), NOPTR, $8
GLOBL main·waiter(SB), NOPTR, $8

TEXT main·main(SB), $24-0          // a frame as big as the compiled one
    GO   main·wait(SB)
    CALL runtime·Gosched(SB)
    MOVQ main·waiter(SB), AX    // c <- 1
    MOVQ AX, 0(SP)              // gp
    MOVQ $2, 8(SP)              // traceskip
    CALL runtime·goready(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·wait(SB), $40-0
    LEAQ main·unlockf(SB), AX   // <-c
    MOVQ AX, 0(SP)
    LEAQ main·waiter(SB), AX
    MOVQ AX, 8(SP)              // lock: what unlockf gets
    MOVB $14, 16(SP)            // waitReasonChanReceive
    MOVB $22, 17(SP)            // traceEvGoBlockRecv
    MOVQ $2, 24(SP)             // traceskip
    CALL runtime·gopark(SB)
    RET

// func(gp *g, lock unsafe.Pointer) bool, on g0
TEXT main·release(SB), NOSPLIT, $0-24
    MOVQ gp+0(FP), AX
    MOVQ lock+8(FP), BX
    MOVQ AX, 0(BX)
    MOVB $1, ok+16(FP)
    RET
