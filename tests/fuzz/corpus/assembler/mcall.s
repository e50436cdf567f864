// The switch from a goroutine to g0, written again from the bytes of Go 1.15/1.16 (runtime.mcall, 102 bytes).
// The goroutine sleeps in its sched; fn runs on the stack of g0 and must never return.

// func mcall(fn func(*g))
TEXT runtime·mcall(SB), NOSPLIT, $0-8
    MOVQ    fn+0(FP), DI                    // a func value: a pointer to the code pointer

    // Save the goroutine where gogo will look for it.
    get_tls(CX)
    MOVQ    g(CX), AX
    MOVQ    0(SP), BX                       // our return address: it goes on behind the call of mcall
    MOVQ    BX, (g_sched+gobuf_pc)(AX)
    LEAQ    fn+0(FP), BX                    // SP as it was before that call
    MOVQ    BX, (g_sched+gobuf_sp)(AX)
    MOVQ    AX, (g_sched+gobuf_g)(AX)
    MOVQ    BP, (g_sched+gobuf_bp)(AX)

    // On g0 already there is nothing to switch to.
    get_tls(CX)
    MOVQ    g(CX), BX
    MOVQ    g_m(BX), BX
    MOVQ    m_g0(BX), SI
    CMPQ    SI, AX
    JNE     switch
    MOVQ    $runtime·badmcall(SB), AX
    JMP     AX
switch:
    MOVQ    SI, g(CX)                       // from here on the thread runs g0,
    MOVQ    (g_sched+gobuf_sp)(SI), SP      // and from here on its stack
    PUSHQ   AX                              // the argument of fn: the goroutine we left
    MOVQ    DI, DX                          // closures find their variables through DX
    MOVQ    0(DI), DI
    CALL    DI
    POPQ    AX                              // not reached: fn does not return
    MOVQ    $runtime·badmcall2(SB), AX
    JMP     AX
    RET
