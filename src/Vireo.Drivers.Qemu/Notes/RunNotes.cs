using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine.Machine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Notes;

/// <summary>What whoever supports a run wants to know of it: what it was tainted by, and what of it will go away.</summary>
/// <param name="Taints">Words as in status files and logs.</param>
/// <param name="Deprecations">Text for people.</param>
public sealed record RunNotes(IReadOnlyList<string> Taints, IReadOnlyList<string> Deprecations)
{
    const string Deprecated = "deprecated-config";

    /// <summary>Nothing to say.</summary>
    public static RunNotes None { get; } = new([], []);

    /// <summary>Each taint and what people are told, in the order in which libvirt 9.0.0 tells them.</summary>
    static readonly ImmutableArray<(string Word, string Text)> Known =
    [
        ("custom-argv", "custom configuration parameters specified"),
        ("custom-monitor", "custom monitor control commands issued"),
        ("high-privileges", "running with undesirable elevated privileges"),
        ("shell-scripts", "network configuration using opaque shell scripts"),
        ("host-cpu", "potentially unsafe use of host CPU passthrough"),
        ("custom-dtb", "custom device tree blob used"),
        ("custom-hypervisor-feature", "hypervisor feature autodetection override"),
        (Deprecated, "use of deprecated configuration settings"),
        ("custom-device", "custom device configuration"),
    ];

    /// <summary>With one taint more, unless there is that one.</summary>
    public RunNotes With(string taint) => Taints.Contains(taint) ? this : this with { Taints = [.. Known.Select(static one => one.Word).Where(word => word == taint || Taints.Contains(word))] };

    /// <summary>What is to say of a run.</summary>
    /// <param name="machine">Its definition.</param>
    /// <param name="facts">What its binary is like.</param>
    /// <param name="asRoot">Its guest's process belongs to root.</param>
    public static RunNotes Of(DomainDef machine, QemuFacts facts, bool asRoot)
    {
        AcceleratorFacts? accelerator = facts.For(machine.Type is DomainType.Kvm);
        var old = new List<string>();
        if (machine.Os.Machine is { } type && accelerator?.FindMachine(type) is { Deprecated: true })
            old.Add($"machine type '{type}'");
        if (machine.Cpu?.Model is { } model && accelerator?.CpuModels.FirstOrDefault(m => m.Name == model.Name) is { Deprecated: true })
            old.Add($"CPU model '{model.Name}'");
        bool Wrote(string element) => machine.Foreign.Any(f => f.Namespace == WrittenArgumentsChapter.Namespace && f.Name.EndsWith(element, StringComparison.Ordinal));
        bool Is(string word) => word switch
        {
            "custom-argv" => Wrote("commandline"),
            "custom-monitor" => false,
            "high-privileges" => asRoot,
            "shell-scripts" => machine.Devices.Interfaces.Any(static i => i.Script is not null || i.DownScript is not null),
            "host-cpu" => machine.Cpu?.Mode is CpuMode.HostPassthrough,
            "custom-dtb" => machine.Os.DeviceTree is not null,
            "custom-hypervisor-feature" => Wrote("capabilities"),
            "custom-device" => Wrote("override"),
            _ => old.Count > 0,
        };
        return new([.. Known.Select(static one => one.Word).Where(Is)], old);
    }

    /// <summary>The lines of the guest's log; what a run is tainted by as a whole comes first.</summary>
    public IEnumerable<string> Log() => Taints.OrderBy(static word => word == "high-privileges" ? 0 : 1)
        .SelectMany(word => word == Deprecated ? Deprecations.Select(old => $"{word} ({old})") : [word]);

    /// <summary>What clients are told of the taints.</summary>
    public IEnumerable<string> TaintTexts => Known.Where(one => Taints.Contains(one.Word)).Select(static one => "tainted: " + one.Text);

    /// <summary>What clients are told of what will go away.</summary>
    public IEnumerable<string> DeprecationTexts => Deprecations.Select(static old => "deprecated configuration: " + old);
}
