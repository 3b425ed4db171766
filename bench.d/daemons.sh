# Starts stock libvirtd and vireod in private roots: nothing of the machine's own libvirt is touched.
# shellcheck shell=bash
private=$(mktemp -d /tmp/vb.XXXXXX)
chmod 755 "$private"
declare -A daemon_pid=() tcp_port=() tls_port=()
network=     # 1: the daemons that start from now on listen on TCP and TLS too
certificates=$private/pki
definitions= # a folder with definitions of machines
apart=       # 1: the daemons that start from now on have networks of their own
details=     # more lines for vireod's configuration

mode=session
[ "$(id -u)" != 0 ] || mode=system

socket_of() { echo "$private/$1/run/libvirt/libvirt-sock"; }
uri_of() { echo "qemu+unix:///$mode?socket=$(socket_of "$1")"; }
pid_of() { echo "${daemon_pid[$1]}"; }

# The configuration of both.
settings() {
    printf '%s\n' 'unix_sock_group = "root"' 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' 'max_clients = 5000' 'max_anonymous_clients = 2000'
    case $1 in *2) echo 'host_uuid = "8510b1a1-0afa-4da6-8111-785fae202c1e"' ;; esac # another host, to migrate to
    [ -n "$network" ] || return 0
    printf '%s\n' 'listen_tcp = 1' 'listen_tls = 1' 'listen_addr = "127.0.0.1"' 'auth_tcp = "none"' 'auth_tls = "none"' \
        "tcp_port = \"${tcp_port[$1]}\"" "tls_port = \"${tls_port[$1]}\"" "ca_file = \"$certificates/cacert.pem\"" \
        "cert_file = \"$certificates/servercert.pem\"" "key_file = \"$certificates/serverkey.pem\""
}
# Puts them where a daemon that is not running will look for them. WHO
add_definitions() {
    local to=$private/$1/etc/libvirt/qemu
    if [ "$1/$mode" = stock/system ]; then to=$private/stock/etc/qemu; fi
    mkdir -p "$to"
    cp -al "$definitions/." "$to/"
}
launch_stock2() { launch_stock stock2; }
launch_vireo2() { launch_vireo vireo2; }
launch_stock() {
    local who=${1:-stock}
    local d=$private/$who listen=()
    [ -z "$network" ] || listen=(--listen)
    mkdir -p "$d"/{run/libvirt,etc/libvirt,lib,cache,log}
    if [ $mode = session ]; then
        settings "$who" >"$d/bench.conf"
        XDG_RUNTIME_DIR=$d/run XDG_CONFIG_HOME=$d/etc XDG_CACHE_HOME=$d/cache XDG_DATA_HOME=$d/lib \
            libvirtd -f "$d/bench.conf" ${listen[@]+"${listen[@]}"} >"$d/out" 2>&1 &
        daemon_pid[$who]=$!
        return
    fi
    if [ ! -e "$d/etc/libvirtd.conf" ]; then
        cp -a /etc/libvirt/. "$d/etc/"
        rm -rf "$d"/etc/qemu/*.xml "$d"/etc/qemu/networks/autostart/* "$d"/etc/storage
        # Where /dev/kvm is for root only, libvirtd as packaged finds its idea of KVM wrong at every look and asks QEMU anew, device by device.
        printf 'user = "root"\ngroup = "root"\n' >>"$d/etc/qemu.conf"
    fi
    settings "$who" >"$d/etc/libvirtd.conf"
    unshare -m ${apart:+-n} --propagation private bash -c '
        d=$1; shift
        ip link set lo up
        mount --bind "$d/run" /run
        mount --bind "$d/etc" /etc/libvirt
        mount --bind "$d/lib" /var/lib/libvirt
        mount --bind "$d/cache" /var/cache/libvirt
        mount --bind "$d/log" /var/log/libvirt
        virtlogd >/dev/null 2>&1 &
        echo $! >"$d/virtlogd.pid"
        exec libvirtd "$@"' - "$d" ${listen[@]+"${listen[@]}"} >"$d/out" 2>&1 &
    daemon_pid[$who]=$!
}
launch_vireo() {
    local who=${1:-vireo}
    local d=$private/$who listen=()
    [ -z "$network" ] || listen=(--listen)
    mkdir -p "$d"
    { settings "$who"; echo "$details"; } >"$d/bench.conf"
    XDG_RUNTIME_DIR=/run XDG_CONFIG_HOME=/etc ${apart:+unshare -n} "$artifacts/bin/vireod" --root "$d" -f "$d/bench.conf" ${listen[@]+"${listen[@]}"} >"$d/out" 2>&1 &
    daemon_pid[$who]=$!
}
launch() {
    [ -z "${daemon_pid[$1]:-}" ] || return 0
    if [ -n "$network" ]; then
        tcp_port[$1]=$("$many" port)
        tls_port[$1]=$("$many" port)
    fi
    "launch_$1"
    local i
    for i in $(seq 3000); do
        [ -S "$(socket_of "$1")" ] && return 0
        kill -0 "${daemon_pid[$1]}" 2>/dev/null || { cat "$private/$1/out" >&2; fail "$1 did not start"; }
        sleep 0.002
    done
    fail "$1 made no socket"
}
stop() { # WHO [keep]: its folder stays, for the next start
    local pid=${daemon_pid[$1]:-} helper
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    if [ -s "$private/$1/virtlogd.pid" ]; then
        helper=$(cat "$private/$1/virtlogd.pid")
        kill "$helper" 2>/dev/null || true
    fi
    unset "daemon_pid[$1]"
    [ "${2:-}" = keep ] || rm -rf "${private:?}/$1"
}
stop_all() {
    local who
    for who in stock vireo stock2 vireo2; do stop $who; done
    find "${private:?}" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
}
