// A Go program of which some bytes are others is read, or refused with a sentence. The input says which
// bytes:
//
//   place, 4 bytes, as a part of 2^32 of the file | what is XORed into the byte there, 1 byte | ...
#include <cstring>
#include <fstream>
#include <iterator>

#include "emu/elf/binary.h"
#include "tests/elf/small_binary.h"
#include "tests/fuzz/claim.h"

namespace {

/// The program; empty where there was no go to build it with.
const std::string& whole() {
  static const std::string kBytes = [] {
    std::ifstream in(GOGOSCOPE_FUZZ_PROGRAM, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }();
  return kBytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  constexpr std::size_t kEdit = 5, kMostEdits = 64;
  std::string bytes = whole();
  if (bytes.empty()) return 0;
  for (std::size_t i = 0; i + kEdit <= size && i < kEdit * kMostEdits; i += kEdit) {
    std::uint32_t place = 0;
    std::memcpy(&place, data + i, sizeof place);
    bytes[static_cast<std::size_t>((std::uint64_t{place} * bytes.size()) >> 32)] ^=
        static_cast<char>(data[i + 4]);
  }
  const auto read = read_binary_here(bytes);
  if (const auto* const why = std::get_if<Message>(&read)) {
    claim_message(*why);
  } else {
    tests::use(std::get<Binary>(read));
  }
  return 0;
}
