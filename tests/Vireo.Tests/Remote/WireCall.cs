using System.Buffers.Binary;
using System.Reflection;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;

namespace Vireo.Tests.Remote;

/// <summary>
/// One procedure, both ways: a session decodes a call, and a client of ours behind it encodes it again; the client decodes the answer, and
/// the session encodes it again. So every byte passes all four codecs.
/// </summary>
#pragma warning disable CA1001 // a replayed channel holds nothing to give back
sealed class WireCall
#pragma warning restore CA1001
{
    readonly RecordedPeer peer = new() { LoggedIn = true };
    readonly ReplayChannel channel;
    readonly IRpcProgram program;
    Func<byte[], byte[]> reply = static _ => [];
    bool opening = true;

    WireCall(Func<WireCall, ReplayChannel, IRpcProgram> open)
    {
        channel = new ReplayChannel(procedure => opening ? Opening(procedure) : reply(channel!.Sent));
        program = open(this, channel);
        opening = false;
    }

    /// <summary>What a daemon says while a connection is opened: every feature is there.</summary>
    static byte[] Opening(int procedure) => procedure switch
    {
        66 => [0, 0, 0, 1, 0, 0, 0, 0],
        60 => [0, 0, 0, 1],
        110 => [0, 0, 0, 0],
        _ => [],
    };

    /// <summary>A session of a program, with nothing but a client behind it.</summary>
    public static WireCall Of(string program) => new((wire, channel) =>
    {
        if (program is "admin")
        {
            AdminClient admin = Done(AdminClient.OpenAsync(channel, default));
            return new AdminSession(wire.peer, admin.Capabilities) { Own = admin.Session };
        }
        if (program is "log" or "lock")
        {
            CapabilitySet manager = new ManagerClient(channel).Capabilities;
            return program is "log" ? ManagerSession.OfLogs(wire.peer, manager) : ManagerSession.OfLocks(wire.peer, manager, null);
        }
        RemoteClient client = Done(RemoteClient.OpenAsync(channel, null, readOnly: false, default));
        IReadOnlyList<IRpcProgram> programs = RemoteSession.Programs(wire.peer, new RemoteServices(new DriverSet(new OneDriver(client))));
        var session = (RemoteSession)programs[0];
        wire.Run(session, 1, new byte[8], 0);
        session.Instead = type => type == typeof(ISessionCalls) ? client.Session
            : type == typeof(IQemuSessionCalls) ? client.QemuSession
            : type == typeof(IConnectionIdentity) ? client.Capabilities.Find<IConnectionIdentity>()
            : null;
        return programs[program switch { "qemu" => 1, "lxc" => 2, _ => 0 }];
    });

    static T Done<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : throw new InvalidOperationException("it waits for something");

    RecordedCall Run(IRpcProgram of, int procedure, byte[] arguments, int files)
    {
        var call = new RecordedCall(peer, procedure, of.Program) { Brings = files };
        var reader = new XdrReader(arguments);
        of.Dispatch(call, ref reader);
        return call;
    }

    /// <summary>Calls; the daemon behind our client answers as <paramref name="answer"/> says to what it was sent.</summary>
    public (byte[] Sent, RecordedCall Call) Make(int procedure, byte[] arguments, int files, Func<byte[], byte[]> answer)
    {
        reply = answer;
        RecordedCall call = Run(program, procedure, arguments, files);
        return (channel.Sent, call);
    }

    sealed class OneDriver(IDriverConnection connection) : IDriver
    {
        public string Type => "one";

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(connection);
    }

    /// <summary>How a procedure's arguments and results travel, from the definitions.</summary>
    public static Dictionary<(string Program, int Number), ProcedureAttribute> Definitions { get; } =
        typeof(CapabilityAttribute).Assembly.GetTypes().Concat(typeof(RemoteSession).Assembly.GetTypes())
            .Where(type => type.IsInterface && type.GetCustomAttribute<CapabilityAttribute>() is not null)
            .SelectMany(type => type.GetMethods(), (type, method) =>
                (type.GetCustomAttribute<CapabilityAttribute>()!.Program, Procedure: method.GetCustomAttribute<ProcedureAttribute>()))
            .Where(row => row.Procedure is not null)
            .ToDictionary(row => (row.Program.ToString().ToLowerInvariant(), row.Procedure!.Number), row => row.Procedure!);
}

