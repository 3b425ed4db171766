using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Addresses;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Documents;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Testing.Qemu;

namespace Vireo.Conformance.Qemu;

/// <summary>Devices of a running machine: what is said to a scripted QEMU, and what the machine is like after each step.</summary>
sealed class HotplugSuite : Suite
{
    public override string Name => "qemu-hotplug";

    // The steps hold what is expected of each beside what is done in it.
    public override IEnumerable<string> Expected(JsonElement manifest) => ["steps"];

    public override Outputs Run(CaseInput input)
    {
        var made = new System.Text.Json.Nodes.JsonArray();
        JsonElement[] steps = [.. input.Json("steps").EnumerateArray()];
        var guest = new ScriptedGuest(new QemuCase(input), FlagsOf(input, Name), input.TextAt(steps[0].GetProperty("domain").GetString()!));
        foreach (JsonElement step in steps)
            made.Add(guest.StepAsync(step, input.TextAt(step.GetProperty("device").GetString()!)).GetAwaiter().GetResult());
        return new Outputs { ["steps"] = Output.Value(made) };
    }

    /// <summary>What the binary of a suite's cases can do.</summary>
    internal static string[] FlagsOf(CaseInput input, string suite)
    {
        using JsonDocument about = JsonDocument.Parse(File.ReadAllText(input.Shared($"{suite}/suite.json")));
        return [.. about.RootElement.GetProperty("environment").GetProperty("caps_flags").EnumerateArray().Select(static f => f.GetString()!), "tcg", "kvm"];
    }

    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        var steps = ((Output.OfValue)made).Made!.AsArray();
        int at = 0;
        foreach (JsonElement wanted in JsonDocument.Parse(expected!).RootElement.EnumerateArray())
        {
            var got = steps[at]!;
            string outcome = wanted.GetProperty("outcome").GetString()!, did = got["outcome"]!.GetValue<string>(), xml = got["domain"]!.GetValue<string>();
            if ((outcome is "error") != (did is "error"))
                return $"step {at}: want {outcome} got {did}: {got["why"]}";
            if (wanted.TryGetProperty("expected_domain", out JsonElement file) && Corpus.FirstDifference(input.TextAt(file.GetString()!), xml) is { } difference)
                return $"step {at}: {difference}";
            if (wanted.TryGetProperty("domain_must_differ_from", out JsonElement other) && xml == input.TextAt(other.GetString()!))
                return $"step {at}: the device is gone";
            at++;
        }
        return null;
    }
}

/// <summary>A machine that exists only as a definition and a script of what QEMU answers.</summary>
sealed class ScriptedGuest : IPlugGuest
{
    readonly QemuCase @case;
    uint images;

    public ScriptedGuest(QemuCase @case, string[] flags, string xml)
    {
        this.@case = @case;
        DomainDef written = DomainDef.Parse(xml, DomainParse.None);
        Facts = @case.FactsFor(written) with { Flags = flags.ToFrozenSet(StringComparer.Ordinal) };
        DomainDef complete = DefinitionPasses.Complete(written, Context(inactive: false) with { IsNew = false });
        Def = Aliases.Apply(complete) with { Id = 7 };
    }

    DefinitionContext Context(bool inactive) => new() { Facts = Facts, HostPci = @case.HostPci, Inactive = inactive };

    public DomainDef Def { get; private set; }
    public QemuFacts Facts { get; }
    public QmpMonitor Monitor { get; private set; } = null!;
    public IGuestPlanning Planning => new CasePlanning(this);
    public FlowHost Flows => FlowHost.Quiet;
    public UnplugWaits Unplugs { get; } = new();
    public TimeSpan UnplugPatience => TimeSpan.FromMilliseconds(20);
    public TimeProvider Time => TimeProvider.System;

    public StartContext Start => new()
    {
        DomainDirectory = "/tmp/lib/domain-7-hotplug", ShortName = "7-hotplug", MonitorPath = "/tmp/lib/monitor.sock", Descriptors = new DescriptorNumbers.Counting(),
    };

    public uint NextImage() => ++images;
    public Device Locate(Device device) => device is Disk { BackingStore: null } disk ? disk with { BackingStore = new BackingStore() } : device;
    public IEnumerable<FlowPart> Prepare(Device device, DevicePlan plan) => [];
    public ValueTask<(SafeFileHandle Handle, string? Name)> OpenAsync(DescriptorStep step, CancellationToken cancel) => new((File.OpenHandle("/dev/null"), null));
    public ValueTask BindFilterAsync(Interface card, CancellationToken cancel) => ValueTask.CompletedTask;

    public ValueTask UnbindFilterAsync(Interface card) => ValueTask.CompletedTask;

    public IEnumerable<FlowPart> Label(Device device) => [];
    public ValueTask ReleaseAsync(Device device, DevicePlan plan) => ValueTask.CompletedTask;
    public void Note(Device? pending) { }
    public void Publish(Func<DomainDef, DomainDef> change) => Def = change(Def);
    public void Tell(PlugNews news, Device device) { }
    public void Audit(Device device, bool comes, bool success) { }

    /// <summary>Does one step against its part of the script.</summary>
    public async Task<System.Text.Json.Nodes.JsonNode> StepAsync(JsonElement step, string device)
    {
        await using var qemu = new ScriptedQemu(step.GetProperty("qmp"), out Stream line);
        await using var monitor = new QmpMonitor(line, told =>
        {
            if (told is DeviceDeletedEvent { Device: { } alias })
                Unplugs.Tell(alias, Unplug.Gone);
        });
        Monitor = monitor;
        await monitor.OpenAsync(CancellationToken.None);
        string outcome = "done", why = "";
        try
        {
            DeviceDocument document = DeviceDocument.Parse(device, step.GetProperty("action").GetString() is "attach" ? DomainParse.Inactive : DomainParse.None);
            switch (step.GetProperty("action").GetString())
            {
                case "attach": await LiveChanges.AttachAsync(this, document, CancellationToken.None); break;
                case "update": await LiveUpdates.RunAsync(this, document, force: false, CancellationToken.None); break;
                default: outcome = await LiveChanges.DetachAsync(this, document, CancellationToken.None) is Unplug.Gone ? "done" : "device-stays"; break;
            }
        }
        catch (VireoException refused)
        {
            (outcome, why) = ("error", refused.Message);
        }
        if (qemu.Fault is { } fault)
            throw new CaseFault(fault);
        return new System.Text.Json.Nodes.JsonObject { ["outcome"] = outcome, ["why"] = why, ["domain"] = Def.ToXml(DomainFormat.Secure) };
    }

    sealed class CasePlanning(ScriptedGuest guest) : IGuestPlanning
    {
        public DomainDef Complete(DomainDef written, QemuFacts facts) => WithDefaults(written, facts);
        public DomainDef WithDefaults(DomainDef written, QemuFacts facts) => DefinitionPasses.Complete(written, guest.Context(inactive: true));
        public DomainDef MakeLive(DomainDef definition, QemuFacts facts, LivePaths paths) => LivePasses.Apply(definition);
        public QemuCommandLine Build(DomainDef live, QemuFacts facts, StartContext context) => QemuCommandLineBuilder.Build(live, facts, context);
    }
}
