#!/usr/bin/env bash
# CPU per request of the gateway beside yardsticks, all in one run: nginx answering 204, and (where PEERS_HOME or
# ../shared/peers has them) two gateways that other people would write by hand.
#   loadtests/compare.sh [ROUNDS=3] [SECONDS=6]
# Needs wrk, nginx, and a Kafka distribution (KAFKA_HOME or ../shared/kafka). Rounds are interleaved: every server is
# measured once in each round, one after another, and the table holds the medians. CPU is user + system time of the server
# process. Prints a Markdown table and writes it to artifacts/compare.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-3}; seconds=${2:-6}
kafka=${KAFKA_HOME:-$root/../shared/kafka}
peers=${PEERS_HOME:-$root/../shared/peers}
export WRK_SCRIPTS=$root/loadtests/wrk
work=$(mktemp -d)
table=$root/artifacts/compare.md
declare -A pids=()
nginx_port=8390; gateway_port=8380; rust_port=8382; go_port=8381; kafka_port=19392

say() { echo "compare: $*" >&2; }
need() { command -v "$1" >/dev/null || { say "$1 is missing (Debian package $2)"; exit 69; }; }

stop_all() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    "$root/eng/kafka.sh" stop "$work/kafka" >/dev/null 2>&1 || true
    rm -rf "$work"
}

wait_for() { # PORT
    local i
    for ((i = 0; i < 200; i++)); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done
    say "nothing answers on port $1"; tail -n 20 "$work"/*.log >&2; exit 70
}

start_nginx() {
    cat >"$work/nginx.conf" <<CONF
worker_processes 1; daemon off; master_process off; pid $work/nginx.pid; error_log $work/nginx-error.log;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 1000000000; client_body_temp_path $work/body; proxy_temp_path $work/p;
  fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 127.0.0.1:$nginx_port backlog=4096; location / { return 204; } } }
CONF
    nginx -c "$work/nginx.conf" >"$work/nginx.log" 2>&1 & pids[nginx]=$!
    wait_for $nginx_port
}

start_servers() {
    say "starting Kafka"
    local bootstrap topic
    bootstrap=$("$root/eng/kafka.sh" start "$work/kafka" 1 $kafka_port)
    for topic in peer.rust peer.go; do
        "$kafka/bin/kafka-topics.sh" --bootstrap-server "$bootstrap" --create --topic $topic --partitions 12 >/dev/null
    done
    start_nginx
    "$root/bin/adtracking-gateway" --Http:Port=$gateway_port --Admin:Port=0 --Data:Directory="$work/data" \
        --Kafka:BootstrapServers="$bootstrap" --Registry:Embedded=true ${GATEWAY_SETTINGS:-} >"$work/gateway.log" 2>&1 & pids[gateway]=$!
    wait_for $gateway_port
    if [[ -x $peers/bin/rust-gateway ]]; then
        "$peers/bin/rust-gateway" --brokers "$bootstrap" --topic peer.rust --addr 127.0.0.1:$rust_port --schema 1 \
            >"$work/rust.log" 2>&1 & pids[rust]=$!
        "$peers/bin/go-gateway" -brokers "$bootstrap" -topic peer.go -addr 127.0.0.1:$go_port -schema 1 >"$work/go.log" 2>&1 & pids[go]=$!
        wait_for $rust_port; wait_for $go_port
    else say "no peers found: measuring without them"; fi
}

ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; } # PID: user + system, hundredths of a second

# One line into $work/samples: name, connections, CPU microseconds a request, requests a second, answers that were not 2xx.
measure() { # NAME SERVER PORT CONNECTIONS SCRIPT
    local before after out
    before=$(ticks "${pids[$2]}")
    out=$(wrk -t1 -c"$4" -d"${seconds}s" --timeout 15s -s "$WRK_SCRIPTS/$5.lua" "http://127.0.0.1:$3/")
    after=$(ticks "${pids[$2]}")
    awk -v name="$1" -v connections="$4" -v ticks=$((after - before)) '
        / requests in / { requests = $1 } /Requests\/sec/ { rate = $2 } /Non-2xx/ { bad = $NF }
        END { printf "%s\t%d\t%.2f\t%.0f\t%d\n", name, connections, ticks * 10000 / requests, rate, bad }' <<<"$out" >>"$work/samples"
}

one_round() {
    local connections
    for connections in 64 256; do
        measure "nginx 204" nginx $nginx_port $connections pixel
        measure "AdTracking POST" gateway $gateway_port $connections single
        measure "AdTracking pixel" gateway $gateway_port $connections pixel
        [[ -z ${pids[rust]:-} ]] || measure "Rust peer POST" rust $rust_port $connections single
        [[ -z ${pids[go]:-} ]] || measure "Go peer POST" go $go_port $connections single
    done
    measure "AdTracking, batches of 100" gateway $gateway_port 32 batch
    [[ -z ${pids[rust]:-} ]] || measure "Rust peer, batches of 100" rust $rust_port 32 batch
    [[ -z ${pids[go]:-} ]] || measure "Go peer, batches of 100" go $go_port 32 batch
}

# Medians over the rounds; the ratio is against nginx at the same number of connections.
report() {
    sort -t$'\t' -k1,1 -k2,2n -k3,3n "$work/samples" | awk -F'\t' '
        { key = $1 FS $2; n[key]++; cpu[key, n[key]] = $3; rate[key] += $4; bad[key] += $5; if (!seen[key]++) order[++keys] = key }
        END {
            print "| server | connections | CPU per request, us | CPU per event, us | x nginx | requests/s | not 2xx |"
            print "|---|---:|---:|---:|---:|---:|---:|"
            for (i = 1; i <= keys; i++) {
                key = order[i]; split(key, part, FS); median[key] = cpu[key, int((n[key] + 1) / 2)] }
            for (i = 1; i <= keys; i++) {
                key = order[i]; split(key, part, FS); base = median["nginx 204" FS part[2]]; batch = key ~ /batches/
                printf "| %s | %s | %.1f | %.2f | %s | %.0f | %d |\n", part[1], part[2], median[key], median[key] / (batch ? 100 : 1),
                    base && !batch ? sprintf("%.1f", median[key] / base) : "", rate[key] / n[key], bad[key] } }'
}

main() {
    need wrk wrk; need nginx nginx-light
    [[ -x $root/bin/adtracking-gateway ]] || { say "run make build first"; exit 69; }
    trap stop_all EXIT
    start_servers
    say "warming up"
    local round
    one_round >/dev/null; rm "$work/samples"
    for ((round = 1; round <= rounds; round++)); do say "round $round of $rounds"; one_round; done
    mkdir -p "$(dirname "$table")"
    report | tee "$table"
}
main
