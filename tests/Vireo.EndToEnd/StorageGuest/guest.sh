#!/bin/sh
# The first process of a guest with the disks that the machine of the tests may not have: what is typed at a storage daemon about them, and what it says.
# The same is typed at vireod and at stock libvirtd, one after the other, each under headings of its own. /mnt has vireod, its launcher and the kernel's modules.
exec </dev/console >/dev/console 2>&1
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 TERM=dumb
heading() { printf '### %s\n' "$1"; }
fatal() { printf '%s\n' "$1"; heading died; end; }
# The kernel says at the console that it goes down, before what still waits to be sent there: stty waits for that.
end() { stty -F /dev/console sane; echo o >/proc/sysrq-trigger; while :; do :; done; }

mount -t proc proc /proc
echo 1 >/proc/sys/kernel/printk
mount -t sysfs sysfs /sys
mkdir -p /dev/pts /run/lock /run/libvirt /var/log/libvirt /lib/modules/"$(uname -r)" /etc/iscsi /var/lib/iscsi /var/lib/nfs
mount -t devpts devpts /dev/pts
mount -t tmpfs none /etc/iscsi
mount -t tmpfs none /var/lib/nfs
mount --bind /mnt/modules /lib/modules/"$(uname -r)"
modprobe -a dm-mod dm-snapshot dm-zero dm-thin-pool dm-multipath dm-service-time loop iscsi_tcp sd_mod sg ext4 nfs nfsv3 nfsd || fatal 'the kernel lacks modules'
modprobe brd rd_nr=4 rd_size=131072
modprobe loop
ip link set lo up
/lib/systemd/systemd-udevd --daemon >/dev/null 2>&1
head -c 3000000 /dev/urandom >/tmp/data
truncate -s 64M /tmp/disk
losetup -P /dev/loop0 /tmp/disk

# A target with two disks, and one that wants a password.
echo InitiatorName=iqn.2026-11.test:guest >/etc/iscsi/initiatorname.iscsi
printf '%s\n' 'node.startup = manual' 'node.session.timeo.replacement_timeout = 5' >/etc/iscsi/iscsid.conf
iscsid
tgtd
for lun in 1 2 3 4; do truncate -s 16M /tmp/lun$lun; done
target() { tgtadm --lld iscsi --mode target --tid "$@"; }
disk() { tgtadm --lld iscsi --mode logicalunit --op new --tid "$1" --lun "$2" -b "/tmp/lun$3"; }
target 1 --op new -T iqn.2026-11.test:open && disk 1 1 1 && disk 1 2 2 && target 1 --op bind -I ALL || fatal 'no target'
target 2 --op new -T iqn.2026-11.test:locked && disk 2 1 3 && target 2 --op bind -I ALL
tgtadm --lld iscsi --mode account --op new --user knocker --password opensesame
tgtadm --lld iscsi --mode account --op bind --tid 2 --user knocker

# A server of files.
mkdir -p /tmp/export /tmp/mnt /proc/fs/nfsd /var/lib/nfs/rpc_pipefs /var/lib/nfs/v4recovery
mount -t tmpfs none /tmp/export
mount -t nfsd nfsd /proc/fs/nfsd
rpcbind -w
mkdir -p /var/lib/nfs/sm /var/lib/nfs/sm.bak
touch /var/lib/nfs/etab /var/lib/nfs/rmtab /var/lib/nfs/state
exportfs -o rw,fsid=1,no_root_squash,no_subtree_check 127.0.0.1:/tmp/export
rpc.nfsd 2
rpc.mountd
rpc.statd

cat >/tmp/lv.xml <<'X'
<pool type='logical'><name>lv</name><source><device path='/dev/ram0'/><device path='/dev/ram1'/><name>vgt</name><format type='lvm2'/></source><target><path>/dev/vgt</path></target></pool>
X
cat >/tmp/locked.xml <<'X'
<pool type='iscsi'><name>locked</name><source><host name='127.0.0.1'/><device path='iqn.2026-11.test:locked'/><auth type='chap' username='knocker'><secret usage='knock'/></auth></source>
<target><path>/dev/disk/by-path</path></target></pool>
X
cat >/tmp/direct.xml <<'X'
<pool type='iscsi-direct'><name>direct</name><source><host name='127.0.0.1'/><device path='iqn.2026-11.test:open'/><initiator><iqn name='iqn.2026-11.test:me'/></initiator></source></pool>
X
sed 's/>direct</>direct-locked</; s/:open/:locked/; s#<initiator>#<auth type="chap" username="knocker"><secret usage="knock"/></auth><initiator>#' /tmp/direct.xml >/tmp/direct-locked.xml
sed 's/>direct</>gone</; s/:open/:gone/' /tmp/direct.xml >/tmp/direct-gone.xml
sed "s/>direct</>shut</; s#127.0.0.1'#127.0.0.1' port='3261'#" /tmp/direct.xml >/tmp/direct-shut.xml
echo "<secret private='yes'><usage type='iscsi'><target>knock</target></usage></secret>" >/tmp/secret.xml
printf opensesame >/tmp/password

