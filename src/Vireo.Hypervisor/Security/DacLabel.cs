using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Users;

namespace Vireo.Hypervisor.Security;

/// <summary>Labels of libvirt's security model "dac": a user and a group, as names, numbers, or numbers after '+'.</summary>
public static class DacLabel
{
    /// <summary>The model's name.</summary>
    public const string Model = "dac";

    /// <summary>The ids of a label made of numbers; null if it is none.</summary>
    public static Ids? Parse(string label) =>
        label.Split(':') is [var user, var group] && Number(user) is { } uid && Number(group) is { } gid ? new Ids(uid, gid) : null;

    /// <summary>The ids of a label that a user wrote.</summary>
    /// <exception cref="VireoException">It has another form, or names nobody.</exception>
    public static Ids Resolve(string label)
    {
        if (label.Split(':') is not [{ Length: > 0 } user, { Length: > 0 } group])
            throw VireoException.InvalidArgument(ErrorDomain.Security, $"Failed to parse uid and gid from label '{label}'");
        return new Ids(
            HostUsers.FindUser(user) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse user '{user}'"),
            HostUsers.FindGroup(group) ?? throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse group '{group}'"));
    }

    static uint? Number(string text) => uint.TryParse(text.AsSpan(text.StartsWith('+') ? 1 : 0), out uint id) ? id : null;
}
