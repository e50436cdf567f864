#include "self.s"
#include "self.s"
#include "self.s"
TEXT f(SB), NOSPLIT, $0
 RET