/// <summary>What the facts say of a procedure, and how its added words are filled.</summary>
sealed class WireProcedure
{
    readonly WireMaker maker;
    readonly Dictionary<string, JsonElement> types;

    public WireProcedure(string program, JsonElement facts, Dictionary<string, JsonElement> types)
    {
        this.types = types;
        maker = new WireMaker(types);
        Program = program;
        Number = facts.GetProperty("number").GetInt32();
        Arguments = Text(facts, "args");
        Results = Text(facts, "ret");
        Files = Text(facts, "fds")?.Contains("call", StringComparison.Ordinal) is true ? 2 : 0;
        GivesFiles = Text(facts, "fds")?.Contains("reply", StringComparison.Ordinal) is true;
        Shape = WireCall.Definitions[(program, Number)].Shape;
        if (Shape is Shape.List or Shape.UpTo or Shape.TwoStep or Shape.Told)
        {
            string[] fields = Fields(Arguments);
            int at = WireCall.Definitions[(program, Number)].WordAt;
            Word = fields[at >= 0 ? at : fields.Length - (fields[^1] is "flags" ? 2 : 1)];
        }
    }

    public string Program { get; }
    public int Number { get; }
    public string? Arguments { get; }
    public string? Results { get; }
    public int Files { get; }
    public bool GivesFiles { get; }
    public Shape Shape { get; }

    /// <summary>The argument that says how many items, or whether any, are wanted.</summary>
    public string? Word { get; }

    static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    string[] Fields(string? structure) => structure is null ? [] :
        [.. types[structure].GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!)];

    /// <summary>The list of a shaped answer, and its bound.</summary>
    BoundedField List => maker.Bounded(Results).First();

    public IEnumerable<BoundedField> BoundedArguments => maker.Bounded(Arguments);

    public IEnumerable<BoundedField> BoundedResults => maker.Bounded(Results);

    /// <summary>Arguments of a caller who wants so many items.</summary>
    public byte[] MakeArguments(Fill fill, int items, string? path = null, int count = 0) =>
        maker.Make(Arguments, fill, Given(Word, Shape is Shape.List ? 1 : items), path, count);

    /// <summary>As our client sends them on: of lists that are cut it asks for all that may travel.</summary>
    public byte[] SentOn(Fill fill, int items)
    {
        var given = Given(Word, Shape switch { Shape.List => 1, Shape.UpTo => List.Most, Shape.Told => 0, _ => items }) ?? [];
        if (AsksForTexts)
            given["flags"] = (fill is Fill.Rich ? WireMaker.Flags : 0) | 4;
        return maker.Make(Arguments, fill, given);
    }

    /// <summary>Our client says that it knows text in parameters where that can be said.</summary>
    bool AsksForTexts => Fields(Arguments).Contains("flags") && (WireCall.Definitions[(Program, Number)].Texts is not TextFlag.None
        || (Shape is Shape.UpTo or Shape.TwoStep
            && types[Results!].GetProperty("fields")[0].GetProperty("type").GetString() is "remote_typed_param"));

    /// <summary>The answer, with so many items if it is a list that is counted.</summary>
    public byte[] MakeResults(Fill fill, int items, string? path = null, int count = 0)
    {
        bool counted = Shape is Shape.List or Shape.TwoStep or Shape.Counted or Shape.Told;
        return maker.Make(Results, fill, counted ? Given(Fields(Results)[^1], items) : null, path, count);
    }

    /// <summary>The items of the list that <see cref="MakeResults"/> fills with <see cref="Fill"/>.</summary>
    public int Items(Fill fill) => Shape is Shape.Plain || fill is Fill.Bare ? 0
        : BinaryPrimitives.ReadInt32BigEndian(maker.Make(Results, fill));

    /// <summary>A daemon that answers the question for the count with the count alone.</summary>
    public Func<byte[], byte[]> Daemon(Fill fill, byte[] results, int items)
    {
        if (Shape is not Shape.TwoStep)
            return _ => results;
        byte[] question = SentOn(fill, 0);
        byte[] count = maker.Make(Results, Fill.Bare, Given(Fields(Results)[^1], items));
        return sent => sent.AsSpan().SequenceEqual(question) && items > 0 ? count : results;
    }

    static Dictionary<string, int>? Given(string? name, int value) => name is null ? null : new() { [name] = value };
}
