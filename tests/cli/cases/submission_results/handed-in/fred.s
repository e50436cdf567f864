TEXT main·work(SB), $0-0
RET
TEXT main·main(SB), $0-0
 RET
