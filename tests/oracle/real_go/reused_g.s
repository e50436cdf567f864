TEXT main·main(SB), $16-0
    GO   main·first(SB)
    CALL runtime·Gosched(SB)
    GO   main·second(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·first(SB), NOSPLIT, $0-0
    RET

TEXT main·second(SB), NOSPLIT, $0-0
    RET
