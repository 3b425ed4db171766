using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Hypervisor.Security;

/// <summary>What became of a label.</summary>
public enum Labelling
{
    /// <summary>The file has it.</summary>
    Done,
    /// <summary>The file system keeps no labels of single files, or is read-only: whether the guest gets in, the policy's switches decide.</summary>
    NotSupported,
    /// <summary>The kernel refused it, which makes no difference where the policy is not enforced.</summary>
    Refused,
}

/// <summary>
/// Labels files for guests and gives them their labels from before. These are remembered by the files themselves (<see cref="Ownership"/> does the
/// same for owners); where nothing is remembered, the policy's own label for the path takes their place.
/// </summary>
/// <param name="policy">The host's.</param>
/// <param name="remember">Keep the labels from before.</param>
/// <param name="bootTime">When the host booted, in seconds since 1970.</param>
public sealed class SelinuxFiles(SelinuxPolicy policy, bool remember, long bootTime) : IDisposable
{
    /// <summary>The attribute that is a file's label.</summary>
    public const string Attribute = "security.selinux";

    const int NotPermitted = 1, NoEntry = 2, Invalid = 22, ReadOnlyFileSystem = 30, NoData = 61, NotSupported = 95;
    const int TypeMask = 0xf000, CharacterDevice = 0x2000;

    readonly Lock gate = new();
    readonly LabelMemory memory = new(SelinuxLabels.Model, bootTime, static label => SecurityContext.Parse(label) is not null);
    readonly FileContexts defaults = new(policy.DefaultsFile);

    /// <summary>The policy's labels of paths are forgotten.</summary>
    public void Dispose() => defaults.Dispose();

    /// <summary>A file's label; null: it has none, or cannot be asked.</summary>
    public static string? Find(string path) => Text(FileOwner.Attribute(path, Attribute, out _));

    /// <summary>Labels a file.</summary>
    /// <param name="path">The file; symbolic links are followed.</param>
    /// <param name="label">Its label from now on.</param>
    /// <param name="keep">Its label from before is wanted back.</param>
    /// <exception cref="VireoException">It is in use with another label, or cannot be labelled though the policy is enforced.</exception>
    public Labelling Label(string path, string label, bool keep)
    {
        lock (gate)
        {
            bool held = keep && remember && Hold(path, label);
            try
            {
                return Change(path, label);
            }
            catch when (held)
            {
                memory.Forget(path);
                throw;
            }
        }
    }

    /// <summary>Gives a file its label from before: the remembered one, or the policy's own.</summary>
    /// <param name="path">The file; one that is gone is fine.</param>
    /// <param name="onlyKept">Only the remembered one: for what a crash left, of which nobody knows whether it was labelled at all.</param>
    /// <returns>False: nobody knows one, and the file stays as it is.</returns>
    public bool TakeBack(string path, bool onlyKept = false)
    {
        lock (gate)
        {
            if (FileOwner.Find(path, out int errno) is not { } facts)
                return errno == NoEntry ? true : throw VireoException.System(ErrorDomain.Security, errno, $"unable to stat: {path}");
            RememberedLabel? kept = remember ? memory.Find(path) : null;
            if (kept is { Users: > 1 } several)
            {
                memory.Drop(path, several);
                return true;
            }
            if (kept is null && onlyKept)
                return true;
            if ((kept?.Label ?? defaults.Find(Real(path), facts.Mode)) is not { } before)
                return false;
            _ = Change(path, before);
            if (kept is not null)
                memory.Forget(path);
            return true;
        }
    }

    /// <summary>What one file remembers another one remembers in its place, whose own label from before is forgotten.</summary>
    /// <param name="from">A file that keeps the label it has.</param>
    /// <param name="to">One that is given that file's label from before when it is taken back.</param>
    public void Move(string from, string to)
    {
        lock (gate)
            if (remember && memory.Find(from) is { } kept)
            {
                memory.Forget(to);
                _ = memory.Hold(to, kept.Label, null);
                memory.Forget(from);
            }
    }

