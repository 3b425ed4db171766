using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Facts.Cache;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Probe;

namespace Vireo.Conformance.Qemu;

/// <summary>Binaries are asked what libvirt asks, in its order, and the cache that comes of it is libvirt's.</summary>
sealed class QemuCapabilitiesSuite : Suite
{
    public override string Name => "qemu-capabilities";

    public override Outputs Run(CaseInput input)
    {
        QemuFacts facts = AskAsync(input).GetAwaiter().GetResult();
        string written = ToXml(facts);
        QemuFacts read = CapabilityCache.Parse(written).ToFacts();
        return ToXml(read) == written ? Outputs.Of(written) : throw new CaseFault("the cache does not survive being read");
    }

    static string ToXml(QemuFacts facts) => (facts.ToCache() with { BinaryChanged = 0, WriterChanged = 0, WriterVersion = 0 }).ToXml();

    static async Task<QemuFacts> AskAsync(CaseInput input)
    {
        var talks = RecordedQemu.Conversations(input.Text("input"));
        if (talks.Count != (input.Flag("kvm") ? 2 : 1))
            throw new CaseFault($"{talks.Count} conversations");
        QemuFacts facts = await HoldAsync(talks[0], (talk, cancel) => talk.AskAsync(cancel), input.Word("binary")!);
        if (input.Flag("kvm"))
            facts = facts with { Tcg = await HoldAsync(talks[1], (talk, cancel) => talk.AskTranslatorAsync(facts, cancel), "") };
        return facts with { MicrocodeVersion = input.Find("microcode_version")?.GetUInt32() ?? 0 };
    }

    static async Task<T> HoldAsync<T>(
        IReadOnlyList<(JsonNode Asked, JsonNode Answer)> recorded,
        Func<QemuConversation, CancellationToken, Task<T>> ask, string binary)
    {
        await using RecordedQemu qemu = RecordedQemu.Start(recorded, out Stream line);
        await using var monitor = new QmpMonitor(line);
        T found;
        try
        {
            found = await ask(new QemuConversation(monitor, binary), CancellationToken.None);
        }
        catch (QmpRefusal refused)
        {
            throw new CaseFault(await qemu.EndAsync() ?? refused.Message);
        }
        return await qemu.EndAsync() is { } wrong ? throw new CaseFault(wrong) : found;
    }
}
