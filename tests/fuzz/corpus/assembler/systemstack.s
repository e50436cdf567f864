// A call on the stack of g0, written again from the bytes of Go 1.15/1.16 (runtime.systemstack, 163 bytes).
// Unlike mcall it comes back: fn returns to systemstack, which switches back to the goroutine.

// The place that a goroutine seems to stand at while it waits in systemstack.
// func systemstack_switch()
TEXT runtime·systemstack_switch(SB), NOSPLIT, $0-0
    RET

// func systemstack(fn func())
TEXT runtime·systemstack(SB), NOSPLIT, $0-8
    MOVQ    fn+0(FP), DI
    get_tls(CX)
    MOVQ    g(CX), AX
    MOVQ    g_m(AX), BX

    // A signal stack and g0 are system stacks already.
    CMPQ    AX, m_gsignal(BX)
    JEQ     noswitch
    MOVQ    m_g0(BX), DX
    CMPQ    AX, DX
    JEQ     noswitch

    // Neither a system stack nor the goroutine that this M runs: something is badly wrong.
    CMPQ    AX, m_curg(BX)
    JNE     bad

    // Save the goroutine. The pc is a fiction for tracebacks: the way back is the return of fn.
    MOVQ    $runtime·systemstack_switch(SB), SI
    MOVQ    SI, (g_sched+gobuf_pc)(AX)
    MOVQ    SP, (g_sched+gobuf_sp)(AX)
    MOVQ    AX, (g_sched+gobuf_g)(AX)
    MOVQ    BP, (g_sched+gobuf_bp)(AX)

    // Switch to g0. Its stack gets mstart as a caller, so that tracebacks end there.
    MOVQ    DX, g(CX)
    MOVQ    (g_sched+gobuf_sp)(DX), BX
    SUBQ    $8, BX
    MOVQ    $runtime·mstart(SB), DX
    MOVQ    DX, 0(BX)
    MOVQ    BX, SP

    MOVQ    DI, DX
    MOVQ    0(DI), DI
    CALL    DI

    // Back to the goroutine: m.curg did not change, registers did.
    get_tls(CX)
    MOVQ    g(CX), AX
    MOVQ    g_m(AX), BX
    MOVQ    m_curg(BX), AX
    MOVQ    AX, g(CX)
    MOVQ    (g_sched+gobuf_sp)(AX), SP
    MOVQ    $0, (g_sched+gobuf_sp)(AX)      // a stale sp would mislead the garbage collector
    RET

noswitch:
    // A tail call: the frame of systemstack vanishes from tracebacks.
    MOVQ    DI, DX
    MOVQ    0(DI), DI
    JMP     DI

bad:
    MOVQ    $runtime·badsystemstack(SB), AX
    CALL    AX
    INT     $3
