# A Ceph cluster with a pool "vms", for a test, in the network and below the mounts of a daemon of its own: a monitor, a manager and one store in memory.
# usage: ceph.sh serve FOLDER      (sourced or run in namespaces of a test)
#        ceph.sh fill FOLDER       makes the pool's content anew
#        ceph.sh do FOLDER ARGUMENT...    runs rbd
set -eu
address=10.13.9.2 folder=$2
export CEPH_CONF=$folder/ceph.conf
cluster() { timeout 60 ceph "$@"; }
image() { timeout 60 rbd "$@" >/dev/null 2>&1; }
case $1 in
serve)
    ip link set lo up
    ip link add ceph0 type veth peer name ceph1
    ip address add $address/24 dev ceph0
    ip link set ceph0 up
    ip link set ceph1 up
    mkdir -p "$folder"/{mon,osd,mgr,run}
    cat >"$CEPH_CONF" <<C
[global]
fsid = 5f0a9f53-4e42-4d6d-9a6c-2f1e7e8c9d01
mon_initial_members = a
mon_host = v1:$address:6789
ms_bind_msgr2 = false
public_addr = $address
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_allow_pool_delete = true
mon_data_avail_crit = 0
mon_data_avail_warn = 0
osd_objectstore = memstore
memstore_device_bytes = 1073741824
run_dir = $folder/run
admin_socket = $folder/run/\$name.asok
log_file = $folder/\$name.log
log_to_stderr = false
mon_cluster_log_file = $folder/cluster.log
keyring = $folder/keyring
crash_dir = $folder
mgr_data = $folder/mgr
[mon.a]
host = $(hostname)
mon_addr = $address:6789
mon_data = $folder/mon
[osd.0]
osd_data = $folder/osd
C
    key() { ceph-authtool "$folder/keyring" --create-keyring --gen-key -n "$@"; }
    key mon. --cap mon 'allow *'
    key() { ceph-authtool "$folder/keyring" --gen-key -n "$@"; }
    key client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    key client.guests --cap mon 'allow r' --cap osd 'allow *'
    key osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' --cap mgr 'allow profile osd'
    key mgr.a --cap mon 'allow profile mgr' --cap osd 'allow *'
    ceph-authtool "$folder/keyring" -n client.guests -p >"$folder/key"
    store=7a3f1c2e-0d55-4a6a-9c5e-1b2c3d4e5f60
    monmaptool --create --fsid 5f0a9f53-4e42-4d6d-9a6c-2f1e7e8c9d01 --addv a "[v1:$address:6789]" "$folder/monmap"
    ceph-mon -i a --mkfs --monmap "$folder/monmap" --keyring "$folder/keyring"
    ceph-mon -i a
    cluster osd new $store 0
    ceph-osd -i 0 --mkfs --osd-uuid $store
    ceph-osd -i 0
    ceph-mgr -i a
    # What is free is known when the store has told the manager.
    for _ in $(seq 300); do ! cluster df | grep -q 'TOTAL *1 GiB' || break; sleep 0.2; done
    ;;
fill)
    ! cluster osd pool ls | grep -qx vms || cluster osd pool delete vms vms --yes-i-really-really-mean-it
    cluster osd pool create vms 8
    head -c 5000000 /dev/zero | tr '\0' x >"$folder/data"
    truncate -s 21M "$folder/data"
    image create --size 8 vms/first
    image create --size 3 --image-feature layering vms/small
    image create --size 10 --object-size 1M vms/fine
    image import "$folder/data" vms/imported
    image snap create vms/imported@mine
    image import --image-feature layering "$folder/data" vms/plain
    image import --stripe-unit 65536 --stripe-count 3 "$folder/data" vms/striped
    ;;
do)
    timeout 60 rbd "${@:3}"
    ;;
esac
