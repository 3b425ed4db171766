namespace Vireo.EndToEnd.Compare;

/// <summary>Pools, volumes and devices of test:///default: what is typed at stock virsh. A line begins with a fresh host.</summary>
static class TestStorageRows
{
    public const string Pool = """
        <pool type='dir'><name>p1</name><uuid>7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a02</uuid><target><path>/p1</path></target></pool>
        """;

    public const string Volume = "<volume><name>v1</name><capacity unit='M'>10</capacity><target><format type='qcow2'/></target></volume>";

    public const string Adapter = """
        <device>
          <parent>scsi_host1</parent>
          <capability type='scsi_host'><capability type='fc_host'><wwnn>20000000c9831b4b</wwnn><wwpn>10000000c9831b4b</wwpn></capability></capability>
        </device>
        """;

    public static readonly string[] Pools =
    [
        "pool-list", "pool-list --all", "pool-list --inactive", "pool-list --details", "pool-list --all --details", "pool-list --uuid", "pool-list --name",
        "pool-list --type dir", "pool-list --type fs,dir", "pool-list --type nonsense", "pool-list --transient", "pool-list --persistent", "pool-list --autostart",
        "pool-list --no-autostart", "pool-list --nonsense", "pool-info default-pool", "pool-info default-pool --bytes", "pool-info nobody",
        "pool-uuid default-pool", "pool-uuid nobody", "pool-name dfe224cb-28fb-8dd0-c4b2-64eb3f0f4566", "pool-name nobody", "pool-dumpxml default-pool",
        "pool-dumpxml default-pool --inactive", "pool-dumpxml nobody", "pool-define ${POOL}; pool-list --all; pool-dumpxml p1; pool-info p1",
        "pool-define ${POOL}; pool-define ${POOL}", "pool-define ${POOL}; pool-define ${POOLUUID}", "pool-define ${POOL}; pool-define ${POOLNAME}", "pool-define /nowhere",
        "pool-define ${FOO}", "pool-define ${POOLNOTYPE}", "pool-define ${POOLBADTYPE}", "pool-define ${POOLNOPATH}",
        "pool-define-as p2 dir --target /p2; pool-dumpxml p2; pool-info p2", "pool-define-as p2 fs --source-dev /dev/x --target /p2; pool-dumpxml p2",
        "pool-define-as p2 netfs --source-host h --source-path /x --target /p2; pool-define-as p3 netfs --source-host h --source-path /x --target /p3",
        "pool-define-as p2 logical --source-dev /dev/x --source-name vg; pool-define-as p3 disk --source-dev /dev/x --target /dev", "pool-define-as p2 logical; pool-dumpxml p2",
        "pool-define-as p2 dir --target /default-pool", "pool-define-as p2 dir", "pool-define-as p2 nonsense", "pool-define-as p2 dir --target /p2 --print-xml; pool-list --all",
        "pool-define-as p2 iscsi --source-host h --source-dev iqn --target /p2; pool-define-as p3 iscsi --source-host i --source-dev iqn --target /p2",
        "pool-define-as p2 mpath --target /p2; pool-define-as p3 mpath --target /p3", "pool-define-as p2 rbd --source-host h --source-name x; pool-dumpxml p2",
        "pool-define-as p2 gluster --source-host h --source-name x; pool-dumpxml p2", "pool-define-as p2 zfs --source-name x; pool-dumpxml p2",
        "pool-define-as p2 scsi --adapter-name host1 --target /p2; pool-define-as p3 scsi --adapter-name scsi_host1 --target /p3",
        "pool-create ${POOL}; pool-list; pool-info p1; pool-create ${POOL}; pool-destroy p1; pool-list --all", "pool-create /nowhere", "pool-create ${FOO}",
        "pool-create ${POOL} --build", "pool-create ${POOL} --overwrite", "pool-create ${POOL} --no-overwrite", "pool-create ${POOL} --overwrite --no-overwrite",
        "pool-define ${POOL}; pool-create ${POOLMOVED}; pool-info p1; pool-dumpxml p1; pool-destroy p1; pool-list --all",
        "pool-create-as p2 dir --target /p2; pool-list --details; pool-autostart p2", "pool-create-as p2 dir --target /p2 --build",
        "pool-define ${POOL}; pool-start p1; pool-list; pool-start p1", "pool-start nobody", "pool-start default-pool", "pool-define ${POOL}; pool-start p1 --build",
        "pool-define ${POOL}; pool-start p1; pool-define ${POOLMOVED}; pool-dumpxml p1; pool-destroy p1; pool-dumpxml p1",
        "pool-define ${POOL}; pool-build p1; pool-build p1 --overwrite; pool-build p1 --no-overwrite", "pool-build default-pool", "pool-build nobody",
        "pool-destroy default-pool; pool-list --all; pool-destroy default-pool; pool-info default-pool", "pool-destroy nobody", "pool-delete default-pool",
        "pool-destroy default-pool; pool-delete default-pool; pool-list --all", "pool-delete nobody", "pool-undefine default-pool",
        "pool-destroy default-pool; pool-undefine default-pool; pool-list --all; pool-undefine default-pool", "pool-refresh default-pool", "pool-refresh nobody",
        "pool-destroy default-pool; pool-refresh default-pool", "pool-autostart default-pool; pool-info default-pool; pool-autostart default-pool --disable; pool-info default-pool",
        "pool-autostart nobody", "pool-create ${POOL}; pool-autostart p1", "pool-event --list", "pool-event --event lifecycle --timeout 1", "pool-event --event nonsense",
        "pool-event", "pool-capabilities", "find-storage-pool-sources-as netfs h", "find-storage-pool-sources-as netfs", "find-storage-pool-sources-as logical",
        "find-storage-pool-sources-as dir", "find-storage-pool-sources-as nonsense", "find-storage-pool-sources-as disk", "find-storage-pool-sources logical",
        "find-storage-pool-sources netfs ${SOURCE}", "find-storage-pool-sources netfs", "find-storage-pool-sources logical ${FOO}", "find-storage-pool-sources rbd ${SOURCE}",
        "pool-define-as p2 netfs --source-host h --source-path /x --source-dev /dev/y --source-name n --target /p2 --source-format nfs --auth-type chap --auth-username u --secret-usage s --source-protocol-ver 4 --source-initiator iqn --print-xml",
        "pool-define-as p2 scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent x --target /p2 --print-xml",
        "pool-define-as p2 scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent-wwnn x --adapter-parent-wwpn y --print-xml",
        "pool-define-as p2 scsi --adapter-wwnn 1 --adapter-wwpn 2 --adapter-parent-fabric-wwn x --print-xml",
        "pool-define-as p2 scsi --adapter-wwnn 1 --print-xml", "pool-define-as p2 scsi --adapter-name h --print-xml",
        "pool-define-as p2 iscsi --auth-type chap --auth-username u --secret-uuid s --print-xml",
        "pool-define-as p2 iscsi --auth-type chap --auth-username u --print-xml", "pool-define-as p2 iscsi --auth-type chap --print-xml",
        "pool-define-as p2 iscsi --source-protocol-ver 3 --print-xml", "pool-create-as p2 dir --target /p2 --print-xml", "pool-list --name --uuid",
        "pool-list --details --name", "pool-list --all --inactive", "pool-destroy default-pool; pool-list --all --details",
        "pool-dumpxml default-pool --xpath //name", "pool-dumpxml default-pool --xpath //name --wrap", "find-storage-pool-sources-as netfs h 5 iqn",
        "pool-event --event refresh --timeout 1", "pool-event default-pool lifecycle --timeout 1 --loop", "pool-start ''",
        "pool-define ${POOL} --validate",
    ];

