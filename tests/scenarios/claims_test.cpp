// What the narration says is true: of intact runs, of mutants, and after edits.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <random>
#include <regex>

#include "emu/layout/stacks.h"
#include "emu/layout/views.h"
#include "emu/session/command_text.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/fields.h"
#include "scenarios/format/yaml_tree.h"
#include "scenarios/run/runner.h"
#include "scenarios/told/narrated_step.h"
#include "scenarios/told/narration.h"
#include "tests/events_of.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

std::string path_of(std::string_view name) {
  return std::string(GOGOSCOPE_SOURCE "/scenarios/") + std::string(name) + ".yaml";
}

std::unique_ptr<ScenarioRun> run_of(const std::string& path) {
  auto loaded = load_scenario(path);
  if (loaded.index() == 1) return nullptr;
  return std::make_unique<ScenarioRun>(run_scenario(std::get<0>(loaded)));
}

/// Looks at what is said of steps, and whether it is true.
class Listener {
 public:
  Listener(const Trace& trace, const Narration& narration)
      : trace_(trace), narration_(narration), before_(trace), after_(trace) {}

  /// What is said of step k. Cost: that of going there.
  Narrated told(std::uint64_t k, const std::vector<Event>& events) {
    before_.seek(k);
    after_.seek(k + 1);
    return narration_.told(trace_.guest(), before_.state(), after_.state(), before_.next(), events);
  }
  Narrated told(std::uint64_t k) { return told(k, tests::events_of(trace_, k, k + 1)); }

  /// All that is said from one step to another, a line for each.
  std::string all(std::uint64_t from, std::uint64_t to) {
    std::string lines;
    for (std::uint64_t k = from; k < to; ++k) lines += told(k).sentence + "\n";
    return lines;
  }

  /// Compares steps [from, to) with the state. A place that has been narrated often enough is skipped.
  void listen(const std::string& name, std::uint64_t from, std::uint64_t to) {
    constexpr int kOften = 4;
    const std::vector<Event> events = tests::events_of(trace_, from, to);
    auto next = events.begin();
    for (std::uint64_t k = from; k < to; ++k) {
      std::vector<Event> now;
      for (; next != events.end() && next->step == k; ++next) now.push_back(*next);
      before_.seek(k);
      // A step with events is narrated in more ways.
      if (++seen_[before_.state().pc()] > (now.empty() ? kOften : 10 * kOften)) continue;
      const Narrated one = told(k, now);
      ++looked_at;
      if (one.sentence.empty()) ++silent;
      const std::string wrong = what_is_wrong(one, now);
      if (!wrong.empty())
        ADD_FAILURE() << name << " at step " << k << ": " << wrong << "\n  " << one.sentence;
    }
  }

  int looked_at = 0;
  int silent = 0;

