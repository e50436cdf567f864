#include "tests/linux/bare_process.h"

#include <array>

namespace gogoscope {

BareProcess& BareProcess::bytes(std::initializer_list<unsigned> code) {
  for (const unsigned byte : code) text_.push_back(static_cast<std::byte>(byte));
  return *this;
}

BareProcess& BareProcess::set(Reg reg, std::uint64_t value) {
  const auto n = static_cast<unsigned>(reg);
  bytes({n < 8 ? 0x48U : 0x49U, 0xb8U + n % 8});
  for (unsigned i = 0; i < 8; ++i) bytes({static_cast<unsigned>(value >> (8 * i) & 0xff)});
  return *this;
}

BareProcess& BareProcess::call(std::uint64_t number, std::initializer_list<std::uint64_t> arguments) {
  constexpr std::array kArguments = {Reg::rdi, Reg::rsi, Reg::rdx, Reg::r10, Reg::r8, Reg::r9};
  std::size_t n = 0;
  for (const std::uint64_t argument : arguments) set(kArguments.at(n++), argument);
  return set(Reg::rax, number).bytes({0x0f, 0x05});
}

BareProcess& BareProcess::append(const BareProcess& other) {
  text_.insert(text_.end(), other.text_.begin(), other.text_.end());
  return *this;
}

const Image& BareProcess::run(std::uint64_t steps) {
  Binary binary;
  binary.entry = CodeAddr(kText);
  bytes({0xcc});
  binary.segments.push_back({Addr(kText), text_.size(), text_, true, false, true});
  binary.segments.push_back({Addr(kData), 4096, {}, true, true, false});
  ProcessOptions options;
  options.name = "bare";
  options.arguments = {"/bare"};
  program_ = std::get<Program>(make_process(binary, options));
  trace_ = std::make_unique<Trace>(program_.guest);
  machine_ = std::make_unique<Machine>(program_.guest, program_.slots, *trace_);
  machine_->run(steps);
  cursor_ = std::make_unique<Cursor>(*trace_);
  cursor_->seek(trace_->steps());
  return cursor_->state();
}

}  // namespace gogoscope
