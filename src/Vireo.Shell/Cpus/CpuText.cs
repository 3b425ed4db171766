using System.Globalization;
using Vireo.Core.Xml;
using Vireo.Cpu;
using Vireo.Cpu.Advice;
using Vireo.Cpu.Map;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Shell.Cpus;

/// <summary>Whether a guest runs on a host, and why not.</summary>
sealed record CpuVerdict(HostView Host, IReadOnlyList<Obstacle> Obstacles)
{
    public bool Runs => Obstacles.Count == 0;
}

/// <summary>The answers for people.</summary>
static class CpuText
{
    const int LineLength = 110;

    public static void Write(TextWriter output, GuestWish guest, IReadOnlyList<CpuVerdict> verdicts)
    {
        if (guest.Note is not null)
        {
            Line(output, $"{guest.Name} {guest.Note}");
            return;
        }
        string wish = guest.Cpu!.FollowsHost ? "host-model" : guest.Cpu.Model ?? "";
        foreach (CpuVerdict verdict in verdicts)
        {
            Line(output, $"{guest.Name} ({wish}) {(verdict.Runs ? "runs" : "does not run")} on {verdict.Host.Name}");
            foreach (var alike in verdict.Obstacles.GroupBy(static o => (o.Cause, o.Why, o.Remedy)))
            {
                List(output, $"  {CpuJson.Word(alike.Key.Cause)}: {alike.Key.Why}", [.. alike.Select(static o => o.Name)]);
                Line(output, $"    -> {alike.Key.Remedy}");
            }
        }
    }

    public static void Write(TextWriter output, FleetBaseline fleet)
    {
        output.Write(Xml(fleet.Cpu));
        Line(output, "");
        Line(output, $"Its guests see {fleet.Sees} features on each of {fleet.Shares.Count} {(fleet.Shares.Count == 1 ? "host" : "hosts")}.");
        foreach (FleetShare share in fleet.Shares)
        {
            List(output, $"{share.Host.Name} has {Count(share.Loses)} more", share.Loses);
            if (share.Costs.Count > 0)
                List(output, $"  without it all could have {Count(share.Costs)} more", share.Costs);
        }
        if (fleet.Dearest is { } dearest && fleet.Shares.Count > 1)
            Line(output, $"{dearest.Host.Name} costs the fleet most.");
    }

    public static void Write(TextWriter output, MapRelease former, MapRelease latter, MapDifference difference)
    {
        if (difference is { Models.Count: 0, NewFeatures.Count: 0, GoneFeatures.Count: 0 })
        {
            Line(output, $"CPU models mean the same in {former} and {latter}.");
            return;
        }
        List(output, "Models that are new", [.. Named(difference, MapChangeKind.New)]);
        List(output, "Models that are gone", [.. Named(difference, MapChangeKind.Gone)]);
        List(output, "Features that have a name now", difference.NewFeatures);
        List(output, "Features that have no name any more", difference.GoneFeatures);
        foreach (var alike in difference.Models.Where(static c => c.Kind is not (MapChangeKind.New or MapChangeKind.Gone))
            .GroupBy(static c => (c.Kind, Features: string.Join(' ', c.Features))))
        {
            string[] models = [.. alike.Select(static c => c.Model)];
            Wrapped(output, "", [.. models[..^1].Select(static name => name + ","), models[^1] + ":"]);
            List(output, $"  {Effect(alike.Key.Kind)}", alike.First().Features);
        }
    }

    /// <summary>A guest's element as a definition has it.</summary>
    public static string Xml(CpuSpec cpu)
    {
        var output = new XmlOutput(new XmlOutputOptions());
        new CpuDef().With(cpu).WriteXml(output);
        return output.ToString();
    }

    static IEnumerable<string> Named(MapDifference difference, MapChangeKind kind) => difference.Models.Where(c => c.Kind == kind).Select(static c => c.Model);

    static string Effect(MapChangeKind kind) => kind switch
    {
        MapChangeKind.Removed => "no longer part of the model; definitions that use it state it, turned off unless asked for",
        MapChangeKind.Dropped => "no longer part of the model, with which QEMU never had it; only XML for other hosts states it",
        MapChangeKind.Restored => "part of the model again",
        MapChangeKind.Added => "always enabled by QEMU with the model and named now; running guests state it",
        MapChangeKind.Unnamed => "enabled by QEMU and not named any more",
        _ => "stands for other processors",
    };

    static string Count(IReadOnlyList<string> names) => names.Count.ToString(CultureInfo.InvariantCulture);

    static void List(TextWriter output, string title, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            if (!title.StartsWith("Models", StringComparison.Ordinal) && !title.StartsWith("Features", StringComparison.Ordinal))
                Line(output, title);
            return;
        }
        Line(output, title + ":");
        Wrapped(output, "    ", names);
    }

    static void Wrapped(TextWriter output, string indent, IEnumerable<string> words)
    {
        string line = indent;
        foreach (string word in words)
        {
            if (line.Length + word.Length > LineLength)
            {
                Line(output, line);
                line = indent;
            }
            line += word + " ";
        }
        Line(output, line);
    }

    static void Line(TextWriter output, string text) => output.Write(text.TrimEnd() + "\n");
}