 private:
  std::string what_is_wrong(const Narrated& one, const std::vector<Event>& events) {
    const Guest& guest = trace_.guest();
    const Step step = before_.next();
    const NarratedStep about(guest, before_.state(), after_.state(), step, events, narration_.language());
    if (!one.key.starts_with("event.")) {
      for (const std::string& claim : narration_.claims(one.key)) {
        if (!about.holds(claim)) return "the claim does not hold: " + claim;
      }
    }
    // And what the words themselves say, whatever is claimed.
    const Entities entities(guest, after_.state());
    const Layout& layout = guest.release->layout;
    const auto stack = stack_with_sp(layout, after_.state(), entities, after_.state().sp());
    const Entity* m = entities.find("m" + std::to_string(static_cast<int>(step.thread)));
    const std::string curg =
        m == nullptr ? "" : entities.g_name(MView(layout, after_.state(), {m->addr}).curg().addr);
    const std::pair<std::string_view, std::string> sayings[] = {
        {"-8(FS) now names ", entities.g_name(tls_g(after_.state(), after_.state().thread()))},
        {"m.tls[0], now names ", entities.g_name(tls_g(after_.state(), after_.state().thread()))},
        {"TLS slot now names ", entities.g_name(tls_g(after_.state(), after_.state().thread()))},
        {"TLS now names ", entities.g_name(tls_g(after_.state(), after_.state().thread()))},
        {"SP is now on ", stack ? stack->owner->short_name : "none"},
        {"m.curg is now ", curg},
    };
    for (const auto& [words, is] : sayings) {
      const std::size_t at = one.sentence.find(words);
      if (at == std::string::npos) continue;
      const std::string named = one.sentence.substr(at + words.size(), is.size());
      // "g0" is that of the M.
      const bool g0 = one.sentence.substr(at + words.size(), 2) == "g0" && is.ends_with(".g0");
      if (named != is && !g0) return std::string(words) + ", but it is " + is;
    }
    constexpr std::pair<std::string_view, std::string_view> kConditions[] = {
        {"disagree on which g", "stack != tls"},
        {"SP is still on g0's stack", "stack == {m}.g0"},
        {"SP stays on g0's stack", "stack == {m}.g0"},
        {"m.curg still names", "{m}.curg != nil"},
        {"now with sched.lock held", "sched.lock.key != 0"},
        {"could recover", "tls == {m}.curg"},
        {"happened on g0", "tls == {m}.g0"},
        {"No mcall ever writes it", "tls == {m}.g0"},
    };
    for (const auto& [words, claim] : kConditions) {
      if (one.sentence.find(words) != std::string::npos && !about.holds(claim, nullptr))
        return fmt::format("“{}”, but not {}", words, claim);
    }
    return "";
  }

  const Trace& trace_;
  const Narration& narration_;
  Cursor before_, after_;
  std::map<CodeAddr, int> seen_;
};

std::string all_told(const ScenarioRun& run) {
  const Narration narration(Language::en);
  const Trace& trace = run.session->trace();
  return Listener(trace, narration).all(0, trace.steps());
}

TEST(Claims, of_the_file_are_valid_and_belong_to_texts) {
  Problems problems("claims", claims_source());
  EXPECT_TRUE(parse_yaml(claims_source(), problems).has_value());
  EXPECT_EQ(testing::told(problems.take()), "");
  const Narration narration(Language::en);
  for (const auto& [key, claims] : narration.all_claims()) {
    EXPECT_EQ(narration.texts().count(key), 1U) << key;
    EXPECT_FALSE(claims.empty()) << key;
    for (const std::string& claim : claims) {
      // Any name of the right kind will do to see that it can be read.
      std::string text =
          std::regex_replace(claim, std::regex("\\{(g|to|from)\\}"),
                             key.starts_with("event.status") && claim.ends_with("{to}") ? "dead" : "g1");
      text = std::regex_replace(text, std::regex("dead(\\.atomicstatus)"), "g1$1");
      text = std::regex_replace(text, std::regex("\\{m\\}"), "m0");
      text = std::regex_replace(text, std::regex("\\{p\\}"), "p0");
      text = std::regex_replace(text, std::regex("\\{queue\\}"), "p0.runnext");
      text = std::regex_replace(text, std::regex("\\{list\\}"), "p0.gFree");
      const auto parsed = parse_claim(text, release_named("1.16")->layout);
      const auto* error = std::get_if<ExpressionError>(&parsed);
      EXPECT_EQ(error == nullptr ? "" : error->message.in(Language::en), "") << key << ": " << claim;
    }
  }
}

/// What a text must not name without a claim: TLS, SP, curg, a status, a queue.
const std::regex& names_state(Language language) {
  static const std::regex en(
      R"(TLS|-8\(FS\)|getg\(\)|\bSP\b|curg|_[GP][a-z]+|\b(idle|runnable|running|dead|waiting|preempted)\b)"
      R"(|\bqueues?\b|\bring\b|runnext|gFree|free list|list of (dead|idle))");
  static const std::regex zh(
      R"(TLS|-8\(FS\)|getg\(\)|\bSP\b|curg|_[GP][a-z]+|队列|环形|队尾|队头|runnext|gFree|空闲列表|空闲表)");
  return language == Language::en ? en : zh;
}

