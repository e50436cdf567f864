// Every mistake in a scenario file is reported at its place, in these words; and the text with only that
// mistake repaired is accepted.
#include "scenarios/format/reader.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "asm/text/input_file.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::kSample;
using testing::problems_of;
using testing::replaced;
using testing::sample_with;

struct Mistake {
  const char* claim;
  std::string broken;
  std::string expected;
  std::string repaired;
};

/// A mistake in a section put after the sample, which has ten lines.
Mistake in_section(const char* claim, std::string broken, std::string expected, std::string repaired) {
  return {claim, sample_with(broken), std::move(expected), sample_with(repaired)};
}

/// A mistake in the sample itself.
Mistake in_sample(const char* claim, std::string_view right, std::string_view wrong, std::string expected) {
  return {claim, replaced(std::string(kSample), right, wrong), std::move(expected), std::string(kSample)};
}

std::vector<Mistake> mistakes() {
  return {
      in_sample("unknown_key_names_the_nearest", "about:", "abuot:",
                "sample.yaml:1:1: error: the key 'about' is missing\n"
                "title: {en: A sample, zh: 样例}\n^\n"
                "sample.yaml:2:1: error: unknown key 'abuot' in a scenario; did you mean about?\n"
                "abuot: {en: About it, zh: 关于它}\n^~~~~\n"),
      in_section("duplicate_key_is_an_error", "go: \"1.16\"\n",
                 "sample.yaml:11:1: error: the key 'go' occurs twice here\ngo: \"1.16\"\n^~\n", ""),
      in_sample("both_languages_are_needed", ", zh: 关于它", "",
                "sample.yaml:2:8: error: about has no 'zh': texts come in both languages\n"
                "about: {en: About it}\n       ^\n"),
      in_sample("empty_text_is_an_error", "en: A sample", "en: ''",
                "sample.yaml:1:13: error: title.en is empty\ntitle: {en: '', zh: 样例}\n            ^~\n"),
      in_sample("other_releases_are_not_supported", "1.16", "1.17",
                "sample.yaml:3:5: error: go is '1.17', but there are lessons for Go 1.16 only\n"
                "go: \"1.17\"\n    ^~~~~~\n"),
      in_section("procs_are_bounded", "procs: 33\n",
                 "sample.yaml:11:8: error: procs must be a whole number from 1 to 32\nprocs: 33\n       ^~\n",
                 "procs: 1\n"),
      in_section("race_is_true_or_false", "build: {race: maybe}\n",
                 "sample.yaml:11:15: error: race must be true or false\nbuild: {race: maybe}\n"
                 "              ^~~~~\n",
                 "build: {race: true}\n"),
      in_section("goos_is_one_we_know", "build: {goos: windows}\n",
                 "sample.yaml:11:15: error: goos must be one of linux, plan9\nbuild: {goos: windows}\n"
                 "              ^~~~~~~\n",
                 "build: {goos: plan9}\n"),
      in_section("goarch_is_one_we_know", "build: {goarch: arm64}\n",
                 "sample.yaml:11:17: error: goarch must be one of amd64, wasm\nbuild: {goarch: arm64}\n"
                 "                ^~~~~\n",
                 "build: {goarch: wasm}\n"),
      in_section("sysmon_is_true_or_false", "sysmon: on\n",
                 "sample.yaml:11:9: error: sysmon must be true or false\nsysmon: on\n        ^~\n",
                 "sysmon: false\n"),
      in_section("heap_has_a_unit", "heap: 64\n",
                 "sample.yaml:11:7: error: heap must be a size from 1MB to 1024MB in steps of 8KB, such as "
                 "64MB\nheap: 64\n      ^~\n",
                 "heap: 64MB\n"),
      in_section("heap_is_bounded", "heap: 2GB\n", "", "heap: 1032KB\n"),
      in_section("heap_has_whole_pages", "heap: 1025KB\n", "", "heap: 1032 KB\n"),
      in_section("schedule_has_known_words", "schedule: {robin: 4}\n",
                 "sample.yaml:11:12: error: unknown key 'robin' in schedule; known: list, round-robin, seed, "
                 "quantum\nschedule: {robin: 4}\n           ^~~~~\n",
                 "schedule: {round-robin: {quantum: 4}}\n"),
      in_section("quantum_is_positive", "schedule: {seed: 4, quantum: 0}\n",
                 "sample.yaml:11:30: error: quantum must be a whole number from 1 to 1000000\n"
                 "schedule: {seed: 4, quantum: 0}\n                             ^\n",
                 "schedule: {seed: 4, quantum: 1}\n"),
      in_section("turns_go_by_one_rule", "schedule: {round-robin: {quantum: 4}, seed: 1}\n",
                 "sample.yaml:11:45: error: turns follow 'round-robin' or 'seed', not both\n"
                 "schedule: {round-robin: {quantum: 4}, seed: 1}\n"
                 "                                            ^\n",
                 "schedule: {list: [m0, m1*4], seed: 1}\n"),
      in_section("a_turn_names_a_thread", "schedule: [m0*5, m1024*3]\n",
                 "sample.yaml:11:18: error: a turn is written m1*3: a thread from m0 to m1023, and how many "
                 "steps\nschedule: [m0*5, m1024*3]\n                 ^~~~~~~\n",
                 "schedule: [m0*5, m1023*3]\n"),
      in_section(
          "schedule_in_plain_words_is_held_to_its_form", "schedule: round-robin 4\n",
          "sample.yaml:11:11: error: schedule must be round-robin, {round-robin: {quantum: 20}}, {seed: "
          "7, quantum: 20} or a list such as [m0*5, m1*3]\nschedule: round-robin 4\n"
          "          ^~~~~~~~~~~~~\n",
          "schedule: round-robin\n"),
      in_section("seed_in_plain_words_is_a_number", "schedule: seed x\n", "", "schedule: seed 5\n"),
      in_section("list_in_plain_words_has_turns", "schedule: list [m0*5,]\n", "",
                 "schedule: list [m0*5, m1]\n"),
      in_section(
          "clock_has_one_word", "clock: exploring\n",
          "sample.yaml:11:8: error: the only clock that can be chosen is `explored`: steps take no time; "
          "did you mean explored?\nclock: exploring\n       ^~~~~~~~~\n",
          "clock: explored\n"),
      in_section(
          "a_deadline_passes_where_steps_take_no_time", "schedule: [m0*5, expire m1*3]\n",
          "sample.yaml:11:18: error: a deadline passes in a turn only where steps take no time: add `clock: "
          "explored`\nschedule: [m0*5, expire m1*3]\n                 ^~~~~~~~~~~\n",
          "schedule: [m0*5, expire m1*3]\nclock: explored\n"),
      in_section("tick_needs_a_clock", "ticks:\n  - {at: runtime.goexit0}\n",
                 "sample.yaml:12:5: error: this entry has no 'clock'\n  - {at: runtime.goexit0}\n    ^\n",
                 "ticks:\n  - {at: runtime.goexit0, clock: 20us}\n"),
      in_section("tick_is_a_time", "ticks:\n  - {at: runtime.goexit0, clock: 20min}\n",
                 "sample.yaml:12:34: error: clock must be a time from 1ns to one hour, such as 20us or 10ms\n"
                 "  - {at: runtime.goexit0, clock: 20min}\n                                 ^~~~~\n",
                 "ticks:\n  - {at: runtime.goexit0, clock: 10ms}\n"),
      in_section("tick_comes_to_a_place", "ticks:\n  - {at: runtime.gogoo, clock: 5}\n", "",
                 "ticks:\n  - {at: runtime.gogo, clock: 5}\n"),
      in_section("listings_are_a_list", "listings: {}\n",
                 "sample.yaml:11:11: error: listings must be a list, not a mapping\nlistings: {}\n"
                 "          ^\n",
                 ""),
      in_section("broken_invariant_is_one_of_the_table", "breaks: {invariant: sp-in-tls}\n",
                 "sample.yaml:11:21: error: there is no invariant 'sp-in-tls'; did you mean sp-in-tls-g?\n"
                 "breaks: {invariant: sp-in-tls}\n                    ^~~~~~~~~\n",
                 "breaks: {invariant: sp-in-tls-g}\n"),
      in_section(
          "budget_is_bounded", "budget: 0\n",
          "sample.yaml:11:9: error: budget must be a whole number from 1 to 50000000\nbudget: 0\n        ^\n",
          "budget: 100000\n"),
      in_section("unknown_event_names_the_nearest", "events:\n  - statsu: {g: g2}\n",
                 "sample.yaml:12:5: error: unknown event 'statsu'; did you mean status?\n"
                 "  - statsu: {g: g2}\n    ^~~~~~\n",
                 "events:\n  - status: {g: g2}\n"),
      in_section("unknown_status_is_an_error", "events:\n  - status: {g: g2, to: deadd}\n",
                 "sample.yaml:12:25: error: to must be a status of a g, such as running or dead; did you "
                 "mean dead?\n"
                 "  - status: {g: g2, to: deadd}\n                        ^~~~~\n",
                 "events:\n  - status: {g: g2, to: _Gdead}\n"),
      in_section("place_of_an_unknown_function", "at:\n  - place: runtime.gogoo\n    expect: [rsp > 0]\n", "",
                 "at:\n  - place: runtime.gogo\n    expect: [rsp > 0]\n"),
      in_section(
          "assignment_is_no_comparison",
          "finally: {exit: 0}\nat:\n  - place: runtime.gogo\n    expect: [rsp = 4]\n",
          "sample.yaml:14:18: error: a comparison is written ==\n    expect: [rsp = 4]\n                 ^\n",
          "finally: {exit: 0}\nat:\n  - place: runtime.gogo\n    expect: [rsp == 4]\n"),
      in_section("unknown_register_names_the_nearest",
                 "at:\n  - place: runtime.gogo\n    expect: [raxx == 4]\n",
                 "sample.yaml:13:14: error: unknown name 'raxx'; did you mean rax?\n"
                 "    expect: [raxx == 4]\n             ^~~~\n",
                 "at:\n  - place: runtime.gogo\n    expect: [rax == 4]\n"),
      in_section("goroutines_are_started_by_functions", "goroutines: {worker: main.worker+4}\n",
                 "sample.yaml:11:22: error: worker must be the function that a go statement starts, such as "
                 "main.worker#2\ngoroutines: {worker: main.worker+4}\n                     ^~~~~~~~~~~~~\n",
                 "goroutines: {worker: main.worker#1}\n"),
      in_section("goroutine_of_an_unknown_function", "goroutines: {worker: main.wroker}\n",
                 "sample.yaml:11:22: error: there is no function main.wroker; did you mean main.worker?\n"
                 "goroutines: {worker: main.wroker}\n                     ^~~~~~~~~~~\n",
                 "goroutines: {worker: main.worker}\n"),
      in_section("goroutine_is_not_called_what_means_something_else", "goroutines: {dead: main.worker}\n",
                 "sample.yaml:11:14: error: 'dead' already means something in an expectation: choose another "
                 "name\ngoroutines: {dead: main.worker}\n             ^~~~\n",
                 "goroutines: {undead: main.worker}\n"),
      in_section("goroutine_is_an_identifier", "goroutines: {my worker: main.worker}\n", "",
                 "goroutines: {my_worker: main.worker}\n"),
      in_section("unknown_goroutine_names_the_nearest",
                 "goroutines: {worker: main.worker}\nevents:\n  - status: {g: wroker, to: dead}\n",
                 "sample.yaml:13:17: error: g must be a g, such as g2, g0 or nil; did you mean worker?\n"
                 "  - status: {g: wroker, to: dead}\n                ^~~~~~\n",
                 "goroutines: {worker: main.worker}\nevents:\n  - status: {g: worker, to: dead}\n"),
      in_section("unknown_goroutine_in_an_expectation_names_the_nearest",
                 "goroutines: {worker: main.worker}\nfinally: {tls: wroker}\n",
                 "sample.yaml:12:16: error: unknown name 'wroker'; did you mean worker?\n"
                 "finally: {tls: wroker}\n               ^~~~~~\n",
                 "goroutines: {worker: main.worker}\nfinally: {tls: worker}\n"),
      in_section("field_of_a_goroutine_is_held_to_the_layout",
                 "goroutines: {worker: main.worker}\nfinally: {worker.atomicstats: dead}\n",
                 "sample.yaml:12:11: error: worker has no field 'atomicstats'; did you mean atomicstatus?\n"
                 "finally: {worker.atomicstats: dead}\n          ^~~~~~~~~~~~~~~~~~\n",
                 "goroutines: {worker: main.worker}\nfinally: {worker.atomicstatus: dead}\n"),
      in_section("always_is_held_to_the_layout", "always:\n  - p0.runqtial == 0\n",
                 "sample.yaml:12:5: error: p0 has no field 'runqtial'; did you mean runqtail?\n"
                 "  - p0.runqtial == 0\n    ^~~~~~~~~~~\n",
                 "always:\n  - p0.runqtail == 0\n"),
      in_section("always_names_symbols_that_there_are", "always: ['[main.n] == 0']\n", "",
                 "always: ['[main.main] != 0']\n"),
      in_section("always_is_not_empty", "always: []\n",
                 "sample.yaml:11:9: error: always is empty\nalways: []\n        ^\n", "always: [rsp > 0]\n"),
      in_section("never_has_events_that_there_are", "never:\n  - thraed: {what: ends}\n",
                 "sample.yaml:12:5: error: unknown event 'thraed'; did you mean thread?\n"
                 "  - thraed: {what: ends}\n    ^~~~~~\n",
                 "never:\n  - thread: {what: ends}\n"),
      in_section("never_is_a_list", "never: {thread: {what: ends}}\n",
                 "sample.yaml:11:8: error: never must be a list, not a mapping\n"
                 "never: {thread: {what: ends}}\n       ^\n",
                 "never: [{thread: {what: ends}}]\n"),
      in_section(
          "whenever_has_an_event_that_there_is", "whenever:\n  - {statu: {}, expect: [tls == g1]}\n",
          "sample.yaml:12:5: error: this entry has no event and no 'place'\n"
          "  - {statu: {}, expect: [tls == g1]}\n    ^\n"
          "sample.yaml:12:6: error: unknown key 'statu' in an entry of whenever; did you mean status?\n"
          "  - {statu: {}, expect: [tls == g1]}\n     ^~~~~\n",
          "whenever:\n  - {status: {}, expect: [tls == g1]}\n"),
      in_section(
          "whenever_is_about_one_thing",
          "whenever:\n  - {exit: {}, place: runtime.gogo, expect: [tls == g1]}\n",
          "sample.yaml:12:16: error: this entry has 'exit' already: it is about one event or one place\n"
          "  - {exit: {}, place: runtime.gogo, expect: [tls == g1]}\n               ^~~~~\n",
          "whenever:\n  - {exit: {}, expect: [tls == g1]}\n"),
      in_section("whenever_expects_something", "whenever:\n  - exit: {}\n",
                 "sample.yaml:12:5: error: this entry has no 'expect'\n  - exit: {}\n    ^\n",
                 "whenever:\n  - exit: {}\n    expect: [tls == g1]\n"),
      in_section("whenever_is_every_time", "whenever:\n  - {place: runtime.gogo#2, expect: [tls == g1]}\n",
                 "sample.yaml:12:13: error: whenever means every time: write the place without #2\n"
                 "  - {place: runtime.gogo#2, expect: [tls == g1]}\n            ^~~~~~~~~~~~~~\n",
                 "whenever:\n  - {place: runtime.gogo, expect: [tls == g1]}\n"),
      in_section("whenever_comes_to_a_place_that_there_is",
                 "whenever:\n  - {place: runtime.gogoo, expect: [tls == g1]}\n", "",
                 "whenever:\n  - {place: runtime.gogo, expect: [tls == g1]}\n"),
      in_section("values_of_an_event_are_those_that_it_has",
                 "whenever:\n  - {exit: {}, expect: [event.cod == 1]}\n",
                 "sample.yaml:12:25: error: these events have no 'cod'; did you mean code?\n"
                 "  - {exit: {}, expect: [event.cod == 1]}\n                        ^~~~~~~~~\n",
                 "whenever:\n  - {exit: {}, expect: [event.code == 1]}\n"),
      in_section(
          "values_of_an_event_are_held_to_the_layout",
          "whenever:\n  - {curg: {}, expect: [event.m.curgg == event.from]}\n",
          "sample.yaml:12:25: error: event.m has no field 'curgg'; did you mean curg?\n"
          "  - {curg: {}, expect: [event.m.curgg == event.from]}\n                        ^~~~~~~~~~~~~\n",
          "whenever:\n  - {curg: {}, expect: [event.m.curg == event.from]}\n"),
      in_section(
          "words_of_an_event_belong_into_it", "whenever:\n  - {thread: {}, expect: [event.what == 1]}\n",
          "sample.yaml:12:27: error: event.what is a word: write it in the event itself, as what: WORD\n"
          "  - {thread: {}, expect: [event.what == 1]}\n                          ^~~~~~~~~~\n",
          "whenever:\n  - {thread: {what: ends}, expect: [event.m.id == 1]}\n"),
      in_section(
          "values_of_an_event_need_one", "always: [event.g == g1]\n",
          "sample.yaml:11:10: error: event.g has a value only in an entry of whenever that names an event\n"
          "always: [event.g == g1]\n         ^~~~~~~~~~~~~\n",
          "always: [g1 == g1]\n"),
      in_section("points_are_a_number", "never:\n  - {thread: {what: ends}, points: 0}\n",
                 "sample.yaml:12:36: error: points must be a whole number from 1 to 1000\n"
                 "  - {thread: {what: ends}, points: 0}\n                                   ^\n",
                 "never:\n  - {thread: {what: ends}, points: 1}\n"),
      in_section("hidden_is_true_or_false", "always:\n  - {g1: g1, hidden: yes}\n",
                 "sample.yaml:12:22: error: hidden must be true or false\n"
                 "  - {g1: g1, hidden: yes}\n                     ^~~\n",
                 "always:\n  - {g1: g1, hidden: true}\n"),
      in_section("keys_beside_an_event_name_the_nearest", "events:\n  - {exit: {}, point: 3}\n",
                 "sample.yaml:12:16: error: unknown key 'point'; did you mean points?\n"
                 "  - {exit: {}, point: 3}\n               ^~~~~\n",
                 "events:\n  - {exit: {}, points: 3}\n"),
      in_section("keys_beside_a_field_name_the_nearest", "always: [{g1: g1, hiden: true}]\n",
                 "sample.yaml:11:19: error: unknown key 'hiden' in always; did you mean hidden?\n"
                 "always: [{g1: g1, hiden: true}]\n                  ^~~~~\n",
                 "always: [{g1: g1, hidden: true}]\n"),
      in_section("keys_of_finally_name_the_nearest", "finally: {exi: 0}\n",
                 "sample.yaml:11:11: error: unknown key 'exi' in finally; did you mean exit?\n"
                 "finally: {exi: 0}\n          ^~~\n",
                 "finally: {exit: 0}\n"),
      in_section("keys_of_an_entry_of_at_name_the_nearest",
                 "at:\n  - {place: runtime.gogo, expect: [tls == m0.g0], pionts: 1}\n",
                 "sample.yaml:12:51: error: unknown key 'pionts' in an entry of at; did you mean points?\n"
                 "  - {place: runtime.gogo, expect: [tls == m0.g0], pionts: 1}\n"
                 "                                                  ^~~~~~\n",
                 "at:\n  - {place: runtime.gogo, expect: [tls == m0.g0], points: 1}\n"),
      in_section("points_are_for_something", "always: [{points: 2}]\n",
                 "sample.yaml:11:10: error: nothing is expected here that could earn points\n"
                 "always: [{points: 2}]\n         ^\n",
                 "always: [{expect: g1 == g1, points: 2}]\n"),
      in_section(
          "words_of_expectations_are_no_goroutine", "goroutines: {event: main.worker}\n",
          "sample.yaml:11:14: error: 'event' already means something in an expectation: choose another "
          "name\ngoroutines: {event: main.worker}\n             ^~~~~\n",
          "goroutines: {events: main.worker}\n"),
      in_section("matrix_has_known_keys", "matrix: {proc: [1, 2]}\n",
                 "sample.yaml:11:10: error: unknown key 'proc' in matrix; did you mean procs?\n"
                 "matrix: {proc: [1, 2]}\n         ^~~~\n",
                 "matrix: {procs: [1, 2]}\n"),
      in_section("values_of_a_matrix_are_those_of_the_section", "matrix: {procs: [1, 33..40]}\n",
                 "sample.yaml:11:21: error: procs must be a whole number from 1 to 32\n"
                 "matrix: {procs: [1, 33..40]}\n                    ^~~~~~\n",
                 "matrix: {procs: [1, 3..4]}\n"),
      in_section("keys_of_a_schedule_in_a_matrix_name_the_nearest", "matrix: {schedule: [{sed: 1..3}]}\n",
                 "sample.yaml:11:22: error: unknown key 'sed' in schedule; did you mean seed?\n"
                 "matrix: {schedule: [{sed: 1..3}]}\n                     ^~~\n",
                 "matrix: {schedule: [{seed: 1..3}]}\n"),
      in_section(
          "a_matrix_makes_so_many_cases_at_most", "matrix: {procs: [1..32], schedule: [{seed: 1..32}]}\n",
          "sample.yaml:11:9: error: this matrix makes more than 1000 cases, the most that a file may have\n"
          "matrix: {procs: [1..32], schedule: [{seed: 1..32}]}\n        ^\n",
          "matrix: {procs: [1..32], schedule: [{seed: 1..31}]}\n"),
      in_section(
          "a_range_has_so_many_numbers_at_most", "matrix: {schedule: [{seed: 0..999999999999}]}\n",
          "sample.yaml:11:28: error: these are more than 1000 values, the most cases that a file may have\n"
          "matrix: {schedule: [{seed: 0..999999999999}]}\n                           ^~~~~~~~~~~~~~~\n",
          "matrix: {schedule: [{seed: 999999999998..999999999999}]}\n"),
      in_section("a_range_goes_up", "matrix: {procs: [2..1]}\n",
                 "sample.yaml:11:18: error: a range is written 1..50: from a number to one that is not less\n"
                 "matrix: {procs: [2..1]}\n                 ^~~~\n",
                 "matrix: {procs: [1..2]}\n"),
      in_section("cases_have_names_of_their_own", "matrix: {procs: [1, 1..2]}\n",
                 "sample.yaml:11:9: error: two cases of this matrix are called 'procs=1'\n"
                 "matrix: {procs: [1, 1..2]}\n        ^\n",
                 "matrix: {procs: [1, 2..3]}\n"),
      in_section(
          "a_section_is_in_the_matrix_or_outside", "procs: 1\nmatrix: {procs: [1, 2]}\n",
          "sample.yaml:12:10: error: procs has a value outside of matrix already: only one of them can "
          "count\nmatrix: {procs: [1, 2]}\n         ^~~~~\n",
          "build: {race: true}\nmatrix: {build: [{goos: plan9}]}\n"),
      in_section("a_matrix_has_values", "matrix: {procs: []}\n",
                 "sample.yaml:11:17: error: procs is empty\nmatrix: {procs: []}\n                ^\n",
                 "matrix: {procs: [1]}\n"),
      in_section(
          "what_is_done_after_a_break_is_one_of_two", "breaks: {invariant: sp-in-tls-g, then: goon}\n",
          "sample.yaml:11:40: error: then must be one of stop, go-on; did you mean go-on?\n"
          "breaks: {invariant: sp-in-tls-g, then: goon}\n                                       ^~~~\n",
          "breaks: {invariant: sp-in-tls-g, then: go-on}\n"),
      in_section("bounds_have_known_keys", "within: {step: 4}\n",
                 "sample.yaml:11:10: error: unknown key 'step' in within; did you mean steps?\n"
                 "within: {step: 4}\n         ^~~~\n",
                 "within: {steps: 4}\n"),
      in_section("bounds_are_numbers", "within: {handoffs: few}\n",
                 "sample.yaml:11:20: error: handoffs must be a whole number from 0 to 50000000\n"
                 "within: {handoffs: few}\n                   ^~~\n",
                 "within: {handoffs: 5}\n"),
      in_section("bounds_bound_something", "within: {}\n",
                 "sample.yaml:11:9: error: within is empty\nwithin: {}\n        ^\n",
                 "within: {steps: 50000000}\n"),
      in_section(
          "include_is_found_in_the_own_folder", "include: /etc/passwd\n",
          "sample.yaml:11:10: error: cannot include '/etc/passwd': an include must be named relative to the "
          "file's own folder\ninclude: /etc/passwd\n         ^~~~~~~~~~~\n",
          ""),
      in_section(
          "include_is_not_a_mapping", "include: {a: b}\n",
          "sample.yaml:11:10: error: include must be a text, not a mapping\ninclude: {a: b}\n         ^\n",
          ""),
      in_section("include_is_not_empty", "include: []\n",
                 "sample.yaml:11:10: error: include is empty\ninclude: []\n         ^\n", ""),
      in_section("field_and_value_in_a_list_are_held_to_the_layout",
                 "at:\n  - place: runtime.gogo\n    expect:\n      - g2.atomicstats: dead\n",
                 "sample.yaml:14:9: error: g2 has no field 'atomicstats'; did you mean atomicstatus?\n"
                 "      - g2.atomicstats: dead\n        ^~~~~~~~~~~~~~\n",
                 "at:\n  - place: runtime.gogo\n    expect:\n      - g2.atomicstatus: dead\n"),
      in_section("unknown_field_names_the_nearest", "finally:\n  g2.atomicstats: dead\n",
                 "sample.yaml:12:3: error: g2 has no field 'atomicstats'; did you mean atomicstatus?\n"
                 "  g2.atomicstats: dead\n  ^~~~~~~~~~~~~~\n",
                 "finally:\n  g2.atomicstatus: dead\n"),
      in_section("last_word_of_a_field_names_the_field", "finally:\n  g2.status: dead\n",
                 "sample.yaml:12:3: error: g2 has no field 'status'; did you mean atomicstatus?\n"
                 "  g2.status: dead\n  ^~~~~~~~~\n",
                 "finally:\n  g2.atomicstatus: dead\n"),
      in_section("status_with_go_s_prefix_names_the_nearest", "finally:\n  g2.atomicstatus: _Grunnin\n",
                 "sample.yaml:12:20: error: no g has the status '_Grunnin'; did you mean running?\n"
                 "  g2.atomicstatus: _Grunnin\n                   ^~~~~~~~\n",
                 "finally:\n  g2.atomicstatus: _Grunning\n"),
      in_section("status_of_a_p_names_the_nearest", "finally:\n  p0.status: Prunning\n",
                 "sample.yaml:12:14: error: no p has the status 'Prunning'; did you mean running?\n"
                 "  p0.status: Prunning\n             ^~~~~~~~\n",
                 "finally:\n  p0.status: running\n"),
      in_section("unknown_status_word_names_the_nearest", "finally:\n  g2.atomicstatus: ded\n",
                 "sample.yaml:12:20: error: no g has the status 'ded'; did you mean dead?\n"
                 "  g2.atomicstatus: ded\n                   ^~~\n",
                 "finally:\n  g2.atomicstatus: dead\n"),
      in_section("a_struct_is_no_word", "finally:\n  g2.stack: 0\n",
                 "sample.yaml:12:3: error: g2.stack is a struct: name one of its fields: stack.lo, stack.hi\n"
                 "  g2.stack: 0\n  ^~~~~~~~\n",
                 "finally:\n  g2.stack.lo: 0\n"),
      in_section(
          "spent_budget_has_no_exit_code", "finally:\n  exit: 2\n  stop: {reason: budget}\n",
          "sample.yaml:12:3: error: a run that spends its budget has not ended: its process has no exit "
          "code\n  exit: 2\n  ^~~~\n",
          "finally:\n  exit: 2\n  stop: {reason: fault}\n"),
      in_section("poke_of_a_sum_is_refused",
                 "set:\n  - {at: runtime.goexit0, field: g2.param + 1, value: 5}\n",
                 "sample.yaml:12:34: error: field must be one field or one register\n"
                 "  - {at: runtime.goexit0, field: g2.param + 1, value: 5}\n"
                 "                                 ^~~~~~~~~~~~\n",
                 "set:\n  - {at: runtime.goexit0, field: g2.param, value: 5}\n"),
      in_section("unknown_symbol_is_told", "finally:\n  g2.sched.pc: runtime.goexitt\n", "",
                 "finally:\n  g2.sched.pc: runtime.goexit\n"),
      in_sample(
          "bodies_must_be_a_literal_block", "bodies: |", "bodies: >",
          "sample.yaml:4:9: error: write the bodies as a literal block: bodies: |\nbodies: >\n        ^\n"),
      in_sample("assembler_errors_stand_at_their_place_in_the_file", "NOSPLIT, $0-0\n      RET",
                "NOSPLIT, $0-0\n      RETT", ""),
      in_section("aliases_are_refused", "finally: &x {exit: 0}\n",
                 "sample.yaml:11:10: error: anchors (&name) are not supported in a scenario\n"
                 "finally: &x {exit: 0}\n         ^\n",
                 "finally: {exit: 0}\n"),
      in_section(
          "a_second_document_is_refused", "---\na: 1\n",
          "sample.yaml:12:1: error: a second document starts here; one file is one scenario\na: 1\n^\n", ""),
      in_section("control_characters_do_not_reach_the_terminal", "budget: 5\x1b[31m\n",
                 "sample.yaml:11:10: error: there is a control character in the file\nbudget: "
                 "5\xef\xbf\xbd[31m\n         ^\n",
                 "budget: 500000\n"),
      in_section("escaped_control_characters_are_refused", "finally: {\"\\e[31m\": 0}\n", "",
                 "finally: {exit: 0}\n"),
      in_section("text_that_is_not_utf8_is_refused", "budget: \xff\n",
                 "sample.yaml:11:9: error: the file is not UTF-8 text\nbudget: \xef\xbf\xbd\n        ^\n",
                 "budget: 500000\n"),
      in_section("a_section_of_the_wrong_kind_is_told", "events: {}\n",
                 "sample.yaml:11:9: error: events must be a list, not a mapping\nevents: {}\n        ^\n",
                 "events: []\n"),
  };
}

