# Threads, forks and processes of Python's on one library. usage: threads.py URI
import multiprocessing
import os
import sys
import threading

import libvirt

uri = sys.argv[1]
libvirt.registerErrorHandler(lambda context, error: None, None)


def work(conn, number, said):
    """The errors of a thread are its own."""
    for round in range(50):
        try:
            conn.lookupByName(f"absent-{number}")
            said.append("found")
        except libvirt.libvirtError as error:
            if error.get_error_code() != libvirt.VIR_ERR_NO_DOMAIN:
                said.append(str(error))
        domain = conn.lookupByName("test")
        if "<name>test</name>" not in domain.XMLDesc() or domain.info()[0] != libvirt.VIR_DOMAIN_RUNNING:
            said.append("another")
        stream = conn.newStream()
        domain.screenshot(stream, 0)
        if round % 10:
            stream.abort()
        else:
            size = []
            stream.recvAll(lambda s, data, opaque: size.append(len(data)), None)
            stream.finish()
            if sum(size) < 1000:
                said.append("a short picture")
    said.append("well")


def elsewhere(number):
    conn = libvirt.open(uri)
    return number, [domain.name() for domain in conn.listAllDomains()], conn.close()


conn = libvirt.open(uri)
said = []
threads = [threading.Thread(target=work, args=(conn, number, said)) for number in range(20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(said), set(said))
own = [libvirt.open(uri) for _ in range(20)]
said = []
threads = [threading.Thread(target=work, args=(conn, number, said)) for number, conn in enumerate(own)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(said), set(said), [conn.close() for conn in own])

sys.stdout.flush()
child = os.fork()
if child == 0:
    print("in the child", elsewhere(0))
    sys.stdout.flush()
    os._exit(0)
print("child", os.waitpid(child, 0)[1])
with multiprocessing.get_context("fork").Pool(4) as pool:
    print(sorted(pool.map(elsewhere, range(8))))
print("parent", conn.lookupByName("test").name(), conn.close())
