#!/usr/bin/env bash
# Packages for this checkout. A second run finds everything in place and is quick.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
command -v dotnet >/dev/null || { echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download, or your distribution's dotnet-sdk-10.0" >&2; exit 1; }
"$root/eng/librdkafka/build.sh"
[[ -d $root/.nuget/packages/xunit.v3.mtp-off ]] || echo "packages: restoring into .nuget/packages (the first time takes a minute)" >&2
exec dotnet restore "$root/AdTracking.sln" --verbosity quiet
