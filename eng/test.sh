#!/usr/bin/env bash
# Builds once and runs tests, suites that wait beside suites that compute. The last line is `N passed, N failed, N skipped`; above it stand
# what was skipped and why, what failed, the time of each suite, the ten slowest tests and the seed.
#   eng/test.sh                 what CI runs: everything, the long scenarios in a short form
#   eng/test.sh quick           what needs no broker, no registry and no MSBuild
#   eng/test.sh faults          everything at full length, one suite after another; hours
#   eng/test.sh Avro Emitter    only tests/AdTracking.Avro.Tests and tests/AdTracking.Emitter.Tests
#   eng/test.sh --no-build ...  on what eng/check.sh or the run before has built
# A real Kafka and a real Schema Registry are used when KAFKA_HOME and REGISTRY_HOME say where, or ../shared has them.
set -euo pipefail
shopt -s nullglob
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
results=$root/artifacts/test-results
budgets=$root/eng/test-budgets.tsv
. "$root/eng/compile.sh"
warn_after=$((12 * 60)) fail_after=$((25 * 60)) quick_warn_after=$((3 * 60))

# A lane runs its suites one after another, beside the other lanes: at most three things at once.
quick_lanes=('House Load Avro Oracles SchemaRegistry EmbeddedRegistry Serdes SchemaTool' 'Kafka.Client Events Cli Emitter Gateway')
test_lanes=('House Load Avro Oracles SchemaRegistry EmbeddedRegistry Serdes SchemaTool Kafka.Client Events Cli Emitter Gateway Simulation Builds Hosts' 'Faults RealRegistry' 'Kafka RealBroker System')
# At full length only: `make faults`.
faults_only='Soak'

default_home() { # VARIABLE, DIRECTORY
    if [[ -z ${!1:-} && -d $2 ]]; then export "$1=$(cd "$2" && pwd)"; fi
}

counter() { # NAME, FILE: a number from the <Counters> element of a result file
    sed -n "s/.*<Counters.*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2"
}

build() { # TIER: the analysers are for `make test` and `make check`, not for the minute after an edit
    echo "tests: building" >&2
    if [[ $1 == quick ]]; then compile tests/Quick.slnf -p:RunAnalyzers=false; else compile AdTracking.sln; fi
}

# Its output goes to a log, which is shown when it ends: lanes do not mix their lines. A test project is a program, and started as one:
# `dotnet test` would take ten seconds of a core before the first test.
run_suite() { # SUITE
    local file=$results/$1.trx log=$results/$1.log begin=$SECONDS status=0
    dotnet "tests/AdTracking.$1.Tests/bin/Release/net10.0/AdTracking.$1.Tests.dll" -noLogo -noColor -result-trx "$file" >"$log" 2>&1 || status=$?
    echo $status >"$results/$1.status"
    echo $((SECONDS - begin)) >"$results/$1.seconds"
    { flock 9; echo "tests: $1, $((SECONDS - begin)) s" >&2; grep -v '^%[0-9]|\|^  Discover\|^  Start\|^  Finish\|^=== \|^$' "$log" || true; } 9>"$results/.lock"
}

# Each lane is a process group of its own, so that an end of this script ends what it started.
run_lanes() { # LANE...
    local lane lanes=()
    set -m
    for lane in "$@"; do
        { for suite in $lane; do run_suite "$suite"; done; } </dev/null &
        lanes+=("-$!")
    done
    set +m
    trap 'kill -- "${lanes[@]}" 2>/dev/null; exit 130' INT TERM
    wait
    trap - INT TERM
}