# say HEADING URI: types the lines of its input at virsh, each after it was written down.
say() {
    heading "$who $1"
    all=
    while read -r line; do all="$all echo '\$ $line'; $line;"; done
    virsh -c "$2" "$all"
}
same() { cmp "$1" "$2" && echo "$2 is the same"; }

everything() { # of one daemon
    who=$1 storage='storage:///system'

    say logical $storage <<'V'
pool-define /tmp/lv.xml
pool-build lv
find-storage-pool-sources logical
pool-start lv
pool-info lv
vol-create-as lv one 16M
vol-dumpxml one lv
vol-info one lv
vol-create-as lv sparse 32M --allocation 8M
vol-create-as lv snap 8M --backing-vol one
vol-dumpxml snap lv
vol-upload one /tmp/data lv
vol-clone one copy lv
vol-download copy /tmp/out lv --length 3000000
vol-wipe copy lv
vol-list lv --details
pool-refresh lv
pool-dumpxml lv
V
    same /tmp/data /tmp/out
    lvcreate -qq -y -i 2 -I 64 -L 8M -n striped vgt
    say 'logical from outside' $storage <<'V'
pool-refresh lv
vol-list lv --details
vol-dumpxml striped lv
V
    say 'logical refused' $storage <<'V'
pool-build lv
vol-create-as lv one 1M
vol-create-as lv big 10G
vol-create-as lv meta 1M --prealloc-metadata
vol-clone meta other lv --prealloc-metadata
vol-resize one 32M lv
vol-delete one lv
vol-delete snap lv
vol-list lv
V
    say 'logical ends' $storage <<'V'
pool-destroy lv
pool-delete lv
pool-undefine lv
V
    pvs --noheadings

    say 'disk' $storage <<'V'
pool-define-as d disk --source-dev /dev/loop0 --target /dev --source-format gpt
pool-build d
pool-start d
pool-dumpxml d
vol-create-as d loop0p1 8M
vol-create-as d loop0p2 8M
vol-list d --details
vol-dumpxml loop0p1 d
vol-upload loop0p1 /tmp/data d
vol-download loop0p1 /tmp/out d --length 3000000
vol-wipe loop0p2 d
pool-refresh d
pool-info d
pool-destroy d
V
    same /tmp/data /tmp/out
    say 'disk refused' $storage <<'V'
pool-build d
pool-build d --overwrite
pool-delete d
pool-start d
pool-undefine d
V

    say 'fs' $storage <<'V'
pool-define-as f fs --source-dev /dev/ram2 --source-format ext4 --target /tmp/fs
pool-build f
pool-build f --no-overwrite
pool-start f
vol-create-as f v 1M
vol-list f --details
pool-refresh f
pool-dumpxml f
vol-delete v f
pool-destroy f
V
    say 'fs refused' $storage <<'V'
pool-build f --no-overwrite
pool-build f --overwrite
pool-delete f
pool-undefine f
V
    wipefs -qa /dev/ram2

    say 'iscsi' $storage <<'V'
find-storage-pool-sources-as iscsi 127.0.0.1
pool-define-as i iscsi --source-host 127.0.0.1 --source-dev iqn.2026-11.test:open --target /dev/disk/by-path
pool-start i
pool-dumpxml i
vol-list i --details
vol-dumpxml unit:0:0:1 i
vol-upload unit:0:0:1 /tmp/data i
vol-download unit:0:0:1 /tmp/out i --length 3000000
vol-wipe unit:0:0:2 i
pool-info i
V
    same /tmp/data /tmp/out
    disk 1 3 4
    say 'iscsi has another disk' $storage <<'V'
pool-refresh i
vol-list i
V
    tgtadm --lld iscsi --mode logicalunit --op delete --tid 1 --lun 3
    say 'iscsi refused' $storage <<'V'
vol-create-as i v 1M
vol-delete unit:0:0:1 i
vol-resize unit:0:0:1 32M i
pool-build i
pool-delete i
pool-destroy i
pool-undefine i
pool-create-as gone iscsi --source-host 127.0.0.1 --source-dev iqn.2026-11.test:gone --target /dev/disk/by-path
pool-create /tmp/locked.xml
V
    say 'secret' secret:///system <<'V'
secret-define /tmp/secret.xml
V
    virsh -q -c secret:///system secret-set-value "$(virsh -q -c secret:///system secret-list | cut -d' ' -f2)" --file /tmp/password --plain
    say 'iscsi with a password' $storage <<'V'
pool-create /tmp/locked.xml
vol-list locked
pool-destroy locked
V
    iscsiadm -m session
    say 'iscsi-direct' $storage <<'V'
pool-create /tmp/direct.xml
pool-dumpxml direct
vol-list direct --details
vol-dumpxml unit:0:0:1 direct
vol-wipe unit:0:0:1 direct
pool-refresh direct
pool-create /tmp/direct-locked.xml
vol-list direct-locked
V
    tr -d '\0' </tmp/lun1 | wc -c
    say 'iscsi-direct refused' $storage <<'V'
vol-create-as direct v 1M
vol-delete unit:0:0:1 direct
vol-resize unit:0:0:1 32M direct
vol-upload unit:0:0:1 /tmp/data direct
vol-download unit:0:0:1 /tmp/out direct
vol-wipe unit:0:0:1 direct --algorithm dod
vol-clone unit:0:0:1 y direct
pool-delete direct
pool-destroy direct
pool-destroy direct-locked
pool-create /tmp/direct-gone.xml
pool-create /tmp/direct-shut.xml
pool-list --all
V

    dmsetup create mp --uuid mpath-mp --table '0 131072 multipath 0 0 1 1 service-time 0 1 2 7:0 1 1'
    say 'mpath' $storage <<'V'
pool-define-as m mpath --target /dev/mapper
pool-start m
pool-dumpxml m
vol-list m --details
pool-destroy m
pool-undefine m
V
    dmsetup remove mp

    say 'netfs' $storage <<'V'
find-storage-pool-sources-as netfs 127.0.0.1
pool-define-as n netfs --source-host 127.0.0.1 --source-path /tmp/export --source-format nfs --source-protocol-ver 3 --target /tmp/mnt
pool-build n
pool-start n
vol-create-as n v 4M
vol-upload v /tmp/data n
vol-download v /tmp/out n --length 3000000
vol-list n --details
pool-dumpxml n
vol-delete v n
V
    same /tmp/data /tmp/out
}

