# Starts stock libvirtd and vireod in private roots: nothing of the machine's own libvirt is touched.
# shellcheck shell=bash
private=$(mktemp -d /tmp/vb.XXXXXX)
chmod 755 "$private"
declare -A daemon_pid=() log_pid=()

mode=session
[ "$(id -u)" != 0 ] || mode=system

socket_of() {
    case $1-$mode in
        stock-system) echo "$private/stock/run/libvirt/libvirt-sock" ;;
        stock-session) echo "$private/stock/run/libvirt/libvirt-sock" ;;
        vireo-*) find "$private/vireo" -name libvirt-sock -type s 2>/dev/null | head -n 1 ;;
    esac
}
uri_of() { echo "qemu+unix:///$mode?socket=$(socket_of "$1")"; }
pid_of() { echo "${daemon_pid[$1]}"; }

launch_stock() {
    local d=$private/stock
    mkdir -p "$d"/{run/libvirt,etc,lib,cache,log}
    if [ $mode = session ]; then
        XDG_RUNTIME_DIR=$d/run XDG_CONFIG_HOME=$d/etc XDG_CACHE_HOME=$d/cache XDG_DATA_HOME=$d/lib libvirtd >"$d/out" 2>&1 &
        daemon_pid[stock]=$!
        return
    fi
    cp -a /etc/libvirt/. "$d/etc/"
    rm -rf "$d"/etc/qemu/*.xml "$d"/etc/qemu/networks/autostart/* "$d"/etc/storage
    printf 'unix_sock_group = "root"\nauth_unix_rw = "none"\nauth_unix_ro = "none"\nmax_clients = 5000\nmax_anonymous_clients = 2000\n' >"$d/etc/libvirtd.conf"
    # Where /dev/kvm is for root only, libvirtd as packaged finds its idea of KVM wrong at every look and asks QEMU anew, device by device.
    printf 'user = "root"\ngroup = "root"\n' >>"$d/etc/qemu.conf"
    unshare -m --propagation private bash -c '
        mount --bind "$1/run" /run
        mount --bind "$1/etc" /etc/libvirt
        mount --bind "$1/lib" /var/lib/libvirt
        mount --bind "$1/cache" /var/cache/libvirt
        mount --bind "$1/log" /var/log/libvirt
        virtlogd >/dev/null 2>&1 &
        echo $! >"$1/virtlogd.pid"
        exec libvirtd' - "$d" >"$d/out" 2>&1 &
    daemon_pid[stock]=$!
}
launch_vireo() {
    local d=$private/vireo
    mkdir -p "$d"
    printf 'unix_sock_group = "root"\nauth_unix_rw = "none"\nauth_unix_ro = "none"\nmax_clients = 5000\nmax_anonymous_clients = 2000\n%s\n' "${details:-}" >"$d/bench.conf"
    "$artifacts/bin/vireod" --root "$d" -f "$d/bench.conf" >"$d/out" 2>&1 &
    daemon_pid[vireo]=$!
}
launch() {
    [ -z "${daemon_pid[$1]:-}" ] || return 0
    "launch_$1"
    local i
    for i in $(seq 3000); do
        [ -S "$(socket_of "$1")" ] && return 0
        kill -0 "${daemon_pid[$1]}" 2>/dev/null || { cat "$private/$1/out" >&2; fail "$1 did not start"; }
        sleep 0.002
    done
    fail "$1 made no socket"
}
stop() {
    local pid=${daemon_pid[$1]:-} helper
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    if [ -s "$private/$1/virtlogd.pid" ]; then
        helper=$(cat "$private/$1/virtlogd.pid")
        kill "$helper" 2>/dev/null || true
    fi
    unset "daemon_pid[$1]"
    rm -rf "${private:?}/$1"
}
stop_all() {
    stop stock
    stop vireo
    find "${private:?}" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
}
