// Whether somebody watches.
#pragma once

namespace gogoscope {

/// A terminal that can move its cursor back.
bool is_terminal(int fd);
/// One, and NO_COLOR does not ask for plain text.
bool wants_colours(int fd);

}  // namespace gogoscope
