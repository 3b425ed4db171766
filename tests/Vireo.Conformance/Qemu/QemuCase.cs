using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Vireo.Conformance.Runner;
using Vireo.Core;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Conformance.Qemu;

/// <summary>One case of a qemu suite with the environment that the corpus describes.</summary>
sealed class QemuCase(CaseInput input)
{
    static readonly Dictionary<string, string> Emulators = new(StringComparer.Ordinal)
    {
        ["i686"] = "i386", ["armv7l"] = "arm", ["armv6l"] = "arm", ["ppc64le"] = "ppc64",
    };

    public CaseInput Input => input;

    public JsonElement? DriverConfig => input.Find("driver_config");

    /// <summary>The written definition with defaults and addresses, as the driver's parser leaves it.</summary>
    public DomainDef Define(bool inactive)
    {
        DomainDef written = DomainDef.Parse(input.Text("input"), inactive ? DomainParse.Inactive : DomainParse.None);
        QemuFacts facts = FactsFor(written);
        QemuRules.CheckBinary(written, facts).ThrowFirst();
        DomainDef complete = DefinitionPasses.Complete(written, new DefinitionContext
        {
            Facts = facts,
            IsNew = input.Words("parse_flags").Contains("VIR_DOMAIN_DEF_PARSE_ABI_UPDATE"),
            HostPci = HostPci,
            Inactive = inactive,
            LibraryFolder = "/tmp/lib",
            ChannelFolder = "/tmp/channel",
            HostAudio = Variable("QEMU_AUDIO_DRV"),
            SdlAudio = Variable("SDL_AUDIODRIVER"),
            VncAllowsHostAudio = Setting("vncAllowHostAudio"),
            NographicsAllowsHostAudio = Setting("nogfxAllowHostAudio"),
            NewUuid = () => new Uuid([0, 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 13, 14, 15]),
            NewMac = () => new MacAddress(0x525400020100),
        });
        QemuRules.Check(complete, facts).ThrowFirst();
        return complete;
    }

    public QemuFacts FactsFor(DomainDef machine)
    {
        string arch = machine.Os.Arch ?? "x86_64";
        if (input.Has("caps"))
        {
            using StreamReader reader = File.OpenText(input.PathOf("caps"));
            QemuFacts facts = CapabilityCacheReader.Read(reader);
            facts = facts with { Flags = facts.Flags.Concat(input.Words("extra_caps_flags")).ToFrozenSet() };
            return input.Has("strip_machine_aliases") ? facts with { Kvm = Split(facts.Kvm), Tcg = Split(facts.Tcg) } : facts;
        }
        string[] machines = arch switch
        {
            "i686" => ["pc"],
            "x86_64" => ["pc", "q35"],
            "aarch64" => ["virt", "virt-2.6", "versatilepb"],
            "armv7l" => ["vexpress-a9", "virt"],
            "ppc64" => ["pseries"],
            "ppc" => ["ppce500"],
            "riscv32" or "riscv64" => ["virt"],
            "s390x" => ["s390-ccw-virtio"],
            "sparc" => ["SS-5"],
            _ => [],
        };
        var accelerator = new AcceleratorFacts { Machines = [.. machines.Select(name => new MachineFacts(name))] };
        return new QemuFacts
        {
            Emulator = $"/usr/bin/qemu-system-{Emulators.GetValueOrDefault(arch, arch)}",
            Arch = arch,
            Version = 0,
            Flags = input.Words("caps_flags").Append("tcg").Append("kvm").ToFrozenSet(),
            Kvm = accelerator,
            Tcg = accelerator,
            Gics = Gics(),
        };
    }

    ImmutableArray<GicFacts> Gics() => input.Word("gic") switch
    {
        "v2" => [new GicFacts(2, true, true)],
        "v3" => [new GicFacts(3, true, true)],
        "both" => [new GicFacts(2, true, true), new GicFacts(3, true, true)],
        _ => [],
    };

    public HostPciFacts? HostPci(HostPciAddress address)
    {
        string fixtures = input.Shared("fixtures");
        using JsonDocument host = JsonDocument.Parse(File.ReadAllText(Path.Combine(fixtures, "pci-devices.json")));
        string name = $"{address.Domain:x4}:{address.Bus:x2}:{address.Slot:x2}.{address.Function:x}";
        foreach (JsonElement device in host.RootElement.GetProperty("devices").EnumerateArray())
            if (device.GetProperty("address").GetString() == name)
            {
                byte[] config = device.TryGetProperty("config", out JsonElement file) ? File.ReadAllBytes(Path.Combine(fixtures, file.GetString()!)) : [];
                return new HostPciFacts(device.TryGetProperty("iommu_group", out JsonElement group) ? group.GetInt32() : null, IsExpress(config));
            }
        return null;
    }

    /// <summary>The list of capabilities in the configuration space has one of number 0x10.</summary>
    static bool IsExpress(ReadOnlySpan<byte> config)
    {
        if (config.Length < 64)
            return false;
        for (int at = config[0x34], rounds = 0; at != 0 && at + 1 < config.Length && rounds < 48; at = config[at + 1], rounds++)
            if (config[at] == 0x10)
                return true;
        return false;
    }

    string? Variable(string name) => input.Find("env") is { } all && all.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    bool Setting(string name) =>
        DriverConfig is { } config && config.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True;

    static AcceleratorFacts? Split(AcceleratorFacts? facts) => facts is null ? null : facts with
    {
        Machines = [.. facts.Machines.SelectMany(static m => m.Alias is { } alias
            ? (MachineFacts[])[m with { Name = alias, Alias = null }, m with { Alias = null, IsDefault = false }]
            : [m])],
    };
}
