#!/bin/sh
# The first process of a guest whose kernel has AppArmor: guests of its own are started there under stock libvirtd and then under vireod, told the same, and what
# their processes may do is looked at from outside. /mnt has vireod and its launcher.
exec </dev/console >/dev/console 2>&1
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TERM=dumb
heading() { printf '### %s\n' "$1"; }
end() { stty -F /dev/console sane; echo o >/proc/sysrq-trigger; while :; do :; done; }

mount -t proc proc /proc
echo 1 >/proc/sys/kernel/printk
mount -t sysfs sysfs /sys
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs none /dev/shm
mount -t securityfs securityfs /sys/kernel/security
mount -t cgroup2 none /sys/fs/cgroup
ip link set lo up
# Whoever may use a file gets it from here, and what the tests write is no program's library: the profiles say so.
mkdir -p /run/libvirt /var/lib/libvirt/images /var/log/libvirt
images=/var/lib/libvirt/images
cat /sys/module/apparmor/parameters/enabled

cat >/tmp/d.xml <<X
<domain type='qemu'><name>d</name><uuid>11111111-2222-3333-4444-555555555555</uuid><memory unit='MiB'>64</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='q35'>hvm</type></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='$images/top.qcow2'/><target dev='vda' bus='virtio'/></disk>
<disk type='file' device='cdrom'><source file='$images/cd.iso'/><target dev='sda' bus='sata'/><readonly/></disk>
<serial type='file'><source path='/tmp/serial.log'/></serial><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng><memballoon model='none'/><controller type='usb' model='qemu-xhci'/>
</devices></domain>
X
cat >/tmp/disk.xml <<X
<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='$images/more.img'/><target dev='sdb' bus='usb'/></disk>
X
# with LABEL: the guest with such a label.
with() { sed "s#</devices>#</devices>$1#" /tmp/d.xml; }
with "<seclabel type='static' model='apparmor'><label>nobody-has-this</label></seclabel>" >/tmp/static.xml
with "<seclabel type='static' model='apparmor' relabel='no'><label>lenient</label></seclabel>" >/tmp/lenient.xml
with "<seclabel type='none' model='apparmor'/>" >/tmp/none.xml
with "<seclabel type='none'/>" >/tmp/nothing.xml
with "<seclabel type='dynamic' model='apparmor'><baselabel>x</baselabel></seclabel>" >/tmp/base.xml
with "<seclabel type='dynamic' model='selinux'/>" >/tmp/selinux.xml
sed "s#<serial.*</serial>#<serial type='file'><source path='/etc/shadow'/></serial>#" /tmp/d.xml >/tmp/shadow.xml
sed "s#</devices>#<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm></devices>#" /tmp/d.xml >/tmp/tpm.xml
sed "s#$images/more.img#$images/{a,b}*[c]\"?.img#; s#\"#\\&quot;#" /tmp/disk.xml >/tmp/odd.xml
echo 'profile lenient flags=(attach_disconnected) { file, capability, network, ptrace, signal, mount, }' >/tmp/lenient
apparmor_parser -r /tmp/lenient

v() { echo "\$ virsh $*"; timeout 120 virsh -c qemu:///system "$@" 2>&1; }
label() { v dumpxml "$@" | grep -A3 '<seclabel'; }
# What the guest's programs run under, and which files the kernel may open to them, one after the other.
confined() { for p in $(pgrep -r S,R,D 'qemu|swtpm' | sort); do printf '%s: ' "$(cat "/proc/$p/comm")"; cat "/proc/$p/attr/current"; done; }
rules() { grep -ho "\"$images/.*\|deny .*$images/.*" /etc/apparmor.d/libvirt/libvirt-1*.files; }
left() { ls /etc/apparmor.d/libvirt | grep -c files; grep -c libvirt-1 /sys/kernel/security/apparmor/profiles; }
denied() { dmesg -c | grep 'apparmor="DENIED"' | grep -v 'change_profile\|change_onexec' | sed 's/.*operation=/operation=/; s/ pid=[0-9]*//; s/ fsuid.*//'; }
say() { heading "$who $1"; }

everything() {
    who=$1
    rm -f $images/*
    qemu-img create -q -f qcow2 $images/base.qcow2 4M
    qemu-img create -q -f qcow2 -b $images/base.qcow2 -F qcow2 $images/top.qcow2
    truncate -s 4M $images/more.img $images/cd.iso "$images/{a,b}*[c]\"?.img"
    dmesg -c >/dev/null
    say host
    virsh -c qemu:///system capabilities | grep -A2 '<secmodel>'
    say start
    v define /tmp/d.xml
    v start d --paused
    v dominfo d | grep Security
    label d
    label d --inactive
    confined
    say 'start, rules'
    rules
    say plug
    v attach-device d /tmp/disk.xml --live
    say 'plug, rules'
    rules | grep more
    say unplug
    v resume d
    v detach-disk d sdb --live
    say 'unplug, rules'
    rules | grep more
    say 'odd names'
    v attach-device d /tmp/odd.xml --live
    say jobs
    v snapshot-create-as d s1 --disk-only --no-metadata --diskspec vda,file=$images/snap.qcow2 --diskspec sda,snapshot=no
    say commit
    v blockcommit d vda --active --wait --pivot
    say copy
    v blockcopy d vda $images/copy.qcow2 --wait --pivot --transient-job
    v qemu-monitor-command d --hmp 'info block' | grep -o "copy.qcow2" | head -1
    say save
    v save d /tmp/d.save
    left
    v restore /tmp/d.save
    confined
    say dump
    v dump d /tmp/core --memory-only
    say stop
    v destroy d
    confined
    left
    say tpm
    v undefine d
    v create /tmp/tpm.xml --paused
    confined
    v destroy d
    for name in lenient none nothing; do
        say $name
        v create /tmp/$name.xml --paused
        confined
        label d
        v dominfo d | grep Security
        v destroy d
    done
    for name in static base selinux shadow; do
        say "refused $name"
        v create /tmp/$name.xml --paused
    done
    say left
    left
    say denied
    denied
}

rm -rf /etc/libvirt/* /var/lib/libvirt/qemu
apparmor_parser -r /etc/apparmor.d/usr.sbin.libvirtd /etc/apparmor.d/usr.lib.libvirt.virt-aa-helper
virtlogd -d
libvirtd -d
everything stock
kill "$(cat /run/libvirtd.pid)"
while [ -d /proc/"$(cat /run/libvirtd.pid 2>/dev/null || echo none)" ]; do :; done
rm -rf /run/libvirt/* /var/lib/libvirt/qemu /var/lib/libvirt/swtpm /etc/libvirt/* /etc/apparmor.d/libvirt/libvirt-1*
printf '%s\n' 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >/etc/libvirt/libvirtd.conf
/mnt/vireod -d
everything vireod
heading killed
v define /tmp/d.xml
v start d --paused
kill -9 "$(cat /run/libvirtd.pid)"
/mnt/vireod -d
v dominfo d | grep Security
v attach-device d /tmp/disk.xml --live
confined
v destroy d
left
heading end
end
