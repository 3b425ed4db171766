using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>What a piece of guest memory is asked to be.</summary>
sealed record MemoryWish
{
    /// <summary>The id of the back end.</summary>
    public required string Id { get; init; }

    /// <summary>The name of its file, if it has one in the folder of guests' memory.</summary>
    public required string FileName { get; init; }

    /// <summary>How much.</summary>
    public required MemorySize Size { get; init; }

    /// <summary>The guest's node; null: it has none.</summary>
    public uint? Node { get; init; }

    /// <summary>The machine's main memory.</summary>
    public bool IsMain { get; init; }

    /// <summary>What was written for this piece alone.</summary>
    public MemoryDevice? Device { get; init; }
}
