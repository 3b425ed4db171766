using System.Runtime.Intrinsics.X86;
using Vireo.Drivers.Qemu.Offers;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Settings;
using Vireo.Drivers.Qemu.Start;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>What this host adds to what its binaries can do.</summary>
static class OfferedHost
{
    const int SevLeaf = unchecked((int)0x8000001f);

    static readonly string[] tpmVersions = ["1.2", "2.0"];

    internal static async Task<OfferContext> ReadAsync(QemuKeeper keeper, bool kvm, CancellationToken cancel) => new()
    {
        HostArch = GuestArchs.Host,
        HostCpu = keeper.Node.PhysicalCpu,
        KvmVcpus = kvm ? keeper.Node.Kvm.MaxVcpus() : null,
        Loaders = Loaders(keeper.Config),
        Firmwares = StartFlow.Firmwares(keeper),
        HasFile = File.Exists,
        TpmVersions = await TpmVersionsAsync(keeper, cancel).ConfigureAwait(false),
        PciBackends = keeper.Node.Tree.Names("/sys/kernel/iommu_groups").Count > 0 ? ["default", "vfio"] : [],
        Sev = Sev(),
    };

    static IReadOnlyList<string> Loaders(QemuConfig config) =>
        [.. FirmwarePairs.Of(config).Keys.Where(File.Exists)];

    static async Task<IReadOnlyList<string>> TpmVersionsAsync(QemuKeeper keeper, CancellationToken cancel)
    {
        if (ProgramOutput.Find("swtpm") is null || ProgramOutput.Find("swtpm_setup") is not { } setup)
            return [];
        string? told = await keeper.Answers.AskAsync(setup, "--print-capabilities", cancel).ConfigureAwait(false);
        // Programs that do not tell know both.
        bool tells = told?.Contains("\"tpm-", StringComparison.Ordinal) is true;
        return [.. tpmVersions.Where(v => !tells || told!.Contains($"\"tpm-{v}\"", StringComparison.Ordinal))];
    }

    /// <summary>How many guests the processor can encrypt; null: it says nothing of that.</summary>
    internal static SevLimits? Sev()
    {
        if (!X86Base.IsSupported || unchecked((uint)X86Base.CpuId(int.MinValue, 0).Eax) < unchecked((uint)SevLeaf))
            return null;
        var leaf = X86Base.CpuId(SevLeaf, 0);
        return SevLimits.OfLeaf((uint)leaf.Ecx, (uint)leaf.Edx);
    }
}
