using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Host.Processes;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Tuning.Perf;

/// <summary>The counters of one run that are on.</summary>
sealed class GuestCounters : IDisposable
{
    readonly Dictionary<string, PerfCounter> _open = new(StringComparer.Ordinal);
    readonly Lock _gate = new();

    /// <summary>One is on.</summary>
    internal bool Has(string name)
    {
        lock (_gate)
            return _open.ContainsKey(name);
    }

    /// <summary>Switches one on.</summary>
    /// <exception cref="VireoException">VIR_ERR_ARGUMENT_UNSUPPORTED: no kernel has it any more; VIR_ERR_SYSTEM_ERROR: this host does not.</exception>
    internal void Enable(PerfEventKind kind, int process)
    {
        lock (_gate)
        {
            if (_open.ContainsKey(kind.Name))
                return;
            if (kind.Type is not { } type)
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Perf, $"unable to enable host cpu perf event for {kind.Name}");
            _open.Add(kind.Name, PerfCounter.TryOpen(process, type, kind.What, out int errno)
                ?? throw VireoException.System(ErrorDomain.Perf, errno, $"unable to open host cpu perf event for {kind.Name}"));
        }
    }

    /// <summary>Switches one off; one that is off is fine.</summary>
    internal void Disable(string name)
    {
        lock (_gate)
            if (_open.Remove(name, out var counter))
                counter.Dispose();
    }

    /// <summary>Switches on what a definition has on.</summary>
    internal void EnableAll(DomainDef def, int process)
    {
        foreach (PerfEvent one in def.Perf.Where(static e => e.Enabled))
            if (PerfEventKind.All.FirstOrDefault(kind => kind.Name == one.Name) is { } known)
                Enable(known, process);
    }

    /// <summary>What each has counted.</summary>
    internal IEnumerable<TypedParameter> Read()
    {
        lock (_gate)
            return [.. PerfEventKind.All.Where(kind => _open.ContainsKey(kind.Name)).Select(kind => (kind.Name, Value: _open[kind.Name].Read()))
                .Where(static one => one.Value is not null).Select(static one => new TypedParameter($"perf.{one.Name}", one.Value!.Value))];
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var counter in _open.Values)
                counter.Dispose();
            _open.Clear();
        }
    }
}
