using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>How many vCPUs a domain has.</summary>
sealed class VcpuCounts(TestHost host) : DomainWork(host), IDomainVcpus, IDomainVcpuChanges
{
    const DomainVcpuFlags Known = DomainVcpuFlags.Live | DomainVcpuFlags.Config | DomainVcpuFlags.Maximum;

    public ValueTask<int> GetMaxVcpusAsync(DomainRef domain, CancellationToken cancel) =>
        GetVcpuCountAsync(domain, DomainVcpuFlags.Live | DomainVcpuFlags.Maximum, cancel);

    public ValueTask<int> GetVcpuCountAsync(DomainRef domain, DomainVcpuFlags flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags.HasFlag(DomainVcpuFlags.Live), flags.HasFlag(DomainVcpuFlags.Config), "virDomainGetVcpusFlags");
        flags.Only(Known, "testDomainGetVcpusFlags");
        VcpuCount? vcpu = SeeDef(domain, DomainImpact.From(flags)).Vcpu;
        return new((int)((flags.HasFlag(DomainVcpuFlags.Maximum) ? null : vcpu?.Current) ?? vcpu?.Maximum ?? 1));
    }

    public ValueTask<DomainVcpus> GetVcpusAsync(DomainRef domain, int maxInfo, int mapLength, CancellationToken cancel)
    {
        CpuMapBounds.Check(maxInfo, mapLength, "virDomainGetVcpus");
        DomainView found = SeeRunning(domain);
        int count = Math.Clamp(found.Vcpus, 0, maxInfo);
        var vcpus = new VcpuInfo[count];
        for (uint at = 0; at < count; at++)
            vcpus[at] = new(at, VcpuState.Running, Host.CpuTime / 10_000, Host.Node.Cpus - 1);
        byte[] map = new byte[mapLength];
        for (int cpu = 0; cpu < Host.Node.Cpus && cpu / 8 < mapLength; cpu++)
            map[cpu / 8] |= (byte)(1 << (cpu % 8));
        return new(new DomainVcpus(vcpus, [.. Enumerable.Repeat(map, count).SelectMany(one => one)]));
    }

    public ValueTask SetVcpuCountAsync(DomainRef domain, uint count, DomainVcpuFlags flags, CancellationToken cancel)
    {
        flags.Only(Known, "testDomainSetVcpusFlags");
        if (count > ushort.MaxValue)
            throw new VireoException(ErrorCode.Overflow, ErrorDomain.Domain, $"input too large: {count}");
        return Edit(domain, DomainImpact.From(flags), def =>
        {
            uint most = def.Vcpu?.Maximum ?? 1;
            VcpuCount vcpu = def.Vcpu ?? new();
            if (flags.HasFlag(DomainVcpuFlags.Maximum))
                return def with { Vcpu = vcpu with { Maximum = count, Current = vcpu.Current is { } now && now < count ? now : null } };
            if (count > most)
                throw VireoException.InvalidArgument(ErrorDomain.Test, $"requested cpu amount exceeds maximum ({count} > {most})");
            return def with { Vcpu = vcpu with { Current = count == most ? null : count } };
        });
    }
}
