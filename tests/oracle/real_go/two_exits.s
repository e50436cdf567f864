TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·worker(SB), NOSPLIT, $0-0
    RET
