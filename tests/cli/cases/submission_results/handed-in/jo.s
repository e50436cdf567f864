TEXT main·work(SB), $0-0
MOVQ $0, AX
MOVQ (AX), AX
RET
