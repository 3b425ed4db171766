namespace Vireo.EndToEnd.CLibrary;

/// <summary>Programs in Python that print what the C library under them does; they need nothing but the library.</summary>
static class PythonScripts
{
    /// <summary>Events of the default loop: in which order, with which arguments, and what is said of wrong registrations.</summary>
    public const string Events = """
        import libvirt as V, sys
        uri = sys.argv[1]
        V.registerErrorHandler(lambda ctx, err: None, None)
        def t(name, f):
            try: print(name, f())
            except V.libvirtError as e: print(name, 'error', e.get_error_code(), e.get_error_domain(), e.get_error_message())
        c = V.open(uri)
        t('without a loop', lambda: c.domainEventRegisterAny(None, 0, lambda *a: None, None))
        t('close callback', lambda: c.registerCloseCallback(lambda *a: None, None))
        t('no close callback', lambda: c.unregisterCloseCallback())
        t('keepalive', lambda: c.setKeepAlive(5, 3))
        t('alive', lambda: (c.isAlive(), c.isEncrypted(), c.isSecure()))
        V.virEventRegisterDefaultImpl()
        c2 = V.open(uri)
        d, log = c.lookupByName('test'), []
        def told(conn, dom, event, detail, data): log.append((dom.name(), dom.ID(), event, detail, data))
        first = c2.domainEventRegisterAny(None, 0, told, 'any')
        t('a domain of another connection', lambda: c2.domainEventRegisterAny(d, 0, told, 'other'))
        t('network', lambda: c2.networkEventRegisterAny(None, 0, lambda c, n, e, x, o: log.append((n.name(), e, x, o)), 'net'))
        t('pool', lambda: c2.storagePoolEventRegisterAny(None, 0, lambda c, n, e, x, o: log.append((n.name(), e, x, o)), 'pool'))
        t('refresh', lambda: c2.storagePoolEventRegisterAny(None, 1, lambda c, n, o: log.append((n.name(), o)), 'refresh'))
        t('device', lambda: c2.nodeDeviceEventRegisterAny(None, 0, lambda c, n, e, x, o: log.append((n.name(), e, x, o)), 'dev'))
        t('secret', lambda: c2.secretEventRegisterAny(None, 0, lambda c, n, e, x, o: log.append((n.UUIDString(), e, x, o)), 'sec'))
        c2.domainEventRegister(told, 'old')
        t('suspend', d.suspend); t('resume', d.resume); t('destroy', d.destroy); print(d.ID()); t('create', d.create); print(d.ID())
        n = c2.networkLookupByName('default'); t('net', n.destroy); t('net', n.create)
        p = c2.storagePoolLookupByName('default-pool'); t('pool', lambda: p.refresh(0)); t('pool', p.destroy); t('pool', lambda: p.create(0))
        def over(): return any(l[0] == 'default-pool' and l[1] == 2 for l in log)
        while not over(): V.virEventRunDefaultImpl()
        for line in log: print(line)
        log.clear()
        t('gone', lambda: c2.domainEventDeregisterAny(first)); t('gone twice', lambda: c2.domainEventDeregisterAny(first)); t('never there', lambda: c2.domainEventDeregisterAny(77))
        t('old', lambda: c2.domainEventDeregister(told))
        print(c2.close())
        """;

