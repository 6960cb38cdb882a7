#!/usr/bin/env bash
# What the tests use beyond the .NET SDK: Node packages, a browser, independent Avro readers, Java for the real Kafka.
# Installs what it can, once; says what will be skipped otherwise. Never fails because something is missing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

packages=()
want() { # PROGRAM-CHECK PACKAGE
    bash -c "$1" >/dev/null 2>&1 || packages+=("$2")
}
want 'command -v java' openjdk-17-jre-headless
want 'command -v node' nodejs
want 'command -v npm' npm
want 'command -v chromium || command -v chromium-browser || command -v google-chrome' chromium
want 'command -v avrocat' avro-bin
want 'command -v strace' strace
want 'command -v fiu-ctrl' fiu-utils
want '/usr/bin/python3 -c "import avro.schema"' python3-avro

if ((${#packages[@]})); then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "test tools: installing ${packages[*]}"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; } ||
            echo "test tools: not all could be installed; the tests that need them will be skipped"
    else
        echo "test tools: tests that need ${packages[*]} will be skipped; to have them: sudo apt-get install ${packages[*]}"
    fi
fi

# `npm ci` empties node_modules first, so it runs only when the lock file changed since the last complete run.
if command -v npm >/dev/null; then
    stamp=$root/tests/node/node_modules/.complete
    sum=$(sha256sum <"$root/tests/node/package-lock.json")
    if [[ $(cat "$stamp" 2>/dev/null) != "$sum" ]]; then
        echo "test tools: npm ci in tests/node (once)"
        if (cd "$root/tests/node" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error); then
            echo "$sum" >"$stamp"
        else
            rm -rf "$root/tests/node/node_modules"
            echo "test tools: npm ci failed; the tests that need Node packages will be skipped"
        fi
    fi
else
    echo "test tools: no npm; the tests that need Node packages will be skipped"
fi
