using System.Diagnostics;
using System.Globalization;
using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

// In process: "NAME_us MICROSECONDS" a line for each argument. NAME=FILE: reads and writes a definition. NAME=cpus:COUNT: the baseline of so many
// hosts' CPUs, from their XML to its.
const int Warming = 3000, Batches = 7;
foreach (string argument in args)
{
    if (argument.Split('=', 2) is not [var name, var what])
        return 2;
    (Func<int> once, int count) = what.StartsWith("cpus:", StringComparison.Ordinal)
        ? (Baseline(int.Parse(what.AsSpan("cpus:".Length), CultureInfo.InvariantCulture)), 5)
        : Document(File.ReadAllText(what));
    for (int i = 0; i < Math.Min(Warming, count * 4); i++)
        once();
    var each = new double[Batches];
    for (int batch = 0; batch < Batches; batch++)
    {
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            once();
        each[batch] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / count;
    }
    Array.Sort(each);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}_us {each[Batches / 2]:0.0}"));
}
return 0;

static (Func<int> Once, int Count) Document(string text) =>
    (() => DomainDef.Parse(text).ToXml(DomainFormat.Secure | DomainFormat.Inactive).Length, Math.Clamp(4_000_000 / text.Length, 10, 2000));

// Processors of one vendor, a dozen models, each host with twenty features of its own on top.
static Func<int> Baseline(int count)
{
    string[] models = ["Westmere", "SandyBridge", "IvyBridge-IBRS", "Haswell-noTSX", "Broadwell", "Skylake-Client-IBRS", "Skylake-Server", "Cascadelake-Server", "Icelake-Server"];
    string[] features = [.. X86Map.Shared.Features.Select(static f => f.Name)];
    string[] hosts =
    [
        .. Enumerable.Range(0, count).Select(i => $"<cpu><arch>x86_64</arch><model>{models[i % models.Length]}</model><vendor>Intel</vendor>"
            + string.Concat(Enumerable.Range(0, 20).Select(k => features[(i * 7 + k * 11) % features.Length]).Distinct().Select(static f => $"<feature name='{f}'/>")) + "</cpu>"),
    ];
    return () =>
    {
        CpuSpec common = X86Cpus.Shared.Baseline([.. hosts.Select(static xml =>
        {
            StandaloneCpu cpu = StandaloneCpu.ParseHost(xml, static _ => true);
            return cpu.Definition.ToSpec() with { Role = CpuRole.Host, Architecture = cpu.Arch };
        })]);
        return common.Features.Count;
    };
}
