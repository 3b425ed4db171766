using Vireo.Driver;
using Vireo.Drivers.Qemu.Capabilities;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Notes;

/// <summary>Notes about a run, as text.</summary>
sealed class DomainMessages(QemuConnection connection) : IDomainMessages
{
    const DomainMessageType All = DomainMessageType.Deprecation | DomainMessageType.Tainting;

    public ValueTask<string[]> GetMessagesAsync(DomainRef domain, DomainMessageType flags, CancellationToken cancel)
    {
        flags.Only(All, "qemuDomainGetMessages");
        RunNotes notes = connection.Get(domain).Live?.Notes ?? RunNotes.None;
        if (flags == DomainMessageType.None)
            flags = All;
        return new([
            .. flags.HasFlag(DomainMessageType.Tainting) ? notes.TaintTexts : [],
            .. flags.HasFlag(DomainMessageType.Deprecation) ? notes.DeprecationTexts : [],
        ]);
    }
}
