# Calls every function and method of python3-libvirt, libvirt_qemu and libvirt_lxc: once with arguments that mean something, then with each argument
# replaced by odd ones, on objects of a fresh connection each time; prints what came of it.
# usage: every-call.py URI [few]         few: only the first
import inspect
import os
import re
import shutil
import signal
import sys
import tempfile

import libvirt as V
import libvirt_lxc
import libvirt_qemu

uri, few = sys.argv[1], "few" in sys.argv
V.registerErrorHandler(lambda context, error: None, None)

DOMAIN = "<domain type='test'><name>made</name><memory>8192</memory><os><type>hvm</type></os></domain>"
OBJECTS = {
    "virConnect": lambda c: c,
    "virDomain": lambda c: c.lookupByName("test"),
    "virDomainSnapshot": lambda c: c.lookupByName("test").snapshotCreateXML("<domainsnapshot><name>s</name></domainsnapshot>"),
    "virDomainCheckpoint": lambda c: V.virDomainCheckpoint(c.lookupByName("test"), checkpoint(c)),
    "virNetwork": lambda c: c.networkLookupByName("default"),
    "virNetworkPort": lambda c: c.networkLookupByName("default").portCreateXML(
        "<networkport><owner><name>o</name><uuid>00000000-0000-0000-0000-000000000007</uuid></owner><mac address='00:16:3e:00:00:07'/></networkport>"),
    "virInterface": lambda c: c.interfaceLookupByName("eth1"),
    "virStoragePool": lambda c: c.storagePoolLookupByName("default-pool"),
    "virStorageVol": lambda c: c.storagePoolLookupByName("default-pool").createXML("<volume><name>v</name><capacity>4096</capacity></volume>"),
    "virNodeDevice": lambda c: c.nodeDeviceLookupByName("computer"),
    "virStream": lambda c: c.newStream(V.VIR_STREAM_NONBLOCK),
}
# What no driver here has: the functions are called all the same, with an object of another kind, which the library refuses.
STAND_INS = {"virSecret", "virNWFilter", "virNWFilterBinding", "virDomainCheckpoint", "virNetworkPort"}


def checkpoint(c):
    return c.lookupByName("test").checkpointCreateXML("<domaincheckpoint><name>k</name></domaincheckpoint>")._o


