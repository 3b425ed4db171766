using System.Text;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Logs;
using Xunit;

namespace Vireo.Tests.Host.Logs;

public sealed class LogPumpTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("pump").FullName;
    readonly SemaphoreSlim changed = new(0);
    readonly List<string> failed = [];
    readonly LogPump pump;
    int count;

    public LogPumpTests() => pump = new LogPump(1 << 20, 2, (path, _) => failed.Add(path), now =>
    {
        Volatile.Write(ref count, now);
        changed.Release();
    });

    string Log(string name = "g.log") => Path.Join(folder, name);

    public void Dispose()
    {
        pump.Dispose();
        changed.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    async Task ClosedAsync(SafeFileHandle pipe)
    {
        pipe.Dispose();
        while (Volatile.Read(ref count) > 0)
            await changed.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_written_to_the_pipe_is_in_the_file_when_the_log_is_closed()
    {
        var (end, pipe) = pump.Open(Log(), truncate: false);
        Assert.Equal(0ul, end.Offset);
        LogFile.Append(pipe, string.Concat(Enumerable.Range(0, 20_000).Select(static n => $"line {n}\n")));
        await ClosedAsync(pipe);
        Assert.Equal(20_000, File.ReadLines(Log()).Count());
        Assert.Empty(failed);
    }

    [Fact]
    public async Task Whoever_asks_finds_everything_that_was_written_before()
    {
        var (end, pipe) = pump.Open(Log(), truncate: false);
        LogFile.Append(pipe, "guest\n");
        Assert.Equal(6ul, pump.EndOf(Log()).Offset);
        LogFile.Append(pipe, "more\n");
        pump.Append(Log(), "ours\n"u8);
        LogFile.Append(pipe, "last\n");
        Assert.Equal("guest\nmore\nours\nlast\n", Encoding.UTF8.GetString(pump.Read(Log(), end, 100)));
        await ClosedAsync(pipe);
    }

    [Fact]
    public async Task A_log_has_one_pipe_at_a_time_and_no_place_before_it_is_open()
    {
        Assert.Equal($"No open log file {Log()}", Assert.Throws<VireoException>(() => pump.EndOf(Log())).Error.Str2);
        var (_, pipe) = pump.Open(Log(), truncate: false);
        Assert.Equal($"Cannot open log file: '{Log()}': Device or resource busy", Assert.Throws<VireoException>(() => pump.Open(Log(), truncate: false)).Message);
        await ClosedAsync(pipe);
    }

    [Fact]
    public void A_log_whose_writer_is_gone_can_be_opened_at_once()
    {
        for (int i = 0; i < 50; i++)
        {
            var (_, pipe) = pump.Open(Log(), truncate: false);
            LogFile.Append(pipe, "x");
            pipe.Dispose();
        }
        Assert.Equal(50ul, pump.Open(Log(), truncate: false).End.Offset);
    }

    [Fact]
    public async Task The_next_program_goes_on_with_the_pipes()
    {
        var (_, pipe) = pump.Open(Log(), truncate: false);
        LogFile.Append(pipe, "before\n");
        var kept = Assert.Single(pump.Keep());
        LogFile.Append(pipe, "between\n");
        using var closed = new SemaphoreSlim(0);
        using (var next = new LogPump(1 << 20, 2, (path, _) => failed.Add(path), now =>
        {
            if (now == 0) closed.Release();
        }))
        {
            next.Adopt(new KeptLog(kept.Path, Duplicate(kept.Pipe)));
            LogFile.Append(pipe, "after\n");
            pipe.Dispose();
            await closed.WaitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal("before\nbetween\nafter\n", await File.ReadAllTextAsync(Log(), TestContext.Current.CancellationToken));
    }

    // The pump before still has its own: in the next program it would be gone.
    static int Duplicate(int descriptor)
    {
        using var again = File.OpenHandle($"/proc/self/fd/{descriptor}", FileMode.Open, FileAccess.Read);
        int number = (int)again.DangerousGetHandle();
        again.SetHandleAsInvalid();
        return number;
    }
}
