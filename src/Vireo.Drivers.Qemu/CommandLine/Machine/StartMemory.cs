using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>Huge pages of the host, as a machine asks for them.</summary>
readonly struct StartMemory(StartContext start)
{
    const ulong PlainPageKiB = 4;

    /// <summary>The mounted pages for a piece of memory; null: plain pages.</summary>
    /// <param name="backing">What the machine asks for.</param>
    /// <param name="node">The guest's node; null: it has none.</param>
    /// <param name="size">A size that was asked for alone.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR if pages of the size are not mounted.</exception>
    public HugepageMount? PagesOf(MemoryBacking? backing, uint? node, MemorySize? size = null)
    {
        if (size is { } asked)
            return asked.KiB == PlainPageKiB ? null : Find(asked);
        if (backing?.HugePages is not { } huge)
            return null;
        if (huge.Pages.IsEmpty)
            return Default();
        HugePage? page = null;
        foreach (HugePage one in huge.Pages)
        {
            if (one.NodeSet is null)
                page ??= one;
            else if (one.NodeSet.Contains((int)(node ?? 0)))
            {
                page = one;
                break;
            }
        }
        return page is null || page.Size.KiB == PlainPageKiB ? null : Find(page.Size);
    }

    HugepageMount Default()
    {
        HugepageMount? first = null;
        foreach (HugepageMount mount in start.Hugepages)
        {
            if (mount.IsDefault)
                return mount;
            first ??= mount;
        }
        return first ?? throw new VireoException(ErrorCode.InternalError, ErrorDomain.Qemu, "hugetlbfs filesystem is not mounted or disabled by administrator config");
    }

    HugepageMount Find(MemorySize size)
    {
        if (start.Hugepages.IsEmpty)
            return Default();
        foreach (HugepageMount mount in start.Hugepages)
            if (mount.SizeKiB == size.KiB)
                return mount;
        throw new VireoException(ErrorCode.InternalError, ErrorDomain.Qemu, $"Unable to find any usable hugetlbfs mount for {size.KiB} KiB");
    }
}
