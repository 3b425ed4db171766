using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Helpers;

/// <summary>passt: a process beside QEMU for each card, as the guest's user, that is its way to the host's network. It ends when QEMU hangs up.</summary>
static class Passt
{
    /// <summary>What a guest's log says of its start.</summary>
    internal const string Starting = "Starting external device: passt";

    /// <summary>Where the one of a card listens.</summary>
    internal static string SocketOf(DriverPaths paths, int id, string name, string alias) => PathOf(paths, id, name, alias, ".socket");

    static string PathOf(DriverPaths paths, int id, string name, string alias, string ending) =>
        Path.Join(paths.PasstStateDir, $"{DriverPaths.RunName(id, name)}-{alias}-passt{ending}");

    internal static async ValueTask StartAsync(StartRun run, HostStep.StartPasst step, CancellationToken cancel)
    {
        void Note(string program, string[] arguments) => run.Log!.Note(run.Keeper.Time.GetUtcNow(), Starting, program, arguments);
        if (await StartAsync(run.Keeper, run.Live with { Id = run.Id }, step, run.Cgroup?.Folders ?? [], Note, cancel).ConfigureAwait(false) is { } pid)
            run.Helpers.Add(pid);
    }

    /// <summary>Starts the one of a card.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="live">The guest, with its number.</param>
    /// <param name="step">The card.</param>
    /// <param name="groups">The guest's control groups.</param>
    /// <param name="note">Hears of the command line.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Its pid, if it has said which.</returns>
    internal static async ValueTask<int?> StartAsync(
        QemuKeeper keeper, DomainDef live, HostStep.StartPasst step, IReadOnlyList<string> groups, Action<string, string[]> note, CancellationToken cancel)
    {
        string program = ProgramOutput.Find("passt") ?? throw VireoException.Internal(ErrorDomain.Qemu, "Failed to start passt: Unable to find 'passt' binary in $PATH");
        string pidFile = PathOf(keeper.Paths, live.Id!.Value, live.Name, step.Card.Alias!, ".pid");
        File.Delete(step.SocketPath);
        string[] arguments = [.. Arguments(step.Card, step.SocketPath), "--pid", pidFile];
        Ids? guest = keeper.Security.ProcessOf(live);
        note(program, arguments);
        // What was started ends once another of it, in the background, listens.
        FinishedProgram done = await keeper.Processes.FinishAsync(new ProcessPlan
        {
            Program = program,
            Arguments = arguments,
            Environment = [new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath],
            ExecLabel = keeper.Security.Confinement?.OfHelper(live),
            User = guest?.User,
            Group = guest?.Group,
            Groups = guest is { } both ? HostUsers.GroupsOf(both.User, both.Group) : null,
            Cgroups = groups,
        }, cancel: cancel).ConfigureAwait(false);
        if (!done.Status.IsSuccess)
            throw VireoException.Internal(ErrorDomain.Qemu, $"Could not start 'passt': {done.Error.Trim()}");
        using HostProcess? process = keeper.Processes.Find(pidFile, step.SocketPath);
        return process?.Pid;
    }

    /// <summary>Ends those of a run.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, DomainDef live, int id)
    {
        foreach (Interface card in live.Devices.Interfaces.ToList())
            await StopAsync(keeper, live.Name, id, card).ConfigureAwait(false);
    }

    /// <summary>Ends the one of a card, if it has one.</summary>
    internal static ValueTask StopAsync(QemuKeeper keeper, string name, int id, Device device) =>
        device is Interface card && Is(card) ? StopAsync(keeper, id, name, card.Alias!) : ValueTask.CompletedTask;

    /// <summary>Ends the one of a card.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, int id, string name, string alias)
    {
        string socket = SocketOf(keeper.Paths, id, name, alias);
        await HelperPrograms.EndAsync(keeper, PathOf(keeper.Paths, id, name, alias, ".pid"), socket).ConfigureAwait(false);
        File.Delete(socket);
    }

    static bool Is(Interface card) => card is { Source: InterfaceSource.OfUser, Backend.Type: "passt", Alias: not null };

    /// <summary>Its arguments, by its manual and the elements of a card.</summary>
    internal static IReadOnlyList<string> Arguments(Interface card, string socket)
    {
        List<string> all = ["--one-off", "--socket", socket, "--mac-addr", card.Mac!.Address.ToString()];
        void Add(string option, string? value)
        {
            if (value is not null)
                all.AddRange([option, value]);
        }
        Add("--mtu", card.Mtu?.ToString(CultureInfo.InvariantCulture));
        Add("--interface", (card.Source as InterfaceSource.OfUser)?.Device);
        Add("--log-file", card.Backend?.LogFile);
        foreach (InterfaceIp ip in card.Ips)
        {
            Add("--address", ip.Address);
            if (ip.Prefix is { } bits && IPAddress.TryParse(ip.Address, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetwork)
                Add("--netmask", new IPAddress(IPAddress.HostToNetworkOrder(unchecked((int)(bits == 0 ? 0 : uint.MaxValue << (32 - (int)Math.Min(bits, 32))))) & 0xffffffffL).ToString());
        }
        foreach (PortForward forward in card.PortForwards)
            Add(forward.Protocol is ForwardProtocol.Tcp ? "--tcp-ports" : "--udp-ports", Ports(forward));
        return all;
    }

    // [address][%device/]ports: all, or ranges apart by commas, with ~ those that are not, with : where they lead.
    static string Ports(PortForward forward)
    {
        string place = (forward.Address, forward.Device) switch
        {
            (null, null) => "",
            ({ } address, null) => $"{address}/",
            (var address, { } device) => $"{address}%{device}/",
        };
        return place + (forward.Ranges.IsEmpty ? "all" : string.Join(',', forward.Ranges.Select(Ports)));
    }

    static string Ports(PortRange range)
    {
        string ports = range.End is { } end ? $"{range.Start}-{end}" : $"{range.Start}";
        string target = range.To is not { } to ? "" : range.End is { } last ? $":{to}-{to + last - range.Start}" : $":{to}";
        return (range.Exclude is true ? "~" : "") + ports + target;
    }
}
