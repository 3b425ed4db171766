# A host on which daemons of either kind take turns: what they own, in their usual places, is below a folder. Started in namespaces of its own
# (mount, pid, ipc, network), so that the machine's own libvirt, if there is one, is not touched and everything ends with the first process.
# It becomes a shell that reads commands, which may call start and stop.
# usage: one-host.sh FOLDER
root=$1
set --
private() { # DIR: what is written there stays below FOLDER
    mkdir -p "$root$1" "$1"
    cp -a "$1/." "$root$1/"
    mount --bind "$root$1" "$1"
}
. "$(dirname "$0")/../Compare/private-dev.sh"
ip link set lo up
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/lock /run/libvirt
for folder in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do private "$folder"; done
rm -rf /etc/libvirt/qemu/*.xml /etc/libvirt/qemu/autostart /etc/libvirt/qemu/networks/* /etc/libvirt/storage /etc/libvirt/secrets/* /var/lib/libvirt/dnsmasq/*.status
printf '%s\n' 'unix_sock_group = "root"' 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >/etc/libvirt/libvirtd.conf
printf '%s\n' 'stdio_handler = "file"' >/etc/libvirt/qemu.conf
export LIBVIRT_DEFAULT_URI='qemu+unix:///system?socket=/run/libvirt/libvirt-sock' LC_ALL=C.UTF-8

start() { # PROGRAM...: the daemon whose turn it is
    rm -f /run/libvirt/libvirt-sock
    "$@" >>"$root/daemon.log" 2>&1 </dev/null &
    daemon=$!
    until [ -S /run/libvirt/libvirt-sock ] && virsh -q list >/dev/null 2>&1; do
        kill -0 "$daemon" 2>/dev/null || { tail -n 30 "$root/daemon.log"; return 1; }
        sleep 0.05
    done
}

stop() { # [SIGNAL]: its turn is over
    kill "-${1:-TERM}" "$daemon"
    wait "$daemon"
    return 0
}

while IFS= read -r line; do
    eval "$line" >"$root/said" 2>&1 </dev/null
    echo "$?" >&3
done