    /// <summary>Streams, opened and not, and what cannot be done with them.</summary>
    public const string Streams = """
        import libvirt as V
        V.registerErrorHandler(lambda ctx, err: None, None)
        def t(name, f):
            try: print(name, f())
            except V.libvirtError as e: print(name, 'error', e.get_error_code(), e.get_error_domain(), e.get_error_message())
        c = V.open('test:///default'); d = c.lookupByName('test'); s = c.newStream(0)
        t('recv', lambda: s.recv(10)); t('send', lambda: s.send(b'10')); t('finish', s.finish); t('abort', s.abort)
        t('callback', lambda: s.eventAddCallback(1, lambda *a: None, None))
        t('screenshot', lambda: d.screenshot(s, 0, 0))
        first = s.recv(8); print(first)
        while s.recv(65536): pass
        t('at the end', lambda: s.recv(10)); t('send', lambda: s.send(b'10')); t('finish', s.finish); t('finish', s.finish); t('recv', lambda: s.recv(10))
        s = c.newStream(V.VIR_STREAM_NONBLOCK); t('screenshot', lambda: d.screenshot(s, 0, 0)); t('recv', lambda: len(s.recv(100)))
        t('hole', lambda: s.recvHole(0)); t('flags', lambda: s.recvFlags(5, 8)); t('abort', s.abort)
        s = c.newStream(0); d.screenshot(s, 0, 0); t('all', lambda: s.recvAll(lambda st, data, o: len(data), None)); t('finish', s.finish)
        s = c.newStream(0); d.screenshot(s, 0, 0); t('sparse', lambda: s.sparseRecvAll(lambda st, data, o: len(data), lambda st, l, o: 0, None)); t('abort', s.abort)
        t('flags', lambda: d.screenshot(c.newStream(0), 0, 5)); t('console', lambda: d.openConsole(None, c.newStream(0), 0))
        v = c.storagePoolLookupByName('default-pool').createXML('<volume><name>v</name><capacity>100</capacity></volume>', 0)
        t('upload', lambda: v.upload(c.newStream(0), 0, 10, 0)); t('download', lambda: v.download(c.newStream(0), 0, 10, 0))
        """;

    /// <summary>Every function with nothing but zeros, each in a process of its own; for those where Debian's library does not survive that, only that ours does.</summary>
    public const string Nulls = """
        import ctypes, os, sys
        P = ctypes.c_void_p
        class E(ctypes.Structure):
            _fields_ = [('code', ctypes.c_int), ('domain', ctypes.c_int), ('message', ctypes.c_char_p), ('level', ctypes.c_int), ('conn', P), ('dom', P), ('str1', ctypes.c_char_p),
                ('str2', ctypes.c_char_p), ('str3', ctypes.c_char_p), ('int1', ctypes.c_int), ('int2', ctypes.c_int), ('net', P)]
        lib = ctypes.CDLL('libvirt.so.0')
        lib.virGetLastError.restype = ctypes.POINTER(E)
        quiet = ctypes.CFUNCTYPE(None, P, P)(lambda a, b: None)
        lib.virSetErrorFunc(None, quiet)
        # opening looks for a daemon of this host; the default loop waits
        left_out = {'virConnectOpen', 'virConnectOpenReadOnly', 'virConnectOpenAuth', 'virEventRunDefaultImpl', 'virEventRegisterImpl', 'virSetErrorFunc', 'virDefaultErrorFunc', 'virConnCopyLastError', 'virAdmConnectOpen'}
        for line in open(sys.argv[1]):
            cells = line.rstrip('\n').split('|')
            if line[0] == '#' or cells[4] in left_out: continue
            name, count = cells[4], len([p for p in cells[5].split(', ') if p])
            sys.stdout.flush()
            child = os.fork()
            if child == 0:
                of = ctypes.CDLL(cells[1] + '.so.0')
                (of.virAdmInitialize if 'admin' in cells[1] else lib.virInitialize)()
                f = getattr(of, name)
                f.restype = {'void': None, 'int': ctypes.c_int, 'unsigned int': ctypes.c_uint}.get(cells[3], P)
                f.argtypes = [P] * count
                result = f(*[None] * count)
                if f.restype is P and result: result = 'pointer'
                e = lib.virGetLastError()
                print(name, result, (e.contents.code, e.contents.domain, e.contents.level, e.contents.message, e.contents.str1, e.contents.str2, e.contents.str3, e.contents.int1, e.contents.int2) if e else '', flush=True)
                os._exit(0)
            status = os.waitpid(child, 0)[1]
            if status: print(name, 'died', flush=True)
        """;
}
