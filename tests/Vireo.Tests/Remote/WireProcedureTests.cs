using System.Text.Json;
using Vireo.Core.Errors;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>
/// Every procedure of every program with a value in every field, with none, and with each of its lists as long as it may be and by one
/// item longer. The payloads are made from libvirt's facts, not by our writers.
/// </summary>
public class WireProcedureTests
{
    static readonly string[] programs = ["remote", "qemu", "lxc", "admin", "log", "lock"];

    /// <summary>The remote program's structures are known to those of hypervisors as well.</summary>
    static (List<WireProcedure> Calls, int Events) Load()
    {
        JsonElement facts = Facts.Load("rpc.json");
        var types = programs.SelectMany(p => facts.GetProperty(p).GetProperty("types").EnumerateArray())
            .ToDictionary(t => t.GetProperty("name").GetString()!);
        var calls = new List<WireProcedure>();
        int events = 0;
        foreach (string program in programs)
        {
            foreach (JsonElement procedure in facts.GetProperty(program).GetProperty("procedures").EnumerateArray())
            {
                if (procedure.GetProperty("type").GetString() is "event")
                    events++;
                else
                    calls.Add(new WireProcedure(program, procedure, types));
            }
        }
        return (calls, events);
    }

    [Theory]
    [InlineData(nameof(Fill.Rich))]
    [InlineData(nameof(Fill.Bare))]
    public void Every_call_and_its_answer_come_out_as_they_went_in(string how)
    {
        Fill fill = Enum.Parse<Fill>(how);
        (List<WireProcedure> calls, int _) = Load();
        var complaints = new List<string>();
        var wires = programs.ToDictionary(p => p, WireCall.Of);
        foreach (WireProcedure p in calls)
        {
            int items = p.Items(fill);
            byte[] arguments = p.MakeArguments(fill, items), results = p.MakeResults(fill, items);
            (byte[] sent, RecordedCall call) = wires[p.Program].Make(p.Number, arguments, p.Files, p.Daemon(fill, results, items));
            string name = $"{p.Program} {p.Number}";
            if (call.Error is { } error)
                complaints.Add($"{name}: {error.Message}");
            else if (!Same(p.SentOn(fill, items), sent))
                complaints.Add($"{name}: sent\n{Convert.ToHexString(p.SentOn(fill, items))}, became\n{Convert.ToHexString(sent)}");
            else if (!Same(results, call.Answer!))
                complaints.Add($"{name}: answered\n{Convert.ToHexString(results)}, became\n{Convert.ToHexString(call.Answer!)}");
            else if (p.GivesFiles != call.Brought > 0)
                complaints.Add($"{name}: {call.Brought} descriptors came with the answer");
        }
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        Assert.Equal(392 + 6 + 1 + 19 + 4 + 8, calls.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls.Count} calls, both ways");
    }

    /// <summary>Equal, but for words that mean yes or no: any number but 0 is yes, which we write as 1.</summary>
    static bool Same(byte[] expected, byte[] actual)
    {
        if (expected.AsSpan().SequenceEqual(actual))
            return true;
        if (expected.Length != actual.Length)
            return false;
        for (int i = 0; i < expected.Length; i += 4)
        {
            Span<byte> theirs = expected.AsSpan(i, Math.Min(4, expected.Length - i)), ours = actual.AsSpan(i, theirs.Length);
            bool yes = ours is [0, 0, 0, 1] && theirs is [1, 2, 3, _];
            if (!yes && !theirs.SequenceEqual(ours))
                return false;
        }
        return true;
    }

    [Fact]
    public void Every_list_may_be_as_long_as_libvirt_says_and_no_longer()
    {
        (List<WireProcedure> calls, int _) = Load();
        var complaints = new List<string>();
        var wires = programs.ToDictionary(p => p, WireCall.Of);
        int tried = 0;
        foreach (WireProcedure p in calls)
        {
            foreach (BoundedField field in p.BoundedArguments)
            {
                tried++;
                int items = p.Items(Fill.Rich);
                byte[] results = p.MakeResults(Fill.Rich, items);
                Expect(p, field, sent: true, beyond: false, p.MakeArguments(Fill.Rich, items, field.Path, field.Most), results, items);
                Expect(p, field, sent: true, beyond: true, p.MakeArguments(Fill.Rich, items, field.Path, field.Most + 1), results, items);
            }
            foreach (BoundedField field in p.BoundedResults)
            {
                tried++;
                bool list = field == p.BoundedResults.First() && p.Shape is not Vireo.Driver.Shape.Plain;
                int most = list ? field.Most : p.Items(Fill.Rich), more = list ? field.Most + 1 : most;
                Expect(p, field, sent: false, beyond: false,
                    p.MakeArguments(Fill.Rich, most), p.MakeResults(Fill.Rich, most, field.Path, field.Most), most);
                Expect(p, field, sent: false, beyond: true,
                    p.MakeArguments(Fill.Rich, most), p.MakeResults(Fill.Rich, more, field.Path, field.Most + 1), more);
            }
        }
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        Assert.True(tried > 100, $"only {tried} lists");
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} lists, opaque values and texts in chars, at their bounds and one beyond");

        void Expect(WireProcedure p, BoundedField field, bool sent, bool beyond, byte[] arguments, byte[] results, int items)
        {
            RecordedCall call = wires[p.Program].Make(p.Number, arguments, p.Files, p.Daemon(Fill.Rich, results, items)).Call;
            bool refused = call.Error is { Code: ErrorCode.Rpc, Str2: "Unable to decode message payload" };
            if (refused != beyond || (!beyond && (call.Error is not null || (!sent && !Same(results, call.Answer!)))))
                complaints.Add($"{p.Program} {p.Number} {(sent ? "argument" : "result")} {field.Path} with {(beyond ? field.Most + 1 : field.Most)}: {call.Error?.Message ?? "taken"}");
        }
    }
}
