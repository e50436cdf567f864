#!/bin/sh
# Drives the real window on a virtual display. The title shows the state: "... – 3/812 – gogoscope".
# usage: xvfb-run window_smoke.sh PROGRAM SCENARIO
set -eu

home=$(mktemp -d)
export XDG_CONFIG_HOME="$home/config" XDG_STATE_HOME="$home/state"
# A graphics driver leaves memory to the end of the process; leaks of our own are found by the tests without a window.
export ASAN_OPTIONS="detect_leaks=0"
cp "$2" "$home/lesson.yaml"
LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 "$1" --at 0 "$home/lesson.yaml" &
program=$!
trap 'kill $program 2>/dev/null || true; rm -rf "$home"' EXIT

title() { xdotool getwindowname "$window"; }

# The number of the state, which is in the title.
state() { title | sed 's|.* \([0-9]*\)/.*|\1|'; }

fail() {
  echo "$1" >&2
  exit 1
}

# Waits until the title matches, up to 20 seconds.
expect_title() {
  for _ in $(seq 200); do
    if title | grep -q "$1"; then return; fi
    sleep 0.1
  done
  fail "the title is '$(title)', expected '$1'"
}

# Presses the left button at a place, in steps that a frame of a software renderer can follow.
click() {
  xdotool mousemove --window "$window" "$1" "$2"
  sleep 0.3
  xdotool mousedown 1
  sleep 0.3
  xdotool mouseup 1
  sleep 0.3
}

window=$(timeout 30 xdotool search --sync --onlyvisible --name gogoscope | head -n 1)
expect_title ' 0/[0-9]* – gogoscope$'
xdotool windowfocus "$window"

# Step and back.
xdotool key Right
expect_title ' 1/[0-9]* – gogoscope$'
xdotool key Left
expect_title ' 0/[0-9]* – gogoscope$'

# The palette: a state number typed goes there.
xdotool key ctrl+p
sleep 0.5
xdotool type --delay 80 "123"
sleep 0.5
xdotool key Return
expect_title ' 123/[0-9]* – gogoscope$'

# Typed faster than frames come: all of it is for the palette, in its order.
xdotool key ctrl+p
xdotool type --delay 0 "45"
xdotool key Return
expect_title ' 45/[0-9]* – gogoscope$'

# The middle of the timeline, whose place does not depend on the scenario.
click 800 930
expect_title ' [1-9][0-9][0-9][0-9]*/[0-9]* – gogoscope$'

# A splitter: the middle of the gap between the two rows of panels.
xdotool mousemove --window "$window" 800 "$(( ( 48 + 26 + 8 + 116 + 10 + 1000 - 10 - 160 - 10 ) / 2 ))"
sleep 0.3
xdotool mousedown 1
sleep 0.3
xdotool mousemove_relative 0 60
sleep 0.5
xdotool mouseup 1
sleep 0.3

# A changed scenario file reloads, and the moment stays.
xdotool key Home
expect_title ' 0/[0-9]* – gogoscope$'
sed -i 's/^title: .*/title: {en: Read again, zh: 重读}/' "$home/lesson.yaml"
expect_title '^Read again – 0/'

# An error in it leaves the last good run.
printf 'nonsense: 1\n' >>"$home/lesson.yaml"
sleep 1
xdotool key Right
expect_title '^Read again – 1/'

# At rest nothing is drawn: two seconds cost no more than a tick or two of the clock.
sleep 1
ticks() { awk '{print $14 + $15}' "/proc/$program/stat"; }
before=$(ticks)
sleep 2
after=$(ticks)
[ $((after - before)) -le 2 ] || fail "at rest the window used $((after - before)) ticks in 2 seconds"

# Resized, it still answers.
xdotool windowsize "$window" 1280 800
sleep 1
xdotool key Right
expect_title '^Read again – 2/'

# Closed, it keeps what the user chose.
xdotool key ctrl+t
sleep 0.5
xdotool key ctrl+q
(exec >/dev/null 2>&1; sleep 15 && kill -9 $program) &
guard=$!
wait $program || fail "the window did not close, or not well: exit code $?"
kill $guard 2>/dev/null || true
settings="$XDG_CONFIG_HOME/gogoscope/settings.json"
[ -f "$settings" ] || fail "no settings were written"
grep -q '"theme": *"light"' "$settings" || fail "the theme was not kept: $(cat "$settings")"
upper=$(sed -n 's/.*"upper": *\([0-9.]*\).*/\1/p' "$settings")
awk -v u="$upper" 'BEGIN { exit !(u > 0.52) }' || fail "the splitter was not kept: $upper"

# Without a file it opens on the start page, which finds an example by a word of its title.
LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 "$1" &
program=$!
window=$(timeout 30 xdotool search --sync --onlyvisible --pid $program --name gogoscope | head -n 1)
xdotool windowfocus "$window"
sleep 1
xdotool type --delay 20 "yield to each other"
xdotool key Return
expect_title '^Two tasks yield to each other – [1-9]'
xdotool key ctrl+q
wait $program || fail "the second window did not close well: exit code $?"
grep -q '04-gosched-ping-pong' "$settings" || fail "the file opened was not kept: $(cat "$settings")"

# A lesson is answered by letters and Enter, and only then goes on.
LC_ALL=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 "$1" --lang en "$(dirname "$2")/lessons/03-gogo.yaml" &
program=$!
window=$(timeout 30 xdotool search --sync --onlyvisible --pid $program --name gogoscope | head -n 1)
xdotool windowfocus "$window"
expect_title ' \([0-9][0-9]*\)/\1 – gogoscope$'
first=$(state)
xdotool type --delay 20 "abcd"
xdotool key Return Page_Down
for _ in $(seq 200); do
  [ "$(state)" = "$first" ] || break
  sleep 0.1
done
[ "$(state)" -gt "$first" ] || fail "letters and Enter did not answer: $(title)"
xdotool key ctrl+q
wait $program || fail "the window of the lesson did not close well: exit code $?"
