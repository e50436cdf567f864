#include "tests/oracle/recording.h"

#include <fstream>
#include <stdexcept>

namespace gogoscope::oracle {

Json load_recording(const std::string& name) {
  std::ifstream file(std::string(GOGOSCOPE_TESTS) + "/data/" + name + ".json");
  if (!file) throw std::runtime_error("no recording " + name);
  return Json::parse(file);
}

Moments read_moments(const Json& recording) {
  Moments moments;
  for (const Json& moment : recording.at("moments")) {
    moments.push_back({moment.at("what"), moment.at("numbers").get<std::map<std::string, std::string>>()});
  }
  return moments;
}

Landmarks landmarks(const Json& recording, const Origin& origin) {
  Landmarks l;
  for (const Json& landmark : recording.at("landmarks")) {
    l.add(landmark.at("name"), number(landmark.at("at")), number(landmark.at("size")));
  }
  l.add_origin(origin);
  for (const Json& stack : recording.at("stacks")) {
    l.add_stack(stack.at("name"), number(stack.at("lo")), number(stack.at("hi")));
  }
  return l;
}

std::uint64_t number(const Json& value) {
  return value.is_string() ? std::stoull(value.get<std::string>(), nullptr, 16) : value.get<std::uint64_t>();
}

std::uint64_t number(const Json& object, const std::string& key) {
  return object.contains(key) ? number(object.at(key)) : 0;
}

}  // namespace gogoscope::oracle
