using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Vireo.Rpc.Security;

/// <summary>Names of certificates as GnuTLS writes them, which administrators have in tls_allowed_dn_list.</summary>
public static class DistinguishedName
{
    /// <summary>The parts in the order of the certificate, "C=GB,O=Red Hat,CN=client1"; special characters as in RFC 4514.</summary>
    public static string Text(X500DistinguishedName name)
    {
        var text = new StringBuilder();
        foreach (X500RelativeDistinguishedName part in name.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (text.Length > 0)
                text.Append(',');
            if (part.HasMultipleElements)
                text.Append('#').Append(Convert.ToHexStringLower(part.RawData.Span));
            else
            {
                string oid = part.GetSingleElementType().Value ?? "";
                text.Append(Label(oid)).Append('=');
                Escape(text, part.GetSingleElementValue() ?? "");
            }
        }
        return text.ToString();
    }

    static string Label(string oid) => oid switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "surName",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.17" => "postalCode",
        "2.5.4.42" => "givenName",
        "2.5.4.43" => "initials",
        "2.5.4.44" => "generationQualifier",
        "2.5.4.46" => "dnQualifier",
        "2.5.4.65" => "pseudonym",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "EMAIL",
        _ => oid,
    };

    static void Escape(StringBuilder text, string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool atEdge = c is ' ' && (i == 0 || i == value.Length - 1) || c is '#' && i == 0;
            if (c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' || atEdge)
                text.Append('\\');
            text.Append(c);
        }
    }

    /// <summary>Whether a name fits a pattern of tls_allowed_dn_list or sasl_allowed_username_list: * is any text, ? any character.</summary>
    public static bool Fits(string pattern, string name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark) = (p++, n);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
                (p, n) = (p + 1, n + 1);
            else if (star >= 0)
                (p, n) = (star + 1, ++mark);
            else
                return false;
        }
        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
