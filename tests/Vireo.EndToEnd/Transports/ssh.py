# Opens connections with Debian's library, with a callback that gives the answers it is told to, and says what was asked and what came of it.
# usage: ssh.py CASE...; a case is lines: the URI; the kinds that can be asked, as numbers, or nothing; answers, one a line, '-' is a refusal
import libvirt as V, sys
V.registerErrorHandler(lambda c, e: None, None)

def run(uri, kinds, answers):
    asked = []
    def answer(credentials, data):
        for one in credentials:
            asked.append('%d %s|%s' % (one[0], one[1], one[2] or ''))
            said = answers.pop(0) if answers else '-'
            if said == '-':
                return -1
            one[4] = said
        return 0
    try:
        c = V.openAuth(uri, [[int(k) for k in kinds.split()], answer, None], 0) if kinds else V.open(uri)
        said = 'open %s %d %d' % (c.getURI(), c.isSecure(), c.isEncrypted())
        c.close()
    except V.libvirtError as e:
        said = 'error %d %d %s' % (e.get_error_code(), e.get_error_domain(), e.get_error_message())
    print('; '.join(asked + [said]))

for case in sys.argv[1:]:
    uri, kinds, *answers = case.split('\n')
    run(uri, kinds, answers)
