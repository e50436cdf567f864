#include "emu/guest/inlined_calls.h"

#include <algorithm>

namespace gogoscope {
namespace {

/// Inside out, a body is behind the one around it.
bool before(const InlinedCall& a, const InlinedCall& b) {
  return a.from != b.from ? a.from < b.from : a.to > b.to;
}

}  // namespace

void InlinedCalls::sort() { std::stable_sort(calls.begin(), calls.end(), before); }

std::vector<const InlinedCall*> InlinedCalls::at(CodeAddr pc, CodeAddr entry) const {
  std::vector<const InlinedCall*> out;
  auto call = std::upper_bound(calls.begin(), calls.end(), pc,
                               [](CodeAddr p, const InlinedCall& c) { return p < c.from; });
  while (call != calls.begin() && (--call)->from >= entry) {
    if (pc < call->to) out.push_back(&*call);
  }
  return out;
}

bool InlinedCalls::sound(std::size_t sources) const {
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const InlinedCall& call = calls[i];
    if (call.from >= call.to || call.name >= names.size() || call.file >= sources) return false;
    if (i > 0 && before(call, calls[i - 1])) return false;
  }
  return true;
}

}  // namespace gogoscope
