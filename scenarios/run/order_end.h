// How an order ends, in words: what `explore` says of it, and what its JSON has.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/message.h"
#include "emu/explore/explorer.h"
#include "scenarios/run/runner.h"

namespace gogoscope {

/// The end of a run that has been executed.
OrderEnd end_of(const ScenarioRun& run);

/// "exits with code 0", "breaks g-in-one-queue".
Message end_sentence(const OrderEnd& end);
/// "exit", "invariant".
std::string_view end_verdict(const OrderEnd& end);
/// "code 0", in English.
std::string end_detail(const OrderEnd& end);

}  // namespace gogoscope
