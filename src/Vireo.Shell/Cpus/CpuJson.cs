using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vireo.Cpu;
using Vireo.Cpu.Advice;
using Vireo.Cpu.Map;

namespace Vireo.Shell.Cpus;

/// <summary>The answers for programs: one JSON object each.</summary>
static class CpuJson
{
    static readonly JsonWriterOptions layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a cause is called, in both forms.</summary>
    public static string Word(ObstacleCause cause) => cause switch
    {
        ObstacleCause.Map => "map",
        ObstacleCause.Qemu => "qemu",
        ObstacleCause.Kernel => "kernel",
        ObstacleCause.Microcode => "microcode",
        ObstacleCause.Processor => "processor",
        ObstacleCause.Host => "host",
        _ => "policy",
    };

    public static void Write(TextWriter output, GuestWish guest, IReadOnlyList<CpuVerdict> verdicts) => Object(output, json =>
    {
        json.WriteString("guest", guest.Name);
        json.WriteString("note", guest.Note);
        json.WriteStartArray("hosts");
        foreach (CpuVerdict verdict in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("host", verdict.Host.Name);
            json.WriteBoolean("runs", verdict.Runs);
            json.WriteStartArray("obstacles");
            foreach (Obstacle one in verdict.Obstacles)
            {
                json.WriteStartObject();
                json.WriteString("name", one.Name);
                json.WriteString("cause", Word(one.Cause));
                json.WriteString("why", one.Why);
                json.WriteString("remedy", one.Remedy);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public static void Write(TextWriter output, FleetBaseline fleet) => Object(output, json =>
    {
        json.WriteString("model", fleet.Cpu.Model);
        json.WriteString("vendor", fleet.Cpu.Vendor);
        json.WriteStartArray("features");
        foreach (FeatureTerm one in fleet.Cpu.Features)
        {
            json.WriteStartObject();
            json.WriteString("name", one.Name);
            json.WriteString("policy", one.Policy.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("sees", fleet.Sees);
        json.WriteStartArray("hosts");
        foreach (FleetShare share in fleet.Shares)
        {
            json.WriteStartObject();
            json.WriteString("host", share.Host.Name);
            Names(json, "loses", share.Loses);
            Names(json, "costs", share.Costs);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("dearest", fleet.Dearest?.Host.Name);
    });

    public static void Write(TextWriter output, MapRelease former, MapRelease latter, MapDifference difference) => Object(output, json =>
    {
        json.WriteString("from", former.ToString());
        json.WriteString("to", latter.ToString());
        Names(json, "newFeatures", difference.NewFeatures);
        Names(json, "goneFeatures", difference.GoneFeatures);
        json.WriteStartArray("models");
        foreach (MapChange change in difference.Models)
        {
            json.WriteStartObject();
            json.WriteString("model", change.Model);
            json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
            Names(json, "features", change.Features);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    static void Names(Utf8JsonWriter json, string member, IReadOnlyList<string> names)
    {
        json.WriteStartArray(member);
        foreach (string name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    static void Object(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, layout))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }
}
