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

    const int NoEntry = 2, NotPermitted = 1, NoSystemCall = 38, ReadOnlyFileSystem = 30, NotSupported = 95;

    readonly Lock gate = new();
    readonly LabelMemory memory = new(DacLabel.Model, bootTime, static label => DacLabel.Parse(label) is not null);

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
            bool kept = keep && remember && Hold(path, facts.Owner, to);
            try
            {
                Change(path, facts.Owner, to);
            }
            catch when (kept)
            {
                memory.Forget(path);
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
            if (remember && memory.Find(path) is { } kept)
            {
                if (kept.Users > 1)
                {
                    memory.Drop(path, kept);
                    return;
                }
                before = DacLabel.Parse(kept.Label);
            }
            else if (remember && onlyKept)
                return;
            // Somebody else's meanwhile: not ours to change.
            if (facts.Owner == from)
                Change(path, facts.Owner, before ?? new Ids(0, 0));
            if (before is not null)
                memory.Forget(path);
        }
    }

    bool Hold(string path, Ids owner, Ids to)
    {
        RememberedLabel? kept = memory.Find(path);
        return kept is null || owner == to ? memory.Hold(path, owner.ToString(), kept)
            : throw VireoException.OperationInvalid(ErrorDomain.Security, $"Setting different DAC user or group on {path} which is already in use");
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
