using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>
/// Every procedure that is there, over a socket: refused without each right that libvirt wants for it, refused on other people's objects, and
/// allowed with exactly those rights.
/// </summary>
public sealed partial class AccessMatrixTests : AccessMatrix
{
    // Opening closes what is open, closing ends the connection, and login procedures are asked by nobody's right.
    static readonly int[] apart = [1, 2, 66, 67, 68, 69, 70];

    // What the session answers itself, without the driver.
    static readonly int[] ownCalls = NumbersOf(typeof(ISessionCalls));

    public AccessMatrixTests() : base("remote", Procedures.Program) { }

    IEnumerable<(JsonElement Procedure, int Number, Rule[] Rules)> All() =>
        Calls().Where(call => Procedures.Table.Find(call.Number) is not null && !apart.Contains(call.Number));

    [Fact]
    public void Every_procedure_is_refused_without_each_of_its_rights_and_allowed_with_exactly_those()
    {
        int procedures = 0, refused = 0, allowed = 0;
        var complaints = new List<string>();
        foreach ((JsonElement procedure, int number, Rule[] rules) in All())
        {
            procedures++;
            string name = procedure.GetProperty("name").GetString()!;
            foreach (Rule rule in rules)
            {
                Rights.Rule = question => question.Right != rule.Right;
                Driver.Ran.Clear();
                VirError? error = Call(Client, number, Arguments(procedure, rules, rule));
                bool looks = Procedures.Subjects.Split('\n').Any(line => line.StartsWith($"{number}|", StringComparison.Ordinal) && (line.EndsWith("|found", StringComparison.Ordinal) || line.EndsWith("|file", StringComparison.Ordinal)));
                if (error is { Code: ErrorCode.AccessDenied, Message: "access denied: 'ANY' denied access" } && (looks || !Driver.Ran.Contains(number)))
                    refused++;
                else
                    complaints.Add($"{name} without {rule.Right}: {error?.Message ?? "answered"}, {(Driver.Ran.Contains(number) ? "ran" : "did not run")}");
            }
            foreach (Rule? rule in rules.Where(r => r.Flags is not 0 || r.Parameter is not null).Prepend(null))
            {
                AccessRight[] held = [.. rules.Select(r => r.Right)];
                Rights.Rule = question => held.Contains(question.Right);
                Driver.Ran.Clear();
                VirError? error = Call(Client, number, Arguments(procedure, rules, rule));
                bool ran = Driver.Ran.Contains(number) || ownCalls.Contains(number) || error?.Message.Contains("FD available at slot", StringComparison.Ordinal) is true;
                if (error is null || (ran && error.Code is not ErrorCode.AccessDenied))
                    allowed++;
                else
                    complaints.Add($"{name} with {string.Join(' ', held)}: {error.Message}");
            }
        }
        Rights.Rule = static _ => true;
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{procedures} procedures: {refused} times refused, {allowed} times allowed"));
        Assert.True(procedures > 200 && refused > procedures, $"only {procedures} procedures, refused {refused} times");
    }

    [Fact]
    public void Rights_on_one_object_are_none_on_another_whatever_the_caller_calls_it()
    {
        var how = Procedures.Subjects.Split('\n').Select(line => line.Trim().Split('|')).Where(line => line[2] is not ("events" or "list" or "older list"))
            .GroupBy(line => int.Parse(line[0], CultureInfo.InvariantCulture)).ToDictionary(group => group.Key, group => group.First()[2]);
        int procedures = 0, refused = 0, allowed = 0;
        var complaints = new List<string>();
        Rights.Rule = static question => question.Right.Object is AccessObject.Connect || Own(question.Subject);
        foreach ((JsonElement procedure, int number, Rule[] rules) in All())
        {
            string name = procedure.GetProperty("name").GetString()!;
            if (!how.TryGetValue(number, out string? way) || name is "REMOTE_PROC_DOMAIN_LOOKUP_BY_ID")
                continue;
            procedures++;
            foreach ((string called, Uuid uuid, bool may) in new[]
            {
                ("mine", AnyDriver.Mine, true), ("other", AnyDriver.Other, false), ("mine", AnyDriver.Other, false), ("other", AnyDriver.Mine, true),
            })
            {
                byte[] arguments = Arguments(procedure, rules, null, called, uuid);
                // Those that are found by name have no uuid to be wrong about, and a document tells both.
                bool mixed = called is "mine" != (uuid == AnyDriver.Mine);
                if (mixed && (arguments.AsSpan().IndexOf(UuidBytes(uuid)) < 0 || rules.Any(r => r.Right.Object is AccessObject.StorageVolume)
                    || (may && way is not "argument")))
                    continue;
                VirError? error = Call(Client, number, arguments);
                bool was = error is not { Code: ErrorCode.AccessDenied };
                if (was == may)
                    _ = may ? allowed++ : refused++;
                else
                    complaints.Add($"{name} ({way}) on '{called}' with the uuid of '{(uuid == AnyDriver.Mine ? "mine" : "other")}': {error?.Message ?? "answered"}");
            }
        }
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{procedures} procedures on objects: {refused} times refused, {allowed} times allowed"));
        Assert.True(procedures > 120 && refused > procedures, $"only {procedures} procedures, refused {refused} times");
    }

