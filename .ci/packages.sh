# shellcheck shell=bash disable=SC2034
# The Debian packages gogoscope needs, and how they get onto the machine. Sourced by run and check.
# The names are the same in Debian 12 and 13.

# The program: compiler, libraries, fonts. The X11 libraries are those that GLFW opens at run time. Pictures
# are drawn without a display through EGL by Mesa's software OpenGL, and written by libpng.
program_packages=(
  g++ cmake ninja-build pkgconf
  libunicorn-dev libcapstone-dev libzydis-dev libdw-dev libelf-dev
  libyaml-cpp-dev libcli11-dev nlohmann-json3-dev libpugixml-dev libfmt-dev libutfcpp-dev libunibreak-dev
  libimgui-dev libglfw3-dev libgl-dev libxcursor1 libxi6 libxinerama1 libxrandr2
  libegl-dev libopengl-dev libpng-dev libegl1 libgl1-mesa-dri
  fonts-jetbrains-mono fonts-inter fonts-wqy-microhei
  libgtest-dev libbenchmark-dev
)

# What only the tests need. clang-format and codespell hold form and spelling. Go and gdb record what a real
# process does. Python's jsonschema and xmllint are readers of JSON Schemas and of XML that are not ours.
test_packages=(xvfb xauth xdotool golang-go gdb clang-format codespell python3-jsonschema python3-yaml libxml2-utils)

installed() {
  [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

# Runs a command as root: directly, or through sudo.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

can_become_root() {
  if ((EUID == 0)); then return 0; fi
  command -v sudo >/dev/null || return 1
  # Without a terminal no password can be typed.
  sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }
}

# apt's long output is for people who watch it; errors come on stderr.
apt_get() {
  local words=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@")
  if [[ -t 1 ]]; then as_root "${words[@]}"; else as_root "${words[@]}" >/dev/null; fi </dev/null
}

# need_packages NAME...: installs those that are missing; asks for root only then.
need_packages() {
  local name missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "no apt-get here, continuing with what is installed; .ci/packages.sh lists what is needed"
    return
  fi
  for name in "$@"; do
    installed "$name" || missing+=("$name")
  done
  if ((${#missing[@]} == 0)); then
    say "all $# Debian packages are installed"
    return
  fi
  if ! can_become_root; then
    die "${#missing[@]} Debian packages are missing and this user may not install them. As root, run:
  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  fi

  say "installing ${#missing[@]} missing Debian packages: ${missing[*]}"
  # One broken third-party source makes the update fail; the packages may be there all the same.
  apt_get update || say "apt-get update reported errors; trying with the package lists at hand"
  apt_get install -y --no-install-recommends "${missing[@]}" ||
    die "apt-get could not install them (see above). By hand:
  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
}
