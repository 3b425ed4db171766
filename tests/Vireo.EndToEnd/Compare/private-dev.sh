# Gives this mount namespace a /dev of its own in which /dev/kvm is the group kvm's, as udev has it on every Debian machine. Where it is
# root's alone, stock libvirtd finds its idea of KVM wrong at every look and asks QEMU anew, for each device of a definition.
# usage: unshare -m --propagation private -- bash private-dev.sh COMMAND...     (or sourced, without arguments)
fresh=$(mktemp -d)
mount -t tmpfs -o mode=755,nosuid dev "$fresh"
cp -ax /dev/. "$fresh/"
for inner in pts shm mqueue hugepages; do
    [ ! -d "/dev/$inner" ] || mount --bind "/dev/$inner" "$fresh/$inner"
    while mountpoint -q "/dev/$inner"; do umount -l "/dev/$inner"; done     # hidden mounts would still be listed
done
if [ -c "$fresh/kvm" ] && getent group kvm >/dev/null; then chgrp kvm "$fresh/kvm"; chmod 660 "$fresh/kvm"; fi
mount --move "$fresh" /dev
rmdir "$fresh"
[ $# = 0 ] || exec "$@"
