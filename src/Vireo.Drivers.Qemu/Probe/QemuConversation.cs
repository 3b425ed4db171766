using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Vireo.Cpu;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;

namespace Vireo.Drivers.Qemu.Probe;

/// <summary>What one QEMU process says of itself. The second process, without KVM, is asked for its translator's part only.</summary>
public sealed class QemuConversation(QmpMonitor monitor, string emulator)
{
    readonly HashSet<string> _types = new(StringComparer.Ordinal);
    readonly HashSet<string> _commands = new(StringComparer.Ordinal);
    readonly HashSet<string> _tpm = new(StringComparer.Ordinal);
    readonly HashSet<string> _migration = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<string>> _properties = new(StringComparer.Ordinal);
    readonly Dictionary<string, IReadOnlyList<string>> _options = new(StringComparer.Ordinal);
    SchemaIndex? _schema;
    SevFacts? _sev;
    SgxFacts? _sgx;
    bool _open, _kvm, _migratable, _canonical;
    uint _version;
    string _arch = "";

    /// <summary>Asks what takes QEMU no time, before everything is asked.</summary>
    public async Task<QemuOutline> OutlineAsync(CancellationToken cancel)
    {
        await OpenAsync(cancel).ConfigureAwait(false);
        bool kvm = await monitor.RunAsync(new QueryKvm(), cancel).ConfigureAwait(false);
        return new(Ordered(await monitor.RunAsync(new QueryMachines(), cancel).ConfigureAwait(false)), kvm);
    }

    /// <summary>Asks everything, in libvirt's order; <see cref="QemuFacts.Tcg"/> is filled only where KVM is not in use.</summary>
    public async Task<QemuFacts> AskAsync(CancellationToken cancel)
    {
        await OpenAsync(cancel).ConfigureAwait(false);
        var version = await monitor.RunAsync(new QueryVersion(), cancel).ConfigureAwait(false);
        _version = version.Version;
        _arch = ArchName(await monitor.RunAsync(new QueryTarget(), cancel).ConfigureAwait(false));
        _schema = new SchemaIndex(await monitor.RunAsync(new QueryQmpSchema(), cancel).ConfigureAwait(false));
        _commands.UnionWith(await monitor.RunAsync(new QueryCommands(), cancel).ConfigureAwait(false));
        _kvm = await IfKnownAsync(new QueryKvm(), cancel).ConfigureAwait(false);
        _types.UnionWith(await monitor.RunAsync(new QomListTypes(), cancel).ConfigureAwait(false));
        await AskPropertiesAsync(cancel).ConfigureAwait(false);
        _migratable = IsX86;
        _canonical = _properties.Values.Any(p => p.Contains("unavailable-features"));
        var machines = await AskMachinesAsync(cancel).ConfigureAwait(false);
        var models = await AskModelsAsync(cancel).ConfigureAwait(false);
        _tpm.UnionWith(await IfKnownAsync(new QueryTpmModels(), cancel).ConfigureAwait(false) ?? []);
        _tpm.UnionWith(await IfKnownAsync(new QueryTpmTypes(), cancel).ConfigureAwait(false) ?? []);
        foreach (var option in await monitor.RunAsync(new QueryCommandLineOptions(), cancel).ConfigureAwait(false))
            _options.TryAdd(option.Option, option.Parameters);
        _migration.UnionWith((await monitor.RunAsync(new QueryMigrateCapabilities(), cancel).ConfigureAwait(false)).Select(static one => one.Name));
        var gics = _arch is "aarch64" or "armv7l" or "armv6l" ? await IfKnownAsync(new QueryGicCapabilities(), cancel).ConfigureAwait(false) ?? [] : [];
        _sev = _types.Contains("sev-guest") ? await IfOfferedAsync(new QuerySevCapabilities(), cancel).ConfigureAwait(false) : null;
        _sgx = _types.Contains("sgx-epc") ? await IfOfferedAsync(new QuerySgxCapabilities(), cancel).ConfigureAwait(false) : null;
        var accelerator = new AcceleratorFacts
        {
            Machines = machines,
            CpuModels = models,
            HostCpu = await AskHostCpuAsync(_kvm ? "host" : "max", cancel).ConfigureAwait(false),
        };
        return new QemuFacts
        {
            Emulator = emulator,
            Arch = _arch,
            Version = (int)_version,
            Package = version.Package,
            Flags = FlagTable.Rules().Where(r => r.Archs?.Contains(_arch) is not false && Proven(r, models)).Select(r => r.Flag).ToFrozenSet(StringComparer.Ordinal),
            Kvm = _kvm ? accelerator : null,
            Tcg = _kvm ? null : accelerator,
            Gics = [.. gics],
            Sev = _sev,
            Sgx = _sgx,
            HypervFeatures = await AskHypervAsync(cancel).ConfigureAwait(false),
        };
    }