std::string without_claims(const Narration& narration) {
  std::string all;
  for (const auto& [key, text] : narration.texts()) {
    // Words and lines of walk repeat an event; what it says comes from the record itself.
    if (key.starts_with("word.") || key.starts_with("line.")) continue;
    if (std::regex_search(text, names_state(narration.language())) && narration.claims(key).empty())
      all += key + "\n";
  }
  return all;
}

TEST(Claims, each_text_that_names_tls_sp_curg_a_status_or_a_queue_has_one) {
  for (const Language language : {Language::en, Language::zh}) {
    EXPECT_EQ(without_claims(Narration(language)), "");
  }
}

/// The texts that name something of the state and have no claim of it.
std::string without_claims_of(const Narration& narration, const char* words, const char* claimed) {
  std::string all;
  for (const auto& [key, text] : narration.texts()) {
    if (key.starts_with("word.") || key.starts_with("line.")) continue;
    if (!std::regex_search(text, std::regex(words))) continue;
    const auto& claims = narration.claims(key);
    const auto is_of_it = [&](const std::string& c) { return std::regex_search(c, std::regex(claimed)); };
    if (std::none_of(claims.begin(), claims.end(), is_of_it)) all += key + "\n";
  }
  return all;
}

TEST(Claims, of_a_text_that_names_tls_sp_or_curg_are_about_tls_sp_or_curg) {
  for (const Language language : {Language::en, Language::zh}) {
    const Narration narration(language);
    EXPECT_EQ(without_claims_of(narration, R"(TLS|-8\(FS\)|getg\(\))", R"(\btls\b)"), "");
    EXPECT_EQ(without_claims_of(narration, R"(\bSP\b)", R"(\bstack\b|\brsp\b|\bsp\b)"), "");
    EXPECT_EQ(without_claims_of(narration, "curg", "curg"), "");
  }
}

// ---- mutants ----

TEST(Claims, a_gogo_that_does_not_write_tls_is_not_described_as_one_that_does) {
  const auto run = run_of(path_of("mutants/gogo-without-tls"));
  ASSERT_NE(run, nullptr);
  const std::string told = all_told(*run);
  EXPECT_EQ(told.find("now names g1"), std::string::npos);
  // The lines that are still there are narrated as before, by their names and not by where they are.
  EXPECT_NE(told.find("BX gets gogo's only argument, the address of g1.sched"), std::string::npos);
  EXPECT_NE(told.find("The switch itself, one MOVQ: SP leaves g0's stack"), std::string::npos);
}

TEST(Claims, an_mcall_that_does_not_write_tls_is_not_described_as_one_that_does) {
  const auto run = run_of(path_of("mutants/mcall-without-tls"));
  ASSERT_NE(run, nullptr);
  const std::string told = all_told(*run);
  EXPECT_EQ(told.find("The TLS slot now names g0"), std::string::npos);
  EXPECT_NE(told.find("SP = g0.sched.sp"), std::string::npos);
}

TEST(Claims, a_gogo_that_loads_sp_last_is_not_described_as_the_intact_one) {
  const auto run = run_of(path_of("mutants/gogo-loads-sp-last"));
  ASSERT_NE(run, nullptr);
  const std::string told = all_told(*run);
  EXPECT_EQ(told.find("nil's own stack"), std::string::npos);
  EXPECT_EQ(told.find("The saved SP is in the register now"), std::string::npos);
}

