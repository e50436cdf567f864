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
  (cd "$folder" && "${as_owner[@]}" npm ci --silent --ignore-scripts --no-audit --no-fund) &&
    "${as_owner[@]}" cp "$lock" "$folder/installed"
}

# How many runs test_in_browsers makes.
browser_runs=8

# test_in_browsers: says what holds, returns how many of the runs failed.
test_in_browsers() {
  local program=$root/build/release/gogoscope said=$root/build/release/said tests=$root/tests/page failures=0 scenario
  export GOGOSCOPE_NODE_MODULES=$root/build/browsers/node_modules
  run() {
    say "browsers: $*"
    "${as_owner[@]}" node "$tests/$1.mjs" "${@:2}" || failures=$((failures + 1))
  }
  run behaves "$program" "$root/scenarios" chromium
  run behaves "$program" "$root/scenarios" firefox
  for scenario in 03-gogo 09-which-g; do run lesson "$program" "$root/scenarios/lessons/$scenario.yaml"; done
  # One language for each of two processors. The longest run is compared at every seventh state.
  equal() {
    local log=$root/build/browsers/equals.zh.log
    say "browsers: equals $*"
    # shellcheck disable=SC2016 # its own words
    "${as_owner[@]}" sh -c 'exec node "$@" >"$0" 2>&1' "$log" \
      "$tests/equals.mjs" "$program" "$said" "$root/scenarios/$1.yaml" zh "$2" &
    "${as_owner[@]}" node "$tests/equals.mjs" "$program" "$said" "$root/scenarios/$1.yaml" en "$2" ||
      failures=$((failures + 1))
    wait $! || failures=$((failures + 1))
    cat "$log"
  }
  equal 02-two-exits 1
  equal 23-locked-handoff 7
  return "$failures"
}
