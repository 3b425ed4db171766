using System.Buffers.Binary;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Fuzz.Engine;
using Vireo.Remote;
using Vireo.Rpc.Server;
using Vireo.Rpc.Xdr;
using Vireo.Tests.Remote;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// The arguments of every procedure of every program: an input is a procedure's number (and its program's place in its upper half) and what
/// would be its arguments, on a session whose test driver is opened. Each is answered or refused; how the test driver takes them is
/// tested with it.
/// </summary>
public sealed class ArgumentTarget : FuzzTarget
{
    const int CloseProcedure = 2, Admin = 3;

    static readonly int[] known =
    [
        .. Numbers(0, Procedures.Table.Size, static n => Procedures.Table.Find(n) is not null),
        .. Numbers(1, QemuProcedures.Table.Size, static n => QemuProcedures.Table.Find(n) is not null),
        .. Numbers(2, LxcProcedures.Table.Size, static n => LxcProcedures.Table.Find(n) is not null),
        .. Numbers(Admin, AdminProcedures.Table.Size, static n => AdminProcedures.Table.Find(n) is not null),
    ];

    IReadOnlyList<IRpcProgram>? programs;
    RecordedPeer peer = new();

    static IEnumerable<int> Numbers(int program, int size, Func<int, bool> there) => Enumerable.Range(0, size).Where(there).Select(n => program << 16 | n);

    public override string Name => "arguments";

    public override string Extension => ".hex";

    public override IEnumerable<byte[]> Seeds() => known.Select(static number => With(number, new ArgumentMaker(new Random(number)).Make()));

    static byte[] With(int procedure, byte[] arguments)
    {
        byte[] input = new byte[4 + arguments.Length];
        BinaryPrimitives.WriteInt32BigEndian(input, procedure);
        arguments.CopyTo(input, 4);
        return input;
    }

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => random.Next(2) == 0
        ? With(known[random.Next(known.Length)], new ArgumentMaker(random).Make())
        : With(random.Next(100) == 0 ? random.Next() : Number(seed), ByteMutator.Mutate(seed.Length < 4 ? seed : seed[4..], other, random));

    static int Number(byte[] input) => input.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(input);

    public override bool Run(byte[] input)
    {
        programs ??= Open();
        int number = Number(input);
        IRpcProgram program = programs[(number >> 16) & 3];
        var call = new RecordedCall(peer, number & 0xffff, program.Program) { Brings = number & 1 };
        var reader = new XdrReader(input.AsSpan(Math.Min(4, input.Length)));
        program.Dispatch(call, ref reader);
        if (number is CloseProcedure)
            programs = null;
        return call switch
        {
            { Error: null, Answer: null } => throw new FuzzFindingException("neither an answer nor an error"),
            { Error: { } error } when error.Message.Contains("Exception: ", StringComparison.Ordinal) && !error.Message.Contains("NotSupported", StringComparison.Ordinal) =>
                throw new FuzzFindingException(error.Message),
            _ => call.Error is null,
        };
    }

    IReadOnlyList<IRpcProgram> Open()
    {
        peer = new RecordedPeer { LoggedIn = true };
        IReadOnlyList<IRpcProgram> opened = RemoteSession.Programs(peer, new RemoteServices(new DriverSet(TestDriver.Create())));
        var call = new RecordedCall(peer, 1);
        var reader = new XdrReader(Convert.FromHexString("000000010000000f746573743a2f2f2f64656661756c740000000000"));
        opened[0].Dispatch(call, ref reader);
        return call.Error is null
            ? [.. opened, new AdminSession(peer, CapabilitySet.Empty)]
            : throw new FuzzFindingException($"the test driver cannot be opened: {call.Error.Message}");
    }

    /// <summary>What the inputs before made of the driver is forgotten.</summary>
    public override void Check()
    {
        foreach (IRpcProgram program in programs ?? [])
            program.Closed();
        programs = null;
    }
}
