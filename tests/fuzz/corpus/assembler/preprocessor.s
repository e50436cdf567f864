#include "own.h"
#include "textflag.h"
#define ADD(a, b) ADDQ a, b; \
    ADDQ b, a
#define TWO ADD(AX, BX)
#ifdef TWO
TEXT main·f(SB), NOSPLIT, $SIZE-8
    TWO
    MOVQ $TWICE(4), AX
#else
#error
#endif
#ifndef SIZE
#endif
#undef TWO
    RET
