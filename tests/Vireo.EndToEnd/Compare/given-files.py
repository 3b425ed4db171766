# What a client may do with files that it opened itself. Arguments: the URI, two images.
import libvirt, libvirt_qemu, os, re, sys

libvirt.registerErrorHandler(lambda context, error: None, None)
uri, image, other = sys.argv[1:4]


def said(what, call):
    try:
        print(what, call())
    except libvirt.libvirtError as error:
        print(what, error.get_error_code(), error.get_error_message().split("\n")[0].split("Z ")[0].replace(image, "IMAGE").replace(other, "OTHER"))


def disk(path, group, target, bus):
    return ("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='%s' fdgroup='%s'/><backingStore/>"
            "<target dev='%s' bus='%s'/></disk>" % (path, group, target, bus))


def sets():
    text = libvirt_qemu.qemuMonitorCommand(domain, '{"execute":"query-fdsets"}', 0)
    return len(re.findall('"fdset-id"', text)), sorted(re.findall('"opaque":"([^"]*)"', text))


connection = libvirt.open(uri)
domain = connection.defineXML(
    "<domain type='qemu'><name>given</name><uuid>91f5b8ee-17f0-4a53-8a0e-5b1a4a6f0c77</uuid><memory unit='MiB'>32</memory>"
    "<os><type arch='x86_64' machine='pc'>hvm</type></os><devices><controller type='scsi' model='virtio-scsi'/>%s<memballoon model='none'/></devices></domain>"
    % disk(image, "first", "vda", "virtio"))
said("start", domain.create)
said("none", lambda: domain.FDAssociate("first", [], 0))
said("flags", lambda: domain.FDAssociate("first", [0], 64))
said("give", lambda: domain.FDAssociate("first", [os.open(image, os.O_RDWR), os.open(image, os.O_RDONLY)], 0))
said("start", domain.create)
said("sets", sets)
said("shown", lambda: re.findall("<source file=.*?>", domain.XMLDesc())[0].replace(image, "IMAGE"))
said("plug", lambda: domain.attachDeviceFlags(disk(other, "second", "sda", "scsi"), 1))
if len(sys.argv) > 4:  # libvirtd 9.0.0 gives QEMU the files of a plug too late
    said("give", lambda: domain.FDAssociate("second", [os.open(other, os.O_RDWR)], libvirt.VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE))
    said("plug", lambda: domain.attachDeviceFlags(disk(other, "second", "sda", "scsi"), 1))
    said("sets", sets)
    said("unplug", lambda: domain.detachDeviceFlags(disk(other, "second", "sda", "scsi"), 1))
    said("sets", sets)
said("end", domain.destroy)
connection.close()
connection = libvirt.open(uri)
domain = connection.lookupByName("given")
said("gone", domain.create)
domain.undefine()
