// The way out of a stack check that failed, written again from the bytes of Go 1.15/1.16 (runtime.morestack, 149
// bytes). The goroutine is saved at the check, as by mcall; newstack then grows its stack or preempts it, on g0.

// Every prologue jumps to its CALL of this. It takes nothing on the stack; DX must survive, it may hold a closure.
TEXT runtime·morestack(SB), NOSPLIT, $0-0
    // g0 and the signal stack cannot grow.
    get_tls(CX)
    MOVQ    g(CX), BX
    MOVQ    g_m(BX), BX
    MOVQ    m_g0(BX), SI
    CMPQ    g(CX), SI
    JNE     no_g0
    CALL    runtime·badmorestackg0(SB)
    CALL    runtime·abort(SB)
no_g0:
    MOVQ    m_gsignal(BX), SI
    CMPQ    g(CX), SI
    JNE     no_gsignal
    CALL    runtime·badmorestackgsignal(SB)
    CALL    runtime·abort(SB)
no_gsignal:
    // m.morebuf: who called the function that wants more stack.
    MOVQ    8(SP), AX
    MOVQ    AX, (m_morebuf+gobuf_pc)(BX)
    LEAQ    16(SP), AX
    MOVQ    AX, (m_morebuf+gobuf_sp)(BX)
    get_tls(CX)
    MOVQ    g(CX), SI
    MOVQ    SI, (m_morebuf+gobuf_g)(BX)

    // g.sched: the function itself, at the jump back to its first instruction.
    MOVQ    0(SP), AX
    MOVQ    AX, (g_sched+gobuf_pc)(SI)
    MOVQ    SI, (g_sched+gobuf_g)(SI)
    LEAQ    8(SP), AX
    MOVQ    AX, (g_sched+gobuf_sp)(SI)
    MOVQ    BP, (g_sched+gobuf_bp)(SI)
    MOVQ    DX, (g_sched+gobuf_ctxt)(SI)    // this is why gogo restores ctxt

    MOVQ    m_g0(BX), BX
    MOVQ    BX, g(CX)
    MOVQ    (g_sched+gobuf_sp)(BX), SP
    CALL    runtime·newstack(SB)
    CALL    runtime·abort(SB)               // newstack does not return
    RET

// For a function that is no closure: what DX holds then is nobody's, and must not look like a pointer.
TEXT runtime·morestack_noctxt(SB), NOSPLIT, $0-0
    MOVL    $0, DX
    JMP     runtime·morestack(SB)

// The end of a process that cannot even throw: a trap, and a loop for a debugger that steps over it.
TEXT runtime·abort(SB), NOSPLIT, $0-0
    INT     $3
loop:
    JMP     loop
