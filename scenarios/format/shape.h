// The form of every part of a scenario file, as data: which keys there are, and what may be under each. The
// reader takes its keys, words and bounds from here, and `gogoscope schema` writes all of it for editors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

struct Shape;

struct ShapeKey {
  std::string_view name;
  const Shape* shape = nullptr;
  TextView about;
  bool required = false;
  std::string_view needs = {};  ///< the key beside it without which it may not be; empty: none
};

struct Shape {
  enum class Kind : std::uint8_t {
    text,     ///< any scalar; `least` 1: not an empty one
    number,   ///< a whole number from `least` to `most`
    boolean,  ///< true or false
    word,     ///< one of `words`
    form,     ///< a scalar that the regular expression `pattern` matches
    list,     ///< of `items`
    map,      ///< of `keys`
    one_of,   ///< a map with exactly one of `keys`
    either,   ///< one of `shapes`
  };
  Kind kind = Kind::text;
  std::uint64_t least = 0,
                most = 0;  ///< of a number; of a list or map, how many things it must have
  std::vector<std::string_view> words;
  std::string_view pattern;
  const Shape* items = nullptr;
  std::vector<ShapeKey> keys;
  std::vector<ShapeKey> beside;   ///< of a one_of: keys that may be there as well
  const Shape* others = nullptr;  ///< of a map: what is under keys besides those; null: there are none
  std::vector<const Shape*> shapes;
  std::vector<std::string_view>
      one_needed;  ///< of a map: exactly one of these keys must be there; empty: none

  std::vector<std::string_view> key_names() const;
};

/// Each is named after what the file calls the part.
struct Shapes {
  Shapes();
  Shapes(const Shapes&) = delete;
  Shapes& operator=(const Shapes&) = delete;

  Shape clock, text, any_text, boolean, texts, place, code, release;
  Shape procs, budget, heap, build, goos, goarch;
  Shape schedule, round_robin, turn, turns, schedule_map, schedule_words, seed, quantum;
  Shape range, some_procs, some_seed, some_quantum, some_budget, some_schedule_map, some_schedule;
  Shape matrix_procs, matrix_schedule, matrix_build, matrix_sysmon, matrix_heap, matrix_budget, matrix;
  Shape goroutines;
  Shape change, listings, poke, set, duration, tick, ticks;
  Shape points, texts_of_expect, expected_texts, group;
  Shape op, event, events, handoffs, within, output, expectation, expectation_list, expect, at_entry, at,
      whenever_entry, whenever, then, breaks, reason, stop, finally;
  Shape files, include, submission;
  Shape arguments, environment, input_file, input, program_files, program_map, program;
  Shape option_text, option, options, asked_values, asked_event, asked_events;
  Shape which_question, value_question, changes_question, order_question, question, ask, look, picture,
      stop_of_lesson, stops, lesson;
  Shape scenario, included;

 private:
  std::vector<Shape> event_fields_;  ///< by type of event
};

const Shapes& shapes();

}  // namespace gogoscope
