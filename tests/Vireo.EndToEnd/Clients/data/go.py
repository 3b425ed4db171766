# What digitalocean's go-libvirt, a client without libvirt's library, sends and expects: the first call has serial 1, a name is announced by
# the bytes 01 00 00 00, answers are found by their serial alone, a login other than polkit's is left out, a download ends with an empty packet.
# usage: go.py TRANSPORT PLAY ARGUMENT...     TRANSPORT: unix:PATH, tcp:PORT, tls:PORT:FOLDER or exec:COMMAND; PLAY: domains DOCUMENT, or volume URI PATH
import hashlib
import socket
import ssl
import struct
import subprocess
import sys

REMOTE, CALL, MESSAGE, STREAM = 0x20008086, 0, 2, 3
OK, ERROR, CONTINUE = 0, 1, 2


def dial(where):
    kind, _, rest = where.partition(":")
    if kind == "exec":
        ours, theirs = socket.socketpair()
        subprocess.Popen(rest, shell=True, stdin=theirs, stdout=theirs)
        theirs.close()
        return ours
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(rest)
        return connection
    port, _, folder = rest.partition(":")
    connection = socket.create_connection(("127.0.0.1", int(port)))
    if kind == "tls":
        context = ssl.create_default_context(cafile=f"{folder}/cacert.pem")
        context.load_cert_chain(f"{folder}/clientcert.pem", f"{folder}/clientkey.pem")
        connection = context.wrap_socket(connection, server_hostname="localhost")
        print("tls verified", connection.recv(1))
    return connection


class Failed(Exception):
    pass


def text(value):
    data = value.encode()
    return struct.pack(">I", len(data)) + data + bytes(-len(data) % 4)


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def word(self):
        return struct.unpack(">i", self.take(4))[0]

    def text(self):
        count = self.word()
        data = self.take(count).decode()
        self.take(-count % 4)
        return data

    def domain(self):
        return self.text(), self.take(16), self.word()


class Client:
    def __init__(self, connection):
        self.connection, self.serial, self.events = connection, 0, []

    def read(self, count):
        data = b""
        while len(data) < count:
            piece = self.connection.recv(count - len(data))
            if not piece:
                raise EOFError("the server hung up")
            data += piece
        return data

    def send(self, procedure, payload, kind=CALL, status=OK, serial=None):
        self.connection.sendall(struct.pack(">7I", 28 + len(payload), REMOTE, 1, procedure, kind, serial or self.serial, status) + payload)

    def next(self):
        """The next message to this call; what comes for others in between is kept."""
        while True:
            length, program, version, procedure, kind, serial, status = struct.unpack(">7I", self.read(28))
            payload = self.read(length - 28)
            if kind == MESSAGE:
                self.events.append((procedure, payload))
            elif serial == self.serial:
                if status == ERROR:
                    reader = Reader(payload)
                    raise Failed(reader.word(), reader.word(), reader.word() and reader.text(), reader.word())
                return kind, status, payload

    def call(self, procedure, payload=b""):
        self.serial += 1
        self.send(procedure, payload)
        return Reader(self.next()[2])

    def open(self, uri):
        methods = self.call(66)
        methods = [methods.word() for _ in range(methods.word())]
        print("methods", methods)
        if methods == [2]:
            print("polkit", self.call(70).word())
        self.call(1, b"\x01\x00\x00\x00" + text(uri) + struct.pack(">I", 0))

    def event(self):
        while not self.events:
            length, program, version, procedure, kind, serial, status = struct.unpack(">7I", self.read(28))
            payload = self.read(length - 28)
            if kind == MESSAGE:
                self.events.append((procedure, payload))
        return self.events.pop(0)


def word(*values):
    return struct.pack(f">{len(values)}i", *values)


def domains(client, document):
    client.open("test:///default")
    print("driver", client.call(3).text(), struct.unpack(">Q", client.call(4).take(8))[0], struct.unpack(">Q", client.call(157).take(8))[0])
    print("uri", client.call(110).text())
    found = client.call(273, word(1, 0))
    print("domains", [found.domain()[0::2] for _ in range(found.word())])
    print("registered", client.call(316, word(0, 0)).word())
    domain = client.call(11, text(document)).domain()
    named = text(domain[0]) + domain[1] + word(domain[2])
    print("defined", domain)
    domain = client.call(196, named + word(0)).domain()
    named = text(domain[0]) + domain[1] + word(domain[2])
    print("started", domain)
    print(client.call(14, named + word(0)).text())
    client.serial += 1
    client.send(211, named + word(0, 0))
    reply = Reader(client.next()[2])
    print("picture", reply.word() and reply.text())
    picture = b""
    while True:
        kind, status, data = client.next()
        if status == OK or not data:
            break
        picture += data
    print("picture", kind, status, picture[1:4], len(picture) > 1000)
    for procedure, arguments in ((23, text("absent")), (46, text("absent")), (196, named + word(0)), (999, b""), (11, word(1 << 24))):
        try:
            client.call(procedure, arguments)
            print("no error")
        except Failed as error:
            print("error", *error.args)
    client.call(12, named)
    client.call(231, named + word(0))
    for _ in range(4):
        procedure, payload = client.event()
        reader = Reader(payload)
        print("event", procedure, reader.word(), reader.domain()[0], reader.word(), reader.word())
    client.call(2)


def volume(client, *arguments):
    """Uploads in packets of 4 MiB with their headers, and never finishes a download."""
    client.open(arguments[0])
    found = client.call(97, text(arguments[1]))
    named = found.text(), found.text(), found.text()
    named = b"".join(map(text, named))
    content = bytes(range(256)) * 40960
    client.serial += 1
    client.send(208, named + bytes(8) + struct.pack(">QI", 0, 0))
    client.next()
    most = 4 * 1024 * 1024 - 24
    for at in range(0, len(content), most):
        client.send(208, content[at:at + most], STREAM, CONTINUE)
    client.send(208, b"", STREAM, OK)
    kind, status, data = client.next()
    print("uploaded", kind, status, data)
    for _ in range(2):
        client.serial += 1
        client.send(209, named + bytes(8) + struct.pack(">QI", 0, 0))
        client.next()
        got = b""
        while True:
            kind, status, data = client.next()
            if status == OK or not data:
                break
            got += data
        print("downloaded", kind, status, len(got), hashlib.sha256(got).hexdigest() == hashlib.sha256(content).hexdigest())
    print("driver", client.call(3).text())


client = Client(dial(sys.argv[1]))
try:
    if sys.argv[2] == "domains":
        domains(client, open(sys.argv[3]).read())
    else:
        volume(client, *sys.argv[3:])
except Failed as error:
    print("failed", *error.args)
