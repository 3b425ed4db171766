using System.Reflection;
using System.Text.Json;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>
/// Every message that carries an event, with a value in every field: our client hears it from a daemon, and a session before it tells it on.
/// </summary>
public class WireEventTests
{
    const int Theirs = 7, Ours = 0;

    static IEnumerable<(Type Type, EventAttribute Event)> Definitions() =>
        typeof(EventAttribute).Assembly.GetTypes().Concat(typeof(RemoteSession).Assembly.GetTypes())
            .Select(type => (type, type.GetCustomAttribute<EventAttribute>()!)).Where(row => row.Item2 is { Since: null });

    [Fact]
    public async Task Every_event_comes_out_as_it_went_in()
    {
        JsonElement facts = Facts.Load("rpc.json");
        var types = new[] { "remote", "qemu" }.SelectMany(p => facts.GetProperty(p).GetProperty("types").EnumerateArray())
            .ToDictionary(t => t.GetProperty("name").GetString()!);
        var messages = new[] { "remote", "qemu" }.SelectMany(p => facts.GetProperty(p).GetProperty("procedures").EnumerateArray()
            .Where(e => e.GetProperty("type").GetString() is "event")
            .Select(e => (Program: p, Number: e.GetProperty("number").GetInt32(), Structure: e.GetProperty("args").GetString()!)))
            .ToDictionary(e => (e.Program, e.Number), e => e.Structure);
        int told = messages.Count;
        foreach (var (type, raised) in Definitions())
        {
            string program = raised.Program is WireProgram.Qemu ? "qemu" : "remote";
            foreach (int number in new[] { raised.Procedure, raised.Older }.Where(n => n > 0))
            {
                Assert.True(messages.Remove((program, number), out string? structure), $"{type.Name} is carried by {number}, which is no event");
                await OneAsync(type, raised, number, older: number == raised.Older, new WireMaker(types), structure!);
            }
        }
        Assert.Empty(messages);
        Assert.Equal(52, told);
        TestContext.Current.TestOutputHelper?.WriteLine($"{told} messages of events");
    }

    static async Task OneAsync(Type type, EventAttribute raised, int number, bool older, WireMaker maker, string structure)
    {
        bool open = false;
        ReplayChannel channel = null!;
        channel = new ReplayChannel(procedure => procedure switch
        {
            _ when open => [0, 0, 0, Theirs],
            66 => [0, 0, 0, 1, 0, 0, 0, 0],
            60 when channel.Sent[3] is (byte)DriverFeature.RemoteEventCallback => [0, 0, 0, older ? (byte)0 : (byte)1],
            60 => [0, 0, 0, 1],
            110 => [0, 0, 0, 0],
            _ => [],
        });
        RemoteClient client = await RemoteClient.OpenAsync(channel, null, readOnly: false, default);
        open = true;
        var peer = new RecordedPeer { LoggedIn = true };
        IReadOnlyList<IRpcProgram> programs = RemoteSession.Programs(peer, new RemoteServices(new DriverSet(new OneDriver(client))));
        Run(programs[0], peer, 1, new byte[8]);
        byte[] kind = [0, 0, 0, (byte)raised.Id, 0, 0, 0, 0];
        (int program, int register) = type.BaseType!.Name switch
        {
            "DomainEvent" => (0, older ? 167 : 316),
            "NetworkEvent" => (0, 313),
            "StoragePoolEvent" => (0, 368),
            "NodeDeviceEvent" => (0, 374),
            "SecretEvent" => (0, 380),
            "QemuEvent" => (1, 4),
            _ => (0, 360),
        };
        Run(programs[program], peer, register, program is 1 ? new byte[12] : kind);

        byte[] Message(int callback) => maker.Make(structure, Fill.Rich, new Dictionary<string, int> { ["callbackID"] = callback });
        byte[] heard = Message(Theirs);
        var reader = new XdrReader(heard);
        channel.Events!(programs[program].Program, number, ref reader);

        (int procedure, byte[] payload) = Assert.Single(peer.Events);
        Assert.Equal(number, procedure);
        Assert.Equal(Convert.ToHexString(Message(Ours)), Convert.ToHexString(payload));
    }

    static void Run(IRpcProgram program, RpcPeer peer, int procedure, byte[] arguments)
    {
        var call = new RecordedCall(peer, procedure, program.Program);
        var reader = new XdrReader(arguments);
        program.Dispatch(call, ref reader);
        Assert.Null(call.Error);
    }

    sealed class OneDriver(IDriverConnection connection) : IDriver
    {
        public string Type => "one";

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(connection);
    }
}
