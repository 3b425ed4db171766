using System.Net;
using System.Net.Sockets;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Drivers.Qemu.Security;
using Vireo.Host.Processes;
using Vireo.Host.Topology;
using Vireo.Hypervisor.Capabilities;
using Vireo.Model.Capabilities;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>The host that guests run on. What does not change is found out once, when somebody asks.</summary>
sealed class QemuNode
{
    readonly QemuDriverOptions _options;
    readonly QemuBinaries _binaries;
    readonly KeeperLog _log;
    readonly CpuMap _map;
    readonly Uuid _uuid;
    readonly Lazy<Task<SysinfoDef?>> _sysinfo;
    readonly Lazy<Task<string>> _hostname;

    internal QemuNode(QemuDriverOptions options, QemuBinaries binaries, QemuSecurity security, KeeperLog log)
    {
        _options = options;
        _binaries = binaries;
        SecurityModels = security.Models;
        _log = log;
        _map = options.CpuMap;
        _uuid = options.HostUuid ?? HostIdentity.Find(Tree);
        _sysinfo = new(() => Task.Run(ReadSysinfo));
        _hostname = new(() => Task.Run(FindHostname));
    }

    /// <summary>The host, to other hosts.</summary>
    internal Uuid Uuid => _uuid;

    internal HostTree Tree { get; } = new();
    internal KvmHost Kvm { get; } = new();
    internal NumaNodes Nodes => new(Tree, PageKiB, HostMemory.Now());
    internal CpuInfo CpuInfo => new(Tree.Text("/proc/cpuinfo") ?? "", GuestArchs.Host);

    static ulong PageKiB => (ulong)Environment.SystemPageSize / 1024;

    /// <summary>The physical CPU, to compare guests' with; null where no map knows it.</summary>
    internal CpuSpec? PhysicalCpu => new HostCapabilities(Tree, GuestArchs.Host, HostMemory.Now(), PageKiB, Kvm, _map).ProbeCpu();

    /// <summary>How guests are kept apart.</summary>
    internal IReadOnlyList<HostSecurityModel> SecurityModels { get; }

    /// <summary>The facts of the host's own emulator if they are known already.</summary>
    internal QemuFacts? Default => QemuBinaries.DefaultFor(GuestArchs.Host) is { } binary ? _binaries.Find(binary) : null;

    /// <summary>The facts of the host's own emulator.</summary>
    internal ValueTask<QemuFacts> DefaultAsync(CancellationToken cancel)
    {
        string arch = GuestArchs.Host;
        return _binaries.GetAsync(QemuBinaries.DefaultFor(arch) ?? throw QemuErrors.Unsupported($"Cannot find suitable emulator for {arch}"), cancel);
    }

    /// <summary>The document of <c>virsh capabilities</c>.</summary>
    internal async Task<string> CapabilitiesAsync(CancellationToken cancel)
    {
        var guests = await Task.WhenAll(GuestArchs.All.Select(arch => GuestAsync(arch, cancel))).ConfigureAwait(false);
        return new HostCapabilities(Tree, GuestArchs.Host, HostMemory.Now(), PageKiB, Kvm, _map).ToXml(new DriverCapabilities
        {
            HostUuid = _uuid,
            Migration = new HostMigration(true, ["tcp", "rdma"]),
            SecurityModels = [.. SecurityModels],
            Guests = [.. guests.OfType<GuestDef>()],
        });
    }

    // A binary that cannot be asked is as good as none.
    async Task<GuestDef?> GuestAsync(string arch, CancellationToken cancel)
    {
        if (QemuBinaries.DefaultFor(arch) is not { } binary) return null;
        try
        {
            if (await _binaries.OutlineAsync(binary, cancel).ConfigureAwait(false) is not { } outline) return null;
            return GuestDef.ForQemu(arch, binary,
                [.. outline.Machines.Select(m => new Vireo.Model.Capabilities.QemuMachine(m.Name, m.Alias, m.MaxCpus, m.Deprecated, m.IsDefault))],
                outline.KvmUsable && GuestArchs.IsNative(arch));
        }
        catch (VireoException e)
        {
            _log.BinaryUnusable(binary, e);
            return null;
        }
    }

    /// <summary>What the firmware says, as it said when first asked; an error if it says nothing.</summary>
    internal async Task<string> SysinfoAsync() =>
        (await _sysinfo.Value.ConfigureAwait(false))?.ToXml() ?? throw QemuErrors.Unsupported("Host SMBIOS information is not available");

    // The tables are read by a worker, which waits for the program.
    SysinfoDef? ReadSysinfo()
    {
        string? program = ProgramOutput.Find("dmidecode");
        return new HostSysinfo(Tree, GuestArchs.Host, arguments => program is null
            ? null : _options.Processes.ReadAsync(program, arguments).GetAwaiter().GetResult()).Read();
    }

    /// <summary>The name of the host, with its domain where the resolver knows it.</summary>
    internal Task<string> HostnameAsync() => _hostname.Value;

    static string FindHostname()
    {
        string name = Dns.GetHostName();
        if (name.Contains('.', StringComparison.Ordinal) || name.StartsWith("localhost", StringComparison.Ordinal)) return name;
        try
        {
            string full = Dns.GetHostEntry(name).HostName;
            return full.StartsWith("localhost", StringComparison.Ordinal) ? name : full;
        }
        catch (SocketException)
        {
            return name;
        }
    }
}
