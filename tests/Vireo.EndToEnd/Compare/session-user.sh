# Runs a daemon as a user, nobody, with a home (h) and a runtime folder (r) below FOLDER, beside a bridge that users may put their guests on. Started in
# namespaces of its own (mount, network, ipc).
# usage: session-user.sh COMMAND... --root FOLDER         the command is told nothing of --root
set -eu
root=${*: -1}
command=("${@:1:$#-2}")
set --
. "$(dirname "$0")/private-dev.sh"
ip link set lo up
ip link add virbr7 type bridge
ip link set virbr7 up
helper=/usr/lib/qemu/qemu-bridge-helper
if [ -x "$helper" ]; then
    install -m 4755 "$helper" "$root/helper"
    mount --bind "$root/helper" "$helper"
    mkdir -p "$root/etc" "$root/etc.work"
    mount -t overlay -o "lowerdir=/etc,upperdir=$root/etc,workdir=$root/etc.work" etc /etc
    mkdir -p /etc/qemu
    echo 'allow virbr7' >/etc/qemu/bridge.conf
fi
chown nobody:nogroup "$root"
chmod 755 "$root"
cd /
user() {
    setpriv --reuid=nobody --regid=nogroup --clear-groups -- env -i "PATH=$PATH" USER=nobody LOGNAME=nobody "HOME=$root/h" "XDG_RUNTIME_DIR=$root/r" \
        ${DOTNET_ROOT+"DOTNET_ROOT=$DOTNET_ROOT"} ${VIREO_LAUNCHER+"VIREO_LAUNCHER=$VIREO_LAUNCHER"} "$@"
}
user mkdir -p "$root/h/.config/libvirt" "$root/r"
user sh -c "echo 'stdio_handler = \"file\"' >$root/h/.config/libvirt/qemu.conf"
# Not exec: the first process of a namespace has to reap the orphans, or libvirtd waits for a QEMU that is long gone.
user "${command[@]}" &
wait
