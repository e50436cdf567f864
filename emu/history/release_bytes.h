// How a trace file holds the Go release of its guest: name, origin, where g is kept, structs, changes of
// status. Private to this folder.
#pragma once

#include <memory>
#include <string>
#include <variant>

#include "emu/history/trace_file.h"
#include "emu/layout/release.h"

namespace gogoscope {

void write_release(ByteWriter& w, const Release& release);
/// The release, or what is wrong with it. One that is returned is safe to be read through: its layout is
/// sound.
std::variant<std::shared_ptr<const Release>, Message> read_release(ByteReader& r);

}  // namespace gogoscope
