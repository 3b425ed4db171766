using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Hypervisor.Security;

/// <summary>The labels of guests that run: each has categories of its own, so that the policy keeps it from the others' files and processes.</summary>
/// <param name="policy">The host's.</param>
public sealed class SelinuxGuests(SelinuxPolicy policy)
{
    const int Invalid = 22;

    readonly Categories categories = new();

    /// <summary>A label as written, with what it is for a run. A dynamic one's categories are the guest's until <see cref="Release"/>.</summary>
    /// <param name="written">Of this model.</param>
    /// <param name="isEmulated">The guest's type is "qemu".</param>
    /// <exception cref="VireoException">What is written is no context, the daemon's own has no room for guests, or all categories are in use.</exception>
    public SecurityLabel Complete(SecurityLabel written, bool isEmulated)
    {
        switch (written.Type)
        {
            case SecurityLabelType.None:
                return written;
            case SecurityLabelType.Static:
                string label = written.Label ?? throw VireoException.Internal(ErrorDomain.Security, "missing label for static security driver in domain");
                SecurityContext image = Base(policy.Files.Image) with { User = policy.Own.User, Range = SelinuxPolicy.RangeOf(label) };
                return written with { ImageLabel = written.Relabel is true ? image.ToString() : null };
            default:
                SecurityContext own = policy.Own, files = Base(policy.Files.Image);
                SecurityContext guest = Base(written.BaseLabel ?? (isEmulated ? policy.EmulatedGuests : policy.Guests));
                string range = categories.Take(CategoryRange.Parse(own.Range));
                return written with
                {
                    Type = SecurityLabelType.Dynamic,
                    Model = SelinuxLabels.Model,
                    Relabel = written.Relabel ?? true,
                    Label = (guest with { User = own.User, Role = own.Role, Range = range }).ToString(),
                    ImageLabel = (files with { User = own.User, Range = range }).ToString(),
                };
        }
    }

    /// <summary>Keeps the categories of a guest that runs since before the daemon did.</summary>
    /// <param name="live">Its completed label.</param>
    /// <param name="context">What the kernel says that its process has.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: another guest has them. Then they are not released with this one.</exception>
    public void Reserve(SecurityLabel live, string context)
    {
        if (live.Type is SecurityLabelType.Dynamic && SecurityContext.Parse(context)?.Range is { } range && !categories.TryTake(range))
            throw VireoException.Internal(ErrorDomain.Security, $"MCS level for existing domain label {context} already reserved");
    }

    /// <summary>Gives the categories of a guest that is gone to others.</summary>
    public void Release(SecurityLabel live)
    {
        if (live is { Type: SecurityLabelType.Dynamic, Label: { } label } && SecurityContext.Parse(label)?.Range is { } range)
            categories.Release(range);
    }

    static SecurityContext Base(string text) => SecurityContext.Parse(text)
        ?? throw VireoException.System(ErrorDomain.Security, Invalid, $"Unable to parse base SELinux context '{text}'");
}
