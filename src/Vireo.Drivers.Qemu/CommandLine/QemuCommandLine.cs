using System.Collections.Immutable;
using Vireo.Drivers.Qemu.Devices;

namespace Vireo.Drivers.Qemu.CommandLine;

/// <summary>What to execute, and what must be there before.</summary>
public sealed record QemuCommandLine
{
    /// <summary>The program and its arguments.</summary>
    public required ImmutableArray<string> Arguments { get; init; }

    /// <summary>The whole environment.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Environment { get; init; }

    /// <summary>The descriptors to open and to pass under these numbers.</summary>
    public required ImmutableArray<PassedDescriptor> Descriptors { get; init; }

    /// <summary>What else the host prepares, in order; undone backwards.</summary>
    public required ImmutableArray<HostStep> Host { get; init; }
}

/// <summary>A descriptor that QEMU inherits under a number, and how to get it.</summary>
public sealed record PassedDescriptor(int Number, DescriptorStep Step);
