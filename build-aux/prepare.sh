# Sourced by run, check and bench: finds the project, installs what is missing, builds.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The packages for the purposes given ("build", "check"), with how to tell that they are there.
packages_for () {
  local purpose
  for purpose in "$@"; do
    awk -v purpose="$purpose" '$1 == purpose { print $2, $3 }' "$project/build-aux/packages"
  done
}

# Those of Debian's packages that are not installed.
missing_packages () {
  local name
  packages_for "$@" | while read -r name _; do
    dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

# Elsewhere than on Debian: what cannot be found, in words.
missing_things () {
  local name sign
  packages_for "$@" | while read -r name sign; do
    case $sign in
      -) ;;
      pkg-config:*) pkg-config --exists "${sign#pkg-config:}" 2>/dev/null || echo "$name (pkg-config ${sign#pkg-config:})" ;;
      *) command -v "$sign" >/dev/null || echo "$name (the command $sign)" ;;
    esac
  done
}

# Installs what is missing, through sudo when not root; says what is lacking where it cannot.
prepare () {
  local missing root=
  if ! command -v apt-get >/dev/null; then
    missing=$(missing_things "$@")
    [ -z "$missing" ] && return
    printf 'This system has no apt-get, so please install these yourself:\n%s\n' "$missing" >&2
    exit 2
  fi
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -z "$missing" ] && return
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      printf 'Please install these packages (there is no sudo here to do it with):\n%s\n' "$missing" >&2
      exit 2
    fi
    root=sudo
  fi
  echo "Installing: $missing" >&2
  # shellcheck disable=SC2086
  if ! { $root env DEBIAN_FRONTEND=noninteractive apt-get -qq update \
         && $root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing; } >&2; then
    printf 'These packages could not be installed:\n%s\n' "$missing" >&2
    exit 2
  fi
}

# build DIRECTORY [MESON-OPTION…]: configures once, then builds what has changed.
build () {
  local directory=$1 log
  shift
  log=$(mktemp)
  if { [ -f "$directory/build.ninja" ] || meson setup "$@" "$directory" "$project"; } >"$log" 2>&1 \
       && ninja -C "$directory" >>"$log" 2>&1; then
    rm -f "$log"
    return
  fi
  cat "$log" >&2
  rm -f "$log"
  exit 2
}
