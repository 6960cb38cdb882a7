#!/usr/bin/env bash
# Runs the benchmarks and collects their tables under artifacts/benchmarks.
#   eng/bench.sh            all
#   eng/bench.sh '*Decode*' those whose name matches
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run --project benchmarks/AdTracking.Benchmarks --configuration Release -- \
    --filter "${1:-*}" --artifacts artifacts/benchmarks --join
