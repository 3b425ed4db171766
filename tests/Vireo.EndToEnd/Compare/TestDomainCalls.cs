using System.Text.RegularExpressions;

namespace Vireo.EndToEnd.Compare;

/// <summary>
/// Calls of python3-libvirt on test:///default, by topic: a line is an expression, of the connection <c>c</c>, the domain <c>d</c>, the module <c>V</c>
/// and a folder <c>P</c>; <c>x=...</c> keeps a value. Each topic begins with a fresh host.
/// </summary>
static partial class TestDomainCalls
{
    // The parts are in files of their own, whose order nobody promises.
    static readonly Lazy<Dictionary<string, string>> all = new(static () => Looks!.Concat(Tuning!).Concat(Lives!).ToDictionary());

    public static Dictionary<string, string> All => all.Value;

    /// <summary>What evaluates them, and prints each with its value or its error.</summary>
    public const string Script = """
        import libvirt as V, sys, re, tempfile
        V.registerErrorHandler(lambda ctx, err: None, None)
        uri, lines = sys.argv[1], sys.argv[2]
        P = sys.argv[3]
        c = V.open(uri)
        known = dict(c=c, d=c.lookupByName('test'), V=V, P=P)
        def shown(value):
            if type(value).__module__ == 'libvirt':
                return type(value).__name__
            if isinstance(value, list):
                return '[' + ', '.join(shown(v) for v in value) + ']'
            if isinstance(value, tuple):
                return '(' + ', '.join(shown(v) for v in value) + ')'
            return repr(value)
        for line in open(lines):
            line = line.strip()
            kept = re.match(r'^(\w+)=(?!=)(.*)$', line)
            try:
                value = eval(kept.group(2) if kept else line, known)
                if kept:
                    known[kept.group(1)] = value
                print(line, '->', shown(value))
            except V.libvirtError as e:
                print(line, '-> error', e.get_error_code(), e.get_error_domain(), e.get_error_message())
            except Exception as e:
                print(line, '->', type(e).__name__, e)
        """;

    /// <summary>Ids, times and where something is wrong in a document are not the same twice.</summary>
    public static string Normal(string text)
    {
        text = Place().Replace(text, "");
        text = Uuid().Replace(text, "UUID");
        return Time().Replace(text, "TIME");
    }

    [GeneratedRegex(@" \(line \d+, column \d+, /[^)]*\)")]
    private static partial Regex Place();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    /// <summary>Seconds since 1970, and the processor times that are made from them.</summary>
    [GeneratedRegex(@"\b1(\d{9}|\d{14})\b")]
    private static partial Regex Time();
}
