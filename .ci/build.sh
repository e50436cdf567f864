# shellcheck shell=bash
# Configure and build one CMake preset. Sourced by run and check.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)

say() { printf '%s: %s\n' "${0##*/}" "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 2
}

# As root in another user's tree (sudo ./check) everything but apt-get runs as the owner of the tree,
# so that no file is left behind which the owner cannot overwrite later.
as_owner=()

become_owner() {
  local uid gid home
  if ((EUID == 0)); then
    uid=$(stat -c %u "$root")
    gid=$(stat -c %g "$root")
    if ((uid == 0)) || ! command -v setpriv >/dev/null; then return; fi
    as_owner=(setpriv "--reuid=$uid" "--regid=$gid" --init-groups)
    # A mounted tree may belong to a number that has no account here.
    home=$(getent passwd "$uid" | cut -d: -f6) || true
    if [[ -z "$home" ]]; then as_owner=(setpriv "--reuid=$uid" "--regid=$gid" --clear-groups); fi
    # The owner must be able to reach the tree, or root has to do it after all.
    if ! "${as_owner[@]}" test -w "$root"; then
      as_owner=()
      return
    fi
    if [[ -d "$root/build" ]]; then chown -Rh "$uid:$gid" "$root/build"; fi
    if [[ -z "$home" ]] || ! "${as_owner[@]}" test -w "$home"; then home=$root/build/home; fi
    as_owner+=(env "HOME=$home")
    "${as_owner[@]}" mkdir -p "$root/build" "$home"
    say "building as the owner of this folder (uid $uid)"
  else
    local folder
    for folder in "$root" "$root/build" "$root"/build/*/; do
      if [[ -e "$folder" && ! -w "$folder" ]]; then
        die "cannot write to $folder (it belongs to $(stat -c %U "$folder")): make it yours, with
  sudo chown -R $(id -un) '$folder'"
      fi
    done
  fi
}

# configure PRESET
configure() {
  local preset=$1 cache=$root/build/$1/CMakeCache.txt log=$root/build/$1.configure.log fresh=()
  # A tree that was copied or moved brings a cache that points to the old place.
  if [[ -f "$cache" ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
    say "$preset: this folder has moved since the last build, starting afresh"
    fresh=(--fresh)
  fi
  say "$preset: configuring"
  "${as_owner[@]}" mkdir -p "$root/build"
  "${as_owner[@]}" rm -f "$log"
  if ! (cd "$root" && "${as_owner[@]}" cmake --preset "$preset" "${fresh[@]}" 2>&1) |
    "${as_owner[@]}" tee "$log" >/dev/null; then
    cat "$log" >&2
    return 1
  fi
}

# build PRESET [TARGET]
build() {
  local preset=$1 target=()
  if (($# > 1)); then target=(--target "$2"); fi
  say "$preset: building"
  (cd "$root" && "${as_owner[@]}" env NINJA_STATUS="[$preset %f/%t] " \
    cmake --build --preset "$preset" --parallel "$(nproc)" "${target[@]}")
}
