# libvirt-dbus, which knows no URIs but libvirt's own: it is given a bus and a /run of its own. usage: dbus.sh SOCKET DOCUMENT
[ -n "$inner" ] || inner=yes exec unshare -m --propagation private -- bash "$0" "$@"
run=$(mktemp -d)
mount -t tmpfs -o mode=755 run "$run"
mkdir "$run/libvirt"
touch "$run/libvirt/libvirt-sock"
mount --bind "$1" "$run/libvirt/libvirt-sock"
mount -n --move "$run" /run
rmdir "$run"
exec dbus-run-session -- /usr/bin/python3 "${0%.sh}-client.py" "$2"
