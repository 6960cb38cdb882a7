#!/usr/bin/env bash
# Runs the benchmarks and collects their tables under artifacts/benchmarks.
#   eng/bench.sh            all
#   eng/bench.sh '*Decode*' those whose name matches
# BENCH_JOB=short makes it quicker and less exact.
# In process: the project that BenchmarkDotNet would generate does not live up to our own build rules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run --project benchmarks/AdTracking.Benchmarks --configuration Release -- \
    --filter "${1:-*}" --artifacts artifacts/benchmarks --join --inProcess --job "${BENCH_JOB:-default}"
