# Migrations from one libvirtd to another, led by the client and by the source, and what is refused.
# usage: migration.py SOURCE-URI TARGET-URI
import libvirt as V, sys
V.registerErrorHandler(lambda c, e: None, None)
def t(name, f):
    try:
        r = f()
        if isinstance(r, V.virDomain): r = ('domain', r.name(), r.isActive(), r.info()[0])
        print(name, r)
    except V.libvirtError as e: print(name, 'error', e.get_error_code(), e.get_error_domain(), e.get_error_message(), [e.get_str1(), e.get_str2()])
    sys.stdout.flush()
src, dst = sys.argv[1], sys.argv[2]
XML = "<domain type='qemu'><name>%s</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1%03d</uuid><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><devices><emulator>/usr/bin/qemu-system-x86_64</emulator><controller type='usb' model='none'/><memballoon model='none'/></devices></domain>"
a, b = V.open(src), V.open(dst)
tc = V.open('test:///default')
n = [0]
U, L = 'tcp://127.0.0.1', V.VIR_MIGRATE_LIVE
P = V.VIR_MIGRATE_PEER2PEER
def guest(persistent=False, start=True):
    n[0] += 1
    x = XML % ('mig%d' % n[0], n[0])
    if persistent:
        d = a.defineXML(x)
        if start: d.createWithFlags(V.VIR_DOMAIN_START_PAUSED)
    else: d = a.createXML(x, V.VIR_DOMAIN_START_PAUSED)
    return d
def state():
    print('  source', sorted(d.name() for d in a.listAllDomains()), 'target', sorted(d.name() for d in b.listAllDomains()))
def clean():
    state()
    for c in (a, b):
        for d in c.listAllDomains():
            kept = d.isPersistent()
            if d.isActive(): d.destroy()
            if kept: d.undefine()
def run(name, f, **k):
    d = guest(**k); t(name, lambda: f(d)); clean()

run('migrate', lambda d: d.migrate(b, L, None, U, 0))
run('another name and document', lambda d: d.migrate2(b, d.XMLDesc(V.VIR_DOMAIN_XML_MIGRATABLE), L, None, U, 100))
run('by parameters', lambda d: d.migrate3(b, {V.VIR_MIGRATE_PARAM_URI: U, V.VIR_MIGRATE_PARAM_DEST_NAME: 'third', V.VIR_MIGRATE_PARAM_BANDWIDTH: 50}, L))
run('what stays', lambda d: d.migrate(b, L | V.VIR_MIGRATE_PERSIST_DEST | V.VIR_MIGRATE_UNDEFINE_SOURCE, None, U, 0), persistent=True)
run('offline', lambda d: d.migrate3(b, {V.VIR_MIGRATE_PARAM_DEST_NAME: 'offline'}, V.VIR_MIGRATE_OFFLINE | V.VIR_MIGRATE_PERSIST_DEST), persistent=True, start=False)
run('the daemons between them', lambda d: d.migrate2(b, None, L | P, 'peer', U, 5))
run('tunnelled', lambda d: d.migrateToURI(dst, L | P | V.VIR_MIGRATE_TUNNELLED, None, 0))
run('to a uri by parameters', lambda d: d.migrateToURI3(dst, {V.VIR_MIGRATE_PARAM_DEST_NAME: 'n3'}, L | P))
d = guest()
t('nobody there', lambda: d.migrate(b, L, None, 'tcp://192.0.2.1', 0)); state()
t('nobody there', lambda: d.migrate3(b, {V.VIR_MIGRATE_PARAM_URI: 'tcp://192.0.2.1'}, L)); state()
t('no uri', lambda: d.migrate(b, L, None, 'nonsense', 0)); state()
t('no document', lambda: d.migrate2(b, '<domain/>', L, None, U, 0)); state()
t('unknown parameter', lambda: d.migrate3(b, {'nonsense': 1}, L))
t('unknown flag', lambda: d.migrate(b, 1 << 28, None, U, 0))
t('to itself', lambda: d.migrate(a, L, None, 'tcp://192.0.2.1', 0))
t('through a socket', lambda: d.migrateToURI('qemu+unix:///system?socket=/nowhere', L | P, None, 0))
t('read-only', lambda: d.migrate(V.openReadOnly(dst), L, None, U, 0))
state()
T, O, C = V.VIR_MIGRATE_TUNNELLED, V.VIR_MIGRATE_OFFLINE, V.VIR_MIGRATE_CHANGE_PROTECTION
I, K, S = V.VIR_MIGRATE_NON_SHARED_INC, V.VIR_MIGRATE_NON_SHARED_DISK, V.VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES
within = tc.lookupByName('test')
for f in (0, T, P, C, T | O, T | C, O | C, P | O, P | C, P | T, I | K, S, I | S | T, P | I | K, P | S):
    for who, x in (('guest', d), ('within', within)):
        t('%s %x' % (who, f), lambda: x.migrate(tc, f, None, 'test:///default', 0))
        t('%s %x 2' % (who, f), lambda: x.migrate2(tc, None, f, None, 'test:///default', 0))
        t('%s %x 3' % (who, f), lambda: x.migrate3(tc, {}, f))
        t('%s %x more' % (who, f), lambda: x.migrate3(tc, {'nonsense': 1}, f))
        t('%s %x uri' % (who, f), lambda: x.migrateToURI('qemu:///system', f, None, 0))
        t('%s %x uri2' % (who, f), lambda: x.migrateToURI2(None, None, None, f, None, 0))
        t('%s %x uri3' % (who, f), lambda: x.migrateToURI3('qemu://localhost/system', {}, f))
clean()