# Suites that stand in no lane, such as one that has just been added, come after the first one's.
with_others() {
    local path suite
    for path in tests/AdTracking.*.Tests; do
        suite=${path#tests/AdTracking.}; suite=${suite%.Tests}
        [[ " ${test_lanes[*]} $faults_only " == *" $suite "* ]] || test_lanes[0]+=" $suite"
    done
}

main() {
    cd "$root"
    default_home KAFKA_HOME "$root/../shared/kafka"
    default_home REGISTRY_HOME "$root/../shared/registry"
    local must_build=yes tier=test lanes
    if [[ ${1:-} == --no-build ]]; then must_build=no; shift; fi
    with_others
    case ${1:-} in
        '') lanes=("${test_lanes[@]}") ;;
        quick) tier=quick; lanes=("${quick_lanes[@]}") ;;
        faults) tier=faults; lanes=("Faults $faults_only ${test_lanes[*]/Faults/}"); export FAULTS=long TEST_SCHEDULES=${TEST_SCHEDULES:-1000000} ;;
        *) tier=some; lanes=("$*") ;;
    esac
    # Short lives: what a compiler that looks longer at the code would win, it does not earn back.
    [[ $tier == faults ]] || export DOTNET_TieredPGO=0 JDK_JAVA_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    [[ $tier == quick || ! -x eng/test-tools.sh ]] || eng/test-tools.sh
    # Something new with every commit, and the same again for whoever looks into a failure.
    [[ ${TEST_SEED:-} != random ]] || export TEST_SEED=$((RANDOM * 8192 + RANDOM % 8192))
    export TEST_FRESH_SEED=${TEST_SEED:-$((16#$(git rev-parse --short=7 HEAD 2>/dev/null | cut -c 1-7 || echo 1)))}
    rm -rf "$results" && mkdir -p "$results"
    [[ $must_build == no ]] || build "$tier"
    run_lanes "${lanes[@]}"
    report "$tier" ${lanes[*]}
}

report() { # TIER, SUITE...
    local tier=$1 suite passed=0 failed=0 skipped=0 broken=0 total executed file; shift
    for suite in "$@"; do
        file=$results/$suite.trx
        [[ $(cat "$results/$suite.status" 2>/dev/null) == 0 ]] || broken=$((broken + 1))
        [[ -f $file ]] || { echo "tests: $suite ended without a result" >&2; failed=$((failed + 1)); continue; }
        total=$(counter total "$file"); executed=$(counter executed "$file")
        passed=$((passed + $(counter passed "$file"))); failed=$((failed + executed - $(counter passed "$file")))
        skipped=$((skipped + total - executed))
    done
    # A runner that ended badly with all its tests passed (a crash after them) is a failure too.
    [[ $broken -eq 0 || $failed -gt 0 ]] || failed=$broken
    report_skipped
    report_slowest
    report_times "$@"
    echo "seed $TEST_FRESH_SEED (repeat with TEST_SEED=$TEST_FRESH_SEED)"
    report_failed
    watch_budget "$tier" || failed=$((failed + 1))
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

# One line per result, for the reports below.
rows() { # FILE...
    [[ $# -eq 0 ]] || cat "$@" | tr '\n' ' ' | sed 's/<UnitTestResult /\n&/g'
}

# Name and reason of every skipped test.
report_skipped() {
    rows "$results"/*.trx | sed -n \
        's/^<UnitTestResult [^>]*testName="\([^"]*\)"[^>]*outcome="NotExecuted"[^>]*><Output><StdOut>\([^<]*\)<.*/skipped: \1: \2/p'
}

# Every failed test again with its message, below what it printed: a long output hides them otherwise.
report_failed() {
    rows "$results"/*.trx | sed -n \
        's/^<UnitTestResult [^>]*testName="\([^"]*\)"[^>]*outcome="Failed".*<ErrorInfo> *<Message>\([^<]*\)<.*/failed: \1: \2/p' | cut -c 1-600
}

slowest() { # COUNT: seconds and name
    rows "$results"/*.trx | sed -n 's/^<UnitTestResult .*testName="\([^"]*\)".*duration="\([0-9]*\):\([0-9]*\):\([0-9.]*\)".*/\2 \3 \4 \1/p' |
        awk '{ printf "%.1f s", $1 * 3600 + $2 * 60 + $3; for (i = 4; i <= NF; i++) printf " %s", $i; print "" }' | sort -rn | sed -n "1,$1p"
}

report_slowest() {
    echo "slowest tests:"
    slowest 10 | sed 's/^/  /'
}

# Against eng/test-budgets.tsv, which holds what each suite took when it was last looked at.
report_times() { # SUITE...
    local suite took budget
    echo "time of each suite, s (beside the others), and its budget:"
    for suite in "$@"; do
        took=$(cat "$results/$suite.seconds"); budget=$(awk -v suite="$suite" '$1 == suite { print $2 }' "$budgets")
        printf '  %-14s %5d %5s%s\n' "$suite" "$took" "${budget:--}" "$([[ $took -le ${budget:-0} ]] || echo "  $((took - ${budget:-0})) over")"
    done
}

# The whole, with the build. Only a time that noise alone does not reach fails.
watch_budget() { # TIER
    local limit=$warn_after over
    [[ $1 == quick || $1 == test ]] || return 0
    [[ $1 == test ]] || limit=$quick_warn_after
    echo "all in $((SECONDS / 60)) min $((SECONDS % 60)) s"
    [[ $SECONDS -gt $limit ]] || return 0
    over=$(slowest 3 | sed 's/^[0-9.]* s //' | paste -sd ';')
    echo "tests: more than $((limit / 60)) minutes. Leave a short form here and move the rest to a slower tier, of these first: $over" >&2
    [[ $1 == quick || $SECONDS -le $fail_after ]]
}

main "$@"
