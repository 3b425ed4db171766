using System.Text;
using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Testing.Qemu;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Agent;

public sealed class GuestAgentTests : IAsyncDisposable
{
    readonly Stream guest;
    readonly StreamReader heard;
    readonly ManualTime time = new();
    readonly GuestAgent agent;

    public GuestAgentTests()
    {
        (guest, Stream channel) = SocketPair.Open();
        heard = new StreamReader(guest, leaveOpen: true);
        agent = new GuestAgent(channel, time);
    }

    public async ValueTask DisposeAsync()
    {
        await agent.DisposeAsync();
        await guest.DisposeAsync();
    }

    async Task<JsonElement> HearAsync()
    {
        using JsonDocument said = JsonDocument.Parse((await heard.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)))!);
        return said.RootElement.Clone();
    }

    async Task SayAsync(string text) => await guest.WriteAsync(Encoding.UTF8.GetBytes(text + "\n"));

    async Task FindAsync()
    {
        JsonElement sync = await HearAsync();
        Assert.Equal("guest-sync", sync.GetProperty("execute").GetString());
        await SayAsync($"{{\"return\":{sync.GetProperty("arguments").GetProperty("id")}}}");
    }

    [Fact]
    public async Task An_answer_belongs_to_its_question_whatever_was_left_before()
    {
        Task<string> asked = agent.RunAsync(new GuestGetHostName(), GuestAgent.UsualPatience, default);
        JsonElement sync = await HearAsync();
        await SayAsync("half a word\n{\"return\":5}\n{\"return\":{\"host-name\":\"old\"}}\n[]");
        await guest.WriteAsync(new byte[] { (byte)'\n', 0xff });
        await SayAsync($"{{\"return\":{sync.GetProperty("arguments").GetProperty("id")}}}");
        Assert.Equal("guest-get-host-name", (await HearAsync()).GetProperty("execute").GetString());
        await SayAsync("{\"return\":{\"host-name\":\"new\"}}");
        Assert.Equal("new", await asked);
    }

    [Fact]
    public async Task A_guest_that_says_nothing_is_not_waited_for_and_the_next_question_finds_it()
    {
        Task<string> asked = agent.RunAsync(new GuestGetHostName(), GuestAgent.UsualPatience, default);
        await HearAsync();
        time.Pass(GuestAgent.UsualPatience);
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => asked)).Code);

        Task<ulong> slow = agent.RunAsync(new GuestGetTime(), TimeSpan.FromSeconds(1), default);
        await FindAsync();
        await HearAsync();
        time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => slow)).Code);

        Task<string> again = agent.RunAsync(new GuestGetHostName(), GuestAgent.UsualPatience, default);
        await SayAsync("{\"return\":12345}");
        await FindAsync();
        await HearAsync();
        await SayAsync("{\"return\":{\"host-name\":\"g\"}}");
        Assert.Equal("g", await again);
    }

    [Fact]
    public async Task A_guest_that_hangs_up_is_gone_for_all()
    {
        Task<string> first = agent.RunAsync(new GuestGetHostName(), Timeout.InfiniteTimeSpan, default), second = agent.RunAsync(new GuestGetHostName(), Timeout.InfiniteTimeSpan, default);
        await HearAsync();
        await guest.DisposeAsync();
        foreach (Task<string> one in (Task<string>[])[first, second])
            Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => one)).Code);
    }

    [Fact]
    public async Task Closing_tells_who_waits()
    {
        Task<string> asked = agent.RunAsync(new GuestGetHostName(), Timeout.InfiniteTimeSpan, default);
        await HearAsync();
        await agent.DisposeAsync();
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => asked)).Code);
    }

    [Theory]
    [InlineData("""{"error":{"class":"CommandNotFound","desc":"no such"}}""", ErrorCode.OperationUnsupported, "no such")]
    [InlineData("""{"error":{"class":"GenericError","desc":"cannot"}}""", ErrorCode.InternalError, "cannot")]
    [InlineData("""{"error":"odd"}""", ErrorCode.InternalError, "odd")]
    [InlineData("""{"return":[]}""", ErrorCode.InternalError, "malformed")]
    [InlineData("""{"return":-1}""", ErrorCode.InternalError, "malformed")]
    public async Task What_a_guest_refuses_or_gets_wrong_is_said(string answer, ErrorCode code, string text)
    {
        Task<int> asked = agent.RunAsync(new GuestThaw(), GuestAgent.UsualPatience, default);
        await FindAsync();
        await HearAsync();
        await SayAsync(answer);
        VireoException refused = await Assert.ThrowsAsync<VireoException>(() => asked);
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_the_callers_goes_on_one_line()
    {
        Task<string> asked = agent.RunAsync("{\n  \"execute\": \"x\"\n}", GuestAgent.UsualPatience, default);
        await FindAsync();
        Assert.Equal("x", (await HearAsync()).GetProperty("execute").GetString());
        await SayAsync("{\"return\":\"y\"}");
        Assert.Equal("{\"return\":\"y\"}", await asked);
        await Assert.ThrowsAsync<VireoException>(() => agent.RunAsync("x", GuestAgent.UsualPatience, default));
        await Assert.ThrowsAsync<VireoException>(() => agent.RunAsync("[]", GuestAgent.UsualPatience, default));
    }

    [Fact]
    public void A_guest_gets_as_many_vcpus_as_wanted_and_the_rest_is_asked_for_again()
    {
        GuestVcpu[] now = [new(0, true, false), new(1, true, true), new(2, false, true), new(3, false, true)];
        Assert.Equal([2L], GuestSetVcpus.Changes(now, 3).Select(static v => v.Id));
        Assert.Equal([new GuestVcpu(1, false, true)], GuestSetVcpus.Changes(now, 1));
        Assert.Throws<VireoException>(() => GuestSetVcpus.Changes(now, 5));
        Assert.Throws<VireoException>(() => GuestSetVcpus.Changes(now, 0));
        var all = new GuestSetVcpus(GuestSetVcpus.Changes(now, 4));
        Assert.Equal([3L], all.After(1)!.Vcpus.Select(static v => v.Id));
        Assert.Null(all.After(2));
        Assert.Throws<VireoException>(() => all.After(0));
        Assert.Throws<VireoException>(() => all.After(3));
    }
}
