#!/usr/bin/env bash
# Runs one test many times while every core is busy, and prints how often it failed: a test that fails by chance is a defect.
#   eng/repeat.sh System Terminate_UnderLoad 50    suite, part of the test's full name, how often
#   LOAD=0 eng/repeat.sh ...                       without the busy cores; LOAD=8 with eight of them
# What failed stands in artifacts/repeat/N.log. Ends with 1 where one run failed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
spinners=()

spin() { while :; do :; done; }

main() { # SUITE, TEST, N
    [[ $# -eq 3 ]] || { sed -n '3,5s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 64; }
    cd "$root"
    local project=tests/AdTracking.$1.Tests logs=artifacts/repeat failed=0 i
    local program=$project/bin/Release/net10.0/AdTracking.$1.Tests.dll
    if [[ -z ${KAFKA_HOME:-} && -d ../shared/kafka ]]; then export KAFKA_HOME=$root/../shared/kafka; fi
    if [[ -z ${REGISTRY_HOME:-} && -d ../shared/registry ]]; then export REGISTRY_HOME=$root/../shared/registry; fi
    dotnet build "$project" --no-restore --configuration Release --verbosity quiet --nologo
    rm -rf "$logs" && mkdir -p "$logs"
    trap '[[ ${#spinners[@]} -eq 0 ]] || kill "${spinners[@]}" 2>/dev/null || true' EXIT
    for ((i = 0; i < ${LOAD:-$(nproc)}; i++)); do spin & spinners+=($!); done

    for ((i = 1; i <= $3; i++)); do
        if dotnet "$program" -noLogo -noColor -method "*$2*" >"$logs/$i.log" 2>&1 &&
            grep -q 'Total: [1-9][0-9]*, Errors: 0, Failed: 0, Skipped: 0' "$logs/$i.log"; then
            rm "$logs/$i.log"
        else
            failed=$((failed + 1))
            echo "repeat: run $i failed: $logs/$i.log" >&2
        fi
    done
    echo "$2: $failed of $3 runs failed"
    [[ $failed -eq 0 ]]
}

main "$@"
