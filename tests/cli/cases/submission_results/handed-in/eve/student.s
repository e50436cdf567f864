#include "ex.yaml"
TEXT main·work(SB), $0-0
RET
