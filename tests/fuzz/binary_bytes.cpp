// The answer of the process that reads a program is a Binary that keeps its promises, or a sentence.
#include "emu/elf/binary_bytes.h"

#include "tests/elf/small_binary.h"
#include "tests/fuzz/claim.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  const auto read = binary_from_bytes(as_text(data, size));
  if (const auto* const why = std::get_if<Message>(&read)) {
    claim_message(*why);
    return 0;
  }
  tests::use(std::get<Binary>(read));
  const std::string bytes = binary_bytes(read);
  const auto again = binary_from_bytes(bytes);
  claim(again.index() == 0, "what is written can be read");
  claim(binary_bytes(again) == bytes, "and is the same program");
  return 0;
}
