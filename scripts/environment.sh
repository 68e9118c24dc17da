# Shared by scripts/serve, test, build and release: makes the project's own .venv from the lock files.
# Sourced with $root set to the project's folder; the callers run under `set -euo pipefail`.
#
#   prepare_environment requirements.lock           what the website needs
#   prepare_environment requirements-test.lock      that and what the tests need
#
# A stamp inside .venv says from which lock, folder and Python it was made. Where the stamp still
# holds, nothing is installed. Where it is missing (first run, or an interrupted one), or the folder
# was moved or copied, .venv is made anew. Where only the locks changed, they are installed again.

venv="$root/.venv"
python="$venv/bin/python"
unset PYTHONHOME PYTHONPATH
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "whichlaw: $*" >&2; }

give_up() {
  say "$@"
  exit 1
}

is_root() { [ "$(id -u)" -eq 0 ]; }

can_apt() { is_root && command -v apt-get >/dev/null 2>&1; }

# Installs Debian packages; apt-get's own words are shown only when it fails.
apt_install() {
  local log
  log="$(mktemp)"
  say "installing from the system's packages: $*"
  if DEBIAN_FRONTEND=noninteractive apt-get update </dev/null >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
      </dev/null >>"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
  fi
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# The first Python 3.11+ that can make a venv, or else the first Python 3.11+ at all.
# Each is run, not only found: a version manager's stand-in may exist and answer nothing.
find_python() {
  local candidate fallback="" candidates=(python3 python3.1{3,2,1,4} /usr/bin/python3)
  [ -z "${WHICHLAW_PYTHON:-}" ] || candidates=("$WHICHLAW_PYTHON")
  for candidate in "${candidates[@]}"; do
    if is_new_enough "$candidate"; then
      if can_make_venv "$candidate"; then
        printf '%s\n' "$candidate"
        return
      fi
      fallback="${fallback:-$candidate}"
    fi
  done
  printf '%s\n' "$fallback"
}

# Debian and Ubuntu keep the part of Python that makes a venv in a package of its own.
add_missing_venv_module() {
  local version package
  version="$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
  package="python$version-venv"
  if can_apt && apt_install "$package" && can_make_venv "$1"; then
    return
  fi
  give_up "this Python cannot make a virtual environment. Run this, then try again:" \
    $'\n\n'"  sudo apt-get update && sudo apt-get install -y $package"$'\n'
}

# What the environment was made from: change a line of this and it is brought up to date.
fingerprint() {
  local lock="$1"
  printf 'folder %s\n' "$root"
  (cd "$root" && cksum setup.cfg pyproject.toml "$lock")
}

stamp_of() { printf '%s\n' "$venv/.made-from-$1"; }

is_ready() {
  local stamp
  stamp="$(stamp_of "$1")"
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$1")" ] && is_usable
}

# The venv's Python still starts (the system's may have gone) and is the one of this folder.
is_usable() {
  [ "$("$python" -c 'import sys; print(sys.prefix)' 2>/dev/null)" = "$venv" ]
}

# Made here, finished at least once, and still starting: enough to install into.
is_repairable() {
  local stamp
  for stamp in "$venv"/.made-from-*; do
    if [ -f "$stamp" ] && [ "$(head -n 1 "$stamp")" = "folder $root" ]; then
      is_usable
      return
    fi
  done
  return 1
}

make_venv() {
  local base
  base="$(find_python)"
  if [ -z "$base" ]; then
    give_up "Python 3.11 or newer is needed and was not found. On Debian 12 or Ubuntu 24.04" \
      "and newer, run this, then try again:" \
      $'\n\n'"  sudo apt-get update && sudo apt-get install -y python3 python3-venv"$'\n'
  fi
  can_make_venv "$base" || add_missing_venv_module "$base"
  say "making .venv with $("$base" --version 2>&1)"
  rm -rf "$venv"
  "$base" -m venv "$venv" || give_up "the virtual environment could not be made in $venv"
}

pip_install() {
  "$python" -m pip install -qq --no-input "$@" </dev/null >&2 ||
    give_up "the installation did not finish. Nothing is lost: run the same command again."
}

install_into_venv() {
  local lock="$1" started=$SECONDS
  is_ready "$lock" && return # somebody else finished it while we waited for the lock
  if is_repairable; then
    say "the list of packages changed: bringing .venv up to date"
  else
    make_venv
  fi
  rm -f "$venv"/.made-from-*
  say "installing the packages of $lock (about half a minute the first time)"
  pip_install --require-hashes --requirement "$root/$lock"
  pip_install --no-deps --no-build-isolation --editable "$root"
  # Each lock holds all of the shorter one, so the longer makes the shorter ready as well.
  if [ "$lock" = requirements-test.lock ]; then
    fingerprint requirements.lock >"$(stamp_of requirements.lock)"
  fi
  fingerprint "$lock" >"$(stamp_of "$lock").new"
  mv "$(stamp_of "$lock").new" "$(stamp_of "$lock")"
  say "ready after $((SECONDS - started)) s"
}

# Runs a command while nobody else runs one under the same lock file, in a shell of its own.
one_at_a_time() {
  local lock="$1"
  shift
  (
    if command -v flock >/dev/null 2>&1; then
      flock --nonblock 9 || { say "waiting for another installation to finish" && flock 9; }
    fi
    "$@"
  ) 9>"$lock"
}

# A second start waits for the first one's installation, and then finds it done.
prepare_environment() {
  local lock="$1"
  is_ready "$lock" || one_at_a_time "$root/.venv.lock" install_into_venv "$lock"
}
