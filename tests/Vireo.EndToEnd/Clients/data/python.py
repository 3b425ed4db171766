# python3-libvirt. usage: libvirt.py URI USER PASSWORD DOCUMENT
import sys
import threading

import libvirt

uri, user, password = sys.argv[1:4]
document = open(sys.argv[4]).read()
libvirt.registerErrorHandler(lambda context, error: None, None)
libvirt.virEventRegisterDefaultImpl()


def loop():
    while True:
        libvirt.virEventRunDefaultImpl()


threading.Thread(target=loop, daemon=True).start()


def answer(asked, opaque):
    for one in asked:
        if one[0] in (libvirt.VIR_CRED_AUTHNAME, libvirt.VIR_CRED_USERNAME):
            one[4] = user
        elif one[0] == libvirt.VIR_CRED_PASSPHRASE:
            one[4] = password
        elif one[0] == libvirt.VIR_CRED_REALM:
            one[4] = one[3] or ""
    return 0


kinds = [libvirt.VIR_CRED_AUTHNAME, libvirt.VIR_CRED_USERNAME, libvirt.VIR_CRED_PASSPHRASE, libvirt.VIR_CRED_REALM]
conn = libvirt.openAuth(uri, [kinds, answer, None], 0)
if "+" in uri:       # within the process there is nobody to ask
    conn.setKeepAlive(5, 3)
print("driver", conn.getType(), conn.getVersion(), conn.getLibVersion())
print("host", conn.getHostname())
print("uri", conn.getURI())
print("alive", conn.isAlive(), "encrypted", conn.isEncrypted(), "secure", conn.isSecure())
print("host has", conn.getInfo())
print("cells", conn.getCellsFreeMemory(0, 4))
print("domains", [domain.name() for domain in conn.listAllDomains()], conn.listDomainsID(), conn.numOfDefinedDomains())
print("networks", [network.name() for network in conn.listAllNetworks()])
print("pools", [(pool.name(), pool.info()) for pool in conn.listAllStoragePools()])
print("interfaces", [(interface.name(), interface.MACString()) for interface in conn.listAllInterfaces()])
print("devices", sorted(device.name() for device in conn.listAllDevices()))

seen, undefined = [], threading.Event()


def lifecycle(conn, domain, event, detail, opaque):
    seen.append((opaque, domain.name(), event, detail))
    if event == libvirt.VIR_DOMAIN_EVENT_UNDEFINED:
        undefined.set()


def other(conn, domain, *rest):
    seen.append((domain.name(), rest[:-1]))


def network_lifecycle(conn, network, event, detail, opaque):
    seen.append((opaque, network.name(), event, detail))


callbacks = [
    conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, lifecycle, "any"),
    conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, other, None),
]
network_callback = conn.networkEventRegisterAny(None, libvirt.VIR_NETWORK_EVENT_ID_LIFECYCLE, network_lifecycle, "network")

domain = conn.defineXML(document)
print("defined", domain.name(), domain.UUIDString(), domain.isPersistent(), domain.isActive())
domain.create()
print("started", domain.isActive(), domain.state(), domain.info()[:4], domain.OSType())
domain.setMetadata(libvirt.VIR_DOMAIN_METADATA_TITLE, "a title", None, None, libvirt.VIR_DOMAIN_AFFECT_LIVE)
print("title", domain.metadata(libvirt.VIR_DOMAIN_METADATA_TITLE, None))
domain.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<note>one</note>", "n", "http://example.org/note", libvirt.VIR_DOMAIN_AFFECT_CONFIG)
domain.setMemory(4096)
print("scheduler", domain.schedulerType(), domain.schedulerParameters())
domain.setSchedulerParameters({"weight": 30})
print("vcpus", domain.vcpusFlags(), domain.maxVcpus())
print("statistics", sorted(conn.domainListGetStats([domain], libvirt.VIR_DOMAIN_STATS_STATE)[0][1].items()), len(conn.getAllDomainStats()))
print("document", domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))

stream = conn.newStream()
print("picture", domain.screenshot(stream, 0))
picture = []
stream.recvAll(lambda stream, data, whole: whole.append(data), picture)
stream.finish()
print("picture", b"".join(picture)[:4], sum(map(len, picture)) > 1000)
stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
domain.screenshot(stream, 0)
stream.abort()

snapshot = domain.snapshotCreateXML("<domainsnapshot><name>first</name></domainsnapshot>")
print("snapshot", snapshot.getName(), domain.snapshotNum(), domain.snapshotCurrent().getName())
snapshot.delete()
domain.suspend()
print("suspended", domain.state())
domain.resume()

network = conn.networkLookupByName("default")
network.destroy()
network.create()
pool = conn.storagePoolLookupByName("default-pool")
volume = pool.createXML("<volume><name>v</name><capacity unit='MiB'>1</capacity></volume>")
print("volume", volume.name(), volume.path(), volume.info())
volume.delete()

for failing in (
    lambda: conn.lookupByName("absent"),
    lambda: conn.lookupByUUIDString("00000000-0000-0000-0000-000000000001"),
    lambda: conn.networkLookupByName("absent"),
    lambda: conn.storagePoolLookupByName("absent"),
    lambda: pool.storageVolLookupByName("absent"),
    lambda: domain.create(),
    lambda: domain.memoryPeek(0, 8, libvirt.VIR_MEMORY_PHYSICAL),
    lambda: domain.createWithFlags(1 << 30),
):
    try:
        failing()
        print("no error")
    except libvirt.libvirtError as error:
        print("error", error.get_error_code(), error.get_error_domain(), error.get_error_level(), error.get_str1(), error.get_int1(), error)

domain.destroy()
print("stopped", domain.isActive(), domain.ID(), domain.state())
domain.undefine()
undefined.wait(60)
print("events", seen)
for callback in callbacks:
    conn.domainEventDeregisterAny(callback)
conn.networkEventDeregisterAny(network_callback)
print("domains", [domain.name() for domain in conn.listAllDomains()])
print("closed", conn.close())
