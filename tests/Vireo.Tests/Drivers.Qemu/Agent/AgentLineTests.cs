using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Agent.Commands;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Agent;

/// <summary>The way to an agent that is a script on the channel's socket.</summary>
public sealed class AgentLineTests : IDisposable
{
    readonly TempFolder folder = new(Path.GetTempPath(), "agent");

    string Socket => Path.Join(folder.Path, "agent.sock");

    public void Dispose() => folder.Dispose();

    MachineActor<LiveQemu> Machine(ChannelState state = ChannelState.Connected, DomainState life = DomainState.Running, bool channel = true)
    {
        DomainDef def = DomainDef.Parse($"""
            <domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os><devices>
              {(channel ? $"<channel type='unix'><source mode='bind' path='{Socket}'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel>" : "")}
            </devices></domain>
            """);
        def = def with
        {
            Devices = def.Devices with
            {
                Channels = def.Devices.Channels.Map(one => one with { Target = one.Target is ChannelTarget.OfVirtio port ? port with { State = state } : one.Target }),
            },
        };
        var list = new MachineList<LiveQemu>(new MachineOptions { Domain = ErrorDomain.Qemu });
        Assert.True(list.TryLoad(new MachineSnapshot { Name = "g", Uuid = Uuid.NewRandom(), Id = 1, Live = def, Condition = new(life, 1) }, out var machine));
        machine.SetLive(new LiveQemu(null!, null!, null!, new RunPlaces(folder.Path, folder.Path)));
        return machine;
    }

    static Task<string> NameAsync(MachineActor<LiveQemu> machine) =>
        AgentLine.UseAsync(machine, TimeProvider.System, static (agent, patience) => agent.RunAsync(new GuestGetHostName(), patience, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    /// <summary>Answers so many questions on one connection, then hangs up.</summary>
    static async Task AnswerAsync(Socket listener, int questions, string name)
    {
        using Socket line = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        using var stream = new NetworkStream(line);
        using var heard = new StreamReader(stream);
        for (int i = 0; i < questions; i++)
        {
            using var sync = JsonDocument.Parse((await heard.ReadLineAsync(TestContext.Current.CancellationToken))!);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{{\"return\":{sync.RootElement.GetProperty("arguments").GetProperty("id")}}}\n"));
            Assert.Contains("guest-get-host-name", await heard.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{{\"return\":{{\"host-name\":\"{name}\"}}}}\n"));
        }
    }

    [Fact]
    public async Task One_connection_serves_until_the_guest_hangs_up_and_then_there_is_another()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen(1);
        var machine = Machine();
        Task first = AnswerAsync(listener, 2, "one");
        Assert.Equal("one", await NameAsync(machine));
        Assert.Equal("one", await NameAsync(machine));
        await first;
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => NameAsync(machine))).Code);
        Task second = AnswerAsync(listener, 1, "two");
        Assert.Equal("two", await NameAsync(machine));
        await second;
        await machine.Live!.Agent.DisposeAsync();
    }

    [Fact]
    public async Task Who_cannot_be_asked_is_told_why()
    {
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => NameAsync(Machine(ChannelState.Disconnected)))).Code);
        Assert.Equal(ErrorCode.OperationInvalid, (await Assert.ThrowsAsync<VireoException>(() => NameAsync(Machine(life: DomainState.Paused)))).Code);
        Assert.Equal(ErrorCode.ArgumentUnsupported, (await Assert.ThrowsAsync<VireoException>(() => NameAsync(Machine(channel: false)))).Code);
        Assert.Equal(ErrorCode.AgentUnresponsive, (await Assert.ThrowsAsync<VireoException>(() => NameAsync(Machine()))).Code);      // nobody listens there
    }

    [Theory]
    [InlineData((int)DomainAgentTimeout.Block, -1)]
    [InlineData((int)DomainAgentTimeout.Default, 5000)]
    [InlineData((int)DomainAgentTimeout.NoWait, 0)]
    [InlineData(7, 7000)]
    [InlineData(int.MaxValue, Timeout.Infinite)]
    public void Patience_is_what_was_asked_for(int timeout, int milliseconds) => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), AgentLine.Patience(timeout));
}
