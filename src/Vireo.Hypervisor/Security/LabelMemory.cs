using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Security;

/// <summary>A label from before, and how many use the file.</summary>
/// <param name="Label">What the file had before the first of them came.</param>
/// <param name="Users">At least one.</param>
readonly record struct RememberedLabel(string Label, uint Users);

/// <summary>
/// The labels that files had before guests got them, kept in the attributes <c>trusted.libvirt.security.MODEL</c>, <c>ref_MODEL</c> and
/// <c>timestamp_MODEL</c> of the files themselves, as libvirt does, so that a later daemon, libvirt's or ours, gives them back. Attributes from
/// before the host's last boot mean nothing: whoever wrote them is gone. Files without such attributes have no memory.
/// </summary>
/// <param name="model">The security model.</param>
/// <param name="bootTime">When the host booted, in seconds since 1970.</param>
/// <param name="makesSense">Whether a text is a label of the model.</param>
sealed class LabelMemory(string model, long bootTime, Predicate<string> makesSense)
{
    const int NotPermitted = 1, NoSystemCall = 38, ReadOnlyFileSystem = 30, NotSupported = 95, NoData = 61;
    const long ClockSlack = 5;      // both sides compute the time of boot from clocks that tick by themselves

    readonly string labelAttribute = $"trusted.libvirt.security.{model}";
    readonly string countAttribute = $"trusted.libvirt.security.ref_{model}";
    readonly string bootAttribute = $"trusted.libvirt.security.timestamp_{model}";

    /// <summary>What is remembered of a file; what is not to be believed is removed.</summary>
    internal RememberedLabel? Find(string path)
    {
        if (FileOwner.Attribute(path, countAttribute, out _) is not { } count || FileOwner.Attribute(path, labelAttribute, out _) is not { } label)
            return null;
        bool thisBoot = FileOwner.Attribute(path, bootAttribute, out _) is { } text
            && long.TryParse(text, CultureInfo.InvariantCulture, out long boot) && Math.Abs(boot - bootTime) <= ClockSlack;
        if (thisBoot && uint.TryParse(count, CultureInfo.InvariantCulture, out uint users) && users > 0 && makesSense(label))
            return new RememberedLabel(label, users);
        Forget(path);
        return null;
    }

    /// <summary>Counts one more user; the first one's coming has the label remembered.</summary>
    /// <returns>False: the file has no memory.</returns>
    internal bool Hold(string path, string label, RememberedLabel? sofar)
    {
        if (sofar is { } kept)
            return Put(path, countAttribute, Text(kept.Users + 1));
        // The count comes last: without it the others are not believed.
        return Put(path, labelAttribute, label) && Put(path, bootAttribute, Text(bootTime)) && Put(path, countAttribute, "1");
    }

    /// <summary>Counts one user less of several.</summary>
    internal void Drop(string path, RememberedLabel kept) => Put(path, countAttribute, Text(kept.Users - 1));

    /// <summary>Remembers nothing more.</summary>
    internal void Forget(string path)
    {
        foreach (string name in (ReadOnlySpan<string>)[countAttribute, labelAttribute, bootAttribute])
            if (FileOwner.SetAttribute(path, name, null) is not (0 or NoData or NotSupported) and var errno)
                throw VireoException.System(ErrorDomain.Security, errno, $"Unable to remove XATTR {name} on {path}");
    }

    static bool Put(string path, string name, string value)
    {
        int errno = FileOwner.SetAttribute(path, name, value);
        return errno is 0 or NotSupported or NoSystemCall or NotPermitted or ReadOnlyFileSystem
            ? errno == 0
            : throw VireoException.System(ErrorDomain.Security, errno, $"Unable to set XATTR {name} on {path}");
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
