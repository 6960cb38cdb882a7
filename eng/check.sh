#!/usr/bin/env bash
# What has to hold before a change lands, apart from the tests: formatting, analysers, generated code, the rules of the house.
#   eng/check.sh --without-house    leaves the last out, for a run of all tests that follows
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. eng/compile.sh
step() { echo "check: $*" >&2; }

step "analysers (warnings are errors)"
compile AdTracking.sln
step "formatting"
dotnet format AdTracking.sln --no-restore --verify-no-changes --verbosity quiet
step "generated code"
dotnet run --project src/AdTracking.SchemaTool --no-build --configuration Release -- check @src/AdTracking.Events/schemas.rsp
if [[ ${1:-} != --without-house ]]; then
    step "versions, references, sizes, documents"
    dotnet test tests/AdTracking.House.Tests --no-build --configuration Release --verbosity quiet --nologo
fi
step "scripts"
for script in eng/*.sh eng/*/*.sh loadtests/*.sh .ci/run; do bash -n "$script"; done
step "fine"
