
TEXT main·work(SB), $0-0
    MOVQ $9, CX
next:
    ADDQ CX, main·sum(SB)
    DECQ CX
    JNE  next
    CALL runtime·Gosched(SB)
    RET
