using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Threads;

/// <summary>How many vCPUs a domain has.</summary>
sealed class VcpuCounts(TestHost host) : DomainWork(host), IDomainVcpus, IDomainVcpuChanges
{
    const DomainVcpuFlags Known = DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum;

    public ValueTask<int> GetMaxVcpusAsync(DomainRef domain, CancellationToken cancel) =>
        GetVcpuCountAsync(domain, DomainVcpuFlags.Live | DomainVcpuFlags.Maximum, cancel);

    public ValueTask<int> GetVcpuCountAsync(DomainRef domain, DomainVcpuFlags flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(DomainImpact.From(flags), "virDomainGetVcpusFlags");
        flags.Only(Known, "testDomainGetVcpusFlags");
        VcpuCount? vcpu = SeeDef(domain, DomainImpact.From(flags)).Vcpu;
        return new((int)((flags.HasFlag(DomainVcpuFlags.Maximum) ? null : vcpu?.Current) ?? vcpu?.Maximum ?? 1));
    }

    public ValueTask<DomainVcpus> GetVcpusAsync(DomainRef domain, int maxInfo, int mapLength, CancellationToken cancel)
    {
        CpuMapBounds.Check(maxInfo, mapLength, "virDomainGetVcpus");
        DomainView found = See(domain);
        if (!found.IsActive)
            throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot list vcpus for an inactive domain");
        int count = Math.Clamp(found.Vcpus, 0, maxInfo);
        var vcpus = new VcpuInfo[count];
        byte[] maps = new byte[count * mapLength];
        ulong used = Host.CpuTime / 10_000;
        for (int at = 0; at < count; at++)
        {
            CpuSet pin = ThreadPins.PinOf(found.Def, at, Host);
            vcpus[at] = new((uint)at, VcpuState.Running, used, pin.Last);
            ProcessorMap.Write(pin, maps.AsSpan(at * mapLength, mapLength));
        }
        return new(new DomainVcpus(vcpus, maps));
    }

    public ValueTask SetVcpuCountAsync(DomainRef domain, uint count, CancellationToken cancel) =>
        SetVcpuCountAsync(domain, count, DomainVcpuFlags.Live, cancel);

    public ValueTask SetVcpuCountAsync(DomainRef domain, uint count, DomainVcpuFlags flags, CancellationToken cancel)
    {
        TestErrors.NotTogether(flags, DomainVcpuFlags.Guest, "VIR_DOMAIN_VCPU_GUEST", DomainVcpuFlags.Config, "VIR_DOMAIN_AFFECT_CONFIG", "virDomainSetVcpusFlags");
        TestErrors.Needs(flags, DomainVcpuFlags.Maximum, "VIR_DOMAIN_VCPU_MAXIMUM", DomainVcpuFlags.Config, "VIR_DOMAIN_AFFECT_CONFIG", "virDomainSetVcpusFlags");
        flags.Only(Known, "testDomainSetVcpusFlags");
        if (count > NodeFacts.MostVcpus)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"requested cpu amount exceeds maximum supported amount ({(int)count} > {NodeFacts.MostVcpus})");
        return Edit(domain, DomainImpact.From(flags), def =>
        {
            VcpuCount vcpu = def.Vcpu ?? new();
            uint most = vcpu.Maximum ?? 1, now = vcpu.Current ?? most;
            if (flags.HasFlag(DomainVcpuFlags.Maximum))
                return def with { Vcpu = vcpu with { Maximum = count, Current = now < count ? now : null } };
            if (count > most)
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"requested cpu amount exceeds maximum ({count} > {most})");
            return def with { Vcpu = vcpu with { Current = count == most ? null : count } };
        });
    }
}
