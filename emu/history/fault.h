// What a fault was, as the detail of its stop says it: the text is made here and read here, and nowhere else.
//
// A real process would get a signal, and what Go makes of it depends on which one, and on the address
// (signal_unix.go, sigpanic).
#pragma once

#include <cstdint>
#include <optional>

#include "asm/text/language.h"

namespace gogoscope::fault {

/// Of a division, by zero or with a quotient that has no room.
inline constexpr TextView kDivide{"divide error", "除法错误"};
inline constexpr TextView kTrap{"breakpoint trap (INT $3)", "断点陷阱（INT $3）"};
inline constexpr TextView kInvalidOpcode{"invalid opcode (UD2)", "无效操作码（UD2）"};

/// Of LDMXCSR.
inline constexpr TextView kReservedMxcsr{"general protection: reserved bits of MXCSR are set",
                                         "一般保护错误：设置了 MXCSR 的保留位"};

// What an access could not do.
inline constexpr TextView kReadUnmapped{"read of unmapped memory", "读取未映射的内存"};
inline constexpr TextView kWriteUnmapped{"write to unmapped memory", "写入未映射的内存"};
inline constexpr TextView kJumpUnmapped{"jump to unmapped memory", "跳到未映射的内存"};
inline constexpr TextView kReadUnreadable{"read of unreadable memory", "读取不可读的内存"};
inline constexpr TextView kWriteReadOnly{"write to read-only memory", "写入只读的内存"};
inline constexpr TextView kJumpNotExecutable{"jump to memory that is not executable", "跳到不可执行的内存"};

/// A general protection fault: MOVAPS, or an operand of PADDD, say. The signal of it has no address.
inline constexpr TextView kUnaligned{"access to 16 bytes that are not aligned", "访问未对齐的 16 字节"};

/// Addresses below are those of nil and of fields of what is nil.
inline constexpr std::uint64_t kEndOfNil = 0x1000;

/// "read of unmapped memory at 0x8 (nil pointer)".
Text at(TextView what, std::uint64_t address);

/// The address in such a text; none in that of any other fault.
std::optional<std::uint64_t> address_of(const Text& detail);

}  // namespace gogoscope::fault
