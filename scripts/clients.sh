# Sourced by scripts/test after assets.sh: installs the programs of other people with which tests ask
# our SPARQL endpoint (Comunica) and look at our pages (axe-core, the Nu checker) into .assets/clients,
# as tests/clients says. The site needs none of them.
#
#   prepare_clients      installs them unless they are there; where it cannot, it says what to run
#
# A stamp says from which lock they were installed: where it still holds, nothing is done.

clients="$tools/clients"

install_clients() {
  find_node &&
    once "$clients.made-from" \
      "$("$node" -p 'process.platform + process.arch') $(cksum <"$root/tests/clients/package-lock.json")" \
      fetch_clients
}

# Exactly what the lock says, none of it run while it is installed.
fetch_clients() {
  local started=$SECONDS
  say "installing the programs that look at our pages and ask our SPARQL endpoint (under a minute)"
  mkdir -p "$clients" && cp "$root"/tests/clients/package{,-lock}.json "$clients" &&
    (cd "$clients" && run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
      --include=dev --fetch-retries=1) </dev/null >"$clients.log" 2>&1 &&
    say "installed after $((SECONDS - started)) s"
}

prepare_clients() {
  if [ "${WHICHLAW_NO_ASSETS:-}" = 1 ]; then
    say "WHICHLAW_NO_ASSETS=1: the tests with Comunica, axe-core and the Nu checker are left out"
  elif ! { mkdir -p "$tools" && one_at_a_time "$clients.lock" install_clients; }; then
    say "Comunica, axe-core and the Nu checker could not be installed, so the tests that need them" \
      "will fail. What went wrong:" \
      $'\n\n'"$(tail -n 12 "$clients.log" 2>&1)"$'\n\n' \
      "Run scripts/test again where a package registry is reached, or leave those tests out with" \
      "WHICHLAW_NO_ASSETS=1."
  fi
}
