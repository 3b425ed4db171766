using System.Text.Json;
using System.Threading.Channels;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Fuzz.Engine;

namespace Vireo.Fuzz.Targets;

/// <summary>
/// What a guest's QEMU says, line by line: its greeting, answers and events, be it taken over by its guest. Every question ends with an
/// answer or an error of ours, and so does the conversation.
/// </summary>
public sealed class MonitorTarget : FuzzTarget
{
    static readonly TimeSpan patience = FuzzRun.Patience / 2;

    static readonly TextMutator mutator = new(
    [
        "", "null", "true", "[]", "{}", "\"\"", "0", "-1", "1e999", "1e-999", "9223372036854775808", "18446744073709551616", "\"x\"", "{\"return\":", "{\"error\":{}}",
        "\"event\"", "\"return\"", "\"data\":{}", "\"timestamp\":{\"seconds\":-9223372036854775808,\"microseconds\":9223372036854775807}", "\ud800", "\\ud800", "\\u0000",
        "\r\n", "[[[[[[[[", "}}}}", ",", ":", "\0",
    ], "\"", "{[,\n");

    public override string Name => "monitor";

    public override string Extension => ".json";

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) =>
        random.Next(8) == 0 ? ByteMutator.Mutate(seed, other, random) : mutator.Mutate(seed, other, random);

    public override bool Run(byte[] input) => RunAsync(input).GetAwaiter().GetResult();

    static async Task<bool> RunAsync(byte[] input)
    {
        var stream = new ScriptedStream(input);
        var monitor = new QmpMonitor(stream, static happened => _ = happened.ToString());
        stream.Listener = monitor;
        int answered = 0, asked = 0;
        foreach (Func<Task> question in Questions(monitor))
        {
            if (monitor.Ended.IsCompleted)
                break;      // all that comes after gets the same error
            asked++;
            try
            {
                await question().WaitAsync(patience);
                answered++;
            }
            catch (VireoException)
            {
                // refused, or over
            }
            catch (TimeoutException e)
            {
                throw new FuzzFindingException("a question is never answered", e);
            }
        }
        try
        {
            await monitor.DisposeAsync().AsTask().WaitAsync(patience);
            await monitor.Ended.WaitAsync(patience);
        }
        catch (TimeoutException e)
        {
            throw new FuzzFindingException("the conversation does not end", e);
        }
        return answered == asked;
    }

    // In the order of the answers in the kept corpus.
    static IEnumerable<Func<Task>> Questions(QmpMonitor monitor)
    {
        yield return () => monitor.OpenAsync(default);
        yield return () => monitor.RunAsync(new QueryVersion(), default);
        yield return () => monitor.RunAsync(new QueryStatus(), default);
        yield return () => monitor.RunAsync(new QueryCpusFast(), default);
        yield return () => monitor.RunAsync(new QueryChardev(), default);
        yield return () => monitor.RunAsync(new QueryBlockStats(), default);
        yield return () => monitor.RunAsync(new QueryNamedBlockNodes(), default);
        yield return () => monitor.RunAsync(new QueryBalloon(), default);
        yield return () => monitor.RunAsync(new QueryIoThreads(), default);
        yield return () => monitor.RunAsync(new QomList("/machine"), default);
        yield return () => monitor.RunAsync(new QomGetCpuid("/machine/unattached/device[0]", "feature-words"), default);
        yield return () => monitor.RunAsync(new QueryMachines(), default);
        yield return () => monitor.RunAsync(new QueryCpuDefinitions(), default);
        yield return () => monitor.RunAsync(new QueryStatsSchemas(), default);
    }

    /// <summary>Says its first line at once, and one more (with the events before it) for every line that it is told.</summary>
    sealed class ScriptedStream : Stream
    {
        readonly Lock speaking = new();     // who reads and who writes both make it speak
        readonly Queue<byte[]> parts = new();
        readonly Channel<byte[]> said = Channel.CreateUnbounded<byte[]>();
        byte[] rest = [];
        int used;
        volatile bool greeted;

        internal ScriptedStream(byte[] input)
        {
            int from = 0;
            for (int at = 0; at < input.Length; at++)
            {
                if (input[at] != '\n' || input.AsSpan(from, at - from).StartsWith("{\"event\""u8))
                    continue;
                parts.Enqueue(input[from..(at + 1)]);
                from = at + 1;
            }
            parts.Enqueue(input[from..]);
            Say();
        }

        /// <summary>Who asks. What did not answer him is followed by the next line: this QEMU never just stays silent.</summary>
        internal QmpMonitor? Listener { get; set; }

        void Say()
        {
            lock (speaking)
                SayNext();
        }

        void SayNext()
        {
            if (!parts.TryDequeue(out byte[]? next))
                return;
            foreach (Range line in next.AsSpan().Split((byte)'\n'))
                greeted = greeted || IsGreeting(next[line]);
            said.Writer.TryWrite(next);
            if (parts.Count == 0)
                said.Writer.TryComplete();
        }

        static bool IsGreeting(ReadOnlyMemory<byte> line)
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                return document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("QMP", out _);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)      // the latter: a name that is no text
            {
                return false;
            }
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (used == rest.Length)
            {
                if (!said.Reader.TryPeek(out _) && (!greeted || Listener?.Waiting is not null))
                    Say();
                if (!await said.Reader.WaitToReadAsync(cancellationToken))
                    return 0;
                if (said.Reader.TryRead(out byte[]? next))
                    (rest, used) = (next, 0);
            }
            int count = Math.Min(buffer.Length, rest.Length - used);
            rest.AsMemory(used, count).CopyTo(buffer);
            used += count;
            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Say();
            return default;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