    public static readonly string[] Volumes =
    [
        "vol-list default-pool", "vol-list default-pool --details", "vol-list nobody", "vol-create default-pool ${VOL}; vol-list default-pool; vol-list default-pool --details",
        "vol-create default-pool ${VOL}; vol-dumpxml v1 default-pool; vol-info v1 default-pool; vol-info v1 default-pool --bytes; pool-info default-pool",
        "vol-create default-pool ${VOL}; vol-create default-pool ${VOL}", "vol-create default-pool ${FOO}", "vol-create default-pool /nowhere", "vol-create nobody ${VOL}",
        "vol-create default-pool ${VOLNONAME}", "vol-create default-pool ${VOLNOSIZE}", "vol-create default-pool ${VOLBADFORMAT}", "vol-create default-pool ${VOL} --prealloc-metadata",
        "vol-create-as default-pool v2 1G; vol-dumpxml v2 default-pool; pool-info default-pool", "vol-create-as default-pool v2 1G --allocation 0; vol-info v2 default-pool",
        "vol-create-as default-pool v2 1G --format qcow2 --backing-vol v1", "vol-create-as default-pool v2 1T", "vol-create-as default-pool v2 1T --allocation 1M; vol-info v2 default-pool",
        "vol-create-as default-pool v2 100G; vol-create-as default-pool v3 1; pool-info default-pool", "vol-create-as default-pool v2 nonsense", "vol-create-as default-pool v2",
        "vol-create-as default-pool v2 1G --format nonsense", "vol-create-as default-pool v2 1G --print-xml; vol-list default-pool", "vol-create-as nobody v2 1G",
        "vol-create default-pool ${VOL}; vol-create-from default-pool ${VOL2} v1; vol-dumpxml v2 default-pool", "vol-create-from default-pool ${VOL2} nobody",
        "vol-create default-pool ${VOL}; vol-create-from default-pool ${VOL} v1", "vol-create default-pool ${VOL}; vol-clone v1 v3 default-pool; vol-dumpxml v3 default-pool",
        "vol-clone nobody v3 default-pool", "vol-create default-pool ${VOL}; vol-clone v1 v1 default-pool", "vol-create default-pool ${VOL}; vol-clone v1 v3 default-pool --reflink",
        "vol-create default-pool ${VOL}; pool-create ${POOL}; vol-create-from p1 ${VOL2} v1 --inputpool default-pool",
        "vol-create default-pool ${VOL}; vol-delete v1 default-pool; vol-list default-pool; vol-delete v1 default-pool", "vol-delete nobody default-pool", "vol-delete /nowhere",
        "vol-create default-pool ${VOL}; vol-delete /default-pool/v1; pool-info default-pool", "vol-create default-pool ${VOL}; vol-delete v1 default-pool --delete-snapshots",
        "vol-create default-pool ${VOL}; vol-path v1 default-pool; vol-key v1 default-pool; vol-name /default-pool/v1; vol-pool /default-pool/v1; vol-pool /default-pool/v1 --uuid",
        "vol-path nobody default-pool", "vol-key nobody default-pool", "vol-name /nowhere", "vol-pool /nowhere", "vol-info nobody default-pool", "vol-info /nowhere", "vol-dumpxml nobody default-pool",
        "vol-create default-pool ${VOL}; vol-info v1 default-pool --physical", "vol-create default-pool ${VOL}; vol-resize v1 20M default-pool", "vol-create default-pool ${VOL}; vol-wipe v1 default-pool",
        "vol-create default-pool ${VOL}; vol-wipe v1 default-pool --algorithm nnsa", "vol-create default-pool ${VOL}; vol-upload v1 ${VOL} default-pool",
        "vol-create default-pool ${VOL}; vol-download v1 /dev/null default-pool", "pool-destroy default-pool; vol-list default-pool", "pool-destroy default-pool; vol-create default-pool ${VOL}",
        "vol-create default-pool ${VOL}; pool-destroy default-pool; vol-info /default-pool/v1; vol-delete v1 default-pool; pool-start default-pool; vol-list default-pool",
        "vol-create default-pool ${VOLBLOCK}; vol-dumpxml v4 default-pool; vol-info v4 default-pool", "vol-create default-pool ${VOLHUGE}",
        "pool-create-as p2 logical --source-dev /dev/x --source-name vg; vol-create-as p2 lv 1G; vol-dumpxml lv p2; vol-info lv p2",
        "pool-create-as p2 rbd --source-host h --source-name x; vol-create-as p2 img 1G; vol-dumpxml img p2; vol-info img p2",
        "vol-create default-pool ${VOL}; vol-clone v1 v9 default-pool --print-xml",
        "vol-create default-pool ${VOL}; vol-create-from default-pool ${VOL2} v1 --inputpool default-pool; vol-list default-pool",
        "vol-create default-pool ${VOL}; vol-create-from default-pool ${VOL2} /default-pool/v1; vol-list default-pool",
        "vol-create default-pool ${VOL}; vol-create-as default-pool v5 1G --format qcow2 --backing-vol v1 --backing-vol-format raw --print-xml",
        "vol-create default-pool ${VOL}; vol-create-as default-pool v5 1G --backing-vol /default-pool/v1; vol-dumpxml v5 default-pool",
        "vol-create-as default-pool v5 1G --allocation zz", "vol-create-as default-pool v5 1.5G",
        "vol-create-as default-pool v5 10KB; vol-info v5 default-pool --bytes",
        "vol-create default-pool ${VOL}; pool-create ${POOL}; vol-info /default-pool/v1 p1",
        "vol-create default-pool ${VOL}; vol-resize v1 -20M default-pool", "vol-create default-pool ${VOL}; vol-resize v1 -20M default-pool --delta",
        "vol-create default-pool ${VOL}; vol-resize v1 -20M default-pool --shrink",
        "vol-create default-pool ${VOL}; vol-resize v1 -20M default-pool --delta --shrink",
        "vol-create default-pool ${VOL}; vol-resize v1 20M default-pool --delta", "vol-create default-pool ${VOL}; vol-resize v1 zz default-pool",
        "vol-create default-pool ${VOL}; vol-wipe v1 default-pool --algorithm nonsense", "vol-create default-pool ${VOL}; vol-delete v1",
        "vol-info v1 nobody", "vol-name default", "vol-pool default-pool", "vol-info ''",
    ];