TEST(Reader, each_mistake_is_reported_and_its_repaired_twin_passes) {
  for (const Mistake& m : mistakes()) {
    SCOPED_TRACE(m.claim);
    const std::string told = problems_of(m.broken);
    EXPECT_FALSE(told.empty());
    if (!m.expected.empty()) {
      EXPECT_EQ(told, m.expected);
    }
    EXPECT_EQ(problems_of(m.repaired), "");
  }
}

TEST(Reader, every_mistake_is_worded_in_both_languages) {
  for (const Mistake& m : mistakes()) {
    SCOPED_TRACE(m.claim);
    const auto read = read_scenario("sample.yaml", m.broken);
    if (read.index() == 0) continue;  // found later, by the loader
    for (const Diagnostic& d : std::get<1>(read)) {
      const std::string en = d.message.in(Language::en), zh = d.message.in(Language::zh);
      EXPECT_NE(en, zh) << en;
      const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
      EXPECT_FALSE(std::all_of(zh.begin(), zh.end(), is_ascii)) << zh;
      for (const Argument& argument : d.message.arguments()) {
        EXPECT_EQ(zh.find("{" + std::string(argument.name) + "}"), std::string::npos) << zh;
      }
    }
  }
}

TEST(Reader, several_mistakes_are_reported_in_one_go) {
  const std::string told = problems_of(sample_with("procs: 0\nbudget: 0\nexact: maybe\n"));
  EXPECT_NE(told.find("sample.yaml:11:8"), std::string::npos);
  EXPECT_NE(told.find("sample.yaml:12:9"), std::string::npos);
  EXPECT_NE(told.find("sample.yaml:13:8"), std::string::npos);
}

