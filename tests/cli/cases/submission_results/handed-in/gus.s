TEXT main·work(SB), $0-0
l:
JMP l
