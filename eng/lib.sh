# Shared by the commands at the top of the tree: sourced, never run.
# shellcheck shell=bash
set -eu -o pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$top/artifacts
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# need_only PACKAGE PATTERN FILE : FILE of a package, which is installed without its other files that match PATTERN.
need_only() {
    local dpkg_options=(-o "DPkg::Options::=--path-exclude=$2" -o "DPkg::Options::=--path-include=$3")
    [ -e "$3" ] || need_packages "$1"
}

# need_packages NAME... : installs the Debian packages that are missing, after saying which.
need_packages() {
    local missing=() name as_root=()
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || fail "these Debian packages are needed: ${missing[*]}"
    say "installing from Debian: ${missing[*]}"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "install these Debian packages first, as root: ${missing[*]}"
        say "(sudo is used for this step only)"
        as_root=(sudo)
    fi
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 update -qq
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends ${dpkg_options[@]+"${dpkg_options[@]}"} "${missing[@]}" >/dev/null
}

need_dotnet() {
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is needed: see https://dotnet.microsoft.com/download"
    case $(dotnet --version 2>/dev/null) in
        1[0-9].*) ;;
        *) fail "the .NET 10 SDK is needed; this one is $(dotnet --version 2>&1 | head -n 1)" ;;
    esac
}

# compiler_server : whatever is compiled from here on is compiled by one process, which knows the compiler and the analyzers by heart after the first
# project: a whole build takes a third of the time. It ends with the script that made it, or by compiler_server_end.
compiler_server() {
    [ -z "${SharedCompilationId:-}" ] || return 0
    export UseSharedCompilation=true SharedCompilationId=vireo-$$
    trap compiler_server_end EXIT
}

compiler_server_end() {
    local sdk
    [ "${SharedCompilationId:-}" = "vireo-$$" ] || return 0
    sdk=$(dotnet --list-sdks | sed -n "s#^$(dotnet --version) \[\(.*\)\]#\1#p")/$(dotnet --version)
    "$sdk/Roslyn/bincore/VBCSCompiler" "-pipename:$SharedCompilationId" -shutdown >/dev/null 2>&1 || true
    unset UseSharedCompilation SharedCompilationId
}
