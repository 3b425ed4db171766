using Vireo.Core.Errors;
using static Vireo.Rpc.Security.OpenSsl;

namespace Vireo.Rpc.Security;

/// <summary>
/// A GnuTLS priority string (tls_priority) as protocols and cipher suites of OpenSSL. What cannot be said there (signatures, groups,
/// options) is refused by name, rather than being allowed although the administrator forbade it.
/// </summary>
public sealed class TlsPriority
{
    readonly record struct Suite(string Name, int Protocol, string Exchange, string Cipher, string Mac);

    const int Twelve = 0x0303, Thirteen = 0x0304;

    // In the order of preference, by OpenSSL's names.
    static readonly Suite[] suites =
    [
        new("TLS_AES_256_GCM_SHA384", Thirteen, "", "AES-256-GCM", "AEAD"),
        new("TLS_CHACHA20_POLY1305_SHA256", Thirteen, "", "CHACHA20-POLY1305", "AEAD"),
        new("TLS_AES_128_GCM_SHA256", Thirteen, "", "AES-128-GCM", "AEAD"),
        new("ECDHE-ECDSA-AES256-GCM-SHA384", Twelve, "ECDHE-ECDSA", "AES-256-GCM", "AEAD"),
        new("ECDHE-RSA-AES256-GCM-SHA384", Twelve, "ECDHE-RSA", "AES-256-GCM", "AEAD"),
        new("ECDHE-ECDSA-CHACHA20-POLY1305", Twelve, "ECDHE-ECDSA", "CHACHA20-POLY1305", "AEAD"),
        new("ECDHE-RSA-CHACHA20-POLY1305", Twelve, "ECDHE-RSA", "CHACHA20-POLY1305", "AEAD"),
        new("ECDHE-ECDSA-AES128-GCM-SHA256", Twelve, "ECDHE-ECDSA", "AES-128-GCM", "AEAD"),
        new("ECDHE-RSA-AES128-GCM-SHA256", Twelve, "ECDHE-RSA", "AES-128-GCM", "AEAD"),
        new("DHE-RSA-AES256-GCM-SHA384", Twelve, "DHE-RSA", "AES-256-GCM", "AEAD"),
        new("DHE-RSA-CHACHA20-POLY1305", Twelve, "DHE-RSA", "CHACHA20-POLY1305", "AEAD"),
        new("DHE-RSA-AES128-GCM-SHA256", Twelve, "DHE-RSA", "AES-128-GCM", "AEAD"),
        new("ECDHE-ECDSA-AES256-SHA", Twelve, "ECDHE-ECDSA", "AES-256-CBC", "SHA1"),
        new("ECDHE-RSA-AES256-SHA", Twelve, "ECDHE-RSA", "AES-256-CBC", "SHA1"),
        new("ECDHE-ECDSA-AES128-SHA", Twelve, "ECDHE-ECDSA", "AES-128-CBC", "SHA1"),
        new("ECDHE-RSA-AES128-SHA", Twelve, "ECDHE-RSA", "AES-128-CBC", "SHA1"),
        new("AES256-GCM-SHA384", Twelve, "RSA", "AES-256-GCM", "AEAD"),
        new("AES128-GCM-SHA256", Twelve, "RSA", "AES-128-GCM", "AEAD"),
        new("AES256-SHA", Twelve, "RSA", "AES-256-CBC", "SHA1"),
        new("AES128-SHA", Twelve, "RSA", "AES-128-CBC", "SHA1"),
    ];

    readonly IReadOnlySet<int>? versions;
    readonly IReadOnlyList<Suite>? chosen;

    TlsPriority(IReadOnlySet<int>? versions, IReadOnlyList<Suite>? chosen) => (this.versions, this.chosen) = (versions, chosen);

    /// <summary>The protocols and suites left, in words; empty: what the system allows.</summary>
    internal string Text => string.Join(' ', [
        .. (versions ?? new HashSet<int>()).Order().Select(static v => v == Twelve ? "1.2" : "1.3"), .. (chosen ?? []).Select(static s => s.Name)]);

