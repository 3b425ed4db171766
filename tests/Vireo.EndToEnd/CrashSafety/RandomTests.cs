using System.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>kill -9 of the daemon at any moment, while clients define, start, stop and undefine guests.</summary>
public sealed class RandomTests
{
    const int Seed = 20260;
    const int LatestMilliseconds = 400;

    static CancellationToken Test => TestContext.Current.CancellationToken;

    // With the JIT a round takes some three times as long.
    static int Rounds => CrashRoot.IsNative ? 50 : 12;

    [Fact]
    public async Task Whatever_the_moment_guests_are_there_or_gone()
    {
        await using CrashRoot root = await CrashRoot.StartAsync();
        int seed = Environment.GetEnvironmentVariable("VIREO_SEED") is { Length: > 0 } set ? int.Parse(set) : Seed;
        ITestOutputHelper? output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"seed {seed}, {Rounds} kills{(CrashRoot.IsNative ? "" : " (50 with the native daemon: VIREO_BIN is not set)")}");
        var random = new Random(seed);
        Churn[] clients = [.. Enumerable.Range(0, 3).Select(n => new Churn(root, $"r{n}", new Random(random.Next())))];
        long began = Stopwatch.GetTimestamp();
        int steps = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using var dead = new CancellationTokenSource();
            Task work = Task.WhenAll(clients.Select(c => Task.Run(() => c.RunAsync(root.Client, dead.Token), Test)));
            Task first = Task.WhenAny(clients.Select(c => c.FirstChange));
            if (round % 2 == 1)
                await Task.WhenAny(first, work);        // else also a daemon that still has to ask QEMU what it can
            await Task.Delay(random.Next(LatestMilliseconds), Test);
            await dead.CancelAsync();       // what is under way goes on until the daemon is dead; nothing new begins
            await root.Daemon.KillAsync();
            await work;
            await root.StartAgainAsync();
            IReadOnlyList<Seen> listed = await root.SettleAsync($"kill {round} (seed {seed})");
            foreach (Churn client in clients)
                steps += await client.CompareAsync(listed.SingleOrDefault(d => d.Name == client.Name), $"kill {round} (seed {seed})");
        }
        foreach (Churn client in clients)
            await client.CleanAsync();
        Assert.Empty(await root.SettleAsync("the end"));
        Assert.Empty(root.Processes());
        output?.WriteLine($"{Rounds} kills, {steps} changes in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    /// <summary>A client that changes one guest, and knows what must be true of it: what it was told, or what it asked for last.</summary>
    sealed class Churn(CrashRoot root, string name, Random random)
    {
        sealed record Expected(bool Defined, bool Running, string? Title, int Pid);

        Expected now = new(false, false, null, 0);
        Expected? next;
        TaskCompletionSource first = new();
        int steps;

        internal string Name => name;

        /// <summary>Completes when the daemon of this round has answered the first change.</summary>
        internal Task FirstChange => first.Task;

        internal async Task RunAsync(Connection connection, CancellationToken dead)
        {
            try
            {
                while (!dead.IsCancellationRequested)
                {
                    await StepAsync(connection);
                    now = next!;
                    next = null;
                    steps++;
                    first.TrySetResult();
                }
            }
            catch (VireoException) when (next is not null && dead.IsCancellationRequested)
            {
                // the daemon died under it
            }
        }

        async Task StepAsync(Connection connection)
        {
            if (!now.Running && (!now.Defined || random.Next(4) == 0))
            {
                string title = $" {random.Next(1000)}";
                if (!now.Defined && random.Next(3) == 0)
                {
                    next = now with { Running = true, Title = title };
                    await connection.CreateDomainAsync(root.Guest(name, title), random.Next(2) == 0 ? DomainCreateFlags.StartPaused : default, Test);
                    next = next with { Pid = Pid() };
                    return;
                }
                next = now with { Defined = true, Title = title };
                await connection.DefineDomainAsync(root.Guest(name, title), cancel: Test);
                return;
            }
            Domain domain = await FindAsync(connection);
            switch (now)
            {
                case { Running: false } when random.Next(4) > 0:
                    next = now with { Running = true };
                    await domain.StartAsync(random.Next(2) == 0 ? DomainCreateFlags.StartPaused : default, Test);
                    next = next with { Pid = Pid() };
                    break;
                case { Running: false }:
                case { Defined: true } when random.Next(4) == 0:
                    next = now with { Defined = false };
                    await domain.UndefineAsync(cancel: Test);
                    break;
                default:
                    next = now with { Running = false, Pid = 0 };
                    await domain.DestroyAsync(cancel: Test);
                    break;
            }
        }

        async Task<Domain> FindAsync(Connection connection)
        {
            next = now;
            return await connection.GetDomainAsync(name, Test);
        }

        int Pid() => File.Exists(root.Places.PidFile(name)) ? int.Parse(File.ReadAllText(root.Places.PidFile(name))) : 0;

        /// <summary>What is there must be what was answered last, or what was asked for and not answered.</summary>
        internal async Task<int> CompareAsync(Seen? seen, string after)
        {
            Expected found = new(seen?.IsPersistent ?? false, seen?.IsActive ?? false, seen is null ? null : await TitleAsync(), Pid());
            string told = $"after {after}: {name} is {found}, was {now}, and was to be {next}";
            Expected[] allowed = next is null ? [now] : [now, next];
            Assert.True(Array.Exists(allowed, one => one.Defined == found.Defined), told);
            Assert.True(Array.Exists(allowed, one => one.Running == found.Running), told);
            Assert.True(found.Title is null || Array.Exists(allowed, one => one.Title == found.Title), told);
            if (next is null || next == now)
                Assert.True(now.Pid == found.Pid, told);
            if (next is not null && next != now)
                await CleanAsync();     // what was cut off may still be on its way down
            now = next is null || next == now ? now : new(false, false, null, 0);
            next = null;
            int done = steps;
            steps = 0;
            first = new();
            return done;
        }

        async Task<string?> TitleAsync()
        {
            string xml;
            try
            {
                xml = await (await root.Client.GetDomainAsync(name, Test)).GetXmlAsync(cancel: Test);
            }
            catch (VireoException e) when (e.Code == ErrorCode.NoDomain && next is { Running: false })
            {
                return null;        // the QEMU that was told to end has only now done so
            }
            int at = xml.IndexOf("<title>", StringComparison.Ordinal);
            return xml[(at + $"<title>of {name}".Length)..xml.IndexOf("</title>", StringComparison.Ordinal)];
        }

        internal async Task CleanAsync()
        {
            foreach (Func<Domain, Task> end in (Func<Domain, Task>[])[d => d.DestroyAsync(cancel: Test), d => d.UndefineAsync(cancel: Test)])
            {
                try
                {
                    await end(await root.Client.GetDomainAsync(name, Test));
                }
                catch (VireoException e) when (e.Code is ErrorCode.NoDomain or ErrorCode.OperationInvalid)
                {
                    // it was not
                }
            }
        }
    }
}
