using System.Runtime.CompilerServices;
using Vireo.Core.Xml;
using Vireo.Driver;
using Vireo.Hypervisor.Machines;

namespace Vireo.Hypervisor.Access;

/// <summary>Owners and tags of machines: read once from each piece of metadata, which never changes.</summary>
public static class MachineLabels
{
    static readonly ConditionalWeakTable<XmlFragment, ObjectLabels> read = [];

    /// <summary>What the metadata says of what runs, or of what would.</summary>
    public static ObjectLabels Of(MachineSnapshot machine) =>
        machine.Def?.Metadata is { } metadata ? read.GetValue(metadata, DocumentSubject.Labels) : ObjectLabels.None;
}
