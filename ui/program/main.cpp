// The program, window included: here alone the window is given what executes.
#include "scenarios/run/open_program.h"
#include "scenarios/verbs/verbs.h"
#include "ui/program/shot.h"
#include "ui/program/window.h"

int main(int argc, char** argv) {
  using namespace gogoscope;
  Front front;
  front.open_window = [](OpenedRun run, const WindowOptions& options) {
    // What is opened again stays in its case, and with what was handed in.
    RunOpener opener = [source = run.source](const std::string& again) {
      return open_source(again == source.path ? source : RunSource{again, "", ""});
    };
    return open_window(std::move(run), options, std::move(opener), open_source_without);
  };
  front.shoot = shoot;
  return run_command_line(argc, argv, front);
}
