using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Model.Rules;

/// <summary>Shares of caches and of memory bandwidth.</summary>
public sealed class CpuTuneRules : IRules<CpuTune, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(CpuTune element, DomainDef document, Findings found)
    {
        foreach (CacheTune tune in element.CacheTunes)
        {
            var seen = new HashSet<(uint Level, uint Id, CacheKind Kind)>();
            foreach (CacheAllocation cache in tune.Caches)
            {
                CacheKind[] collides = cache.Type is CacheKind.Both ? [CacheKind.Both, CacheKind.Code, CacheKind.Data] : [CacheKind.Both, cache.Type];
                if (collides.Any(kind => seen.Contains((cache.Level, cache.Id, kind))))
                    found.Wrong(cache, $"Colliding cache allocations for cache level '{cache.Level}' id '{cache.Id}', type '{cache.Type.ToXml()}'");
                seen.Add((cache.Level, cache.Id, cache.Type));
            }
            Monitors(tune.Monitors, tune.Vcpus, found);
        }
        foreach (MemoryBandwidthTune tune in element.MemoryTunes)
            Monitors(tune.Monitors, tune.Vcpus, found);
    }

    /// <summary>A monitor watches all vcpus of its allocation or some of them, and no vcpu twice.</summary>
    static void Monitors(ValueList<CacheMonitor> monitors, CpuSet vcpus, Findings found)
    {
        var watched = new HashSet<int>();
        foreach (CacheMonitor monitor in monitors)
        {
            bool outside = !monitor.Vcpus.Equals(vcpus) && monitor.Vcpus.Members.Any(v => !vcpus.Contains(v));
            if (outside || !monitor.Vcpus.Equals(vcpus) && !monitor.Vcpus.Members.All(watched.Add))
                found.Add(monitor, ErrorCode.InvalidArg, "Monitor vcpus conflicts with allocation", ErrorDomain.None);
        }
    }
}
