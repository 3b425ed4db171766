# Opens what it is told to, with a callback that answers NAME and PASSWORD, and says what it finds or why not.
# usage: transports.py NAME PASSWORD [URI...]; a URI that begins with '!' may fail in words of its own
import libvirt as V, sys
V.registerErrorHandler(lambda c, e: None, None)
name, password, asked = sys.argv[1], sys.argv[2], []

def answer(credentials, data):
    for one in credentials:
        asked.append(one[0])
        one[4] = {V.VIR_CRED_AUTHNAME: name, V.VIR_CRED_PASSPHRASE: password, V.VIR_CRED_REALM: one[3] or ''}.get(one[0], '')
    return 0

for uri in sys.argv[3:]:
    words, uri = uri[0] == '!', uri.lstrip('!')
    asked.clear()
    try:
        c = V.openAuth(uri, [[V.VIR_CRED_AUTHNAME, V.VIR_CRED_PASSPHRASE, V.VIR_CRED_REALM], answer, None], 0)
        d = c.lookupByName('test')
        d.setMetadata(V.VIR_DOMAIN_METADATA_DESCRIPTION, 't' * 100000, None, None, V.VIR_DOMAIN_AFFECT_LIVE)
        print(uri, c.getType(), c.isEncrypted(), c.isSecure(), c.isAlive(), len(d.XMLDesc()), sorted(asked), c.close())
    except V.libvirtError as e:
        print(uri, 'error', e.get_error_code(), e.get_error_domain(), '' if words else e.get_error_message(), sorted(set(asked)))
