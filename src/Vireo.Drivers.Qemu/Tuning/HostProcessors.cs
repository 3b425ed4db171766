using Vireo.Core;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>The processors that a thread may use where nobody says otherwise.</summary>
static class HostProcessors
{
    /// <summary>Those that run now.</summary>
    internal static CpuSet Online() => CpuSet.Of(new HostCpus(new HostTree()).Online);
}
