// What the body of a modelled line sees: its function's frame in guest memory, the g and m it runs on, and
// loads and stores through the machine's gate.
//
// The rule of slots: at most one access to state that another M could see - one load, one store, or one
// atomic operation. Frame counts them and stops the program when a body of ours breaks the rule. Not counted:
// the function's own frame, registers, and what only this M may touch (its TLS, g.m of the g it runs, m.p,
// m.g0, m.curg, m.locks).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest/code.h"
#include "emu/layout/layout.h"
#include "emu/machine/slot.h"

namespace gogoscope::runtime {

/// What bodies need to know of the linked program.
struct Environment {
  std::map<std::string, std::uint64_t, std::less<>> symbols;  ///< text and data, by name
  const Code* code = nullptr;
  std::string goos = "linux";
  std::string goarch = "amd64";
  bool race = false;
  bool sysmon = false;  ///< runtime.main starts it
  int procs = 1;

  // The hot fields, so that no body looks names up.
  std::uint32_t g_m = 0, m_g0 = 0, m_curg = 0, m_p = 0, m_fastrand = 0;
};

/// A variable of a modelled function: in its frame, or, as the compiler would, in a register.
struct Var {
  enum class Home : std::uint8_t { frame, reg };
  Home home = Home::frame;
  std::int32_t offset = 0;  ///< from the frame's top
  std::uint8_t size = 8;
  Reg reg = Reg::rax;
};

struct Label {
  std::size_t id = 0;
};

/// What a slot stores besides its jump: the state, or variables of its function.
struct Stores {
  bool memory = false, variables = false;
};

class Frame {
 public:
  Frame(Gate& gate, const Environment& environment, std::int32_t frame_size,
        const std::vector<CodeAddr>& labels)
      : gate_(gate), environment_(environment), frame_size_(frame_size), labels_(labels) {}

  // Variables.
  std::uint64_t get(Var var) {
    return var.home == Var::Home::reg ? gate_.reg(var.reg) : gate_.load(address(var), var.size);
  }
  void set(Var var, std::uint64_t value) {
    if (spoiled_.variables) value ^= 1;
    if (var.home == Var::Home::reg) {
      gate_.set_reg(var.reg, value);
    } else {
      gate_.store(address(var), var.size, value);
    }
  }
  Addr address(Var var) const { return top() + var.offset; }

  // Shared memory: one access a slot.
  std::uint64_t load(std::uint64_t addr, int size = 8) {
    ++shared_;
    return gate_.load(Addr(addr), size);
  }
  void store(std::uint64_t addr, int size, std::uint64_t value) {
    ++shared_;
    put(addr, size, value);
  }
  std::uint64_t load(std::uint64_t base, const Field& field) {
    return load(base + field.offset, static_cast<int>(field.size));
  }
  void store(std::uint64_t base, const Field& field, std::uint64_t value) {
    store(base + field.offset, static_cast<int>(field.size), value);
  }
  /// atomic.Cas: true if it stored.
  bool cas(std::uint64_t addr, int size, std::uint64_t old_value, std::uint64_t new_value);
  /// atomic.Xadd: the new value.
  std::uint64_t xadd(std::uint64_t addr, int size, std::uint64_t delta);
  /// atomic.Xchg: the old value.
  std::uint64_t xchg(std::uint64_t addr, int size, std::uint64_t value);

  // Memory that no other M can see at this moment: the caller says why.
  std::uint64_t load_private(std::uint64_t addr, int size = 8) { return gate_.load(Addr(addr), size); }
  void store_private(std::uint64_t addr, int size, std::uint64_t value) { put(addr, size, value); }

  /// From now on what is stored has its lowest bit flipped: a slot that is wrong on purpose.
  void spoil(Stores what) { spoiled_ = what; }

  bool faulted() const { return gate_.faulted(); }

  // Which g runs: as getg() finds it, through TLS.
  std::uint64_t getg() { return gate_.load(Addr(gate_.reg(Reg::fs_base) - 8)); }
  std::uint64_t m() { return gate_.load(Addr(getg() + environment_.g_m)); }
  std::uint64_t g0() { return gate_.load(Addr(m() + environment_.m_g0)); }
  std::uint64_t curg() { return gate_.load(Addr(m() + environment_.m_curg)); }
  std::uint64_t p() { return gate_.load(Addr(m() + environment_.m_p)); }

  // The caller, as getcallerpc() and getcallersp() see it.
  std::uint64_t callerpc() { return gate_.load(top()); }
  std::uint64_t callersp() const { return top().value() + 8; }

  std::uint64_t reg(Reg reg) const { return gate_.reg(reg); }
  void set_reg(Reg reg, std::uint64_t value) { gate_.set_reg(reg, value); }
  std::uint64_t symbol(std::string_view name) const;
  const Environment& environment() const { return environment_; }

  CodeAddr address_of(Label label) const { return labels_[label.id]; }
  void go_to(Label label) { gate_.jump(labels_[label.id]); }
  /// dividend / divisor. By zero it is the guest's fault, as a DIV would be: the run ends, the quotient is 0.
  std::uint64_t quotient(std::uint64_t dividend, std::uint64_t divisor);
  /// throw(): the run ends with Go's message.
  void throw_(std::string_view message);
  void stop(Stop stop) { gate_.stop(std::move(stop)); }

  int shared_accesses() const { return shared_; }
  /// For emu/runtime/kernel.cpp only.
  Gate& gate() { return gate_; }

 private:
  void put(std::uint64_t addr, int size, std::uint64_t value) {
    gate_.store(Addr(addr), size, spoiled_.memory ? value ^ 1 : value);
  }
  /// Where the return address is: SP at entry. Slots run with the whole frame in place.
  Addr top() const { return Addr(gate_.reg(Reg::rsp)) + frame_size_; }

  Gate& gate_;
  const Environment& environment_;
  std::int32_t frame_size_;
  const std::vector<CodeAddr>& labels_;
  int shared_ = 0;
  Stores spoiled_;
};

}  // namespace gogoscope::runtime
