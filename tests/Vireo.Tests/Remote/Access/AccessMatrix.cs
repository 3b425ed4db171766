using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>
/// A server with a policy in front of <see cref="AnyDriver"/>, and sockets to it, for going through all procedures of a program: libvirt's facts tell
/// their arguments and the rights that each needs.
/// </summary>
public abstract class AccessMatrix : IDisposable
{
    readonly JsonElement facts;
    readonly Dictionary<string, JsonElement> types;
    readonly Dictionary<string, long> flags = Facts.Load("enums.json").GetProperty("enums").EnumerateArray()
        .SelectMany(type => type.GetProperty("values").EnumerateArray())
        .ToDictionary(value => value.GetProperty("name").GetString()!, value => value.GetProperty("value").GetInt64());
    readonly RpcServer server;
    uint serial;

    /// <param name="name">The program in the facts.</param>
    /// <param name="program">Its number.</param>
    private protected AccessMatrix(string name, uint program)
    {
        Program = program;
        JsonElement all = Facts.Load("rpc.json");
        facts = all.GetProperty(name);
        types = new[] { "remote", name }.Distinct().SelectMany(one => all.GetProperty(one).GetProperty("types").EnumerateArray())
            .ToDictionary(type => type.GetProperty("name").GetString()!);
        var services = new RemoteServices(new DriverSet(Driver)) { Access = Rights };
        server = new RpcServer(new RpcServerOptions { Threads = 1 }, peer => RemoteSession.Programs(peer, services), NullLogger.Instance);
        Client = Connect(readOnly: false);
    }

    private protected uint Program { get; }
    private protected AnyDriver Driver { get; } = new();
    private protected Policy Rights { get; } = new();
    private protected Socket Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        server.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected sealed class Policy : IAccessPolicy
    {
        internal Func<AccessQuestion, bool> Rule { get; set; } = static _ => true;
        public string Name => "test";
        public bool MayWait => false;
        public bool Allows(in AccessQuestion question) => Rule(question);
    }

    private protected Socket Connect(bool readOnly)
    {
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly);
        Socket socket = ServerFixture.Wrap(ours);
        Assert.Null(Call(socket, 66, [], Procedures.Program));
        var open = new XdrWriter(256);
        open.WriteOptionalString("any:///", 100);
        open.WriteUInt(0);
        Assert.Null(Call(socket, 1, open.Written, Procedures.Program));
        open.Dispose();
        return socket;
    }

    private protected uint NextSerial() => ++serial;

    /// <summary>Calls, and gives the error; null: it was answered.</summary>
    private protected VirError? Call(Socket socket, int procedure, ReadOnlySpan<byte> arguments) => Call(socket, procedure, arguments, Program);

    VirError? Call(Socket socket, int procedure, ReadOnlySpan<byte> arguments, uint program)
    {
        socket.Send(Bytes.Message(procedure, NextSerial(), arguments, program: program));
        while (true)
        {
            (MessageHeader header, byte[] answer) = Bytes.ReadFrame(socket)!.Value;
            if (header.Type is not (MessageType.Reply or MessageType.ReplyWithFds))
                continue;
            Assert.Equal(serial, header.Serial);
            if (header.Status is not MessageStatus.Error)
                return null;
            var reader = new XdrReader(answer);
            return ErrorPayload.Read(ref reader);
        }
    }

    private protected sealed record Rule(AccessRight Right, long Flags, string? Parameter, long Value);

    Rule Read(string entry)
    {
        string[] parts = entry.Split(':');
        AccessRight right = AccessRight.Find($"{parts[0]}.{parts[1]}".Replace('_', '-'))!.Value;
        return parts.Length switch
        {
            3 when !parts[2].StartsWith('!') => new(right, parts[2].Split('|').Aggregate(0L, (sum, name) => sum | flags[name]), null, 0),
            5 => new(right, 0, parts[3], flags[parts[4]]),
            _ => new(right, 0, null, 0),
        };
    }

    private protected static int[] NumbersOf(Type calls) => [.. calls.GetMethods().SelectMany(method => method.GetCustomAttributes<ProcedureAttribute>()).Select(p => p.Number)];

    /// <summary>Every procedure that is called, with what it needs.</summary>
    private protected IEnumerable<(JsonElement Procedure, int Number, Rule[] Rules)> Calls() =>
        from procedure in facts.GetProperty("procedures").EnumerateArray()
        where procedure.GetProperty("type").GetString() is "call"
        select (procedure, procedure.GetProperty("number").GetInt32(), RulesOf(procedure));

    Rule[] RulesOf(JsonElement procedure) =>
        procedure.TryGetProperty("acl", out JsonElement rules) ? [.. rules.EnumerateArray().Select(rule => Read(rule.GetString()!))] : [];

    private protected byte[] Arguments(JsonElement procedure, Rule[] rules, Rule? rule, string name = "mine", Uuid? uuid = null) => new FactArguments(types)
    {
        Name = name,
        Parameters = procedure.GetProperty("name").GetString() is not "REMOTE_PROC_CONNECT_SET_IDENTITY",
        Uuid = uuid ?? (name is "other" ? AnyDriver.Other : AnyDriver.Mine),
        Kind = AccessRight.NameOf(rules.FirstOrDefault(r => r.Right.Object is not AccessObject.Connect)?.Right.Object ?? AccessObject.Domain).Replace('-', '_'),
        Number = field => field is "flags" ? rule?.Flags ?? 0 : rule is not null && field == rule.Parameter ? rule.Value : null,
    }.Of(procedure);

    /// <summary>Whether an object is one of the caller's.</summary>
    private protected static bool Own(in AccessSubject subject) => subject.Kind switch
    {
        AccessObject.NetworkPort => subject.ParentUuid == AnyDriver.Mine,
        AccessObject.StorageVolume => subject.Name is "mine",
        _ => subject.Name is "mine" && (subject.Uuid is null || subject.Uuid == AnyDriver.Mine),
    };
}
