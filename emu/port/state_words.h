// What both forms of a state need: values by type, the words of a stack. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/layout/describe.h"
#include "emu/layout/stacks.h"

namespace gogoscope {

struct StackWord {
  Addr addr;
  std::uint64_t value = 0;
};

/// The part of a stack worth showing: from `sp`, or from the lowest word that is not 0, up to hi. At most
/// 8192 words, the highest ones.
std::vector<StackWord> words_of(const MemoryView& memory, const StackRef& stack, std::optional<Addr> sp);

/// SP of the thread that runs on the stack, or what g.sched saved; nothing if neither is on it.
std::optional<Addr> sp_on(const Guest& guest, const StateView& state, const Entities& entities,
                          const StackRef& stack);

/// A g's name in the list of gs, "nil", or hex.
std::string g_name(const Entities& entities, Addr g);
/// The g that an M's tls[0] names.
std::string tls_g(const Guest& guest, const StateView& state, const Entities& entities, const Entity& m);
/// The g in R14 of an M's thread, where its release keeps it there and it holds one.
std::optional<std::string> r14_g(const Guest& guest, const StateView& state, const Entities& entities,
                                 const Entity& m);

/// What the kernel knows of a thread, in words.
struct ThreadWords {
  std::string state;      ///< "runnable", "asleep"
  std::string sleeps_on;  ///< "m1.park"; empty if on nothing
  std::uint64_t deadline = 0;
};
/// Nothing if the guest has no table of threads.
std::optional<ThreadWords> thread_words(const Guest& guest, const StateView& state, const Names& names,
                                        ThreadId thread);

/// Threads that exist: the ids of the ms.
std::vector<const Entity*> threads(const Entities& entities);

}  // namespace gogoscope
