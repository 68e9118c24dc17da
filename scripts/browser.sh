# Sourced by scripts/test and scripts/screenshots, after environment.sh: finds Chromium, or installs it.
#
#   prepare_browser      sets WHICHLAW_CHROMIUM; where there is none, it says what to run

prepare_browser() {
  if [ "${WHICHLAW_NO_BROWSER:-}" = 1 ]; then
    say "WHICHLAW_NO_BROWSER=1: the browser tests are left out"
    return
  fi
  if ! find_browser >/dev/null && can_apt; then
    apt_install chromium || true
  fi
  if WHICHLAW_CHROMIUM="$(find_browser)"; then
    export WHICHLAW_CHROMIUM
  else
    unset WHICHLAW_CHROMIUM
    say "Chromium is missing, and what needs a browser will fail. Run this, then try again:" \
      $'\n\n'"  sudo apt-get update && sudo apt-get install -y chromium"$'\n\n' \
      "or leave the browser tests out with WHICHLAW_NO_BROWSER=1."
  fi
}

find_browser() {
  [ -x "${WHICHLAW_CHROMIUM:-}" ] && printf '%s\n' "$WHICHLAW_CHROMIUM" && return
  command -v chromium || command -v chromium-browser || command -v google-chrome
}
