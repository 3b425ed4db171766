# Runs in the guest as systemd's test service, and says what it sees under headings. /mnt has vireod, its launcher, the machine's document.
export SYSTEMD_COLORS=0 SYSTEMD_PAGER= TERM=dumb
heading() { printf '### %s\n' "$1"; }
tree() { # what the guest's groups are, and what is in them
    find /sys/fs/cgroup/machine* -type d -name '*tuned*' | while read -r top; do
        find "$top" -type d | sort | while read -r at; do
            name=${at#/sys/fs/cgroup/}
            for file in cgroup.type cgroup.subtree_control cpu.weight cpu.max cpuset.cpus cpuset.mems memory.max memory.high memory.swap.max io.max; do
                [ -e "$at/$file" ] && printf '%s %s=%s\n' "$name" "$file" "$(cat "$at/$file")"
            done
            # Of groups of threads a process cannot be told, of others it can.
            for thread in $(cat "$at/cgroup.threads" 2>/dev/null || cat "$at/cgroup.procs" 2>/dev/null); do
                printf '%s holds=%s\n' "$name" "$(cat "/proc/$thread/comm")"
            done
        done
    done
}
opens() { # NODE: may a process of the guest's emulator open it?
    sh -c 'echo $$ >"$1/cgroup.procs" && : <"$2"' sh "$(dirname "$(find /sys/fs/cgroup/machine* -type d -name vcpu0)")/emulator" "$1" 2>/dev/null && echo "$1 opens" || echo "$1 refused"
}
settled() { # systemd ends a scope in its own time, which is long after destroy has answered on a busy machine; a group that stays is said by tree
    for _ in $(seq 300); do
        [ -z "$(find /sys/fs/cgroup/machine* -type d -name '*tuned*' 2>/dev/null)" ] && return
        sleep 0.1
    done
}
v() { virsh -q -c qemu:///system "$@" 2>&1; }

heading host
stat -fc %T /sys/fs/cgroup
systemctl start vireod.socket vireod-ro.socket
systemctl is-active vireod.service
heading activated
v uri
systemctl is-active vireod.service
systemctl show -p Type -p NotifyAccess -p StatusText vireod.service
v define /mnt/tuned.xml
heading administered
virt-admin -c libvirtd:///system server-list 2>&1
heading start
v start --paused tuned
heading groups
tree
heading register
machinectl --no-legend --no-pager list | tr -s ' '
heading devices
opens /dev/null
opens /dev/kmsg
heading restarted
systemctl restart vireod.service
v list
opens /dev/kmsg
heading stopped
v destroy tuned
settled
machinectl --no-legend --no-pager list
tree
heading unregistered
mount -t tmpfs none /usr/share/dbus-1/system-services
systemctl stop systemd-machined
busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig
v start --paused tuned
heading own
tree
opens /dev/kmsg
v destroy tuned
heading left
tree
heading modular
systemctl stop vireod.service vireod.socket vireod-ro.socket vireod-admin.socket
systemctl start vireo@virtqemud.socket vireo-ro@virtqemud.socket vireo-admin@virtqemud.socket vireo-proxy.socket
systemctl is-active vireo@virtqemud.service vireo-proxy.service
virsh -q -c 'qemu:///system?mode=legacy' list --all --name 2>&1
virsh -q -r -c 'qemu:///system?mode=direct' list --all --name 2>&1
virt-admin -c virtqemud:///system server-list 2>&1
virt-admin -c libvirtd:///system server-list 2>&1
systemctl is-active vireo@virtqemud.service vireo-proxy.service
heading log
journalctl --no-pager -q -u vireod.service | tail -n 20
heading end
