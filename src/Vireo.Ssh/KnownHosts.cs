using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Remote;

namespace Vireo.Ssh;

/// <summary>Files of known hosts in OpenSSH's format, with names in clear or hashed.</summary>
static class KnownHosts
{
    /// <summary>Whether a server's key is its own; null: it is, or does not matter.</summary>
    public static VireoException? Judge(RemoteAddress to, string type, byte[] key, string fingerprint, RemotePlaces places, ICredentialSource? login)
    {
        if (to.KnownHostsCheck is "ignore" || to.NoVerify)
            return null;
        string path = to.KnownHosts ?? (to.Transport is RemoteTransport.LibSsh ? Path.Join(places.Home, ".ssh/known_hosts") : Path.Join(places.UserSettings, "known_hosts"));
        string name = to.Port is null or 22 ? to.Host : $"[{to.Host}]:{to.Port}", wanted = Convert.ToBase64String(key);
        bool others = false;
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[0][0] is '#' or '@' || !Names(words[0], name))
                continue;
            if (words[2] == wanted)
                return null;
            others |= words[1] == type;
        }
        if (others)
            return Refused($"!!! SSH HOST KEY VERIFICATION FAILED !!!: Identity of host '{to.Host}:{to.Port ?? 22}' differs from stored identity. Please verify the new host key '{fingerprint}' "
                + $"to avoid possible man in the middle attack. The key is stored in '{path}'.");
        if (to.KnownHostsCheck is "normal" && !Accepted(to, fingerprint, login))
            return Refused($"SSH host key for '{to.Host}' ({fingerprint}) was not accepted");
        Remember(path, $"{name} {type} {wanted}\n");
        return null;
    }

    static VireoException Refused(string why) => new(ErrorCode.AuthFailed, ErrorDomain.Libssh, why);

    static bool Names(string field, string name)
    {
        if (field.StartsWith("|1|", StringComparison.Ordinal))
        {
            string[] parts = field.Split('|');
            return parts.Length == 4 && Base64(parts[2]) is { } salt && Base64(parts[3]) is { } hash
#pragma warning disable CA5350 // The file's format.
                && CryptographicOperations.FixedTimeEquals(HMACSHA1.HashData(salt, Encoding.ASCII.GetBytes(name)), hash);
#pragma warning restore CA5350
        }
        return field.Split(',').Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    static byte[]? Base64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }

    static bool Accepted(RemoteAddress to, string fingerprint, ICredentialSource? login)
    {
        if (login is null || !login.Kinds.Contains(CredentialKind.EchoPrompt))
            throw Refused("no user interaction callback provided: Can't verify the session host key");
        var asked = new Credential(CredentialKind.EchoPrompt, $"Accept SSH host key with hash '{fingerprint}' for host '{to.Host}:{to.Port ?? 22}' (yes/no)?");
        return login.AnswerAsync([asked], CancellationToken.None).AsTask().GetAwaiter().GetResult()
            && string.Equals(asked.Answer, "yes", StringComparison.OrdinalIgnoreCase);
    }

    static void Remember(string path, string line)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, line);
    }
}
