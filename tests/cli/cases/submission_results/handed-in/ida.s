TEXT main·other(SB), $0-0
RET
