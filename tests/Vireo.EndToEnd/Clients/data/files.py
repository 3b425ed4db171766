# Descriptors that python3-libvirt gets and gives. usage: files.py URI
import os
import socket
import sys
import tempfile

import libvirt

libvirt.registerErrorHandler(lambda context, error: None, None)
conn = libvirt.open(sys.argv[1])
domain = conn.lookupByName("guest")


def holding(text):
    file = tempfile.TemporaryFile()
    file.write(text.encode())
    file.flush()
    file.seek(0)
    return file


def failing(call, *arguments):
    try:
        return "no error", call(*arguments)
    except libvirt.libvirtError as error:
        return "error", error.get_error_code(), error.get_error_domain(), str(error)


def open_files():
    return len(os.listdir("/proc/self/fd"))


for index in range(3):
    with os.fdopen(domain.openGraphicsFD(index, libvirt.VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH)) as display:
        print("display", display.read())
ours, theirs = socket.socketpair()
ours.send(b"a socket")
print("given", domain.openGraphics(1, theirs.fileno(), 0))
ours.send(b"a socket")
before = open_files()
print("none", failing(domain.openGraphicsFD, 13, 0), failing(domain.openGraphics, 13, theirs.fileno(), 0), open_files() == before)

with holding("one") as one, holding("two") as two:
    print("associated", domain.FDAssociate("disk", [one.fileno(), two.fileno()], libvirt.VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE))
    print("started", domain.createWithFiles([two.fileno(), one.fileno()], 0))
    made = conn.createXMLWithFiles("<domain/>", [one.fileno()], libvirt.VIR_DOMAIN_START_AUTODESTROY)
    print("made", made.name(), made.ID())
    print("no files", domain.createWithFiles([], 0))
    print("too many", failing(domain.createWithFiles, [one.fileno()] * 33, 0)[0])
    print("32", domain.createWithFiles([one.fileno()] * 32, 0))
for _ in range(50):
    os.close(domain.openGraphicsFD(0, 0))
print("heard", conn.getHostname())
print("open", open_files() == before)
