using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>What the host is, as documents. Nothing here runs on the thread that received the call: files, KVM and programs are asked.</summary>
sealed class HostDocuments(QemuNode node) : IHostCapabilities, ISysinfo, INodeSecurity
{
    /// <summary>What QEMU's own translator has always been said to give.</summary>
    const int TranslatedVcpus = 16;

    public ValueTask<string> GetCapabilitiesAsync(CancellationToken cancel) => new(Task.Run(() => node.CapabilitiesAsync(cancel), cancel));

    public ValueTask<int> GetMaxVcpusAsync(string? type, CancellationToken cancel) => new(type?.ToLowerInvariant() switch
    {
        null or "qemu" => TranslatedVcpus,
        "kvm" => node.Kvm.MaxVcpus() ?? throw VireoException.System(ErrorDomain.None, 2, "Unable to open /dev/kvm"),
        _ => throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"unknown type '{type}'"),
    });

    public ValueTask<string> GetSysinfoAsync(uint flags, CancellationToken cancel)
    {
        NodeNumbers.None(flags, "qemuConnectGetSysinfo", ErrorDomain.Qemu);
        return new(node.SysinfoAsync());
    }

    public ValueTask<SecurityModel> GetSecurityModelAsync(CancellationToken cancel)
    {
        var first = node.SecurityModels[0];
        return new(new SecurityModel(first.Model, first.Doi));
    }
}
