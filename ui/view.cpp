#include "ui/view.h"

namespace gogoscope {

View view_of(Session& session, Language language) {
  View view;
  static_cast<MomentView&>(view) = moment_of(session, name_words(language));
  view.breakpoints = &session.breakpoints();
  view.session = &session;
  view.branches = session.trace().branches();
  view.live = session.live();
  return view;
}

}  // namespace gogoscope
