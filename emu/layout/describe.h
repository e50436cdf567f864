// Names for addresses and values, as practitioners write them: "g2.sched.sp", "return address of goexit1".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emu/layout/entities.h"
#include "emu/layout/frames.h"
#include "emu/layout/name_words.h"
#include "emu/layout/stacks.h"
#include "emu/layout/word_role.h"

namespace gogoscope {

/// A place that a name refers to.
struct FieldRef {
  Addr addr;
  std::uint32_t size = 0;
  std::string type;  ///< Go's name of the type
};

/// Names at one moment. Finds the entities once; use it where many names of the same moment are asked for.
/// The state must outlive it and stay as it is; so must the words, in whose language the names come out.
class Names {
 public:
  Names(const Guest& guest, const StateView& state, const NameWords& words = english_names());
  /// The same where the entities and stacks of this moment are known; they must outlive it. Cost: none.
  Names(const Guest& guest, const StateView& state, const Entities& entities, const StackMap& stacks,
        const NameWords& words);
  ~Names();
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  const Entities& entities() const { return entities_; }
  /// All of them, in order of gs. Cost: a look at each g, the first time.
  const std::vector<StackRef>& all_stacks() const;
  std::optional<StackRef> stack_with_sp(Addr sp) const;
  std::optional<StackRef> stack_with_word(Addr addr) const;
  /// The stack whose lowest byte is here.
  std::optional<StackRef> stack_from(Addr lo) const;

  /// What is at an address: "g2.sched.sp", "p0.runq[3]", "goexit0.locked", "saved BP of goexit1",
  /// "g2.stack hi-40", "runtime.allgs.len"; empty if nothing does that we know.
  std::string describe(Addr addr, int size = 8) const;
  /// What a value means: "g2", "&g2.sched", "runtime.goexit+0x1", "goexit0·f", "in g2's stack, hi-40";
  /// empty for plain numbers.
  std::string meaning(std::uint64_t value) const;
  /// Why a g waits, by its waitreason: "chan receive" (wait_reason.h).
  std::string wait_reason(std::uint64_t reason) const;
  /// What the word at an address is for, in the live frames of its stack; `none` where no stack is. Between
  /// gogo's load of SP and its jump the stack has no live frame: everything on it is plain (ask
  /// place_in_frames with the frames that g.sched promises).
  WordRole role(Addr addr) const;
  /// Whether the value points between the two ends of some stack, and so means "in g2's stack, hi-40"; false
  /// for the ends themselves.
  bool points_into_stack(std::uint64_t value) const;
  /// The place that a path names: "g2.sched.sp", "p0.runq[3]", "m0.curg.goid", "sched.runqsize",
  /// "runtime.allgs.len", "goexit0.locked"; or the word of data at an address, "0xc000016fd8". Pointers to g,
  /// m, p are followed.
  std::optional<FieldRef> find_field(std::string_view path) const;

 private:
  std::optional<StackRef> ref(const std::optional<StackMap::Stack>& stack) const;
  /// The live frames of one stack, found when first asked for.
  struct Live {
    Addr lo, hi;
    CodeAddr pc;
    Addr sp;
    std::optional<std::vector<FrameRef>> frames;
  };
  std::vector<Live>& running() const;
  std::optional<Live> parked(const StackRef& stack) const;
  const std::vector<FrameRef>& frames_of(Live& live) const;
  WordPlace place_in(Live& live, Addr addr) const;
  WordPlace place_of(Addr addr) const;
  std::string describe_stack_word(Addr addr) const;
  std::optional<FieldRef> find_word(std::string_view digits) const;
  std::optional<FieldRef> find_entity_field(std::string_view path) const;
  std::optional<FieldRef> find_data_field(std::string_view path) const;
  std::optional<FieldRef> find_frame_var(std::string_view path) const;
  std::optional<FieldRef> find_var_in(const std::vector<FrameRef>& frames, std::string_view path) const;
  std::optional<FieldRef> walk(FieldRef at, std::string_view rest) const;

  const Guest& guest_;
  const StateView& state_;
  const NameWords& words_;
  const StackMap* stacks_ = nullptr;  ///< if they are known, and disjoint
  std::optional<Entities> own_;
  const Entities& entities_;
  mutable std::optional<std::vector<StackRef>> all_stacks_;  ///< found when first asked for
  mutable std::optional<std::vector<Live>> running_;         ///< found when first asked for
  mutable std::optional<Live> parked_;                       ///< the one asked about last
};

std::string describe(const Guest& guest, const StateView& state, Addr addr, int size = 8);
std::string meaning(const Guest& guest, const StateView& state, std::uint64_t value);
std::optional<FieldRef> find_field(const Guest& guest, const StateView& state, std::string_view path);

/// What is in a struct at an offset: ".sched.sp", "+12" where no field is.
std::string describe_field(const Layout& layout, Entity::Kind kind, std::uint64_t offset);
/// What is in the data at an address: "runtime.allgs.len"; empty if there is nothing.
std::string describe_data(const Guest& guest, Addr addr);

/// A function's name as people say it: without the package where that is runtime, and without the ".abi0" of
/// its symbol.
std::string_view short_function_name(std::string_view name);

}  // namespace gogoscope
