# Streams of python3-libvirt. usage: streams.py URI POOL FOLDER      (POOL: a folder with the volumes plain, sparse and byhand, 4 MiB each, empty)
import errno
import hashlib
import os
import sys

import libvirt

uri, pool, folder = sys.argv[1:]
libvirt.registerErrorHandler(lambda context, error: None, None)
libvirt.virEventRegisterDefaultImpl()
conn = libvirt.open(uri)
plain, sparse, by_hand = (conn.storageVolLookupByPath(os.path.join(pool, name)) for name in ("plain", "sparse", "byhand"))
KIB, MIB = 1024, 1024 * 1024
SPARSE_UP, SPARSE_DOWN = libvirt.VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM, libvirt.VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM


def digest(data):
    return len(data), hashlib.sha256(data).hexdigest()[:16]


def failing(call, *arguments):
    try:
        return "no error", call(*arguments)
    except libvirt.libvirtError as error:
        return "error", error.get_error_code(), error.get_error_domain(), str(error)


def pattern(count):
    return (bytes(range(1, 252)) * (count // 251 + 1))[:count]


def upload(volume, content, piece=None):
    stream = conn.newStream()
    volume.upload(stream, 0, len(content))
    rest = [content]

    def take(stream, count, opaque):
        data, rest[0] = rest[0][:min(count, piece or count)], rest[0][min(count, piece or count):]
        return data
    stream.sendAll(take, None)
    stream.finish()


def download(volume, offset=0, length=0):
    stream = conn.newStream()
    volume.download(stream, offset, length)
    got = []
    stream.recvAll(lambda stream, data, opaque: got.append(data), None)
    stream.finish()
    return b"".join(got)


content = pattern(4 * MIB)
upload(plain, content)
print("all", digest(download(plain)), download(plain) == content)
upload(plain, content[::-1], 1000)
print("in small pieces", download(plain) == content[::-1])
print("a part", download(plain, MIB, 12345) == content[::-1][MIB:MIB + 12345])

# A file with holes, up and down again.
source, target = os.path.join(folder, "source"), os.path.join(folder, "target")
with open(source, "wb") as file:
    file.truncate(4 * MIB)
    for at, count in ((0, 64 * KIB), (MIB, 128 * KIB), (3 * MIB, 64 * KIB)):
        file.seek(at)
        file.write(pattern(count))


def hole_or_data(stream, file):
    here = os.lseek(file, 0, os.SEEK_CUR)
    try:
        data = os.lseek(file, here, os.SEEK_DATA)
    except OSError as error:
        if error.errno != errno.ENXIO:
            raise
        data = -1
    if data == here:
        hole = os.lseek(file, here, os.SEEK_HOLE)
        answer = True, hole - here
    elif data < 0:
        answer = False, os.lseek(file, 0, os.SEEK_END) - here
    else:
        answer = False, data - here
    os.lseek(file, here, os.SEEK_SET)
    return answer


stream, file = conn.newStream(), os.open(source, os.O_RDONLY)
sparse.upload(stream, 0, 0, SPARSE_UP)
stream.sparseSendAll(lambda stream, count, file: os.read(file, count), hole_or_data, lambda stream, count, file: os.lseek(file, count, os.SEEK_CUR), file)
stream.finish()
os.close(file)
expected = open(source, "rb").read()
print("sparse", digest(download(sparse)), download(sparse) == expected)

holes = []
stream, file = conn.newStream(), os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
sparse.download(stream, 0, 0, SPARSE_DOWN)


def skip(stream, count, file):
    holes.append(count)
    os.ftruncate(file, os.lseek(file, count, os.SEEK_CUR))


stream.sparseRecvAll(lambda stream, data, file: os.write(file, data), skip, file)
stream.finish()
os.close(file)
print("sparse", holes, open(target, "rb").read() == expected, os.stat(target).st_blocks <= os.stat(source).st_blocks)

# By hand.
stream = conn.newStream()
by_hand.upload(stream, 0, 0, SPARSE_UP)
stream.send(pattern(64 * KIB))
stream.sendHole(2 * MIB)
stream.send(pattern(64 * KIB))
stream.sendHole(2 * MIB - 128 * KIB)
stream.finish()
stream = conn.newStream()
by_hand.download(stream, 0, 0, SPARSE_DOWN)
seen = []
while True:
    got = stream.recvFlags(64 * KIB, libvirt.VIR_STREAM_RECV_STOP_AT_HOLE)
    if got == -3:
        seen.append(("hole", stream.recvHole()))
    elif not got:
        break
    elif seen and seen[-1][0] == "data":
        seen[-1] = "data", seen[-1][1] + len(got)
    else:
        seen.append(("data", len(got)))
stream.finish()
print("by hand", seen)
stream = conn.newStream()
by_hand.download(stream, 0, 0)
print("holes unasked", failing(stream.sendHole, 5), len(stream.recv(1)))
stream.abort()
print("still there", conn.getType() != "")

# Half way.
stream = conn.newStream()
plain.upload(stream, 0, 0)
stream.send(b"x" * 100000)
print("upload", failing(stream.abort))
print("upload", failing(stream.send, b"more")[0], failing(stream.finish)[0])
stream = conn.newStream()
plain.download(stream, 0, 0)
stream.recv(1000)
print("download", failing(stream.abort), failing(stream.recv, 10)[0])
stream = conn.newStream()
plain.download(stream, 0, 0)
stream.recv(1000)
print("finished early", failing(stream.finish)[0])
stream = conn.newStream()
plain.download(stream, 0, 0)
del stream
print("still there", len(download(plain, 0, 64 * KIB)))
streams = [conn.newStream() for _ in range(5)]
for stream in streams:
    plain.download(stream, 0, 0)
print("five at once", [len(stream.recv(100)) for stream in streams], conn.getLibVersion())
for stream in reversed(streams):
    stream.abort()

# Without blocking, by events.
def loop_until(done):
    while not done():
        libvirt.virEventRunDefaultImpl()


stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
plain.upload(stream, 0, 0)
state = {"rest": content, "done": False}


def writable(stream, events, state):
    while state["rest"]:
        sent = stream.send(state["rest"][:256 * KIB])
        if sent == -2:
            return
        state["rest"] = state["rest"][sent:]
    stream.eventRemoveCallback()
    state["done"] = True


stream.eventAddCallback(libvirt.VIR_STREAM_EVENT_WRITABLE, writable, state)
loop_until(lambda: state["done"])
stream.finish()
print("by events up", download(plain) == content)

stream = conn.newStream(libvirt.VIR_STREAM_NONBLOCK)
plain.download(stream, 0, 0)
state = {"got": [], "done": False}


def readable(stream, events, state):
    while True:
        data = stream.recv(64 * KIB)
        if data == -2:
            return
        if not data:
            stream.eventRemoveCallback()
            state["done"] = True
            return
        state["got"].append(data)


stream.eventAddCallback(libvirt.VIR_STREAM_EVENT_READABLE, readable, state)
loop_until(lambda: state["done"])
stream.finish()
print("by events down", b"".join(state["got"]) == content)
print("errors", failing(plain.download, conn.newStream(), 0, 0, 1 << 20), failing(plain.upload, conn.newStream(), 0, 0, 1 << 20))
print("closed", conn.close())
