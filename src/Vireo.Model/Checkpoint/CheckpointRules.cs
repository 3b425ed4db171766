using Vireo.Core.Errors;
using Vireo.Model.Rules;

namespace Vireo.Model.Checkpoint;

/// <summary>What must hold of every checkpoint, as written. libvirt always puts this document to its grammar, and so its refusals are the grammar's.</summary>
public static class CheckpointRules
{
    /// <summary>Runs every rule.</summary>
    public static Findings Check(CheckpointDef checkpoint, bool redefine)
    {
        var found = new Findings(ErrorDomain.DomainCheckpoint);
        if (checkpoint.Name is { } name && !IsFileName(name))
            Grammar(found, checkpoint, "Extra element name in interleave");
        if (checkpoint.Disks is { } disks && (disks.All.IsEmpty || disks.All.Any(disk => !IsDisk(disk))))
            Grammar(found, disks, "Extra element disks in interleave");
        if (!redefine)
            return found;
        if (checkpoint.Name is null)
            found.Wrong(checkpoint, "a redefined checkpoint must have a name");
        if (checkpoint.CreationTime is null)
            found.Add(checkpoint, ErrorCode.InternalError, "missing creationTime from existing checkpoint");
        return found;
    }

    /// <summary>libvirt's words for a document that its grammar refuses.</summary>
    static void Grammar(Findings found, object element, string reason) => found.Add(element, ErrorCode.XmlInvalidSchema,
        $"Unable to validate doc against /usr/share/libvirt/schemas/domaincheckpoint.rng\n{reason}\nElement domaincheckpoint failed to validate content\n",
        ErrorDomain.Xml);

    static bool IsFileName(string name) =>
        name.Length > 0 && name[0] != '.' && name.AsSpan().IndexOfAnyExcept(fileNames) < 0;

    static readonly System.Buffers.SearchValues<char> fileNames =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    static readonly string[] targets = ["fd", "hd", "sd", "vd", "xvd", "ubd"];

    /// <summary>A target's name or an absolute path; nothing is tracked where nothing is wanted.</summary>
    static bool IsDisk(CheckpointDisk disk) =>
        disk is not { Type: CheckpointType.No, Bitmap: not null } && (disk.Name.Length > 1 && disk.Name[0] == '/' || IsTarget(disk.Name));

    /// <summary>Whether a disk of a guest can be called so.</summary>
    internal static bool IsTarget(string name)
    {
        ReadOnlySpan<char> rest = name.StartsWith("ioemu:", StringComparison.Ordinal) ? name.AsSpan(6) : name;
        foreach (string prefix in targets)
            if (rest.StartsWith(prefix) && rest.Length > prefix.Length && rest[prefix.Length..].IndexOfAnyExcept(fileNames) < 0 && !rest.ContainsAny('-', '.'))
                return true;
        return false;
    }
}
