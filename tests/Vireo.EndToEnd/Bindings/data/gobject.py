# libvirt-glib by GObject introspection: its objects, its signals, its own event loop in GLib's, and asynchronous calls. usage: gobject.py URI DOCUMENT
import sys

import gi

for library in "LibvirtGLib", "LibvirtGConfig", "LibvirtGObject":
    gi.require_version(library, "1.0")
from gi.repository import Gio, GLib, LibvirtGConfig, LibvirtGLib, LibvirtGObject

LibvirtGLib.init(None)
LibvirtGObject.init_object(None)
LibvirtGLib.event_register()
loop = GLib.MainLoop()


def refused(what, call, *arguments):
    try:
        print(what, "no error", call(*arguments))
    except GLib.Error as error:
        print(what, error.domain, error.code, error.message)


def finished(start, finish, *arguments):
    kept = []
    start(*arguments, None, lambda source, result, *rest: (kept.append(result), loop.quit()))
    loop.run()
    return finish(kept[0])


def fields(of, *names):
    return [getattr(of, name) for name in names]


conn = LibvirtGObject.Connection.new(sys.argv[1])
conn.connect("connection-opened", lambda c: print("opened"))
conn.connect("connection-closed", lambda c: print("closed"))
seen = []       # when a signal comes is between the loop and the daemon
conn.connect("domain-added", lambda c, d: seen.append(("added", d.get_name())))
conn.connect("domain-removed", lambda c, d: (seen.append(("removed", d.get_name())), loop.quit()))
print("open", conn.is_open(), finished(conn.open_async, conn.open_finish), conn.is_open())
print("driver", conn.get_hypervisor_name(), conn.get_version(), conn.get_uri(), conn.is_read_only())
print("host", bytes(conn.get_node_info().model[:5]), fields(conn.get_node_info(), "memory", "cpus", "mhz", "nodes", "sockets", "cores", "threads"))
print("capabilities", conn.get_capabilities().get_host().get_uuid(), finished(conn.get_capabilities_async, conn.get_capabilities_finish).get_host().get_cpu().get_arch())
refused("domain capabilities", conn.get_domain_capabilities, None, None, None, None, 0)
for fetched in "domains", "storage_pools", "networks", "interfaces":
    refused(fetched, getattr(conn, f"fetch_{fetched}"))
print("domains", [(d.get_name(), d.get_uuid(), d.get_id() > 0, d.get_persistent(), d.get_saved()) for d in conn.get_domains()])
print("pools", [(p.get_name(), p.get_uuid(), p.get_active(), p.get_autostart(), p.get_persistent(), fields(p.get_info(), "capacity", "allocation", "available"))
                for p in conn.get_storage_pools()])
print("networks", [(n.get_name(), n.get_uuid()) for n in conn.get_networks()])
print("interfaces", [(i.get_name(), i.get_mac()) for i in conn.get_interfaces()])
print(conn.get_networks()[0].get_config(0).to_xml())
refused("leases", conn.get_networks()[0].get_dhcp_leases, None, 0)

config = LibvirtGConfig.Domain.new_from_xml(open(sys.argv[2]).read())
domain = conn.create_domain(config)
for signal in "started", "stopped", "suspended", "resumed", "updated":
    domain.connect(signal, lambda d, name=signal: seen.append((name, d.get_name())))
print("defined", domain.get_name(), domain.get_persistent())
refused("id", domain.get_id)
print("start", domain.start(0))
print("info", fields(domain.get_info(), "state", "maxMem", "memory", "nrVirtCpu"), finished(domain.get_info_async, domain.get_info_finish).memory)
print(domain.get_config(0).to_xml())
print("suspend", domain.suspend(), "resume", finished(domain.resume_async, domain.resume_finish))
refused("start again", domain.start, 0)
refused("wake up", domain.wakeup, 0)
snapshot = domain.create_snapshot(LibvirtGConfig.DomainSnapshot.new_from_xml("<domainsnapshot><name>one</name></domainsnapshot>"), 0)
print("snapshot", snapshot.get_name(), domain.fetch_snapshots(0, None), [s.get_name() for s in domain.get_snapshots()], domain.get_has_current_snapshot(0))
print("delete", snapshot.delete(0))
stream = conn.get_stream(0)
print("picture", domain.screenshot(stream, 0, 0))
while True:
    try:
        print("received", stream.receive(bytes(64), None))
        break
    except GLib.Error as error:     # not there yet
        if not error.matches(Gio.io_error_quark(), Gio.IOErrorEnum.WOULD_BLOCK):
            raise
        GLib.MainContext.default().iteration(False)
pool = conn.get_storage_pools()[0]
refused("refresh", pool.refresh, None)
volume = pool.create_volume(LibvirtGConfig.StorageVol.new_from_xml("<volume><name>v</name><capacity>4096</capacity></volume>"))
print("volume", volume.get_name(), volume.get_path(), fields(volume.get_info(), "type", "capacity", "allocation"))
refused("resize", volume.resize, 8192, 0)
print("delete", volume.delete(0))
print("volumes", [v.get_name() for v in pool.get_volumes()])
print("stop", domain.stop(0))
print("undefine", domain.delete(0))
loop.run()
print("signals", [one for one in dict.fromkeys(seen)])
print("domains", [d.get_name() for d in conn.get_domains()])
conn.close()
print("open", conn.is_open())
refused("nobody", LibvirtGObject.Connection.new("test:///absent/host.xml").open, None)
