// Joins the results of shards: what comes out is what one run would have given.
#pragma once

#include <span>
#include <string>
#include <variant>

#include "asm/text/message.h"
#include "scenarios/results/result.h"

namespace gogoscope {

struct NamedResults {
  std::string file;
  SuiteResult results;
};

/// Or why they do not belong together: a scenario is in two of them, a shard is missing.
std::variant<SuiteResult, Message> merged(std::span<const NamedResults> parts);

}  // namespace gogoscope
