// Frames, stack checks up to 128 bytes, pushes and FP, SP under them, conditionals and macros.
// Larger frames are in frame_test.cpp.
#include "textflag.h"
#include "funcdata.h"

#define NAMED 8
#define STORE(value, at) MOVQ value, at
#define TWICE(x) \
	STORE(x, 0(SP)) \
	STORE(x, 8(SP))
#define CHAIN(a, b) MOVQ a, AX; MOVQ b, BX
#define EMPTY

TEXT ·leaf(SB), $0-0
	RET

TEXT ·leaf_with_frame(SB), $16-0
	MOVQ	$1, x-8(SP)
	MOVQ	AX, y-16(SP)
	MOVQ	a+0(FP), BX
	RET

TEXT ·caller(SB), $0-8
	NO_LOCAL_POINTERS
	MOVQ	a+0(FP), AX
	CALL	·leaf(SB)
	RET

TEXT ·caller_with_frame(SB), $24-8
	MOVQ	a+0(FP), AX
	CALL	·leaf(SB)
	JNE	more
	RET
more:
	MOVQ	x-8(SP), AX
	RET

TEXT ·caller_nosplit(SB), NOSPLIT, $0
	CALL	·leaf(SB)
	RET

TEXT ·nosplit_with_frame(SB), NOSPLIT, $8-16
	CALL	·leaf(SB)
	MOVQ	AX, r+8(FP)
	RET

TEXT ·noframe(SB), NOSPLIT|NOFRAME, $0
	CALL	·leaf(SB)
	RET

TEXT ·frame_112(SB), $112
	CALL	·leaf(SB)
	RET

TEXT ·frame_120(SB), $120
	CALL	·leaf(SB)
	RET

TEXT ·nosplit_120(SB), NOSPLIT, $120-8
	MOVQ	a+0(FP), AX
	RET

TEXT ·nosplit_128(SB), NOSPLIT, $128-8
	MOVQ	a+0(FP), AX
	MOVQ	b-128(SP), AX
	RET

TEXT ·leaf_104(SB), $104
	RET

TEXT ·leaf_112(SB), $112
	RET

TEXT ·leaf_120(SB), $120
	RET

TEXT ·needctxt(SB), NEEDCTXT, $16
	CALL	·leaf(SB)
	RET

TEXT ·panics(SB), $16
	JNE	ok
	CALL	runtime·panicdivide(SB)
ok:
	RET

TEXT ·pushes(SB), NOSPLIT, $16-16
	PUSHQ	AX
	MOVQ	a+0(FP), AX
	PUSHQ	b+8(FP)
	MOVQ	x-8(SP), BX
	POPQ	y-16(SP)
	ADJSP	$32
	MOVQ	a+0(FP), AX
	ADJSP	$-32
	POPQ	AX
	MOVQ	a+0(FP), AX
	RET
	MOVQ	a+0(FP), AX
	RET

TEXT ·subtractions_are_not_tracked(SB), NOSPLIT, $8-8
	SUBQ	$16, SP
	MOVQ	a+0(FP), AX
	ADDQ	$16, SP
	RET

TEXT ·tail_call(SB), NOSPLIT, $16
	RET	·leaf(SB)

TEXT ·expressions(SB), NOSPLIT, $16-NAMED
	MOVQ	NAMED(AX), BX
	MOVQ	(NAMED+8)(AX), BX
	MOVQ	-NAMED(AX), BX
	MOVQ	NAMED*2+1(AX)(CX*NAMED), BX
	MOVQ	$(1<<NAMED|3), AX
	MOVQ	$(7&~2), AX
	MOVQ	$'x', AX
	MOVQ	a+NAMED(FP), AX
	ADDQ	$-NAMED, AX
	STORE($1, x-8(SP))
	STORE(AX, NAMED(SP))
	TWICE(CX)
	CHAIN(8(SP), (AX)(BX*8))
	EMPTY
	RET

#ifdef NAMED
TEXT ·chosen(SB), NOSPLIT, $0
	MOVL	$1, AX
#ifndef NAMED
	MOVL	$2, AX
#else
	MOVL	$3, AX
#endif
#undef NAMED
#ifdef NAMED
	MOVL	$4, AX
#endif
	RET
#else
TEXT ·not_chosen(SB), NOSPLIT, $0
	UNDEF
#endif

TEXT ·counted_jumps(SB), NOSPLIT, $8
	JMP	2(PC)
	MOVQ	$1, AX
	JNE	3(PC)
	NOP
	PCDATA	$0, $0
	MOVQ	TLS, CX
	MOVQ	0(CX)(TLS*1), AX
	JEQ	-2(PC)
	BYTE	$0x90; BYTE $0x90
	LOCK; INCL (AX)
	JMP	-3(PC)
	RET

TEXT local<>(SB), NOSPLIT, $0
	RET

TEXT ·calls_local(SB), NOSPLIT, $0
	CALL	local<>(SB)
	JMP	local<>(SB)