    /// <summary>Remembers nothing of a file any more; it keeps the label that it has.</summary>
    /// <returns>False: nothing was remembered.</returns>
    public bool Forget(string path)
    {
        lock (gate)
        {
            bool known = remember && memory.Find(path) is not null;
            if (known)
                memory.Forget(path);
            return known;
        }
    }

    /// <summary>Labels an open file, which nobody gives back: one that is saved to, a log, a pipe.</summary>
    /// <exception cref="VireoException">It cannot be labelled though the policy is enforced.</exception>
    public Labelling Label(SafeFileHandle file, string label)
    {
        int errno = FileOwner.SetAttribute(file, Attribute, label + '\0');
        if (errno == 0 || Text(FileOwner.Attribute(file, Attribute, out _)) == label)
            return Labelling.Done;
        if (errno == NotSupported)
            return Labelling.NotSupported;
        return policy.IsEnforcing ? throw VireoException.System(ErrorDomain.Security, errno, $"unable to set security context '{label}' on fd {file.DangerousGetHandle()}") : Labelling.Refused;
    }

    /// <summary>Labels the device of a macvtap interface. Other interfaces come from one device that all share: those stay as they are.</summary>
    /// <param name="tap">The open device.</param>
    /// <param name="guest">The label of the guest's process.</param>
    /// <exception cref="VireoException">It is no device, the policy knows no label for it, or it cannot be labelled though the policy is enforced.</exception>
    public Labelling LabelTap(SafeFileHandle tap, string guest)
    {
        nint number = tap.DangerousGetHandle();
        string link = $"/proc/self/fd/{number}";
        if (FileOwner.Find(link, out int errno) is not { } facts)
            throw VireoException.System(ErrorDomain.Security, errno, $"cannot stat tap fd {number}");
        if ((facts.Mode & TypeMask) != CharacterDevice)
            throw VireoException.Internal(ErrorDomain.Security, $"tap fd {number} is not character device");
        if (HostFile.PathOf(tap)?.StartsWith("/dev/tap", StringComparison.Ordinal) is not true)
            return Labelling.Done;
        string label = defaults.Find("/dev/tap.*", facts.Mode)
            ?? throw VireoException.Internal(ErrorDomain.Security, $"cannot lookup default selinux label for tap fd {number}");
        return SecurityContext.Parse(label) is { } context ? Label(tap, (context with { Range = SelinuxPolicy.RangeOf(guest) }).ToString()) : Labelling.Refused;
    }

    /// <summary>What to write to the log when a file system keeps no labels.</summary>
    public string Explain(string path, string label) => !policy.IsOn("virt_use_nfs") && SharedFileSystems.IsShared(path)
        ? $"Setting security context '{label}' on '{path}' not supported. Consider setting virt_use_nfs"
        : $"Setting security context '{label}' on '{path}' not supported";

    bool Hold(string path, string label)
    {
        if (Text(FileOwner.Attribute(path, Attribute, out int errno)) is not { } now)
            return errno is NoData or NotSupported or NoEntry or 0 ? false
                : throw VireoException.System(ErrorDomain.Security, errno, $"unable to get SELinux context of {path}");
        RememberedLabel? kept = memory.Find(path);
        return kept is null || now == label ? memory.Hold(path, now, kept)
            : throw VireoException.OperationInvalid(ErrorDomain.Security, $"Setting different SELinux label on {path} which is already in use");
    }

    Labelling Change(string path, string label)
    {
        int errno = FileOwner.SetAttribute(path, Attribute, label + '\0');
        if (errno == 0 || Find(path) == label)
            return Labelling.Done;
        if (errno is NotSupported or ReadOnlyFileSystem)
            return Labelling.NotSupported;
        // What the policy does not know is refused in any case; a user may give guests what is another's and open to all.
        return errno is Invalid || policy.IsEnforcing && (errno is not NotPermitted || OwnProcess.IsRoot)
            ? throw VireoException.System(ErrorDomain.Security, errno, $"unable to set security context '{label}' on '{path}'") : Labelling.Refused;
    }

    // The kernel counts the byte at the end.
    static string? Text(string? label) => label?.TrimEnd('\0') is { Length: > 0 } text ? text : null;

    static string Real(string path) => HostFile.RealPath(path) ?? path;
}
