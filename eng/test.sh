#!/usr/bin/env bash
# Builds and runs all tests; the last line is `N passed, N failed, N skipped`, what was skipped and why stands above it, then what failed.
#   eng/test.sh            everything
#   eng/test.sh Avro Emitter   only tests/AdTracking.Avro.Tests and tests/AdTracking.Emitter.Tests
# A real Kafka and a real Schema Registry are used when KAFKA_HOME and REGISTRY_HOME say where, or ../shared has them.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$root/artifacts/test-results
order=(House Avro Kafka.Client SchemaTool Events Cli Emitter Gateway Simulation RealRegistry Kafka Hosts Builds System Faults) # quick ones first: the sooner a mistake shows, the better

default_home() { # VARIABLE, DIRECTORY
    if [[ -z ${!1:-} && -d $2 ]]; then export "$1=$(cd "$2" && pwd)"; fi
}

counter() { # NAME, FILE: a number from the <Counters> element of a result file
    sed -n "s/.*<Counters.*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2"
}

main() {
    cd "$root"
    default_home KAFKA_HOME "$root/../shared/kafka"
    default_home REGISTRY_HOME "$root/../shared/registry"
    [[ ! -x eng/test-tools.sh ]] || eng/test-tools.sh
    rm -rf "$results" && mkdir -p "$results"
    echo "tests: building" >&2
    dotnet build AdTracking.sln --no-restore --configuration Release --verbosity quiet --nologo

    local suite passed=0 failed=0 skipped=0 broken=0 total executed file
    [[ $# -gt 0 ]] || set -- "${order[@]}"
    for suite in "$@"; do
        echo "tests: $suite" >&2
        file=$results/$suite.trx
        dotnet test "tests/AdTracking.$suite.Tests" --no-build --configuration Release --nologo \
            --logger "trx;LogFileName=$file" --logger "console;verbosity=minimal" || broken=$((broken + 1))
        [[ -f $file ]] || { echo "tests: $suite ended without a result" >&2; failed=$((failed + 1)); continue; }
        total=$(counter total "$file"); executed=$(counter executed "$file")
        passed=$((passed + $(counter passed "$file"))); failed=$((failed + executed - $(counter passed "$file")))
        skipped=$((skipped + total - executed))
    done
    # A runner that ended badly with all its tests passed (a crash after them) is a failure too.
    [[ $broken -eq 0 || $failed -gt 0 ]] || failed=$broken
    report_skipped
    report_failed
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

# Name and reason of every skipped test, from the result files.
report_skipped() {
    local file
    for file in "$results"/*.trx; do
        tr '\n' ' ' <"$file" | sed 's/<UnitTestResult /\n&/g' | sed -n \
            's/^<UnitTestResult [^>]*testName="\([^"]*\)"[^>]*outcome="NotExecuted".*<Message>\([^<]*\)<.*/skipped: \1: \2/p'
    done
}

# Every failed test again with its message, below what it printed: a long output hides them otherwise.
report_failed() {
    local file
    for file in "$results"/*.trx; do
        tr '\n' ' ' <"$file" | sed 's/<UnitTestResult /\n&/g' | sed -n \
            's/^<UnitTestResult [^>]*testName="\([^"]*\)"[^>]*outcome="Failed".*<ErrorInfo> *<Message>\([^<]*\)<.*/failed: \1: \2/p' | cut -c 1-600
    done
}

main "$@"
