TEXT main·work(SB), $0-0
  MOVQQ AX