printf '%s\n' 'auth_unix_rw = "none"' 'auth_unix_ro = "none"' >/etc/libvirt/libvirtd.conf
heading vireod
/mnt/vireod -d
everything vireod
say 'finds targets' storage:///system <<'V'
find-storage-pool-sources-as iscsi-direct 127.0.0.1 --initiator iqn.2026-11.test:me
find-storage-pool-sources-as iscsi-direct 127.0.0.1
find-storage-pool-sources-as iscsi-direct
V
heading 'a server that is gone'
# Programs and the kernel wait for it, without end.
rpc.nfsd 0
virsh -c storage:///system pool-refresh n >/tmp/refreshed 2>&1 &
for row in 'pool-info n' 'pool-list --all' 'vol-list n' 'pool-create-as other dir --target /tmp/export' 'pool-refresh other' 'pool-destroy other'; do
    timeout 60 virsh -q -c storage:///system "$row" >/tmp/said 2>&1 && echo "$row: answered" || { echo "$row: $?"; cat /tmp/said; }
done
[ -s /tmp/refreshed ] && cat /tmp/refreshed || echo 'the refresh waits'
rpc.nfsd 2
wait $!
cat /tmp/refreshed
virsh -c storage:///system 'pool-destroy n; pool-undefine n'
heading 'thin volumes'
# Stock libvirtd does not list them.
pvcreate -qq -y /dev/ram3
vgcreate -qq vgthin /dev/ram3
lvcreate -qq -y -L 8M -T vgthin/tp -V 16M -n thin 2>/dev/null
virsh -q -c storage:///system 'pool-create-as thin logical --source-name vgthin --target /dev/vgthin; vol-list thin; vol-delete thin thin; pool-destroy thin'
vgremove -qq -f vgthin
pvremove -qq /dev/ram3
kill "$(cat /run/libvirtd.pid)"
while [ -d /proc/"$(cat /run/libvirtd.pid 2>/dev/null || echo none)" ]; do :; done
rm -rf /etc/libvirt/storage /etc/libvirt/secrets /run/libvirt/* /var/lib/libvirt/*

# Stock libvirtd with the drivers that are asked: those of machines would try every emulator first.
heading stock
drivers=$(echo /usr/lib/*/libvirt/connection-driver)
mkdir /tmp/drivers
cp "$drivers"/libvirt_driver_storage.so "$drivers"/libvirt_driver_secret.so /tmp/drivers
mount --bind /tmp/drivers "$drivers"
libvirtd -d
everything stock
heading end
end
