# shellcheck shell=bash disable=SC2034
# What the scripts of tools/ share: to be sourced, not run. Sets `root`, and `scratch`, a folder
# that goes away at the end together with every process that `start` started.
#
# GATEWAY_PROGRAMS  folder of built programs to use; not set: they are built (debug)
# GATEWAY_LOGS      folder in which event logs are left; not set: they go away with `scratch`

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(basename "$0")
scratch=$(mktemp -d)
logs=$(realpath -m "${GATEWAY_LOGS:-$scratch/logs}")
mkdir -p "$logs"
started=()

# The settings of whoever runs a script are not those that it is about.
for name in "${!GATEWAY__@}"; do unset "$name"; done
unset PORT name

clean_up() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# fail TEXT: something is not as it must be.
fail() {
    echo "$program: error: $*" >&2
    exit 1
}

# complain TEXT: the script cannot be run.
complain() {
    echo "$program: error: $*" >&2
    exit 2
}

# help_if_asked "$@": prints the comment at the head of the script when --help is among the
# arguments.
help_if_asked() {
    local argument
    for argument in "$@"; do
        [[ $argument == --help || $argument == -h ]] || continue
        awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
        exit 0
    done
}

# install PACKAGE: by root it is installed, others are told how.
install() {
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        complain "$1 is missing: sudo apt-get install $1"
    fi
    echo "$program: installing $1" >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$1"; } >&2 ||
        complain "apt-get install $1 failed"
}

need_python() { command -v python3 >/dev/null || install python3; }

need_chromium() { command -v chromium >/dev/null || install chromium; }

need_gcc() {
    command -v gcc >/dev/null || install gcc
    [[ -e /usr/include/stdio.h ]] || install libc6-dev
}

need_swift() {
    command -v swift >/dev/null ||
        complain "Swift is missing; the version is in Package.swift, see swift.org/install"
    [[ -e /usr/include/sqlite3.h ]] || install libsqlite3-dev
}

# need_packages NAME[=MODULE]…: `python` becomes a Python that has these PyPI packages, in .venv; MODULE: what
# is imported, when that has another name.
need_packages() {
    local environment="$root/.venv"
    need_python
    python="$environment/bin/python"
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        python3 -c 'import ensurepip' 2>/dev/null || install python3-venv
        python3 -m venv --clear "$environment" || complain "python3 -m venv failed"
    fi
    "$python" - "$@" <<'PYTHON' 2>/dev/null && return
import importlib.util, sys
modules = [name.rpartition("=")[2] for name in sys.argv[1:]]
sys.exit(any(importlib.util.find_spec(module) is None for module in modules))
PYTHON
    "$python" -m pip install --quiet --disable-pip-version-check "${@%%=*}" >&2 ||
        complain "pip could not install ${*%%=*}: is the package index reachable?"
}

# Options for programs whose speed is measured.
for_release=(-c release --static-swift-stdlib)

# build_with OPTION…: `programs` becomes the folder of the programs, built with these options of
# `swift build`.
build_with() {
    if [[ -n ${GATEWAY_PROGRAMS:-} ]]; then
        programs=$(realpath "$GATEWAY_PROGRAMS")
        return
    fi
    need_swift
    echo "$program: building ($*; some minutes the first time)" >&2
    swift build --package-path "$root" "$@" >"$scratch/build.out" 2>&1 ||
        { cat "$scratch/build.out" >&2 && complain "the programs do not build"; }
    programs=$(swift build --package-path "$root" "$@" --show-bin-path)
}

# build: the same, for debug.
build() { build_with -c debug; }

# build_yardsticks NAME…: `yardsticks` becomes the folder of these programs of tools/yardsticks.
build_yardsticks() {
    local name
    need_gcc
    [[ -e /usr/include/sqlite3.h ]] || install libsqlite3-dev
    yardsticks="$scratch/yardsticks"
    mkdir "$yardsticks"
    for name in "$@"; do
        gcc -std=gnu17 -O2 -Wall -Wextra "$root/tools/yardsticks/$name.c" -o "$yardsticks/$name" \
            -lsqlite3 || complain "tools/yardsticks/$name.c does not compile"
    done
}

# build_library SOURCE: `library` becomes a library for LD_PRELOAD, of this file below tools.
build_library() {
    need_gcc
    library="$scratch/$(basename "$1" .c).so"
    gcc -std=gnu17 -O2 -Wall -Wextra -shared -fPIC "$root/tools/$1" -o "$library" ||
        complain "tools/$1 does not compile"
}

# start NAME COMMAND…: starts a program in an empty folder, its output in $scratch/NAME.out; `pid`
# is its process.
start() {
    local name=$1
    shift
    mkdir -p "$scratch/empty"
    : >"$scratch/$name.out"
    (cd "$scratch/empty" && exec "$@") >"$scratch/$name.out" 2>&1 &
    pid=$!
    started+=("$pid")
}

# wait_for NAME PATTERN: prints the first line of the output that matches, at most 20 s from now.
wait_for() {
    local tries
    for ((tries = 0; tries < 400; tries++)); do
        grep -m1 -- "$2" "$scratch/$1.out" 2>/dev/null && return
        sleep 0.05
    done
    cat "$scratch/$1.out" >&2
    fail "$1 does not say '$2'"
}

# stop PID: asks a process to stop and waits; fails unless it ends with status 0.
stop() {
    local status=0
    kill "$1"
    wait "$1" || status=$?
    [[ $status -eq 0 ]] || fail "a program ended with status $status"
}

# start_gateway LOG_NAME [NAME=VALUE]… [OPTION]…: a gateway on a free port, with these settings and
# options; sets `pid`, `port` and `log`, the folder of its event log.
start_gateway() {
    local argument line settings=() options=()
    log="$logs/$1"
    shift
    for argument in "$@"; do
        if [[ $argument == --* ]]; then options+=("$argument"); else settings+=("$argument"); fi
    done
    start gateway env GATEWAY__HOST=127.0.0.1 PORT=0 GATEWAY__LOG_DIR="$log" "${settings[@]}" \
        "$programs/gateway" "${options[@]}"
    line=$(wait_for gateway 'Listening on 127\.0\.0\.1:')
    line=${line#*127.0.0.1:}
    port=${line%%,*}
}

# expect_in_order FILE LINE…: the lines stand in the file, in this order.
expect_in_order() {
    local file=$1 line
    shift
    while IFS= read -r line; do
        if [[ $# -gt 0 && $line == "$1" ]]; then shift; fi
    done <"$file"
    [[ $# -eq 0 ]] || fail "the line is missing or not in its place: $1"
}
