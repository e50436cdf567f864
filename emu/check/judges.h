// The judges: each looks at one struct, one thread or one change of a world and says which invariants are
// untrue of it. They keep nothing: the same world gives the same findings. Private to this folder.
#pragma once

#include <span>

#include "emu/check/findings.h"
#include "emu/world/world.h"

namespace gogoscope::check {

// Of an M's thread: its registers and TLS.
/// The function that the M's thread is in; while the kernel answers a vsyscall, the one that has called.
const Function* function_of(const World& w, const WorldM& m);
void judge_thread(const World& world, const WorldM& m, Findings& out);
void judge_gobuf(const World& world, const WorldM& m, Findings& out);

// Of one struct.
void judge_m(const World& world, int m, Findings& out);
void judge_p(const World& world, int p, Findings& out);
void judge_g(const World& world, int g, Findings& out);
void judge_counts(const World& world, Findings& out);

// Parts of the above, by family.
void judge_stack(const World& world, int g, Findings& out);
void judge_running(const World& world, int g, Findings& out);
void judge_queued(const World& world, int g, Findings& out);
void judge_freed(const World& world, int g, Findings& out);
void judge_idle(const World& world, Findings& out);
void judge_spinning(const World& world, Findings& out);
void judge_lock(const World& world, const WorldM& m, Findings& out);

// Of a change.
void judge_change(const World& world, const World::Change& change, Findings& out);
/// goids, of all gs: what changes alone do not show of a moment.
void judge_goids(const World& world, Findings& out);

/// Whether a g must be held by an M, since it is on no list.
bool is_loose(const WorldG& g);
void judge_lost(const World& world, std::span<const int> loose, Findings& out);

}  // namespace gogoscope::check
