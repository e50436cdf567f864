// Jumps at the border between their short and their long form. Made by make_jumps.py.
TEXT ·fits_JMP(SB), 4, $0
	JMP	end
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
end:
	RET
TEXT ·fits_JNE(SB), 4, $0
	JNE	end
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
end:
	RET
TEXT ·too_far_JMP(SB), 4, $0
	JMP	end
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
end:
	RET
TEXT ·too_far_JNE(SB), 4, $0
	JNE	end
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
end:
	RET
TEXT ·back_fits_JMP(SB), 4, $0
start:
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	JMP	start
	RET
TEXT ·back_fits_JNE(SB), 4, $0
start:
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	JNE	start
	RET
TEXT ·back_too_far_JMP(SB), 4, $0
start:
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
	JMP	start
	RET
TEXT ·back_too_far_JNE(SB), 4, $0
start:
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
	JNE	start
	RET
TEXT ·nested0(SB), 4, $0
l0:
	JHI	l2
	JMP	l3
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	BYTE	$0
l1:
	JMP	l2
	JEQ	l0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
l2:
	JMP	l0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	BYTE	$0
l3:
	JEQ	l4
	JMP	l3
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
l4:
	JHI	l6
	JEQ	l3
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
l5:
	JHI	l6
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
l6:
	RET
TEXT ·nested1(SB), 4, $0
l0:
	JMP	l0
	JMP	l1
	BYTE	$0
l1:
	JMP	l0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
l2:
	JEQ	l4
	JHI	l1
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
l3:
	JMP	l4
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
l4:
	JHI	l3
	QUAD	$0
	QUAD	$0
	QUAD	$0
	LONG	$0
	WORD	$0
	BYTE	$0
l5:
	JMP	l6
	BYTE	$0
l6:
	JHI	l9
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
	QUAD	$0
