#!/usr/bin/env bash
# Apache Kafka on loopback for tests and measurements, from a distribution's own scripts (KAFKA_HOME, or ../shared/kafka).
#   eng/kafka.sh start DIRECTORY [BROKERS=1] [PORT=9092]   prints the bootstrap servers once all brokers answer
#   eng/kafka.sh kill DIRECTORY NODE                       kill -9
#   eng/kafka.sh restart DIRECTORY NODE                    starts a broker again on its data
#   eng/kafka.sh stop DIRECTORY                            ends all brokers; the data stays
# Node N listens on PORT+2N-2 and, as a controller, on the port after it. With three brokers: three replicas, two in sync.
# OVERRIDES holds further lines for server.properties, LISTENERS further listeners, as in SSL://127.0.0.1:9093.
set -euo pipefail
home=${KAFKA_HOME:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/../shared/kafka}

usage() { sed -n '3,6s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 64; }
say() { echo "kafka: $*" >&2; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; } # PORT
client_port() { echo $(($1 + 2 * $2 - 2)); } # FIRST PORT, NODE

# A Kafka uuid, 16 random bytes in base64url, as `kafka-storage.sh random-uuid` makes it with a Java machine.
new_id() { head -c 16 /dev/urandom | base64 | tr '+/' 'AB' | cut -c 1-22; }

# The settings of one node; both roles in one process, internal topics as replicated as the others.
properties() { # DIRECTORY, NODE, BROKERS, FIRST PORT
    local node replicas=$3 in_sync=1 voters='' port
    [[ $3 -lt 3 ]] || in_sync=2
    for ((node = 1; node <= $3; node++)); do voters+=${voters:+,}$node@127.0.0.1:$(($(client_port "$4" "$node") + 1)); done
    port=$(client_port "$4" "$2")
    cat <<CONF
process.roles=broker,controller
node.id=$2
controller.quorum.voters=$voters
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))${LISTENERS:+,$LISTENERS}
advertised.listeners=PLAINTEXT://127.0.0.1:$port${LISTENERS:+,$LISTENERS}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
log.dirs=$1/$2/data
auto.create.topics.enable=false
num.partitions=12
default.replication.factor=$replicas
min.insync.replicas=$in_sync
offsets.topic.replication.factor=$replicas
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=$replicas
transaction.state.log.min.isr=$in_sync
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=$replicas
share.coordinator.state.topic.min.isr=$in_sync
group.initial.rebalance.delay.ms=0
log.segment.delete.delay.ms=1000
CONF
    printf '%s\n' "${OVERRIDES:-}"
}

launch() { # DIRECTORY, NODE
    local heap=${KAFKA_HEAP_OPTS:--Xmx512m}
    LOG_DIR=$1/$2/logs KAFKA_HEAP_OPTS=$heap nohup "$home/bin/kafka-server-start.sh" "$1/$2/server.properties" \
        >"$1/$2/Kafka.out" 2>&1 </dev/null &
    echo $! >"$1/$2/Kafka.pid"
}

await() { # DIRECTORY, NODE: after a kill -9 a broker reads its log again before it listens, gigabytes of it perhaps
    local port i
    port=$(sed -n 's|^listeners=PLAINTEXT://127.0.0.1:\([0-9]*\),.*|\1|p' "$1/$2/server.properties")
    for ((i = 0; i < 3000; i++)); do
        answers "$port" && return
        kill -0 "$(<"$1/$2/Kafka.pid")" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 30 "$1/$2/Kafka.out" >&2
    say "broker $2 does not answer on port $port"
    exit 70
}

start() { # DIRECTORY, BROKERS, FIRST PORT
    local directory node id servers=''
    mkdir -p "$1"; directory=$(cd "$1" && pwd)
    [[ -s $directory/cluster.id ]] || new_id >"$directory/cluster.id"
    id=$(<"$directory/cluster.id")
    for ((node = 1; node <= $2; node++)); do
        answers "$(client_port "$3" "$node")" && { say "port $(client_port "$3" "$node") is taken"; exit 69; }
        mkdir -p "$directory/$node"
        properties "$directory" "$node" "$2" "$3" >"$directory/$node/server.properties"
        "$home/bin/kafka-storage.sh" format --ignore-formatted --cluster-id "$id" --config "$directory/$node/server.properties" \
            >"$directory/$node/format.out" 2>&1 || { cat "$directory/$node/format.out" >&2; exit 70; }
        launch "$directory" "$node"
        servers+=${servers:+,}127.0.0.1:$(client_port "$3" "$node")
    done
    for ((node = 1; node <= $2; node++)); do await "$directory" "$node"; done
    echo "$servers"
}

finish() { # PID: asks, waits up to 30 s, then insists
    local i
    kill -TERM "$1" 2>/dev/null || return 0
    for ((i = 0; i < 300; i++)); do kill -0 "$1" 2>/dev/null || return 0; sleep 0.1; done
    kill -KILL "$1" 2>/dev/null || true
}

[[ $# -ge 2 ]] || usage
[[ -x $home/bin/kafka-server-start.sh ]] || { say "no Kafka distribution at $home: set KAFKA_HOME"; exit 69; }
case $1 in
    start) start "$2" "${3:-1}" "${4:-9092}" ;;
    kill) kill -KILL "$(<"$2/${3:?node}/Kafka.pid")" ;;
    restart) launch "$(cd "$2" && pwd)" "${3:?node}"; await "$(cd "$2" && pwd)" "$3" ;;
    stop) for pid in "$2"/*/Kafka.pid; do [[ -f $pid ]] && finish "$(<"$pid")" & done; wait ;;
    *) usage ;;
esac
