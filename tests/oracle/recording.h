// A recording of a real Go process, as tests/oracle/data holds it.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/oracle/landmarks.h"
#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

using Json = nlohmann::json;

/// data/NAME.json.
Json load_recording(const std::string& name);

/// The moments that real_go/record.py has written.
Moments read_moments(const Json& recording);

/// The landmarks that a recording lists: structs and code, then what `origin` calls the bytes around it, then
/// stacks.
Landmarks landmarks(const Json& recording, const Origin& origin);

/// A number of the file: 8, or "0xc000000db8".
std::uint64_t number(const Json& value);
/// The number under a key; 0 where the key is absent, as the files leave zero fields out.
std::uint64_t number(const Json& object, const std::string& key);

}  // namespace gogoscope::oracle
