#!/usr/bin/env bash
# Writes the event classes and the field table anew from src/AdTracking.Events/Schemas.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec dotnet run --project src/AdTracking.SchemaTool --configuration Release -- generate @src/AdTracking.Events/schemas.rsp
