TEXT main·main(SB), $16-0
    GO   main·ping(SB)
    GO   main·pong(SB)
    CALL runtime·Gosched(SB)
    CALL runtime·Gosched(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·ping(SB), $0-0
    CALL runtime·Gosched(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·pong(SB), $0-0
    CALL runtime·Gosched(SB)
    CALL runtime·Gosched(SB)
    RET