# By parameter, and where that is not enough by method and parameter.
ARGUMENTS = {
    "name": "test", "path": "hda", "disk": "hda", "device": "hda", "dev": "hda", "xml": "<x/>", "xmlDesc": DOMAIN, "xmldesc": "<networkport/>", "dxml": DOMAIN,
    "uuid": bytes(15) + b"\x07", "uuidstr": "00000000-0000-0000-0000-000000000007", "to": "/dev/null", "frm": "/dev/zero", "file": "/dev/zero",
    "bandwidth": 1, "params": {}, "cpumap": (True,), "vcpumap": "0", "type": 0, "user": "root", "password": "p", "offset": 0, "size": 8, "memory": 4096,
    "arch": "i686", "machine": "pc", "emulator": "/usr/bin/q", "emulatorbin": "/usr/bin/q", "virttype": "test", "iothread_id": 1, "iothread_val": 1,
    "base": None, "top": None, "dname": "moved", "uri": None, "duri": uri, "dconnuri": uri, "miguri": None, "idx": 0, "fd": 0, "target": 0, "duration": 0,
    "vcpu": 0, "state": 1, "key": "k", "nvcpus": 1, "length": 8, "pages": {4: 1}, "xmlCPUs": ["<cpu><arch>i686</arch><model>pentium</model></cpu>"],
    "xmlCPU": "<cpu><arch>i686</arch><model>pentium</model></cpu>", "nativeFormat": "qemu-argv", "nativeConfig": "qemu", "domainXml": DOMAIN, "startCell": 0, "maxCells": 2,
    "cellCount": 1, "cap": None, "nbytes": 8, "files": [], "keys": ["ssh-rsa a"], "backupXML": "<domainbackup/>", "checkpointXML": None, "destxml": "<disk/>",
    "dumpformat": 0, "alias": "disk0", "mountPoint": None, "minimum": 0, "total": True, "types": 1, "source": 0, "start": 0, "cacheSize": 4096, "downtime": 10,
    "dev_name": None, "new_name": "renamed", "screen": 0, "codeset": 0, "holdtime": 0, "keycodes": [1], "nkeycodes": 1, "pid_value": 1, "signum": 15,
    "threshold": 1, "action": 1, "period": 1, "metadata": "text", "time": {"seconds": 1, "nseconds": 0}, "seconds": 1, "mac": None, "command": 3, "section": 4,
    "parentIndex": -1, "capacity": 8192, "algorithm": 0, "srcSpec": None, "cpuNum": -1, "cellNum": 0, "macstr": "aa:bb:cc:dd:ee:ff", "id": 1,
    "wwnn": "20000000c9831b4b", "wwpn": "10000000c9831b4b", "portdev": "vnet0", "usageType": 1, "usageID": "u", "interval": 5, "count": 3, "driverName": None,
    "value": b"secret", "data": b"data", "autostart": 1, "mountpoints": None, "stats": 0, "callbackID": 1, "eventID": 0, "cmd": "{}", "timeout": 1, "fdlist": [],
    "events": 1, "handler": lambda *a: 0, "holeHandler": lambda *a: 0, "skipHandler": lambda *a: 0, "cb": lambda *a: None, "opaque": None, "flags": 0,
    "virEventAddTimeout.timeout": -1, "virEventUpdateTimeout.timeout": -1, "virEventAddHandle.events": 1,
    "getVersion.name": None, "open.name": uri, "openReadOnly.name": uri, "openAuth.uri": uri, "openAuth.auth": [[2, 5], lambda asked, opaque: 0, None],
    "networkLookupByName.name": "default", "storagePoolLookupByName.name": "default-pool", "interfaceLookupByName.name": "eth1", "nodeDeviceLookupByName.name": "computer",
    "storageVolLookupByName.name": "v", "storageVolLookupByPath.path": "/default-pool/v", "snapshotLookupByName.name": "s", "portLookupByUUID.uuid": bytes(16),
    "networkCreateXML.xml": "<network><name>n</name></network>", "snapshotCreateXML.xmlDesc": "<domainsnapshot><name>s</name></domainsnapshot>",
    "checkpointCreateXML.xmlDesc": "<domaincheckpoint><name>k</name></domaincheckpoint>", "createXMLFrom.clonevol": "virStorageVol",
    "networkDefineXML.xml": "<network><name>n</name></network>", "storagePoolDefineXML.xml": "<pool type='dir'><name>p</name><target><path>/p</path></target></pool>",
    "storagePoolCreateXML.xmlDesc": "<pool type='dir'><name>p</name><target><path>/p</path></target></pool>", "defineXML.xml": DOMAIN,
    "interfaceDefineXML.xml": "<interface type='ethernet' name='eth7'><mac address='00:16:3e:00:00:07'/></interface>",
    "createXML.xmlDesc": DOMAIN, "virStoragePool.createXML.xmlDesc": "<volume><name>w</name><capacity>1</capacity></volume>", "createXMLFrom.xmlDesc": "<volume><name>w</name><capacity>4096</capacity></volume>",
    "findStoragePoolSources.type": "dir", "setSchedulerParameters.params": {"weight": 60}, "setInterfaceParameters.params": {"inbound.average": 1},
    "setBlockIoTune.params": {"total_bytes_sec": 1}, "setNumaParameters.params": {"numa_mode": 0}, "setMemoryParameters.params": {"hard_limit": 1}, "setBlkioParameters.params": {"weight": 100},
    "interfaceStats.path": "/nonesuch", "domainListGetStats.doms": "virDomain*", "dconn": "virConnect", "snap": "virDomainSnapshot", "stream": "virStream", "st": "virStream",
    "dom": "virDomain", "net": "virNetwork", "pool": "virStoragePool", "secret": None, "lxcEnterNamespace.fdlist": [], "revertToSnapshot.snap": "virDomainSnapshot",
    "nodeDeviceEventRegisterAny.dev": "virNodeDevice", "virEventAddHandle.fd": 0, "watch": 77, "timer": 77, "qemuMonitorCommandWithFiles.files": [],
    "qemuAttach.pid_value": 1, "agentCommand.timeout": 1, "domain": "virDomain", "conn": "virConnect", "pid_value": 1, "oldlabel": None, "model": "none", "label": "none",
    "event": None, "getFreePages.pages": [4], "getMaxVcpus.type": "test", "setGuestVcpus.cpumap": "0",
    "sparseSendAll.holeHandler": lambda *a: (True, 0),
}
ODD = {int: (-1, 0, 1, 3, 1 << 30, 0xFFFFFFFF), str: ("", "nonesuch", "<", None), bytes: (b"", b"\x01" * 16), dict: ({"x": 1}, {"x": "y"}, None),
       list: ([], None), tuple: ((), (False, True)), type(None): ("", "nonesuch")}
