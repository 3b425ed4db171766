# Runs stock libvirtd with everything it owns below a folder. Started in namespaces of its own (mount, pid, ipc, network), so
# that the machine's own libvirt, if there is one, is not touched and all of it ends with the first process.
# usage: stock-libvirtd.sh FOLDER [SCRIPT [OPTION...]]      SCRIPT is read before libvirtd is started with the options
set -eu
root=$1 first=${2:-/dev/null}
options=("${@:3}")
set --
private() { # DIR: what is written there stays below FOLDER
    mkdir -p "$root$1" "$1"
    cp -a "$1/." "$root$1/"
    mount --bind "$root$1" "$1"
}
. "$(dirname "$0")/private-dev.sh"
ip link set lo up
mkdir -p "$root/sock"
mount -t tmpfs -o mode=755 run /run
mkdir -p /run/lock /run/libvirt
mount --bind "$root/sock" /run/libvirt
for folder in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do private "$folder"; done
rm -rf /etc/libvirt/qemu/*.xml /etc/libvirt/qemu/autostart /etc/libvirt/qemu/networks/autostart /etc/libvirt/storage /var/lib/libvirt/dnsmasq/*.status
printf '%s\n' 'unix_sock_group = "root"' 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >/etc/libvirt/libvirtd.conf
printf '%s\n' 'cgroup_controllers = []' 'stdio_handler = "file"' >/etc/libvirt/qemu.conf
# Not exec: the first process of the namespace has to reap the orphans, or libvirtd waits for a QEMU that is long gone.
. "$first"
libvirtd ${options[@]+"${options[@]}"} &
wait
