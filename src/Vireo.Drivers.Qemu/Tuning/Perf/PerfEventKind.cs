namespace Vireo.Drivers.Qemu.Tuning.Perf;

/// <summary>A counter that a guest's definition may switch on.</summary>
/// <param name="Name">libvirt's name of it.</param>
/// <param name="Type">The kernel's type; null: a counter of Intel's RDT, which current kernels no longer have here.</param>
/// <param name="What">Which of the type.</param>
sealed record PerfEventKind(string Name, uint? Type, ulong What)
{
    const uint Hardware = 0, Software = 1;

    /// <summary>All, in libvirt's order.</summary>
    internal static IReadOnlyList<PerfEventKind> All { get; } =
    [
        new("cmt", null, 0), new("mbmt", null, 0), new("mbml", null, 0),
        new("cpu_cycles", Hardware, 0), new("instructions", Hardware, 1), new("cache_references", Hardware, 2), new("cache_misses", Hardware, 3),
        new("branch_instructions", Hardware, 4), new("branch_misses", Hardware, 5), new("bus_cycles", Hardware, 6),
        new("stalled_cycles_frontend", Hardware, 7), new("stalled_cycles_backend", Hardware, 8), new("ref_cpu_cycles", Hardware, 9),
        new("cpu_clock", Software, 0), new("task_clock", Software, 1), new("page_faults", Software, 2), new("context_switches", Software, 3),
        new("cpu_migrations", Software, 4), new("page_faults_min", Software, 5), new("page_faults_maj", Software, 6), new("alignment_faults", Software, 7),
        new("emulation_faults", Software, 8),
    ];
}
