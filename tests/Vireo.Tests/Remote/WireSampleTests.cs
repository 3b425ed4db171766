using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Rpc;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>
/// Messages recorded from a real daemon. A session stands before a client of ours: the session decodes the recorded call and the
/// client encodes it again, the client decodes the recorded answer and the session encodes it again.
/// </summary>
public class WireSampleTests
{
    const int PayloadAt = MessageHeader.LengthSize + MessageHeader.Size;

    const int SchedulerParameters = 57;

    /// <summary>The session answers these itself: there is no client behind them.</summary>
    static readonly int[] answeredBySession = [1, 2, 60, 66, 316];

    public static IEnumerable<TheoryDataRow<string, string, string>> Calls() => Rows(Samples().Where(IsCall));

    static IEnumerable<JsonElement> Samples()
    {
        try
        {
            return Facts.Load("wire-samples.json").GetProperty("samples").EnumerateArray();
        }
        catch (Exception)
        {
            return [];   // skipped by the tests themselves
        }
    }

    [Fact]
    public void All_41_samples_are_tested_here()
    {
        JsonElement[] all = [.. Facts.Load("wire-samples.json").GetProperty("samples").EnumerateArray()];
        int calls = Calls().Count(), admin = AdminCalls().Count(), frames = Frames().Count();
        Assert.Equal(41, all.Length);
        // The event and the packets of a stream have tests of their own.
        Assert.Equal(all.Length, calls + admin + frames + 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Length} recorded messages: {calls} calls, {admin} of the admin program, {frames} frames, an event, a stream");
    }

    /// <summary>Calls of the remote program that reach a session.</summary>
    static bool IsCall(JsonElement sample) => sample.TryGetProperty("sent", out _) && Program(Bytes(sample, "sent")) is 0x20008086
        && Version(Bytes(sample, "sent")) is 1;

    static bool IsAdmin(JsonElement sample) => sample.TryGetProperty("sent", out _) && Program(Bytes(sample, "sent")) is 0x06900690;

    public static IEnumerable<TheoryDataRow<string, string, string>> AdminCalls() => Rows(Samples().Where(IsAdmin));

