using System.Collections.Frozen;
using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Conformance.Qemu;

/// <summary>Status files of libvirt of today come out as they went in, older ones in the form of today.</summary>
sealed class QemuStatusSuite : Suite
{
    public override string Name => "qemu-status-xml2xml";

    public override Outputs Run(CaseInput input) => Outputs.Of(Read(input.Text("input")).ToXml());

    /// <summary>As a daemon reads it; the binary is the one that the status remembers.</summary>
    public static DomainStatus Read(string xml)
    {
        DomainStatus status = DomainStatus.Parse(xml);
        string arch = status.Domain.Os.Arch ?? "x86_64";
        string[] machines = arch is "x86_64" ? ["pc", "q35"] : [status.Domain.Os.Machine ?? "virt"];
        var accelerator = new AcceleratorFacts { Machines = [.. machines.Select(static name => new MachineFacts(name))] };
        var facts = new QemuFacts
        {
            Emulator = status.Domain.Devices.Emulator ?? $"/usr/bin/qemu-system-{arch}",
            Arch = arch,
            Version = 0,
            Flags = status.EmulatorFlags.Select(static f => f.Name).Append(QemuFlag.Kvm).Append(QemuFlag.Tcg).ToFrozenSet(StringComparer.Ordinal),
            Kvm = accelerator,
            Tcg = accelerator,
        };
        return StatusUpgrade.Apply(status with
        {
            Domain = DefinitionPasses.Complete(status.Domain, new DefinitionContext { Facts = facts, IsNew = false, Inactive = false, Status = true }),
        });
    }
}
