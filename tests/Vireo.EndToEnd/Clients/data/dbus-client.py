# A client of libvirt-dbus, at the session's bus, which is the system's for it. usage: dbus-client.py DOCUMENT [DRIVER]
import os
import subprocess
import sys

import dbus
import dbus.mainloop.glib
from gi.repository import GLib

dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
loop = GLib.MainLoop()
watch = bus.watch_name_owner("org.libvirt", lambda owner: owner and loop.quit())
service = subprocess.Popen(["libvirt-dbus", "--system"],
                           env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"]})
loop.run()


def at(path, interface):
    return dbus.Interface(bus.get_object("org.libvirt", path), f"org.libvirt.{interface}")


def of(path, interface, *names):
    properties = dbus.Interface(bus.get_object("org.libvirt", path), "org.freedesktop.DBus.Properties")
    return [plain(properties.Get(f"org.libvirt.{interface}", name)) for name in names]


def plain(value):
    if isinstance(value, (dbus.Array, dbus.Struct)):
        return [plain(one) for one in value]
    if isinstance(value, dbus.Dictionary):
        return {str(key): plain(one) for key, one in sorted(value.items())}
    if isinstance(value, dbus.Boolean):
        return bool(value)
    return int(value) if isinstance(value, (dbus.Int32, dbus.UInt32, dbus.Int64, dbus.UInt64)) else str(value)


def refused(call, *arguments):
    try:
        print("no error", plain(call(*arguments)))
    except dbus.DBusException as error:
        print("error", error.get_dbus_name(), error.get_dbus_message())


here = f"/org/libvirt/{sys.argv[2] if len(sys.argv) > 2 else 'QEMU'}"
conn = at(here, "Connect")
print("driver", of(here, "Connect", "LibVersion", "Hostname", "Encrypted", "Secure"))
print("domains", plain(conn.ListDomains(0)))
seen = []


def happened(path, event, detail):
    seen.append((str(path), int(event), int(detail)))
    if event == 1:
        loop.quit()


bus.add_signal_receiver(happened, "DomainEvent", "org.libvirt.Connect", path=here)
path = conn.DomainDefineXML(open(sys.argv[1]).read())
domain = at(path, "Domain")
print("defined", plain(path), of(path, "Domain", "Name", "UUID", "Persistent", "Active", "Autostart", "OSType"))
domain.Create(0)
print("started", plain(domain.GetState(0)), of(path, "Domain", "Active", "Updated"), of(path, "Domain", "Id")[0] > 0)
print("statistics", plain(domain.GetStats(1, 0)))
print("vcpus", plain(domain.GetVcpus(0)))
print("found", plain(conn.DomainLookupByName("matrix")) == str(path), plain(conn.DomainLookupByUUID(of(path, "Domain", "UUID")[0])) == str(path))
print(str(domain.GetXMLDesc(2)))
domain.SetMetadata(1, "a title", "", "", 2)
print("title", plain(domain.GetMetadata(1, "", 2)))
domain.Suspend()
print("suspended", plain(domain.GetState(0)))
domain.Resume()
refused(conn.DomainLookupByName, "absent")
refused(conn.DomainDefineXML, "<domain type='qemu'><name>x</name></domain>")
refused(domain.Create, 0)
refused(conn.DomainLookupByID, 99999)
domain.Destroy(0)
print("stopped", plain(domain.GetState(0)))
domain.Undefine(0)
loop.run()
# Whether QEMU's own end is seen before that of its process is a race, in stock too.
print("events", [one for one in seen if one[1] != 6])
print("domains", plain(conn.ListDomains(0)))
service.terminate()
service.wait()
