#!/usr/bin/env bash
# Everything at full length: 200 kills, outages, dying brokers, full disks, failing calls, stops, a million simulated schedules, and all the
# other tests; hours. Prints a table of the fault scenarios and puts it into docs/durability.md.
#   eng/faults.sh              all
#   eng/faults.sh KillTests    only the fault scenarios whose name holds this; the documentation is left alone
#   TEST_SEED=random           another seed
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rows=$root/artifacts/faults.md
page=$root/docs/durability.md
. "$root/eng/compile.sh"

default_home() { # VARIABLE, DIRECTORY
    if [[ -z ${!1:-} && -d $2 ]]; then export "$1=$(cd "$2" && pwd)"; fi
}

table() {
    echo '| scenario | what was done, what was seen | events sent | promised | kafka / synced / journaled, % | records in Kafka | missing | spurious | corrupted | doubled | seed |'
    echo '|---|---|---|---|---|---|---|---|---|---|---|'
    cat "$rows"
}

some() { # NAME: fault scenarios
    local suite status=0
    for suite in Faults Soak; do
        compile "tests/AdTracking.$suite.Tests"
        FAULTS=long dotnet "tests/AdTracking.$suite.Tests/bin/Release/net10.0/AdTracking.$suite.Tests.dll" -noLogo -noColor \
            -method "*$1*" -class- '*.OracleTests' || status=1
    done
    return "$status"
}

main() {
    cd "$root"
    default_home KAFKA_HOME "$root/../shared/kafka"
    rm -f "$rows"
    local failed=0
    if [[ $# -gt 0 ]]; then some "$1" || failed=1; else eng/test.sh faults || failed=1; fi
    [[ -s $rows ]] || { echo "faults: no scenario ran to its end" >&2; exit 1; }
    table
    if [[ $# -eq 0 ]]; then
        { sed '/<!-- faults:begin -->/q' "$page"
          echo; echo "$(date -u +%Y-%m-%d), $(nproc) cores, commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown):"; echo
          table; echo
          sed -n '/<!-- faults:end -->/,$p' "$page"; } >"$page.new"
        mv "$page.new" "$page"
    fi
    return "$failed"
}

main "$@"
