// The program without its window.
#include "scenarios/verbs/verbs.h"

int main(int argc, char** argv) { return gogoscope::run_command_line(argc, argv, gogoscope::Front{}); }
