using System.Buffers.Binary;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;
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

    public static IEnumerable<TheoryDataRow<string, string, string>> Calls() =>
        Samples().Where(s => s.TryGetProperty("sent", out _) && Program(Bytes(s, "sent")) is 0x20008086 && Version(Bytes(s, "sent")) is 1)
            .Select(s => new TheoryDataRow<string, string, string>(
                s.GetProperty("what").GetString()!, s.GetProperty("sent").GetString()!, s.GetProperty("received").GetString()!))
            .DefaultIfEmpty(new TheoryDataRow<string, string, string>("(no samples)", "", ""));

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
    public void Samples_are_there() => Assert.NotEqual(0, Facts.Load("wire-samples.json").GetProperty("samples").GetArrayLength());

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