# The binding itself counts up to these, or dies of them.
UNCHANGED = {"cellCount", "maxCells", "auth"}
# Would wait for ever, end what runs this, or is an address.
LEFT_OUT = {"c_pointer", "virEventRunDefaultImpl", "overload", "virEventInvokeFreeCallback", "virEventRegisterImpl", "virEventRegisterDefaultImpl", "registerErrorHandler"}


def made(kind, c):
    if kind in STAND_INS:
        try:
            return OBJECTS[kind](c) if kind in OBJECTS else getattr(V, kind)(c, _obj=c.lookupByName("test")._o)
        except V.libvirtError:
            arguments = (c,) if kind not in ("virDomainCheckpoint", "virNetworkPort") else (c.lookupByName("test") if "Domain" in kind else c.networkLookupByName("default"),)
            return getattr(V, kind)(*arguments, _obj=c.lookupByName("test")._o)
    return OBJECTS[kind](c)


def shown(value, depth=0):
    if type(value).__module__ == "libvirt":
        return type(value).__name__
    if isinstance(value, (list, tuple)):
        return type(value).__name__ + "(" + ", ".join(shown(v) for v in value) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {shown(v)}" for k, v in value.items()) + "}"
    return "a function" if callable(value) else repr(value)


def normal(text):
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID", text)
    text = re.sub(r" \(line \d+, column \d+, /[^)]*\)", "", text)          # where in a document: Debian's does not say
    text = re.sub(r"<PyCapsule object \"(\w+)\" at 0x\w+>|<[\w. ]+ at 0x\w+>", r"<\1>", text)
    return re.sub(r"\b1(\d{9}|\d{12}|\d{14}|\d{18})\b", "TIME", text)


def argument(cls, method, parameter):
    for key in (f"{cls}.{method}.{parameter}", f"{method}.{parameter}", parameter):
        if key in ARGUMENTS:
            return ARGUMENTS[key]
    raise KeyError(f"{cls}.{method}: what is {parameter}?")


def call(cls, method, function, given):
    folder = tempfile.mkdtemp()         # what is written is not there the next time
    os.chdir(folder)
    c = V.open(uri)
    owner = None if cls is None else made(cls, c)
    def real(value):
        if value == "virDomain*":
            return [made("virDomain", c)]
        return made(value, c) if isinstance(value, str) and value.startswith("vir") and value in OBJECTS else value
    arguments = [real(value) for value in given]
    try:
        result = function(*([] if owner is None else [owner]), *arguments)
        if method.startswith("list") and isinstance(result, list) and result and isinstance(result[0], str):
            result.sort()       # in whose order, nobody promises
        result = shown(result)
    except V.libvirtError as e:
        if e.get_error_code() in (V.VIR_ERR_XML_DETAIL, V.VIR_ERR_XML_INVALID_SCHEMA):    # what is wrong with it, each reader says in its own words
            result = f"error {e.get_error_code()} {e.get_error_message().split(':')[0]}"
        else:
            result = f"error {e.get_error_code()} {e.get_error_domain()} {e.get_error_level()} {e.get_str1()!r} {e.get_str2()!r} {e.get_int1()} {e.get_error_message()}"
    except Exception as e:
        result = f"{type(e).__name__} {e}"
    print(f"{cls or ''}.{method}({', '.join(shown(a) for a in given)}) -> {normal(result.replace(folder, 'FOLDER'))}", flush=True)
    shutil.rmtree(folder)
    try:
        if method != "close":
            c.close()
    except V.libvirtError:
        pass


def variations(cls, method, function):
    names = [p.name for p in inspect.signature(function).parameters.values() if p.name != "self"]
    good = [argument(cls, method, name) for name in names]
    yield good
    if few:
        return
    for place, name in enumerate(names):
        if name in UNCHANGED or isinstance(good[place], str) and good[place].startswith("vir"):
            continue
        if name == "fd":
            continue        # which there are is this process' affair
        odd = (1, 2, 3, 4, 8, 1 << 30, 0xFFFFFFFF) if name == "flags" else ODD.get(type(good[place]), ())
        for value in odd:
            if value != good[place]:
                yield good[:place] + [value] + good[place + 1:]


def functions():
    for module in V, libvirt_qemu, libvirt_lxc:
        for name, value in sorted(vars(module).items()):
            if inspect.isclass(value) and value.__module__ == "libvirt" and name.startswith("vir"):
                for method, function in inspect.getmembers(value, inspect.isfunction):
                    if not method.startswith("_") and method not in LEFT_OUT:
                        yield name, method, function
            elif inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_") and name not in LEFT_OUT:
                yield None, name, value


for cls, method, function in functions():
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        for given in variations(cls, method, function):
            call(cls, method, function, given)
        sys.stdout.flush()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status:
        print(f"{cls or ''}.{method} ended with {status}")
