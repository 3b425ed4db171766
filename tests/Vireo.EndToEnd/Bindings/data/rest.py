# What of python3-libvirt the other scripts do not come by: lists of what is inactive, parameters of each type, references that events take.
# usage: rest.py URI [QEMU-URI]
import sys

import libvirt as V


def t(name, call):
    try:
        print(name, call())
    except V.libvirtError as error:
        print(name, "error", error.get_error_code(), error)


V.registerErrorHandler(None, None)
V.virEventRegisterDefaultImpl()
c = V.open(sys.argv[1])
t("printed", lambda: c.lookupByName("absent"))
V.registerErrorHandler(lambda context, error: None, None)
d = c.lookupByName("test")
c.defineXML("<domain type='test'><name>off</name><memory>8192</memory><os><type>hvm</type></os></domain>")
c.networkDefineXML("<network><name>off</name></network>")
c.storagePoolDefineXML("<pool type='dir'><name>off</name><target><path>/off</path></target></pool>")
c.interfaceDefineXML("<interface type='ethernet' name='off'><mac address='00:16:3e:00:00:07'/></interface>")
t("defined", lambda: (c.listDefinedDomains(), c.listDefinedNetworks(), c.listDefinedStoragePools(), c.listDefinedInterfaces()))
pool = c.storagePoolLookupByName("default-pool")
pool.createXML("<volume><name>v</name><capacity>1</capacity></volume>")
t("volumes", pool.listVolumes)
parent = d.snapshotCreateXML("<domainsnapshot><name>a</name></domainsnapshot>")
d.snapshotCreateXML("<domainsnapshot><name>b</name></domainsnapshot>")
t("snapshots", lambda: (sorted(d.snapshotListNames()), parent.listChildrenNames()))
t("thread", lambda: (d.addIOThread(3), d.ioThreadInfo(V.VIR_DOMAIN_AFFECT_LIVE)))
t("scheduler", lambda: d.setSchedulerParameters({"weight": 30}))
t("tuned", lambda: d.setBlockIoTune("vda", {"total_bytes_sec": 100, "group_name": "g"}))
t("card", lambda: d.setInterfaceParameters("testnet0", {"inbound.average": 1}))
t("perf", lambda: d.setPerfEvents({"cmt": False}))
t("thread", lambda: d.setIOThreadParams(3, {"poll_max_ns": 5, "poll_grow": 1}))
t("limit", lambda: d.setMemoryParameters({"hard_limit": 10}))
print("stopped", d.destroy(), d.create())
seen = []
c.networkEventRegisterAny(None, V.VIR_NETWORK_EVENT_ID_LIFECYCLE, lambda *a: seen.append("network"), None)
c.storagePoolEventRegisterAny(None, V.VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, lambda *a: seen.append("pool"), None)
c.nodeDeviceEventRegisterAny(None, V.VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE, lambda *a: seen.append("device"), None)
def old(*a):
    seen.append("domain")


c.domainEventRegister(old, None)
c.networkLookupByName("off").create()
c.storagePoolLookupByName("off").create()
c.nodeDeviceCreateXML("<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'><wwnn>2000000012341234</wwnn><wwpn>1000000012341234</wwpn></capability></capability></device>")
d.suspend()
while len(set(seen)) < 4:
    V.virEventRunDefaultImpl()
print(sorted(set(seen)))
t("no longer", lambda: c.domainEventDeregister(old))
t("of each type", lambda: c.setIdentity({"text": "a", "number": 1, "below": -1, "truth": True, "fraction": 1.5}))
t("as hinted", lambda: d.blockCopy("vda", "<disk/>", {"bandwidth": 1, "granularity": 1, "buf-size": 1}))
t("times", lambda: sorted(d.getCPUStats(False)[0]))
if len(sys.argv) > 2:
    q = V.open(sys.argv[2])
    t("filters", lambda: len(q.listNWFilters()))
    secret = q.secretDefineXML("<secret ephemeral='yes'><uuid>00000000-0000-0000-0000-000000000007</uuid></secret>")
    q.secretEventRegisterAny(None, V.VIR_SECRET_EVENT_ID_LIFECYCLE, lambda *a: seen.append("secret"), None)
    t("secrets", q.listSecrets)
    secret.undefine()
    while "secret" not in seen:
        V.virEventRunDefaultImpl()
    t("scheduler", lambda: d.setSchedulerParametersFlags({"weight": 30}, V.VIR_DOMAIN_AFFECT_CURRENT))
    t("migration", lambda: d.migrateToURI3("", {"parallel.connections": 1}, 0))
    t("memory", lambda: q.setMemoryParameters({"shm_pages_to_scan": 100}))
V.virEventRegisterImpl(*[lambda *a: 0] * 6)
