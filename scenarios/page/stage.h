// A moment of the run while a page is written: what each part of it (registers, structs, stacks, queues) is
// computed from, and the tables that it is put into. Private to this folder.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "emu/session/views/moment.h"
#include "scenarios/page/cells.h"
#include "scenarios/page/values.h"

namespace gogoscope {

class Stage {
 public:
  Stage(ValueTable& values_in, CellTable& cells_in) : values(values_in), cells(cells_in) {}

  /// Comes to a moment; its English names are those of the view.
  void enter(const MomentView& view, const Names& chinese);

  const MomentView& view() const { return *view_; }
  const Guest& guest() const { return *view_->guest; }
  const Names& names(Language language) const { return language == Language::zh ? *chinese_ : *view_->names; }
  const Entities& entities() const { return view_->entities(); }
  /// The step that led here; null at the start of the page.
  const Step* step() const { return first_ ? nullptr : &*view_->executed; }
  bool first() const { return first_; }
  /// What things are called has changed: a g or an M has come, a stack has moved. All meanings are in doubt.
  bool renamed() const { return renamed_; }
  /// The step stored outside of all stacks, or this is the first moment: lists may have changed.
  bool scheduler_touched() const { return scheduler_touched_; }

  /// A number in hex and what it means. Cost: a look-up where it was asked for since things got their names.
  int pointer(std::uint64_t value);
  /// What is at an address, in both languages.
  Text description(Addr addr) const;

  ValueTable& values;
  CellTable& cells;

 private:
  std::vector<std::uint64_t> signature() const;

  const MomentView* view_ = nullptr;
  const Names* chinese_ = nullptr;
  bool first_ = true, entered_ = false;
  bool renamed_ = true;
  bool scheduler_touched_ = true;
  std::vector<std::uint64_t> signature_;
  std::unordered_map<std::uint64_t, int> pointers_;
};

}  // namespace gogoscope