    static byte[] UuidBytes(Uuid uuid)
    {
        byte[] bytes = new byte[Uuid.Size];
        uuid.CopyTo(bytes);
        return bytes;
    }

    [Fact]
    public void Lists_show_what_the_caller_may_see_however_they_are_asked_for()
    {
        int lists = 0;
        var complaints = new List<string>();
        foreach ((JsonElement procedure, int number, Rule[] rules) in All())
        {
            string line = Procedures.Subjects.Split('\n').FirstOrDefault(l => l.Trim().StartsWith($"{number}|", StringComparison.Ordinal) && l.TrimEnd().EndsWith("list", StringComparison.Ordinal)) ?? "";
            if (line.Length is 0)
                continue;
            lists++;
            (string? all, string? mine) = (Length(static _ => true), Length(static question => question.Right.Object is AccessObject.Connect
                || question.Right.Name is "storage-pool.search-storage-vols" or "network.search-ports" || Own(question.Subject)));
            if (all is null || mine is null || all == mine)
                complaints.Add($"{procedure.GetProperty("name").GetString()}: {all} of everything, {mine} of one's own");

            string? Length(Func<AccessQuestion, bool> rule)
            {
                Rights.Rule = rule;
                Client.Send(Bytes.Message(number, NextSerial(), Arguments(procedure, rules, null), program: Program));
                (MessageHeader header, byte[] answer) = Bytes.ReadFrame(Client)!.Value;
                return header.Status is MessageStatus.Error ? null : Convert.ToHexString(answer);
            }
        }
        Rights.Rule = static _ => true;
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        Assert.True(lists >= 30, $"only {lists} lists");
    }

    [Fact]
    public void Every_right_on_an_object_knows_where_the_object_is()
    {
        string[] unknown = [.. Procedures.Subjects.Split('\n').Where(line => line.Contains("|unknown", StringComparison.Ordinal)).Select(line => line.Trim())];
        Assert.Empty(unknown);
    }

    [GeneratedRegex("^virDomainMigrate(Begin|Prepare|Perform|Finish|Confirm)")]
    private static partial Regex MigrationStep();

    [Fact]
    public void On_a_read_only_connection_every_change_is_refused_and_everything_else_is_not()
    {
        Rights.Rule = static _ => true;
        using Socket looking = Connect(readOnly: true);
        var writes = Facts.Load("api.json").GetProperty("functions").EnumerateArray()
            .Where(function => function.TryGetProperty("write_access", out JsonElement write) && write.ValueKind is not JsonValueKind.Null)
            .ToDictionary(function => function.GetProperty("name").GetString()!, function => function.GetProperty("write_access"));
        int refused = 0, allowed = 0;
        var complaints = new List<string>();
        foreach ((JsonElement procedure, int number, Rule[] rules) in All())
        {
            string symbol = Procedures.Table.Find(number)!.Symbol;
            // Steps of a migration are no functions of the API; each is a change.
            JsonElement write = MigrationStep().IsMatch(symbol) ? JsonDocument.Parse("true").RootElement : writes.GetValueOrDefault(symbol);
            // A condition is that of a right, which its flags make needed.
            Rule[] conditional = write.ValueKind is JsonValueKind.String ? [.. rules.Where(rule => rule.Flags is not 0 || rule.Parameter is not null)] : [];
            foreach (Rule? rule in conditional.Prepend(null))
            {
                Driver.Ran.Clear();
                VirError? error = Call(looking, number, Arguments(procedure, rules, rule));
                bool mustNot = write.ValueKind is JsonValueKind.True || rule is not null;
                string words = rule?.Right.Name is "domain.read-secure" ? $"{symbol} with secure flag" : $"read only access prevents {symbol}";
                bool wasRefused = error is { Code: ErrorCode.OperationDenied };
                if (mustNot != wasRefused || (mustNot && (error!.Message != $"operation forbidden: {words}" || Driver.Ran.Contains(number))))
                    complaints.Add($"{symbol} {rule}: {error?.Message ?? "answered"}");
                else
                    _ = mustNot ? refused++ : allowed++;
            }
        }
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read-only: {refused} refused, {allowed} allowed"));
        Assert.True(refused > 70 && allowed > 90, $"{refused} refused, {allowed} allowed");
    }
}
