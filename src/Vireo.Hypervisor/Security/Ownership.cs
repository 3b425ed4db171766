using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Hypervisor.Security;

/// <summary>
/// Gives files to guests and takes them back. The owner from before is kept in the attributes
/// <c>trusted.libvirt.security.dac</c>, <c>ref_dac</c> and <c>timestamp_dac</c> of the file itself, as libvirt does, so that a later
/// daemon, libvirt's or ours, gives it back. Attributes from before the host's last boot mean nothing: whoever wrote them is gone.
/// </summary>
/// <param name="remember">Keep the owners from before; without it, files go back to root.</param>
/// <param name="bootTime">When the host booted, in seconds since 1970.</param>
public sealed class Ownership(bool remember, long bootTime)
{
    /// <summary>The attribute of the owner from before: "+1000:+1000".</summary>
    public const string OwnerAttribute = "trusted.libvirt.security.dac";

    /// <summary>The attribute that counts who uses the file.</summary>
    public const string CountAttribute = "trusted.libvirt.security.ref_dac";

    /// <summary>The attribute of the boot in which the others were written.</summary>
    public const string BootAttribute = "trusted.libvirt.security.timestamp_dac";

    const int NoEntry = 2, NotPermitted = 1, NoSystemCall = 38, ReadOnlyFileSystem = 30, NotSupported = 95, NoData = 61;
    const long ClockSlack = 5;      // both sides compute the time of boot from clocks that tick by themselves

    readonly Lock gate = new();

    /// <summary>When this host booted.</summary>
    public static long BootTimeOf(FileSystemRoot root, DateTimeOffset now)
    {
        string? line = File.Exists(root.Of("/proc/stat"))
            ? File.ReadLines(root.Of("/proc/stat")).FirstOrDefault(static l => l.StartsWith("btime ", StringComparison.Ordinal)) : null;
        return line is not null && long.TryParse(line.AsSpan(6), CultureInfo.InvariantCulture, out long seconds) ? seconds : now.ToUnixTimeSeconds();
    }

    /// <summary>Gives a file to a guest.</summary>
    /// <param name="path">The file; symbolic links are followed.</param>
    /// <param name="to">The guest's ids.</param>
    /// <param name="keep">Its owner is wanted back.</param>
    /// <exception cref="VireoException">It is not there, is in use by a guest with other ids, or cannot be given away.</exception>
    public void Give(string path, Ids to, bool keep)
    {
        lock (gate)
        {
            FileFacts facts = FileOwner.Find(path, out int errno) ?? throw VireoException.System(ErrorDomain.Security, errno, $"unable to stat: {path}");
            bool kept = keep && remember && Keep(path, facts.Owner, to);
            try
            {
                Change(path, facts.Owner, to);
            }
            catch when (kept)
            {
                Forget(path);
                throw;
            }
        }
    }

    /// <summary>Takes a file back from a guest.</summary>
    /// <param name="path">The file; one that is gone is fine.</param>
    /// <param name="from">The guest's ids.</param>
    /// <param name="onlyKept">
    /// Only if its owner from before is known: for what a crash left, of which nobody knows whether it was given away at all.
    /// </param>
    public void TakeBack(string path, Ids from, bool onlyKept = false)
    {
        lock (gate)
        {
            if (FileOwner.Find(path, out int errno) is not { } facts)
            {
                if (errno == NoEntry)
                    return;
                throw VireoException.System(ErrorDomain.Security, errno, $"unable to stat: {path}");
            }
            Ids? before = null;
            if (remember && Kept(path) is { } kept)
            {
                if (kept.Count > 1)
                {
                    Put(path, CountAttribute, (kept.Count - 1).ToString(CultureInfo.InvariantCulture));
                    return;
                }
                before = kept.Owner;
            }
            else if (remember && onlyKept)
                return;
            // Somebody else's meanwhile: not ours to change.
            if (facts.Owner == from)
                Change(path, facts.Owner, before ?? new Ids(0, 0));
            if (before is not null)
                Forget(path);
        }
    }

    sealed record KeptOwner(Ids Owner, uint Count);

    KeptOwner? Kept(string path)
    {
        if (FileOwner.Attribute(path, CountAttribute, out _) is not { } count || FileOwner.Attribute(path, OwnerAttribute, out _) is not { } owner)
            return null;
        bool thisBoot = FileOwner.Attribute(path, BootAttribute, out _) is { } text
            && long.TryParse(text, CultureInfo.InvariantCulture, out long boot) && Math.Abs(boot - bootTime) <= ClockSlack;
        if (!thisBoot || !uint.TryParse(count, CultureInfo.InvariantCulture, out uint users) || users == 0 || DacLabel.Parse(owner) is not { } ids)
        {
            Forget(path);
            return null;
        }
        return new KeptOwner(ids, users);
    }

    bool Keep(string path, Ids owner, Ids to)
    {
        if (Kept(path) is { } kept)
        {
            if (owner != to)
                throw VireoException.OperationInvalid(ErrorDomain.Security, $"Setting different DAC user or group on {path} which is already in use");
            return Put(path, CountAttribute, (kept.Count + 1).ToString(CultureInfo.InvariantCulture));
        }
        // The count comes last: without it the others are not believed.
        return Put(path, OwnerAttribute, owner.ToString())
            && Put(path, BootAttribute, bootTime.ToString(CultureInfo.InvariantCulture))
            && Put(path, CountAttribute, "1");
    }

    static bool Put(string path, string name, string value)
    {
        int errno = FileOwner.SetAttribute(path, name, value);
        return errno is 0 or NotSupported or NoSystemCall or NotPermitted or ReadOnlyFileSystem
            ? errno == 0
            : throw VireoException.System(ErrorDomain.Security, errno, $"Unable to set XATTR {name} on {path}");
    }

    static void Forget(string path)
    {
        foreach (string name in (ReadOnlySpan<string>)[CountAttribute, OwnerAttribute, BootAttribute])
            if (FileOwner.SetAttribute(path, name, null) is not (0 or NoData or NotSupported) and var errno)
                throw VireoException.System(ErrorDomain.Security, errno, $"Unable to remove XATTR {name} on {path}");
    }

    // File systems without owners (NFS that squashes root, FAT) may still let the guest in: whether they do, it sees itself.
    static void Change(string path, Ids now, Ids to)
    {
        if (now == to)
            return;
        int errno = FileOwner.Give(path, to);
        if (errno is not (0 or NotSupported or NoSystemCall or NotPermitted or ReadOnlyFileSystem))
            throw VireoException.System(ErrorDomain.Security, errno, $"unable to set user and group to '{to.User}:{to.Group}' on '{path}'");
    }
}