Turns turns_of(const std::string& schedule) {
  auto read = read_scenario("sample.yaml", sample_with("schedule: " + schedule + "\n"));
  return read.index() == 0 ? std::get<0>(read).turns : Turns{Turns::Kind::seed, 0, 0, {}};
}

std::string told_turns(const Turns& turns) {
  std::string out = turns.kind == Turns::Kind::seed ? "seed " + std::to_string(turns.seed) : "round-robin";
  out += " of " + std::to_string(turns.quantum);
  for (const Turn& turn : turns.first) {
    out += ", m" + std::to_string(turn.thread) + "*" + std::to_string(turn.steps);
  }
  return out;
}

TEST(Reader, every_form_of_a_schedule_means_its_turns) {
  const std::pair<const char*, const char*> forms[] = {
      {"round-robin", "round-robin of 20"},
      {"{round-robin: {quantum: 50}}", "round-robin of 50"},
      {"{quantum: 50}", "round-robin of 50"},
      {"seed 7", "seed 7 of 20"},
      {"{seed: 7}", "seed 7 of 20"},
      {"{seed: 7, quantum: 9}", "seed 7 of 9"},
      {"[m0*5, m1 * 3, m2]", "round-robin of 20, m0*5, m1*3, m2*1"},
      {"list [m0*5, m1*3]", "round-robin of 20, m0*5, m1*3"},
      {"{list: [m1*3], seed: 7}", "seed 7 of 20, m1*3"},
      {"{list: [m1*3], quantum: 9}", "round-robin of 9, m1*3"},
  };
  for (const auto& [text, meaning] : forms) EXPECT_EQ(told_turns(turns_of(text)), meaning) << text;
}

