#!/bin/sh
# Drives the real window on a virtual display. The title tells the state shown: "... – 3/812 – gogoscope".
# usage: xvfb-run window_smoke.sh PROGRAM
set -eu

LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 "$1" &
program=$!
trap 'kill $program 2>/dev/null || true' EXIT

title() { xdotool getwindowname "$window"; }

# Waits until the title matches, up to 20 seconds.
expect_title() {
  for _ in $(seq 200); do
    if title | grep -q "$1"; then return; fi
    sleep 0.1
  done
  echo "the title is '$(title)', expected '$1'" >&2
  exit 1
}

window=$(timeout 30 xdotool search --sync --onlyvisible --name gogoscope | head -n 1)
expect_title ' 0/[0-9]* – gogoscope$'

xdotool windowfocus "$window"
xdotool key Right
expect_title ' 1/[0-9]* – gogoscope$'
xdotool key Left
expect_title ' 0/[0-9]* – gogoscope$'

# The middle of the timeline, whose place does not depend on the scenario.
xdotool mousemove --window "$window" 800 955
sleep 0.3
xdotool mousedown 1
sleep 0.3
xdotool mouseup 1
expect_title ' [1-9][0-9]*/[0-9]* – gogoscope$'
