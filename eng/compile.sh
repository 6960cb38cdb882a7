#!/usr/bin/env bash
# Sourced by the scripts that build: one compiler process for all projects of a build, which ends with it and serves nobody else.

compile() { # ARGUMENTS of dotnet build
    local id=adtracking-$$ status=0
    dotnet build "$@" --no-restore --configuration Release --verbosity quiet --nologo \
        -p:UseSharedCompilation=true -p:SharedCompilationId="$id" || status=$?
    pkill -f -- "-pipename:$id" || true
    return "$status"
}
