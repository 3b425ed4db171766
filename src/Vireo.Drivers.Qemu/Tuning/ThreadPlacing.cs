using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Cgroups;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Tuning;

/// <summary>Moves threads of a running guest to other processors of the host.</summary>
static class ThreadPlacing
{
    /// <summary>Restricts a thread, in its group and by itself.</summary>
    /// <param name="live">What runs.</param>
    /// <param name="group">Its group: "vcpu0", "emulator".</param>
    /// <param name="thread">The thread, or the process of the emulator.</param>
    /// <param name="processors">Where it may run.</param>
    internal static void Pin(LiveQemu live, string group, int thread, CpuSet processors)
    {
        if (live.Cgroup is { } groups && (groups.Whole.Controllers & CgroupControllers.CpuSet) != 0)
            groups.Threads(group).SetPlaces(processors.ToString(), null);
        int errno = HostThreads.Pin(thread, processors.Members);
        if (errno != 0)
            throw VireoException.System(ErrorDomain.None, errno, $"cannot set CPU affinity on process {thread}");
    }
}
