using Vireo.Core.Errors;
using Vireo.Driver.Login;

namespace Vireo.Remote.Login;

/// <summary>
/// A file of credentials, auth.conf: groups <c>[credentials-NAME]</c> with answers, and <c>[auth-SERVICE-HOST]</c> with <c>credentials=NAME</c>;
/// <c>[auth-SERVICE-default]</c> is for hosts without a group.
/// </summary>
public sealed class CredentialFile
{
    readonly Dictionary<string, Dictionary<string, string>> groups = new(StringComparer.Ordinal);

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="VireoException">A line is neither a group, a setting nor a comment.</exception>
    public static CredentialFile Parse(string text, string name)
    {
        var file = new CredentialFile();
        Dictionary<string, string>? group = null;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] is '#')
                continue;
            if (line is ['[', .. var title, ']'])
            {
                if (!file.groups.TryGetValue(title, out group))
                    file.groups[title] = group = new(StringComparer.Ordinal);
            }
            else if (group is not null && line.IndexOf('=', StringComparison.Ordinal) is > 0 and var equal)
                group[line[..equal].TrimEnd()] = line[(equal + 1)..].TrimStart();
            else
                throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.None, $"{name}:{number}: expecting a [group], name=value or a comment");
        }
        return file;
    }

    /// <summary>The file that counts: LIBVIRT_AUTH_FILE, the URI's authfile, the user's auth.conf, the system's; null: there is none.</summary>
    /// <exception cref="VireoException">One that was named is missing, or the file is wrong.</exception>
    public static CredentialFile? Find(string? asked, RemotePlaces places)
    {
        string? named = places.Variable("LIBVIRT_AUTH_FILE") ?? asked;
        string? path = named ?? new[] { Path.Join(places.UserSettings, "auth.conf"), Path.Join(places.SystemFolder, "libvirt/auth.conf") }.FirstOrDefault(places.Exists);
        if (path is null)
            return null;
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VireoException(ErrorCode.OpenFailed, ErrorDomain.None, $"'{path}': {e.Message}", e);
        }
    }

    /// <summary>An answer for a service ("libvirt", "ssh", "esx", ...) of a host; null: the file has none.</summary>
    /// <exception cref="VireoException">The host's group names credentials that are not there.</exception>
    public string? Find(string service, string host, CredentialKind kind)
    {
        Dictionary<string, string>? group = groups.GetValueOrDefault($"auth-{service}-{host}") ?? groups.GetValueOrDefault($"auth-{service}-default");
        if (group is null)
            return null;
        if (group.GetValueOrDefault("credentials") is not { } name)
            throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.None, $"Missing item 'credentials' in group 'auth-{service}-{host}'");
        if (groups.GetValueOrDefault($"credentials-{name}") is not { } answers)
            throw new VireoException(ErrorCode.ConfSyntax, ErrorDomain.None, $"Missing group 'credentials-{name}' referenced from group 'auth-{service}-{host}'");
        return kind switch
        {
            CredentialKind.Username => answers.GetValueOrDefault("username"),
            CredentialKind.AuthName => answers.GetValueOrDefault("authname") ?? answers.GetValueOrDefault("username"),
            CredentialKind.Passphrase => answers.GetValueOrDefault("password"),
            CredentialKind.Realm => answers.GetValueOrDefault("realm"),
            _ => null,
        };
    }
}