    /// <summary>What the server answers without a program: keepalive, unknown programs and versions, impossible lengths.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> Frames() => Rows(Samples().Where(s => !IsCall(s) && !IsAdmin(s)
        && (s.TryGetProperty("sent", out _) || s.TryGetProperty("result", out _))));

    static IEnumerable<TheoryDataRow<string, string, string>> Rows(IEnumerable<JsonElement> samples) => samples
        .Select(s => new TheoryDataRow<string, string, string>(s.GetProperty("what").GetString()!,
            s.TryGetProperty("sent", out JsonElement sent) ? sent.GetString()! : "",
            s.TryGetProperty("received", out JsonElement received) ? received.GetString()! : ""))
        .DefaultIfEmpty(new TheoryDataRow<string, string, string>("(no samples)", "", ""));

    [Theory]
    [MemberData(nameof(AdminCalls))]
    public async Task A_recorded_call_of_the_admin_program_comes_out_as_it_went_in(string what, string sentHex, string receivedHex)
    {
        Assert.SkipWhen(sentHex.Length is 0, $"{what}: set VIREO_FACTS, or VIREO_CORPUS with the facts beside it");
        byte[] sent = Convert.FromHexString(sentHex), received = Convert.FromHexString(receivedHex);
        var channel = new ReplayChannel(_ => received[PayloadAt..]);
        AdminClient client = await AdminClient.OpenAsync(channel, default);
        var peer = new RecordedPeer();
        var session = new AdminSession(peer, client.Capabilities) { Own = client.Session };
        var call = new RecordedCall(peer, MessageHeader.Read(sent.AsSpan(4)).Procedure, session.Program);
        var reader = new XdrReader(sent.AsSpan(PayloadAt));
        session.Dispatch(call, ref reader);
        Assert.Equal(received[PayloadAt..], call.Answer);
        Assert.Equal(sent[PayloadAt..], channel.Sent);
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_recorded_frame_is_answered_as_it_was(string what, string sentHex, string receivedHex)
    {
        Assert.SkipWhen(what is "(no samples)", "wire-samples.json is not there: set VIREO_FACTS, or VIREO_CORPUS with the facts beside it");
        byte[] sent = what switch
        {
            "length 3" => [0, 0, 0, 3],
            "length over the limit" => [0x02, 0, 0, 5],
            _ => Convert.FromHexString(sentHex),
        };
        using var server = new RpcServer(new RpcServerOptions { Threads = 1 },
            peer => RemoteSession.Programs(peer, new RemoteServices(new DriverSet())), NullLogger.Instance);
        (int ours, int theirs) = UnixSocket.Pair();
        server.Attach(theirs, readOnly: false);
        using Socket client = ServerFixture.Wrap(ours);
        client.Send(sent);
        byte[] expected = Convert.FromHexString(receivedHex), got = new byte[expected.Length];
        int length = 0;
        while (length < got.Length && client.Receive(got, length, got.Length - length, SocketFlags.None) is > 0 and int more)
            length += more;
        Assert.Equal(expected, got[..length]);
        if (expected.Length is 0)
            Assert.Equal(0, client.Receive(new byte[1]));
    }

    [Fact]
    public void The_packets_of_a_recorded_stream_are_those_of_ours()
    {
        JsonElement sample = Facts.Load("wire-samples.json").GetProperty("samples").EnumerateArray()
            .First(s => s.TryGetProperty("packets", out _));
        byte[] finish = Convert.FromHexString(sample.GetProperty("finish_sent").GetString()!);
        MessageHeader header = MessageHeader.Read(finish.AsSpan(MessageHeader.LengthSize));
        Assert.Equal((MessageType.Stream, MessageStatus.Ok), (header.Type, header.Status));
        XdrWriter ours = Frame.Begin(header);
        Frame.End(ref ours);
        Assert.Equal(finish, ours.Written.ToArray());
        Assert.Equal(sample.GetProperty("finish_received").GetString(), Convert.ToHexString(ours.Written).ToLowerInvariant());
        ours.Dispose();
        foreach (JsonElement packet in sample.GetProperty("packets").EnumerateArray())
        {
            int[] words = [.. packet.EnumerateArray().Select(w => w.GetInt32())];
            Assert.Equal((header.Procedure, (int)MessageType.Stream, (int)header.Serial, (int)MessageStatus.Continue),
                (words[0], words[1], words[2], words[3]));
            Assert.InRange(words[4], 0, Frame.MaxStreamPiece);
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_recorded_call_and_its_answer_come_out_as_they_went_in(string what, string sentHex, string receivedHex)
    {
        Assert.SkipWhen(sentHex.Length is 0, "wire-samples.json is not there: set VIREO_FACTS, or VIREO_CORPUS with the facts beside it");
        byte[] sent = Convert.FromHexString(sentHex), received = Convert.FromHexString(receivedHex);
        MessageHeader header = MessageHeader.Read(sent.AsSpan(4));
        byte[] payload = received[PayloadAt..];
        bool failed = MessageHeader.Read(received.AsSpan(4)).Status is MessageStatus.Error;
        bool open = false;
        var channel = new ReplayChannel(p => open && p == header.Procedure ? Payload(payload, failed) : Opening(p));
        RemoteClient client = await RemoteClient.OpenAsync(channel, "test:///default", readOnly: false, default);
        open = true;
        var driver = new OneDriver(client);
        var peer = new RecordedPeer(readOnly: what.StartsWith("read-only", StringComparison.Ordinal))
        {
            LoggedIn = !what.Contains("before the connection", StringComparison.Ordinal),
        };
        var session = new RemoteSession(peer, new RemoteServices(new DriverSet(driver)));
        if (header.Procedure is not 1 || what.StartsWith("a second", StringComparison.Ordinal))
            Run(session, peer, 1, [0, 0, 0, 0, 0, 0, 0, 0]);

        RecordedCall call = Run(session, peer, header.Procedure, sent[PayloadAt..]);

        if (failed)
        {
            var reader = new XdrReader(payload);
            Assert.Equal(ErrorPayload.Read(ref reader), call.Error);
            return;
        }
        Assert.Null(call.Error);
        Assert.Equal(payload, call.Answer);
        if (answeredBySession.Contains(header.Procedure))
            return;
        // A driver is not told how much the caller has room for: our client asks for all that may travel.
        if (header.Procedure is SchedulerParameters)
            BinaryPrimitives.WriteInt32BigEndian(channel.Sent.AsSpan(^4), BinaryPrimitives.ReadInt32BigEndian(sent.AsSpan(^4)));
        Assert.Equal(sent[PayloadAt..], channel.Sent);
    }

    [Fact]
    public async Task A_recorded_event_comes_out_as_it_went_in()
    {
        JsonElement sample = Facts.Load("wire-samples.json").GetProperty("samples").EnumerateArray()
            .First(s => s.GetProperty("what").GetString() is "an event");
        byte[] received = Bytes(sample, "received");
        var channel = new ReplayChannel(p => p is 316 ? [0, 0, 0, 0] : Opening(p));
        RemoteClient client = await RemoteClient.OpenAsync(channel, null, readOnly: false, default);
        var peer = new RecordedPeer { LoggedIn = true };
        var session = new RemoteSession(peer, new RemoteServices(new DriverSet(new OneDriver(client))));
        Run(session, peer, 1, [0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal([0, 0, 0, 0], Run(session, peer, 316, [0, 0, 0, 0, 0, 0, 0, 0]).Answer);

        var payload = new XdrReader(received.AsSpan(PayloadAt));
        channel.Events!(0x20008086, MessageHeader.Read(received.AsSpan(4)).Procedure, ref payload);

        (int procedure, byte[] told) = Assert.Single(peer.Events);
        Assert.Equal((318, Convert.ToHexString(received[PayloadAt..])), (procedure, Convert.ToHexString(told)));
    }

    static RecordedCall Run(RemoteSession session, RecordedPeer peer, int procedure, byte[] arguments)
    {
        var call = new RecordedCall(peer, procedure);
        var reader = new XdrReader(arguments);
        session.Dispatch(call, ref reader);
        return call;
    }

    static byte[] Payload(byte[] payload, bool failed)
    {
        if (!failed)
            return payload;
        var reader = new XdrReader(payload);
        throw new VireoException(ErrorPayload.Read(ref reader));
    }

    /// <summary>What a daemon says while a connection is opened.</summary>
    static byte[] Opening(int procedure) => procedure switch
    {
        66 => [0, 0, 0, 1, 0, 0, 0, 0],
        60 => [0, 0, 0, 1],
        110 => [0, 0, 0, 0],
        _ => [],
    };

    static byte[] Bytes(JsonElement sample, string which) => Convert.FromHexString(sample.GetProperty(which).GetString()!);

    static uint Program(byte[] message) => BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(4));

    static uint Version(byte[] message) => BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(8));

    sealed class OneDriver(IDriverConnection connection) : IDriver
    {
        public string Type => "one";

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(connection);
    }
}
