#!/usr/bin/env bash
# Where the gateway's CPU time goes under load, by owner of the code: samples of all its threads, user and kernel.
#   loadtests/profile.sh [SECONDS=8]
# Needs perf (Debian package linux-perf), wrk, and a Kafka distribution (KAFKA_HOME or ../shared/kafka).
# Prints a Markdown table for single events at 64 and 256 connections and for batches of 100; also in artifacts/profile.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-8}
export WRK_SCRIPTS=$root/loadtests/wrk
work=$(mktemp -d)
port=8480; kafka_port=19492
gateway=

say() { echo "profile: $*" >&2; }
stop_all() {
    [[ -z $gateway ]] || kill "$gateway" 2>/dev/null || true
    "$root/eng/kafka.sh" stop "$work/kafka" >/dev/null 2>&1 || true
    rm -rf "$work"
}

start() {
    local bootstrap i
    say "starting Kafka and the gateway"
    bootstrap=$("$root/eng/kafka.sh" start "$work/kafka" 1 $kafka_port)
    # The map of JIT-compiled code is readable by perf only where code pages are not mapped twice.
    DOTNET_PerfMapEnabled=1 DOTNET_EnableWriteXorExecute=0 "$root/bin/adtracking-gateway" --Http:Port=$port --Admin:Port=0 \
        --Data:Directory="$work/data" --Kafka:BootstrapServers="$bootstrap" --Registry:Embedded=true >"$work/gateway.log" 2>&1 &
    gateway=$!
    for ((i = 0; i < 300; i++)); do [[ -f $work/data/gateway.json ]] && return; sleep 0.1; done
    tail -n 20 "$work/gateway.log" >&2; say "the gateway did not start"; exit 70
}

record() { # NAME, CONNECTIONS, SCRIPT
    say "$1"
    perf record --quiet -F 499 -e cpu-clock -p "$gateway" -o "$work/$1.perf" -- sleep "$seconds" >/dev/null 2>&1 &
    local recorder=$!
    wrk -t1 -c"$2" -d"$((seconds + 1))s" -s "$WRK_SCRIPTS/$3.lua" "http://127.0.0.1:$port/" >/dev/null
    wait "$recorder"
}

# One line an owner: name, owner, percent. JIT-compiled code is told by the assembly in its name.
owners() { # NAME
    perf report -i "$work/$1.perf" --no-children --stdio -g none --sort dso,symbol 2>/dev/null | awk -v name="$1" '
        !/^ *[0-9.]+%/ { next }
        { share = $1 + 0; owner = "runtime and its libraries" }
        /\[k\]/ { owner = "kernel: sockets, wake-ups, scheduling" }
        /librdkafka/ { owner = "librdkafka" }
        /libc\.so/ { owner = "C library (copies for all, malloc and locks for librdkafka)" }
        /Kestrel|AspNetCore/ { owner = "Kestrel" }
        /System\.Net\.Sockets/ { owner = ".NET sockets" }
        /\[AdTracking\.Events\]|\[AdTracking\.Avro\]/ { owner = "ours: decode, validate, encode" }
        /\[AdTracking\.Emitter\]/ { owner = "ours: queue, shipper, deliveries" }
        /\[adtracking-gateway\]/ { owner = "ours: routes, answers" }
        { sum[owner] += share }
        END { for (owner in sum) printf "%s\t%s\t%.1f\n", name, owner, sum[owner] }'
}

report() {
    { owners single-64; owners single-256; owners batch-32; } | awk -F'\t' '
        { share[$2, $1] = $3; if (!seen[$2]++) order[++n] = $2 }
        END {
            print "| owner of the code | single events, 64 connections | single events, 256 | batches of 100 |"
            print "|---|---:|---:|---:|"
            for (i = 1; i <= n; i++)
                printf "| %s | %.0f %% | %.0f %% | %.0f %% |\n", order[i], share[order[i], "single-64"], share[order[i], "single-256"],
                    share[order[i], "batch-32"] | "sort -t\"|\" -k4 -rn" }'
}

main() {
    local tool
    for tool in perf wrk; do command -v $tool >/dev/null || { say "$tool is missing (Debian packages linux-perf, wrk)"; exit 69; }; done
    [[ -x $root/bin/adtracking-gateway ]] || { say "run make build first"; exit 69; }
    trap stop_all EXIT
    start
    say "warming up"
    wrk -t1 -c64 -d"${seconds}s" -s "$WRK_SCRIPTS/single.lua" "http://127.0.0.1:$port/" >/dev/null
    wrk -t1 -c32 -d"${seconds}s" -s "$WRK_SCRIPTS/batch.lua" "http://127.0.0.1:$port/" >/dev/null
    record single-64 64 single
    record single-256 256 single
    record batch-32 32 batch
    mkdir -p "$root/artifacts"
    report | tee "$root/artifacts/profile.md"
}
main
