// What Go's assembler adds to a TEXT: the stack check, the frame, the saved BP, the epilogue at each RET.
//
// The rules are those of Go's x86 back end; the stack check of Go 1.16, for instance:
//
//     MOVQ (TLS), CX; CMPQ SP, 16(CX); JLS tail      frames up to 128 bytes
//     SUBQ $24, SP; MOVQ BP, 16(SP); LEAQ 16(SP), BP
//     ...
//     MOVQ 16(SP), BP; ADDQ $24, SP; RET
//   tail:
//     CALL runtime.morestack_noctxt(SB); JMP to the stack check
#pragma once

#include "asm/assembler.h"
#include "asm/diagnostics.h"
#include "asm/syntax.h"

namespace plan9 {

/// Resolves the function's labels, then adds to its body. Afterwards every instruction knows how far
/// SP is below its value at entry, and a jump inside the function knows its target.
void add_frame(Function& function, const StackCheck& check, Diagnostics& diagnostics);

}  // namespace plan9
