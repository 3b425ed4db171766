# A server of Gluster's with a volume "vol", for a test, in the network and below the mounts of a daemon of its own.
# usage: gluster.sh serve FOLDER      (sourced or run where /var/lib/glusterd may be hidden; the daemon's /run is private already)
#        gluster.sh fill FOLDER       makes the volume's content anew
set -eu
address=10.13.9.1 folder=$2
case $1 in
serve)
    ip link set lo up
    ip link add gluster0 type veth peer name gluster1
    ip address add $address/24 dev gluster0
    ip link set gluster0 up
    ip link set gluster1 up
    mkdir -p /var/lib/glusterd /var/log/glusterfs /run/gluster "$folder/brick" "$folder/mounted"
    mount -t tmpfs glusterd /var/lib/glusterd
    mount -t tmpfs logs /var/log/glusterfs
    mount -t tmpfs brick "$folder/brick"            # has the attributes that the server needs, whatever the machine's disk is
    mkdir "$folder/brick/data"
    glusterd -p /run/glusterd.pid
    for _ in $(seq 300); do ! gluster --mode=script pool list >/dev/null 2>&1 || break; sleep 0.1; done
    gluster --mode=script volume create vol "$address:$folder/brick/data" force
    gluster --mode=script volume start vol
    [ -e /dev/fuse ] || mknod /dev/fuse c 10 229
    mount -t glusterfs "$address:/vol" "$folder/mounted"
    ;;
fill)
    cd "$folder/mounted"
    rm -rf -- * .hidden
    truncate -s 1M raw sparse
    qemu-img create -q -f qcow2 small.qcow2 5M
    qemu-img create -q -f qcow2 -o lazy_refcounts=on,cluster_size=4096 lazy 3M
    qemu-img create -q -f qcow2 -b raw -F raw above
    qemu-img create -q -f qcow2 -u -b nbd:localhost:1 -F raw elsewhere 3M
    qemu-img create -q -f vmdk disk.vmdk 4M
    mkdir folder
    truncate -s 3M folder/inner
    ln -s raw link
    ln -s nowhere dangling
    touch .hidden "a:b;c@d&e=f+g\$h,i[j]k%l(m)n!o~p*q'r\"s<t?u#v|w" "\303\274"
    printf 'few bytes' >'with spaces'
    ;;
esac