    public static readonly string[] Devices =
    [
        "nodedev-list", "nodedev-list --tree", "nodedev-list --cap scsi_host", "nodedev-list --cap fc_host", "nodedev-list --cap vports", "nodedev-list --cap system,net",
        "nodedev-list --cap net", "nodedev-list --cap nonsense", "nodedev-list --inactive", "nodedev-list --all", "nodedev-list --tree --cap net", "nodedev-dumpxml computer",
        "nodedev-dumpxml scsi_host1", "nodedev-dumpxml scsi_host2", "nodedev-dumpxml scsi_host11", "nodedev-dumpxml nobody", "nodedev-dumpxml 2000000012341234,1000000012341234",
        "nodedev-create ${ADAPTER}; nodedev-list; nodedev-dumpxml scsi_host12; nodedev-list --tree", "nodedev-create ${ADAPTER}; nodedev-create ${ADAPTER}; nodedev-list",
        "nodedev-create ${ADAPTERNONAMES}", "nodedev-create ${ADAPTERNOPARENT}; nodedev-list", "nodedev-create ${ADAPTERBADPARENT}", "nodedev-create ${ADAPTERLEAF}",
        "nodedev-create ${ADAPTERHALF}", "nodedev-create ${CARD}", "nodedev-create ${FOO}", "nodedev-create /nowhere", "nodedev-create ${ADAPTER}; nodedev-destroy scsi_host12; nodedev-list",
        "nodedev-destroy scsi_host1; nodedev-list", "nodedev-destroy computer; nodedev-list", "nodedev-destroy scsi_host1; nodedev-destroy scsi_host11; nodedev-list", "nodedev-destroy nobody",
        "nodedev-detach computer", "nodedev-reattach computer", "nodedev-reset computer", "nodedev-define ${ADAPTER}", "nodedev-undefine computer", "nodedev-start computer",
        "nodedev-autostart computer", "nodedev-info computer", "nodedev-event --list", "nodedev-event --event lifecycle --timeout 1", "nodedev-event",
        "pool-create ${FCPOOL}; nodedev-list; pool-destroy fc; nodedev-list", "pool-define ${FCPOOL}; pool-start fc; nodedev-list; pool-destroy fc; pool-list --all",
        "nodedev-dumpxml computer --xpath //serial", "nodedev-event --event update --timeout 1", "nodedev-event computer lifecycle --timeout 1",
        "nodedev-event --event nonsense", "nodedev-destroy --name scsi_host1", "nodedev-detach computer --driver vfio", "nodedev-detach nobody",
        "nodedev-info nobody", "nodedev-list --all --inactive", "nodedev-dumpxml a,b,c", "nodedev-dumpxml zz,yy",
    ];
}
