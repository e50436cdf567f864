#include "macros.s"
TEXT main·work(SB), $0-0
    MOVQ TEN, CX
next:
    ADDQ CX, main·sum(SB)
    DECQ CX
    JNE  next
    CALL runtime·Gosched(SB)
    RET
