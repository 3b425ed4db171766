using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Domains;

/// <summary>How much memory a domain has; guests take what they are given.</summary>
sealed class DomainMemory(TestHost host) : DomainWork(host), IDomainMemory
{
    public ValueTask SetMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Live, cancel);

    public ValueTask SetMaxMemoryAsync(DomainRef domain, ulong memory, CancellationToken cancel) =>
        SetMemoryAsync(domain, memory, DomainMemoryFlags.Maximum, cancel);

    public ValueTask SetMemoryAsync(DomainRef domain, ulong memory, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config | DomainMemoryFlags.Maximum, "testDomainSetMemoryFlags");
        DomainModificationImpact impact = DomainImpact.From(flags);
        TestErrors.NotBothDefinitions(impact);
        var size = new MemorySize(memory);
        lock (Host.Gate)
        {
            TestDomain found = Host.Get(domain);
            (bool live, _) = DomainImpact.Of(found.Now, impact);
            if (flags.HasFlag(DomainMemoryFlags.Maximum))
            {
                if (live)
                    throw VireoException.OperationInvalid(ErrorDomain.Test, "cannot resize the maximum memory on an active domain");
                found.Edit(impact, def => def with { Memory = size, CurrentMemory = def.CurrentMemory is { } now && now.KiB > memory ? size : def.CurrentMemory });
                return default;
            }
            found.Edit(impact, def => memory <= (def.Memory?.KiB ?? 0)
                ? def with { CurrentMemory = size }
                : throw VireoException.InvalidArgument(ErrorDomain.Test, "cannot set memory higher than max memory"));
        }
        return default;
    }

    public ValueTask SetMemoryStatisticsPeriodAsync(DomainRef domain, int period, DomainMemoryFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainMemoryFlags.Live | DomainMemoryFlags.Config, "testDomainSetMemoryStatsPeriod");
        TestErrors.NotBothDefinitions(DomainImpact.From(flags));
        return Edit(domain, DomainImpact.From(flags), def => def with
        {
            Devices = def.Devices with
            {
                MemoryBalloon = def.Devices.MemoryBalloon is { } balloon
                    ? balloon with { StatsPeriod = period is 0 ? null : period }
                    : throw VireoException.Internal(ErrorDomain.Test, "No memory balloon device configured, can not set the collection period"),
            },
        });
    }
}
