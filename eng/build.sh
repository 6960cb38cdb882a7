#!/usr/bin/env bash
# Framework-dependent executables under bin/.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for project in Gateway Cli SchemaTool; do
    echo "building $project" >&2
    dotnet publish "$root/src/AdTracking.$project" --no-restore --configuration Release --verbosity quiet --nologo --output "$root/bin"
done
