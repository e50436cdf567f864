// The program, window included.
#include "scenarios/verbs/verbs.h"
#include "ui/picture/shot.h"
#include "ui/window.h"

int main(int argc, char** argv) {
  gogoscope::Front front;
  front.open_window = gogoscope::open_window;
  front.shoot = gogoscope::shoot;
  return gogoscope::run_command_line(argc, argv, front);
}
