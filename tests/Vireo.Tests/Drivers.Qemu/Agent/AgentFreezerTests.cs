using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Agent;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Hypervisor.Machines;
using Vireo.Hypervisor.Stores;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Agent;

/// <summary>Guests that stop writing and go on, by agents that are scripts on the channel's socket.</summary>
public sealed class AgentFreezerTests : IDisposable
{
    readonly TempFolder folder = new(Path.GetTempPath(), "freezer");
    readonly List<string> asked = [], failed = [];

    string Socket => Path.Join(folder.Path, "agent.sock");

    MachineNotes Notes => new(Path.Join(folder.Path, "frozen"));

    AgentFreezer Freezer => new(Notes, TimeProvider.System, (name, why) => failed.Add($"{name}: {why}"));

    public void Dispose() => folder.Dispose();

    static CancellationToken Test => TestContext.Current.CancellationToken;

    MachineActor<LiveQemu> Machine(DomainState life = DomainState.Running)
    {
        DomainDef def = DomainDef.Parse($"""
            <domain type='qemu'><name>g</name><memory>1</memory><os><type>hvm</type></os><devices>
              <channel type='unix'><source mode='bind' path='{Socket}'/><target type='virtio' name='org.qemu.guest_agent.0'/></channel></devices></domain>
            """);
        def = def with { Devices = def.Devices with { Channels = def.Devices.Channels.Map(static one => one with { Target = one.Target is ChannelTarget.OfVirtio port ? port with { State = ChannelState.Connected } : one.Target }) } };
        var list = new MachineList<LiveQemu>(new MachineOptions { Domain = ErrorDomain.Qemu });
        Assert.True(list.TryLoad(new MachineSnapshot { Name = "g", Uuid = Uuid.NewRandom(), Id = 1, Live = def, Condition = new(life, 1) }, out var machine));
        machine.SetLive(new LiveQemu(null!, null!, null!, new RunPlaces(folder.Path, folder.Path)));
        return machine;
    }

    // Answers until the other side hangs up.
    async Task AnswerAsync(Socket listener, Func<string, string> answer)
    {
        using Socket line = await listener.AcceptAsync(Test);
        using var stream = new NetworkStream(line);
        using var heard = new StreamReader(stream);
        while (await heard.ReadLineAsync(Test) is { } question)
        {
            using var parsed = JsonDocument.Parse(question);
            string command = parsed.RootElement.GetProperty("execute").GetString()!;
            if (command != "guest-sync")
                asked.Add(command);
            string said = command == "guest-sync" ? $"{{\"return\":{parsed.RootElement.GetProperty("arguments").GetProperty("id")}}}" : answer(command);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(said + "\n"), Test);
        }
    }

    Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Socket));
        listener.Listen(1);
        return listener;
    }

    [Fact]
    public async Task Who_is_frozen_is_thawed_and_noted_meanwhile()
    {
        using Socket listener = Listen();
        Task agent = AnswerAsync(listener, static _ => "{\"return\":2}");
        var machine = Machine();
        await Freezer.FreezeAsync(machine, Test);
        Assert.NotNull(Notes.Read("g"));
        await Freezer.ThawAsync(machine);
        Assert.Null(Notes.Read("g"));
        await machine.Live!.Agent.DisposeAsync();
        await agent;
        Assert.Equal(["guest-fsfreeze-freeze", "guest-fsfreeze-thaw"], asked);
        Assert.Empty(failed);
    }

    [Fact]
    public async Task One_that_does_not_freeze_is_thawed_all_the_same()
    {
        using Socket listener = Listen();
        Task agent = AnswerAsync(listener, static command => command.EndsWith("freeze", StringComparison.Ordinal) ? "{\"error\":{\"class\":\"GenericError\",\"desc\":\"busy\"}}" : "{\"return\":0}");
        var machine = Machine();
        Assert.Contains("busy", (await Assert.ThrowsAsync<VireoException>(() => Freezer.FreezeAsync(machine, Test).AsTask())).Message, StringComparison.Ordinal);
        Assert.Null(Notes.Read("g"));
        await machine.Live!.Agent.DisposeAsync();
        await agent;
        Assert.Equal(["guest-fsfreeze-freeze", "guest-fsfreeze-thaw"], asked);
    }

    [Fact]
    public async Task The_next_daemon_thaws_what_was_left_frozen_and_nothing_else()
    {
        using Socket listener = Listen();
        Task agent = AnswerAsync(listener, static command => command.EndsWith("freeze", StringComparison.Ordinal) ? "{\"return\":1}" : "{\"return\":1}");
        var machine = Machine();
        await Freezer.ResumeAsync(machine);
        Assert.Empty(asked);
        await Freezer.FreezeAsync(machine, Test);
        await Freezer.ResumeAsync(machine);
        Assert.Null(Notes.Read("g"));
        await Freezer.ResumeAsync(machine);
        await machine.Live!.Agent.DisposeAsync();
        await agent;
        Assert.Equal(["guest-fsfreeze-freeze", "guest-fsfreeze-thaw"], asked);
    }

    [Fact]
    public async Task One_that_does_not_thaw_is_told_of_and_stays_noted()
    {
        using Socket listener = Listen();
        Task agent = AnswerAsync(listener, static command => command.EndsWith("thaw", StringComparison.Ordinal) ? "{\"error\":{\"class\":\"GenericError\",\"desc\":\"stuck\"}}" : "{\"return\":1}");
        var machine = Machine();
        await Freezer.FreezeAsync(machine, Test);
        await Freezer.ThawAsync(machine);
        Assert.Contains("stuck", Assert.Single(failed), StringComparison.Ordinal);
        Assert.NotNull(Notes.Read("g"));
        await machine.Live!.Agent.DisposeAsync();
        await agent;
    }

    [Fact]
    public async Task One_that_does_not_run_is_not_asked()
    {
        Assert.Equal("Requested operation is not valid: domain is not running", (await Assert.ThrowsAsync<VireoException>(() => Freezer.FreezeAsync(Machine(DomainState.Paused), Test).AsTask())).Message);
        Assert.Null(Notes.Read("g"));
    }
}
