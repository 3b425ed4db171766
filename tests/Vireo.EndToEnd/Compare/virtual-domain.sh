# A cluster's resource agent for guests, as Pacemaker calls it: what each action answers. usage: virtual-domain.sh URI FOLDER
uri=$1 folder=$2
chmod 755 "$folder"
mkdir -p "$folder/state"
printf '%s\n' "<domain type='qemu'>" '<name>cluster</name>' '<uuid>91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c88</uuid>' "<memory unit='MiB'>32</memory>" \
    "<os><type arch='x86_64'>hvm</type></os></domain>" >"$folder/cluster.xml"
export OCF_ROOT=/usr/lib/ocf OCF_RESOURCE_INSTANCE=cluster OCF_RESKEY_config=$folder/cluster.xml OCF_RESKEY_hypervisor=$uri OCF_RESKEY_force_stop=1
export OCF_RESKEY_CRM_meta_timeout=60000 HA_RSCTMP=$folder/state HA_LOGFACILITY=none
act() { # ACTION...
    for action in "$@"; do
        /usr/lib/ocf/resource.d/heartbeat/VirtualDomain "$action" >"$folder/said" 2>&1
        echo "$action $?"
    done
}
act validate-all monitor start start monitor status
virsh -q -c "$uri" suspend cluster >/dev/null && act monitor
virsh -q -c "$uri" destroy cluster >/dev/null && act monitor start stop stop monitor
