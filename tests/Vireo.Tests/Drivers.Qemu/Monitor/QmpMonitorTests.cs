using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Testing.Qemu;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Monitor;

public sealed class QmpMonitorTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_negotiates_and_knows_the_version()
    {
        await using var qemu = FakeQemu.Speaking("7.2.4", out var line);
        await using var monitor = new QmpMonitor(line);
        Assert.Equal(7002004u, (await monitor.OpenAsync(Test)).Version);
        Assert.Equal(["""{"execute":"qmp_capabilities"}"""], qemu.Received);
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_questions()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        qemu.Answer("qom-get", asked => asked!["property"]!.ToJsonString());
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        qemu.Freeze();
        var asked = Enumerable.Range(0, 50).Select(i => monitor.RunAsync(new QomGet("/machine", $"p{i}"), Test)).ToList();
        qemu.Thaw();
        for (int i = 0; i < asked.Count; i++)
            Assert.Equal($"p{i}", (await asked[i]).GetString());
    }

    [Fact]
    public async Task A_refusal_carries_the_words_of_qemu()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        qemu.Refuse("cont", "Resetting the Virtual Machine is required");
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        var refused = await Assert.ThrowsAsync<QmpRefusal>(() => monitor.RunAsync(new Cont(), Test));
        Assert.Equal("internal error: unable to execute QEMU command 'cont': Resetting the Virtual Machine is required", refused.Message);
        Assert.Equal(ErrorCode.InternalError, refused.Code);
    }

    sealed record Unwritable : IQmpAction
    {
        public string Name => "stop";

        public void WriteArguments(System.Text.Json.Utf8JsonWriter json) => throw new FormatException("no number");
    }

    [Fact]
    public async Task What_cannot_be_written_fails_alone()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        qemu.Answer("query-balloon", """{"actual":4096}""");
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        await Assert.ThrowsAsync<FormatException>(() => monitor.RunAsync(new Unwritable(), Test));
        Assert.Equal(4096u, await monitor.RunAsync(new QueryBalloon(), Test));
    }

    [Fact]
    public void Commands_are_written_without_memory_of_their_own()
    {
        using var line = new QmpLine();
        IQmpCommand[] commands = [new Cont(), new MigrateSetCapability("events", true), new HumanCommand(new string('x', 300))];
        string Written(IQmpCommand command) => System.Text.Encoding.UTF8.GetString(line.Of(command).Span);
        Assert.Equal("{\"execute\":\"cont\"}\r\n", Written(commands[0]));
        Assert.EndsWith("}]}}\r\n", Written(commands[1]), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Written(new Unwritable()));
        Assert.EndsWith("xxx\"}}\r\n", Written(commands[2]), StringComparison.Ordinal);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < 100; turn++)
            foreach (IQmpCommand command in commands) line.Of(command);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task A_number_that_QEMU_cannot_have_is_its_to_refuse()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        qemu.Refuse("migrate-set-parameters", "Parameter 'multifd-channels' expects uint8_t");
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        await Assert.ThrowsAsync<QmpRefusal>(() => monitor.RunAsync(new MigrateSetParameters(
            [new() { Name = "multifd-channels", Value = "-1" }, new() { Name = "max-bandwidth", Value = "18446744073709551615" }]), Test));
        Assert.Contains("\"multifd-channels\":-1,\"max-bandwidth\":18446744073709551615", qemu.Received.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_gives_up_harms_nobody_else()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        qemu.Answer("stop", "{}").Answer("query-balloon", """{"actual":4096}""");
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        qemu.Freeze();
        using var patience = new CancellationTokenSource();
        var given_up = monitor.RunAsync(new Stop(), patience.Token);
        var waiting = monitor.RunAsync(new QueryBalloon(), Test);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given_up);
        qemu.Thaw();
        Assert.Equal(4096, await waiting);
    }

    [Fact]
    public async Task A_death_ends_everything_that_waits()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        qemu.Freeze();
        var waiting = monitor.RunAsync(new QueryStatus(), Test);
        using var never = monitor.Expect<StopEvent>();
        qemu.Die();
        Assert.Equal(ErrorDomain.Qemu, (await Assert.ThrowsAsync<VireoException>(() => waiting)).Domain);
        await Assert.ThrowsAsync<VireoException>(() => never.Happened);
        var after = await Assert.ThrowsAsync<VireoException>(() => monitor.RunAsync(new QueryStatus(), Test));
        Assert.Same(await monitor.Ended, after);
    }

    [Fact]
    public async Task Events_reach_the_one_who_expects_and_the_one_who_reads()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        var read = new List<QmpEvent>();
        await using var monitor = new QmpMonitor(line, read.Add);
        await monitor.OpenAsync(Test);
        using var gone = monitor.Expect<DeviceDeletedEvent>(e => e.Device == "rng1");
        await qemu.TellAsync("DEVICE_DELETED", """{"device":"rng0","path":"/machine/peripheral/rng0"}""");
        await qemu.TellAsync("DEVICE_DELETED", """{"device":"rng1","path":"/machine/peripheral/rng1"}""");
        Assert.Equal("rng1", (await gone.Happened).Device);
        await qemu.TellAsync("SHUTDOWN", """{"guest":true,"reason":"guest-shutdown"}""");
        await qemu.TellAsync("NEWS", """{"of":"a later QEMU"}""");
        qemu.Die();
        await monitor.Ended;
        Assert.Equal(["rng0", "rng1"], read.OfType<DeviceDeletedEvent>().Select(e => e.Device));
        Assert.Equal(new ShutdownEvent(true, "guest-shutdown") { At = read[2].At }, read[2]);
        Assert.Equal("NEWS", Assert.IsType<OtherEvent>(read[3]).Name);
    }

    [Fact]
    public async Task What_was_told_before_an_answer_is_known_with_the_answer()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        int stops = 0;
        await using var monitor = new QmpMonitor(line, _ => stops++);
        await monitor.OpenAsync(Test);
        qemu.Answer("stop", _ =>
        {
            qemu.TellAsync("STOP").Wait(Test);
            return "{}";
        });
        for (int i = 1; i <= 20; i++)
        {
            await monitor.RunAsync(new Stop(), Test);
            Assert.Equal(i, stops);
        }
    }

    [Fact]
    public async Task Patience_for_an_event_ends_without_harm()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        await using var monitor = new QmpMonitor(line);
        using var never = monitor.Expect<ResumeEvent>();
        Assert.Null(await never.WithinAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, Test));
        Assert.False(monitor.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_reply_without_end_is_refused()
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        await using var monitor = new QmpMonitor(line, replyLimit: 16 * 1024);
        await monitor.OpenAsync(Test);
        qemu.Answer("query-status", "\"" + new string('x', 20_000) + "\"");
        var waiting = monitor.RunAsync(new QueryStatus(), Test);
        try
        {
            await qemu.SendAsync("\"" + new string('x', 40_000) + "\"");
        }
        catch (IOException)
        {
            // It may hang up before everything is sent.
        }
        await Assert.ThrowsAsync<VireoException>(() => waiting);
        Assert.Contains("exceeds buffer size", (await monitor.Ended).Message);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"return":{}}""")]
    public async Task Nonsense_ends_the_conversation_with_an_error(string nonsense)
    {
        await using var qemu = FakeQemu.Speaking("7.2", out var line);
        await using var monitor = new QmpMonitor(line);
        await monitor.OpenAsync(Test);
        await qemu.SendAsync(nonsense);
        Assert.Contains("Malformed", (await monitor.Ended).Message);
    }
}
