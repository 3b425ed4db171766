using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>What turns a definition into that of a machine about to run: aliases and image indexes.</summary>
public static class LivePasses
{
    /// <summary>Gives aliases to devices that have none, indexes to images, and a generation id where one is asked for.</summary>
    public static DomainDef Apply(DomainDef machine) => ImageIndexes.Apply(Aliases.Apply(machine));
}