    internal unsafe void Apply(nint context)
    {
        if (versions is not null)
        {
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, versions.Min(), null);
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, versions.Max(), null);
        }
        if (chosen is null)
            return;
        string[] older = [.. chosen.Where(static s => s.Protocol == Twelve).Select(static s => s.Name)];
        if (older.Length > 0 && SSL_CTX_set_cipher_list(context, string.Join(':', older)) != 1)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Rpc, $"tls_priority: {Reason()}");
        string[] newer = [.. chosen.Where(static s => s.Protocol == Thirteen).Select(static s => s.Name)];
        if (SSL_CTX_set_ciphersuites(context, string.Join(':', newer)) != 1)
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Rpc, $"tls_priority: {Reason()}");
        if (older.Length == 0)
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Thirteen, null);
        if (newer.Length == 0)
            SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Twelve, null);
    }

    /// <summary>"NORMAL": what the system allows.</summary>
    public static TlsPriority Normal { get; } = new(null, null);

    /// <summary>Understands a priority string.</summary>
    /// <exception cref="VireoException">A word of it is unknown, or means what cannot be done here.</exception>
    public static TlsPriority Parse(string text)
    {
        string[] words = text.Split(':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words is [] or ["NORMAL"])
            return Normal;
        bool sawCiphers = false, sawProtocols = false;
        HashSet<string> exchanges = [.. suites.Select(s => s.Exchange)], ciphers = [.. suites.Select(s => s.Cipher)], macs = [.. suites.Select(s => s.Mac)];
        var versions = new HashSet<int> { Twelve, Thirteen };
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (i == 0 && word[0] is not ('+' or '-' or '!' or '%'))
            {
                sawCiphers = Base(word, exchanges, ciphers, macs, versions);
                sawProtocols = versions.Count < 2;
                continue;
            }
            bool add = word[0] is '+';
            string name = word[1..];
            if (word[0] is not ('+' or '-' or '!') || name.Length == 0)
                throw Refused(word);
            if (name.StartsWith("VERS-", StringComparison.Ordinal))
                sawProtocols |= Change(versions, add, name switch
                {
                    "VERS-ALL" or "VERS-TLS-ALL" => [Twelve, Thirteen],
                    "VERS-TLS1.2" => [Twelve],
                    "VERS-TLS1.3" => [Thirteen],
                    // What the system's OpenSSL does not speak may be forbidden, but not asked for.
                    "VERS-SSL3.0" or "VERS-TLS1.0" or "VERS-TLS1.1" or "VERS-DTLS1.0" or "VERS-DTLS1.2" or "VERS-DTLS-ALL" when !add => [],
                    _ => throw Refused(word),
                });
            else if (name is "CIPHER-ALL" or "MAC-ALL" or "KX-ALL")
                sawCiphers |= name[0] == 'C' ? Change(ciphers, add, [.. suites.Select(s => s.Cipher)])
                    : name[0] == 'M' ? Change(macs, add, [.. suites.Select(s => s.Mac)]) : Change(exchanges, add, [.. suites.Select(s => s.Exchange).Where(e => e.Length > 0)]);
            else if (suites.Any(s => s.Cipher == name))
                sawCiphers |= Change(ciphers, add, [name]);
            else if (suites.Any(s => s.Mac == name))
                sawCiphers |= Change(macs, add, [name]);
            else if (suites.Any(s => s.Exchange == name && name.Length > 0))
                sawCiphers |= Change(exchanges, add, [name]);
            else if (!(name is "COMP-NULL" || !add && IsNeverUsed(name)))
                throw Refused(word);
        }
        Suite[] left = [.. suites.Where(s => exchanges.Contains(s.Exchange) && ciphers.Contains(s.Cipher) && macs.Contains(s.Mac) && versions.Contains(s.Protocol))];
        return left.Length > 0 ? new TlsPriority(sawProtocols ? versions : null, sawCiphers ? left : null)
            : throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Rpc, $"tls_priority '{text}' leaves no cipher suite");
    }

    // Things that OpenSSL's default level has switched off anyway.
    static bool IsNeverUsed(string name) =>
        name is "3DES-CBC" or "ARCFOUR-128" or "MD5" or "DHE-DSS" or "ANON-DH" or "ANON-ECDH" or "NULL" or "COMP-DEFLATE" or "COMP-ALL"
        or "CAMELLIA-128-CBC" or "CAMELLIA-256-CBC" or "CAMELLIA-128-GCM" or "CAMELLIA-256-GCM" or "PSK" or "DHE-PSK" or "ECDHE-PSK" or "SRP";

    /// <summary>The keyword that comes first. True: it chooses ciphers.</summary>
    static bool Base(string word, HashSet<string> exchanges, HashSet<string> ciphers, HashSet<string> macs, HashSet<int> versions)
    {
        switch (word)
        {
            case "NORMAL" or "SYSTEM" or "@SYSTEM" or "PERFORMANCE" or "SECURE128":
                return false;
            case "PFS":
                exchanges.Remove("RSA");
                return true;
            case "SECURE192" or "SECURE256":
                ciphers.RemoveWhere(static cipher => cipher.Contains("128", StringComparison.Ordinal) && !cipher.StartsWith("CHACHA", StringComparison.Ordinal));
                return true;
            case "NONE":
                exchanges.RemoveWhere(static exchange => exchange.Length > 0);
                ciphers.Clear();
                macs.Clear();
                versions.Clear();
                return true;
            default:
                throw Refused(word);
        }
    }

    static bool Change<T>(HashSet<T> set, bool add, T[] what)
    {
        if (add)
            set.UnionWith(what);
        else
            set.ExceptWith(what);
        return true;
    }

    static VireoException Refused(string word) => new(
        ErrorCode.ConfigUnsupported, ErrorDomain.Rpc, $"tls_priority: '{word}' cannot be had with OpenSSL, which does TLS here");
}
