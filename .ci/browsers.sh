# shellcheck shell=bash
# Tests of pages in real browsers: ./check --browsers. Sourced by check, after the release preset is built.

# The browsers are Debian's. puppeteer-core, which drives them, and axe-core, which audits a page, are in no Debian
# package; npm installs them into build/, in the versions of the lock file.
browser_packages() {
  local pair
  # Whoever has node from elsewhere has npm with it, and Debian's would not go with it.
  for pair in chromium:chromium firefox-esr:firefox-esr node:nodejs npm:npm; do
    if ! command -v "${pair%:*}" >/dev/null; then echo "${pair#*:}"; fi
  done
}

install_browser_modules() {
  local folder=$root/build/browsers lock=$root/tests/page/package-lock.json
  if cmp -s "$lock" "$folder/installed"; then return; fi
  say "installing what tests/page/package.json names"
  "${as_owner[@]}" mkdir -p "$folder"
  "${as_owner[@]}" cp "$root/tests/page/package.json" "$lock" "$folder/"
  local try
  for try in 1 2 3; do
    if (cd "$folder" && "${as_owner[@]}" npm ci --silent --ignore-scripts --no-audit --no-fund); then
      "${as_owner[@]}" cp "$lock" "$folder/installed"
      return
    fi
    say "npm failed, try $try of 3"
  done
  return 1
}

# How many runs test_in_browsers makes.
browser_runs=9

# test_in_browsers: says what holds, returns how many of the runs failed. One run a processor at a time, the longest
# ones first. Each state of one scenario is compared, in one language; of the other language and scenario samples are.
# What a run says is printed when all are over, in their order.
test_in_browsers() {
  local program=$root/build/release/gogoscope said=$root/build/release/said scenarios=$root/scenarios
  local logs failures=0 started=0 running=0 number
  export GOGOSCOPE_NODE_MODULES=$root/build/browsers/node_modules
  # Two checks of one tree do not write into each other's.
  logs=$("${as_owner[@]}" mktemp -d "$root/build/browsers/logs.XXXXXX")
  finish_one() {
    wait -n || failures=$((failures + 1))
    running=$((running - 1))
  }
  run() {
    if ((running == $(nproc))); then finish_one; fi
    started=$((started + 1)) running=$((running + 1))
    say "browsers: $*"
    # shellcheck disable=SC2016 # its own words
    "${as_owner[@]}" sh -c 'exec node "$@" >"$0" 2>&1' "$logs/$started" "$root/tests/page/$1.mjs" "${@:2}" &
  }
  run equals "$program" "$said" "$scenarios/02-two-exits.yaml" en 1
  run behaves "$program" "$scenarios" chromium
  run equals "$program" "$said" "$scenarios/23-locked-handoff.yaml" en 20
  run equals "$program" "$said" "$scenarios/23-locked-handoff.yaml" zh 20
  run equals "$program" "$said" "$scenarios/02-two-exits.yaml" zh 20
  run lesson "$program" "$scenarios/lessons/03-gogo.yaml"
  run lesson "$program" "$scenarios/lessons/09-which-g.yaml"
  run lesson "$program" "$scenarios/tour.yaml"
  run behaves "$program" "$scenarios" firefox
  while ((running > 0)); do finish_one; done
  for ((number = 1; number <= started; ++number)); do cat "$logs/$number"; done
  "${as_owner[@]}" rm -r "$logs"
  return "$failures"
}
