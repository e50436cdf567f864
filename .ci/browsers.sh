# shellcheck shell=bash
# Tests of pages in real browsers: ./check --browsers. Sourced by check, after the release preset is built.

# The browsers are Debian's. puppeteer-core, which drives them, and axe-core, which audits a page, are in no Debian
# package; npm installs them into build/, in the versions named here.
browser_packages=(chromium firefox-esr nodejs npm)
browser_modules=(puppeteer-core@24.43.1 axe-core@4.14.1)

install_browser_modules() {
  local folder=$root/build/browsers
  "${as_owner[@]}" mkdir -p "$folder"
  if [[ "$(cat "$folder/installed" 2>/dev/null)" == "${browser_modules[*]}" ]]; then return; fi
  say "installing ${browser_modules[*]}"
  (cd "$folder" && "${as_owner[@]}" npm install --silent --ignore-scripts --no-save --no-audit --no-fund "${browser_modules[@]}" &&
    echo "${browser_modules[*]}" | "${as_owner[@]}" tee installed >/dev/null)
}

# test_in_browsers: says what holds, returns how many of the runs failed.
test_in_browsers() {
  local program=$root/build/release/gogoscope said=$root/build/release/said tests=$root/tests/page failures=0 scenario language
  export GOGOSCOPE_NODE_MODULES=$root/build/browsers/node_modules
  run() {
    say "browsers: $*"
    "${as_owner[@]}" node "$tests/$1.mjs" "${@:2}" || failures=$((failures + 1))
  }
  run behaves "$program" "$root/scenarios" chromium
  run behaves "$program" "$root/scenarios" firefox
  for scenario in 02-two-exits 23-locked-handoff; do
    for language in en zh; do
      run equals "$program" "$said" "$root/scenarios/$scenario.yaml" "$language"
    done
  done
  return "$failures"
}
