using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>The programs beside the remote one: each procedure refused without each of its rights, on other people's guests and to those who may only look.</summary>
public abstract class SideAccessMatrix : AccessMatrix
{
    readonly int procedures;
    readonly int[] ownCalls;

    private protected SideAccessMatrix(string name, uint program, int procedures, Type? own = null) : base(name, program)
    {
        this.procedures = procedures;
        ownCalls = own is null ? [] : NumbersOf(own);
    }

    [Fact]
    public void Every_procedure_is_refused_without_each_of_its_rights_and_allowed_with_exactly_those()
    {
        int refused = 0, allowed = 0;
        var complaints = new List<string>();
        (JsonElement Procedure, int Number, Rule[] Rules)[] all = [.. Calls()];
        Assert.Equal(procedures, all.Length);
        foreach ((JsonElement procedure, int number, Rule[] rules) in all)
        {
            string name = procedure.GetProperty("name").GetString()!;
            Assert.NotEmpty(rules);
            foreach (Rule rule in rules)
            {
                Rights.Rule = question => question.Right != rule.Right;
                (VirError? error, bool ran) = Try(Client, number, Arguments(procedure, rules, rule));
                if (IsDenial(error) && !ran)
                    refused++;
                else
                    complaints.Add($"{name} without {rule.Right}: {error?.Message ?? "answered"}");
            }
            AccessRight[] held = [.. rules.Select(r => r.Right)];
            Rights.Rule = question => held.Contains(question.Right);
            (VirError? failure, bool done) = Try(Client, number, Arguments(procedure, rules, null));
            if (failure is null && done)
                allowed++;
            else
                complaints.Add($"{name} with {string.Join(' ', held)}: {failure?.Message ?? "did not run"}");
        }
        Report($"{all.Length} procedures", refused, allowed, complaints);
        Assert.True(refused >= all.Length && allowed == all.Length);
    }

    [Fact]
    public void Rights_on_one_guest_are_none_on_another()
    {
        int refused = 0, allowed = 0;
        var complaints = new List<string>();
        Rights.Rule = static question => question.Right.Object is AccessObject.Connect || Own(question.Subject);
        foreach ((JsonElement procedure, int number, Rule[] rules) in Calls())
        {
            // Those that tell no guest are about none.
            byte[] mine = Arguments(procedure, rules, null), other = Arguments(procedure, rules, null, "other");
            if (mine.AsSpan().SequenceEqual(other) || ownCalls.Contains(number))
                continue;
            foreach ((byte[] arguments, bool may) in new[] { (mine, true), (other, false), (Arguments(procedure, rules, null, "mine", AnyDriver.Other), false) })
            {
                (VirError? error, bool ran) = Try(Client, number, arguments);
                if (may ? error is null && ran : IsDenial(error) && !ran)
                    _ = may ? allowed++ : refused++;
                else
                    complaints.Add($"{procedure.GetProperty("name").GetString()}, {may}: {error?.Message ?? "answered"}");
            }
        }
        Report("on guests", refused, allowed, complaints);
        Assert.True(refused == 2 * allowed && allowed > 0);
    }

    [Fact]
    public void Who_may_only_look_changes_nothing()
    {
        int refused = 0;
        var complaints = new List<string>();
        using Socket looking = Connect(readOnly: true);
        foreach ((JsonElement procedure, int number, Rule[] rules) in Calls().Where(call => call.Rules.Any(rule => rule.Right.Name is not "connect.search-domains")))
        {
            (VirError? error, bool ran) = Try(looking, number, Arguments(procedure, rules, null));
            // Giving up a registration of one's own changes nothing, and nobody who may only look has one.
            if ((error is { Code: ErrorCode.OperationDenied } && !ran) || procedure.GetProperty("proc").GetString() is "ConnectDomainMonitorEventDeregister")
                refused++;
            else
                complaints.Add($"{procedure.GetProperty("name").GetString()}: {error?.Message ?? "answered"}");
        }
        Report("read-only", refused, 0, complaints);
        Assert.Equal(procedures, refused);
    }

    (VirError? Error, bool Ran) Try(Socket socket, int number, byte[] arguments)
    {
        Driver.Ran.Clear();
        VirError? error = Call(socket, number, arguments);
        return (error, Driver.Ran.Contains(number) || (ownCalls.Contains(number) && error is null));
    }

    static bool IsDenial(VirError? error) => error is { Code: ErrorCode.AccessDenied, Message: "access denied: 'ANY' denied access" };

    static void Report(string what, int refused, int allowed, List<string> complaints)
    {
        Assert.True(complaints.Count is 0, string.Join("\n", complaints));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {refused} times refused, {allowed} times allowed"));
    }
}

/// <summary>What only QEMU has: six calls and an event.</summary>
public sealed class QemuAccessMatrixTests() : SideAccessMatrix("qemu", QemuProcedures.Program, 6, typeof(IQemuSessionCalls))
{
    [Fact]
    public void The_monitors_events_of_other_peoples_guests_are_not_told()
    {
        const int Register = 4, Event = 6;
        Rights.Rule = static question => question.Right.Object is AccessObject.Connect || Own(question.Subject);
        Assert.Null(Call(Client, Register, new byte[12]));
        foreach ((string name, Core.Uuid uuid) in new[] { ("other", AnyDriver.Other), ("mine", AnyDriver.Mine) })
            Driver.MonitorSink!(new QemuMonitorEvent(new(name, uuid, 1), "STOP", 1, 2, "{}"));
        (MessageHeader header, byte[] told) = Bytes.ReadFrame(Client)!.Value;
        Assert.Equal((QemuProcedures.Program, Event, MessageType.Message), (header.Program, header.Procedure, header.Type));
        var reader = new XdrReader(told);
        _ = reader.ReadInt();
        Assert.Equal("mine", reader.ReadString(100));
    }
}

/// <summary>What only containers have.</summary>
public sealed class LxcAccessMatrixTests() : SideAccessMatrix("lxc", LxcProcedures.Program, 1);