    /// <summary>Asks only what depends on the accelerator.</summary>
    public async Task<AcceleratorFacts> AskTranslatorAsync(QemuFacts first, CancellationToken cancel)
    {
        _arch = first.Arch;
        (_migratable, _canonical) = (IsX86, first.Has("canonical-cpu-features"));
        await OpenAsync(cancel).ConfigureAwait(false);
        _commands.UnionWith(["query-cpu-definitions", "query-cpu-model-expansion"]);
        var models = await AskModelsAsync(cancel).ConfigureAwait(false);
        var max = await AskHostCpuAsync("max", cancel).ConfigureAwait(false);
        var machines = await monitor.RunAsync(new QueryMachines(), cancel).ConfigureAwait(false);
        return new AcceleratorFacts { Machines = Ordered(machines), CpuModels = models, HostCpu = max };
    }

    async Task OpenAsync(CancellationToken cancel)
    {
        if (!_open) await monitor.OpenAsync(cancel).ConfigureAwait(false);
        _open = true;
    }

    async Task AskPropertiesAsync(CancellationToken cancel)
    {
        IEnumerable<(string Type, IQmpCommand<IReadOnlyList<QomProperty>> Ask)> asked =
        [
            .. AskedTypes.Devices.Where(d => d.If is null || _types.Contains(d.If))
                .Select(d => (d.Type, (IQmpCommand<IReadOnlyList<QomProperty>>)new DeviceListProperties(d.Type))),
            .. AskedTypes.Objects.Where(_types.Contains).Select(o => (o, (IQmpCommand<IReadOnlyList<QomProperty>>)new QomListProperties(o))),
        ];
        // All are asked before the first is answered.
        foreach (var (type, answer) in asked.Select(a => (a.Type, monitor.RunAsync(a.Ask, cancel))).ToList())
            await KeepAsync(type, answer).ConfigureAwait(false);
    }

    async Task KeepAsync(string name, Task<IReadOnlyList<QomProperty>> answer)
    {
        try
        {
            _properties[name] = [.. (await answer.ConfigureAwait(false)).Select(p => p.Name)];
        }
        catch (QmpRefusal)
        {
            // A type that cannot be asked has none of the properties.
        }
    }

    async Task<ImmutableArray<MachineFacts>> AskMachinesAsync(CancellationToken cancel)
    {
        var machines = await monitor.RunAsync(new QueryMachines(), cancel).ConfigureAwait(false);
        foreach (string family in AskedTypes.Machines)
            if ((machines.FirstOrDefault(m => m.Alias == family) ?? machines.FirstOrDefault(m => m.Name == family)) is { } newest)
                await KeepAsync($"machine {family}", monitor.RunAsync(new QomListProperties($"{newest.Name}-machine"), cancel)).ConfigureAwait(false);
        return Ordered(machines);
    }

    // The default machine stands first, as in libvirt's lists; Arm has none, and libvirt takes its oldest board.
    static ImmutableArray<MachineFacts> Ordered(IReadOnlyList<MachineAnswer> machines) =>
    [
        .. machines.Where(m => m.Name != "none")
            .OrderByDescending(m => m.IsDefault || (m.Name == "integratorcp" && !machines.Any(o => o.IsDefault))).Select(Machine),
    ];

    async Task<ImmutableArray<CpuModelFacts>> AskModelsAsync(CancellationToken cancel) =>
        [.. (await IfKnownAsync(new QueryCpuDefinitions(), cancel).ConfigureAwait(false) ?? []).Select(Model)];

    // QEMU spells POWER's models small where libvirt writes them large.
    string ModelName(string name) => _arch is not ("ppc64" or "ppc64le") ? name
        : CpuFamily.Of(_arch)!.ModelNames.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    async Task<ImmutableArray<string>?> AskHypervAsync(CancellationToken cancel)
    {
        if (!_kvm || _arch is not ("x86_64" or "i686" or "aarch64") || !_commands.Contains("query-cpu-model-expansion")) return null;
        var cpu = await IfOfferedAsync(new QueryCpuModelExpansion("full", "host", false) { HypervPassthrough = true }, cancel).ConfigureAwait(false);
        return cpu is null ? null : HypervFeatures.In(cpu.Properties);
    }