TEST(Reader, sections_of_the_machine_reach_the_scenario) {
  const auto read =
      read_scenario("sample.yaml", sample_with("procs: 4\nsysmon: true\nheap: 3MB\nbudget: 50000000\n"
                                               "build: {race: true, goos: plan9, goarch: wasm}\n"
                                               "ticks:\n  - {at: runtime.gogo, clock: 20us}\nset:\n"
                                               "  - {at: runtime.gogo, field: g2.param, value: 1}\n"));
  ASSERT_EQ(read.index(), 0U);
  const Scenario& s = std::get<0>(read);
  EXPECT_EQ(s.procs, 4);
  EXPECT_TRUE(s.sysmon && s.race);
  EXPECT_EQ(s.heap_bytes, 3U << 20);
  EXPECT_EQ(s.budget, 50'000'000U);
  EXPECT_EQ(s.goos + "/" + s.goarch, "plan9/wasm");
  ASSERT_EQ(s.set.size(), 2U);
  EXPECT_EQ(s.set[0].clock_ns, 20'000U);
  EXPECT_EQ(s.set[1].clock_ns, 0U);
}

TEST(Reader, column_counts_characters_after_chinese) {
  const std::string told = problems_of(replaced(std::string(kSample), "zh: 样例}", "zh: 样例, xx: 1}"));
  EXPECT_EQ(told,
            "sample.yaml:1:31: error: unknown key 'xx' in title; known: en, zh\n"
            "title: {en: A sample, zh: 样例, xx: 1}\n"
            "                                ^~\n");
}

TEST(Reader, file_that_is_too_long_is_refused) {
  const std::string text(kMaxScenarioBytes + 1, '#');
  EXPECT_EQ(problems_of(text),
            "sample.yaml:1:1: error: a scenario has at most 1048576 bytes, and this file has more\n");
}

TEST(Reader, byte_order_mark_is_no_fault) {
  EXPECT_EQ(problems_of("\xef\xbb\xbf" + std::string(kSample)), "");
  EXPECT_EQ(problems_of("\xef\xbb\xbf" + sample_with("budgett: 5\n")).substr(0, 20), "sample.yaml:11:1: er");
}

TEST(Reader, text_that_is_there_twice_is_reported_with_the_line_of_the_file) {
  const std::string told =
      problems_of(replaced(std::string(kSample), "main·worker(SB), NOSPLIT", "main·main(SB), NOSPLIT"));
  EXPECT_EQ(told,
            "sample.yaml:9:8: error: 'main.main' is already defined in line 5\n"
            "  TEXT main·main(SB), NOSPLIT, $0-0\n"
            "       ^~~~~~~~~~~~~\n");
}

TEST(Reader, program_without_main_is_reported_at_its_bodies) {
  EXPECT_EQ(
      problems_of(replaced(std::string(kSample), "main·main(SB)", "main·mian(SB)")),
      "sample.yaml:5:3: error: there is no TEXT main·main(SB), with which the program begins; did you mean "
      "main.mian?\n"
      "  TEXT main·mian(SB), $16-0\n"
      "  ^\n");
}

TEST(Reader, include_that_is_missing_is_reported_with_its_folder) {
  const auto told = [](const std::string& path) {
    const auto loaded = load_scenario_text(
        path, replaced(std::string(kSample), "  TEXT main·main", "  #include \"no.h\"\n  TEXT main·main"));
    return testing::told(std::get<1>(loaded));
  };
  EXPECT_NE(told("there/sample.yaml").find("cannot include 'no.h': there is no such file in 'there'"),
            std::string::npos);
  EXPECT_NE(told("sample.yaml").find("cannot include 'no.h': there is no such file in '.'"),
            std::string::npos);
}

TEST(Reader, empty_file_is_refused) {
  EXPECT_EQ(problems_of(""), "sample.yaml:1:1: error: the file is empty\n");
}

TEST(Reader, deep_nesting_is_refused_quickly) {
  const std::string told = problems_of("a: " + std::string(100'000, '[') + "\n");
  EXPECT_NE(told.find("nested too deeply"), std::string::npos) << told;
}

TEST(Reader, wide_files_are_refused_quickly) {
  std::string text = "a: [";
  for (int i = 0; i < 50'000; ++i) text += "1,";
  EXPECT_NE(problems_of(text + "]\n").find("too many parts"), std::string::npos);
}

TEST(Reader, missing_file_is_reported) {
  const auto loaded = load_scenario("/nonexistent/x.yaml");
  ASSERT_EQ(loaded.index(), 1U);
  EXPECT_EQ(testing::told(std::get<1>(loaded)),
            "/nonexistent/x.yaml:1:1: error: this file cannot be read: there is no such file\n");
}

TEST(Reader, errors_of_all_phases_come_at_once) {
  const std::string all =
      problems_of(replaced(sample_with("listings:\n  - {function: runtime.gogo, lin: x, with: \"\"}\n"
                                       "  - {function: runtime.gogoo, line: x, with: \"\"}\n"
                                       "  - {function: runtime.goexit9, line: x, with: \"\"}\n"
                                       "at:\n  - place: runtime.goexi\n    expect: [rsp > 0]\n"
                                       "finally:\n  g2.atomicstats: dead\n"),
                           "CALL runtime·Gosched(SB)", "CALLL runtime·Gosched(SB)"));
  std::size_t at = 0;
  for (const char* one : {"sample.yaml:7:7: error: ", "sample.yaml:12:5: error: this entry has no 'line'",
                          "sample.yaml:13:16: error: 'runtime.gogoo' is neither",
                          "sample.yaml:14:16: error: 'runtime.goexit9' is neither",
                          "sample.yaml:16:12: error: ", "sample.yaml:19:3: error: g2 has no field"}) {
    const std::size_t found = all.find(one, at);
    EXPECT_NE(found, std::string::npos) << one << " in\n" << all;
    if (found != std::string::npos) at = found;
  }
}

TEST(Reader, what_cannot_be_read_says_why) {
  EXPECT_EQ(why_unreadable("/").in(Language::en), "this is a folder, not a file");
  EXPECT_EQ(why_unreadable("/no/such/file").in(Language::en), "there is no such file");
  EXPECT_EQ(why_unreadable("/dev/null").in(Language::en),
            "this is a device or a socket, not a file; `-` reads from standard input");
  const std::string path = ::testing::TempDir() + "/unreadable.yaml";
  std::ofstream(path) << "x";
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const Message why = why_unreadable(path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::filesystem::remove(path);
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  EXPECT_EQ(why.in(Language::en), "this user may not read it (permission denied)");
}

}  // namespace
}  // namespace gogoscope