TEST(Claims, after_an_edit_of_the_gobuf_tls_is_described_as_it_is) {
  const auto run = run_of(path_of("02-two-exits"));
  ASSERT_NE(run, nullptr);
  Session& session = *run->session;
  session.execute({CommandId::go_start});
  ASSERT_TRUE(execute(session, CommandId::run_to, "runtime.gogo#3").ok());
  ASSERT_TRUE(execute(session, CommandId::edit, "g2.sched.g = g3").ok());
  const std::uint64_t edited = session.cursor().position();
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(session.execute({CommandId::step}).ok());
  const Narration narration(Language::en);
  const std::string told = Listener(session.trace(), narration).all(edited, edited + 8);
  EXPECT_EQ(told.find("now names g2"), std::string::npos) << told;
  EXPECT_NE(told.find("now names g3"), std::string::npos) << told;
}

TEST(Claims, no_text_is_false_in_any_scenario_or_mutant) {
  const Narration narration(Language::en);
  int looked_at = 0, silent = 0;
  for (const char* folder : {"/scenarios", "/scenarios/mutants"}) {
    for (const auto& entry : std::filesystem::directory_iterator(std::string(GOGOSCOPE_SOURCE) + folder)) {
      if (entry.path().extension() != ".yaml") continue;
      const auto run = run_of(entry.path().string());
      ASSERT_NE(run, nullptr) << entry.path();
      const Trace& trace = run->session->trace();
      Listener listener(trace, narration);
      listener.listen(entry.path().filename().string(), 0, trace.steps());
      looked_at += listener.looked_at;
      silent += listener.silent;
    }
  }
  std::cout << "scenarios and mutants: " << silent << " of " << looked_at << " steps are silent\n";
  EXPECT_GT(looked_at, 50'000);
}

TEST(Claims, no_text_is_false_after_a_thousand_random_edits) {
  static const char* const kFields[] = {
      "g1.sched.g",
      "g2.sched.g",
      "g2.sched.sp",
      "g2.sched.pc",
      "g2.atomicstatus",
      "g3.atomicstatus",
      "g2.m",
      "m0.curg",
      "m0.p",
      "p0.runnext",
      "p0.runqhead",
      "p0.runqtail",
      "p0.gFree.n",
      "p0.status",
      "sched.runqsize",
      "sched.runq.head",
      "m0.g0.sched.sp",
      "m0.tls[0]",
      "rsp",
      "rbp",
      "rax",
      "rbx",
      "rdx",
      "rdi",
  };
  static const char* const kValues[] = {"0",  "1",     "2",  "6",  "g1",          "g2",
                                        "g3", "m0.g0", "m0", "p0", "0xc000002000"};
  const Narration narration(Language::en);
  std::mt19937 random(10);
  const auto below = [&](std::size_t n) { return random() % n; };
  int edits = 0, looked_at = 0, silent = 0;
  while (edits < 1000) {
    const auto run = run_of(path_of(edits % 2 == 0 ? "02-two-exits" : "04-gosched-ping-pong"));
    ASSERT_NE(run, nullptr);
    Session& session = *run->session;
    // Forwards through the run, as far as it lives.
    std::uint64_t at = 200 + below(400);
    for (int i = 0; i < 20; ++i, at += 1 + below(60)) {
      session.execute({CommandId::go_start});
      session.execute({CommandId::run_to, Where::at_state(std::min(at, session.trace().steps()))});
      const std::string edit =
          std::string(kFields[below(std::size(kFields))]) + " = " + kValues[below(std::size(kValues))];
      const std::uint64_t before = session.cursor().position();
      if (!execute(session, CommandId::edit, edit).ok()) continue;
      ++edits;
      for (int n = 0; n < 40 && session.execute({CommandId::step}).ok(); ++n) {
      }
      Listener listener(session.trace(), narration);
      listener.listen(edit, before, session.cursor().position());
      looked_at += listener.looked_at;
      silent += listener.silent;
    }
  }
  std::cout << edits << " edits: " << silent << " of " << looked_at << " steps are silent\n";
}

}  // namespace
}  // namespace gogoscope