    async Task<HostCpuFacts?> AskHostCpuAsync(string model, CancellationToken cancel)
    {
        if (!_commands.Contains("query-cpu-model-expansion")) return null;
        try
        {
            var safe = await ExpandAsync(new(Kind, model), cancel).ConfigureAwait(false);
            if (!_migratable)
                return new(safe.Model) { Properties = [.. safe.Properties.Select(p => Property(p, null))] };
            var all = await ExpandAsync(new(Kind, model, false), cancel).ConfigureAwait(false);
            var migratable = safe.Properties.Where(p => p.Value.ValueKind == JsonValueKind.True).Select(p => p.Key)
                .ToHashSet(StringComparer.Ordinal);
            return new(all.Model)
            {
                Migratability = true,
                Properties = [.. all.Properties.Select(p => Property(p, migratable))],
            };
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }

    // The full expansion is all that Arm knows.
    string Kind => _arch is "aarch64" or "armv7l" ? "full" : "static";

    // A PC whose static expansion may not spell features as we know them is expanded once more, into every spelling.
    async Task<ExpandedCpu> ExpandAsync(QueryCpuModelExpansion ask, CancellationToken cancel)
    {
        var found = await monitor.RunAsync(ask, cancel).ConfigureAwait(false);
        return IsX86 && !_canonical
            ? await monitor.RunAsync(new QueryCpuModelExpansion("full", found.Model) { Properties = found.Properties }, cancel).ConfigureAwait(false)
            : found;
    }

    bool IsX86 => _arch is "x86_64" or "i686";

    static CpuProperty Property(KeyValuePair<string, JsonElement> property, HashSet<string>? migratable) =>
        property.Value.ValueKind switch
        {
            JsonValueKind.True => new(property.Key, CpuPropertyKind.Boolean, "true", migratable?.Contains(property.Key)),
            JsonValueKind.False => new(property.Key, CpuPropertyKind.Boolean, "false"),
            JsonValueKind.Number => new(property.Key, CpuPropertyKind.Number, property.Value.GetRawText()),
            _ => new(property.Key, CpuPropertyKind.String, property.Value.GetString() ?? ""),
        };

    static MachineFacts Machine(MachineAnswer machine) => new(machine.Name)
    {
        Alias = machine.Alias,
        MaxCpus = machine.MaxCpus,
        HotplugCpus = machine.HotplugCpus,
        IsDefault = machine.IsDefault,
        DefaultCpu = machine.DefaultCpu,
        DefaultRamId = machine.DefaultRamId,
        NumaMemSupported = machine.NumaMem,
        Deprecated = machine.Deprecated,
    };

    CpuModelFacts Model(CpuModelAnswer model) => new(ModelName(model.Name))
    {
        TypeName = model.Type is "" ? null : model.Type,
        Usable = model.Missing switch { null => CpuUsable.Unknown, [] => CpuUsable.Yes, _ => CpuUsable.No },
        Blockers = [.. model.Missing ?? []],
        Deprecated = model.Deprecated,
    };

    async Task<T?> IfKnownAsync<T>(IQmpCommand<T> command, CancellationToken cancel) =>
        _commands.Contains(command.Name) ? await monitor.RunAsync(command, cancel).ConfigureAwait(false) : default;

    async Task<T?> IfOfferedAsync<T>(IQmpCommand<T> command, CancellationToken cancel) where T : class
    {
        try
        {
            return await IfKnownAsync(command, cancel).ConfigureAwait(false);
        }
        catch (QmpRefusal)
        {
            return null;
        }
    }

    bool Proven(FlagRule rule, ImmutableArray<CpuModelFacts> models) => rule.Kind switch
    {
        "always" or "tcg" => true,
        "kvm" => _kvm,
        "arch" => _arch == rule.Subject,
        "since" => _version >= uint.Parse(rule.Subject, CultureInfo.InvariantCulture),
        "before" => _version < uint.Parse(rule.Subject, CultureInfo.InvariantCulture),
        "type" => _types.Contains(rule.Subject),
        "prop" or "qom" => _properties.TryGetValue(rule.Subject, out var known) && known.Contains(rule.Detail),
        "machine" => _properties.TryGetValue($"machine {rule.Subject}", out var known) && known.Contains(rule.Detail),
        "sev" => _sev is not null,
        "sgx" => _sgx is not null,
        "cmd" => _commands.Contains(rule.Subject),
        "schema" => _schema!.Has(rule.Subject),
        "opt" => _options.TryGetValue(rule.Subject, out var parameters) && (rule.Detail.Length == 0 || parameters.Contains(rule.Detail)),
        "switch" => _types.Contains("hpet") && !(_options.TryGetValue("machine", out var machine) && machine.Contains("hpet")),
        "migrate" => _migration.Contains(rule.Subject),
        "tpm" => _tpm.Contains(rule.Subject),
        "cpu" => models.Any(m => m.Name == rule.Subject),
        _ => false,
    };

    /// <summary>libvirt's name of QEMU's target.</summary>
    static string ArchName(string target) => target switch { "i386" => "i686", "arm" => "armv7l", _ => target };
}
