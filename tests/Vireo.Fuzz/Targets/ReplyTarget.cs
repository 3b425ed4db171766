using System.Buffers.Binary;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Fuzz.Engine;
using Vireo.Remote;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Remote;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// What a daemon may answer to every call of ours, and events nobody made: an input is a procedure's number, the length of its arguments, these, and
/// the answer. A session before our client calls, so that an answer passes the client's readers and the session's writers.
/// </summary>
public sealed class ReplyTarget : FuzzTarget
{
    static readonly int[] calls = [.. Enumerable.Range(3, Procedures.Table.Size - 3).Where(static n => Procedures.Table.Find(n) is not null)];
    static readonly int[] events = [.. Enumerable.Range(0, EventCodec.Readers.Length).Where(static n => EventCodec.Readers[n] is not null)];

    IReadOnlyList<IRpcProgram>? programs;
    ReplayChannel channel = null!;
    RecordedPeer peer = new();
    byte[]? answer;

    public override string Name => "replies";

    public override string Extension => ".hex";

    public override IEnumerable<byte[]> Seeds() => calls.Concat(events).Select(static number =>
        With(number, new ArgumentMaker(new Random(number)).Make(), new ArgumentMaker(new Random(-number)).Make()));

    static byte[] With(int procedure, byte[] arguments, byte[] results)
    {
        byte[] input = new byte[4 + arguments.Length + results.Length];
        BinaryPrimitives.WriteUInt16BigEndian(input, (ushort)procedure);
        BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(2), (ushort)arguments.Length);
        arguments.CopyTo(input, 4);
        results.CopyTo(input, 4 + arguments.Length);
        return input;
    }

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => random.Next(2) == 0 || seed.Length < 4
        ? With(random.Next(4) == 0 ? events[random.Next(events.Length)] : calls[random.Next(calls.Length)],
            new ArgumentMaker(random).Make(), new ArgumentMaker(random).Make())
        : [.. seed[..4], .. ByteMutator.Mutate(seed[4..], other, random)];

    public override bool Run(byte[] input)
    {
        if (input.Length < 4)
            return false;
        programs ??= Open();
        int number = BinaryPrimitives.ReadUInt16BigEndian(input);
        int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(2)), input.Length - 4);
        answer = input[(4 + length)..];
        peer.Events.Clear();
        if (number < EventCodec.Readers.Length && EventCodec.Readers[number] is not null)
        {
            var message = new XdrReader(answer);
            try
            {
                channel.Events!(programs[0].Program, number, ref message);
                return true;
            }
            catch (XdrException)
            {
                return false;
            }
        }
        var call = new RecordedCall(peer, number, programs[0].Program) { Brings = 1 };
        var reader = new XdrReader(input.AsSpan(4, length));
        programs[0].Dispatch(call, ref reader);
        return call switch
        {
            { Error: null, Answer: null } => throw new FuzzFindingException("neither an answer nor an error"),
            { Error: { } error } when error.Message.Contains("Exception: ", StringComparison.Ordinal) => throw new FuzzFindingException(error.Message),
            _ => call.Error is null,
        };
    }

    IReadOnlyList<IRpcProgram> Open()
    {
        answer = null;
        channel = new ReplayChannel(procedure => answer ?? procedure switch
        {
            66 => [0, 0, 0, 1, 0, 0, 0, 0],
            60 => [0, 0, 0, 1],
            110 => [0, 0, 0, 0],
            _ => [],
        });
        ValueTask<RemoteClient> opening = RemoteClient.OpenAsync(channel, null, readOnly: false, CancellationToken.None);
        RemoteClient client = opening.IsCompletedSuccessfully ? opening.Result : throw new FuzzFindingException("the client cannot be opened");
        peer = new RecordedPeer { LoggedIn = true };
        IReadOnlyList<IRpcProgram> opened = RemoteSession.Programs(peer, new RemoteServices(new DriverSet(new OneDriver(client))));
        var call = new RecordedCall(peer, 1);
        var reader = new XdrReader(new byte[8]);
        opened[0].Dispatch(call, ref reader);
        return call.Error is null ? opened : throw new FuzzFindingException(call.Error.Message);
    }

    public override void Check() => programs = null;

    sealed class OneDriver(IDriverConnection connection) : IDriver
    {
        public string Type => "one";

        public ValueTask<IDriverConnection?> OpenAsync(ConnectionUri? uri, Caller caller, CancellationToken cancel) => new(connection);
    }
}
