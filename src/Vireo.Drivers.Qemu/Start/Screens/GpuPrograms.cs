using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition.Firmware;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Screens;

/// <summary>
/// Programs of the host that draw for graphics cards (vhost-user-gpu): processes beside QEMU, as the guest's user. Each ends when QEMU hangs up. The host
/// describes those that it has, as QEMU specifies in docs/interop/vhost-user.json.
/// </summary>
static class GpuPrograms
{
    const int Number = 3;

    /// <summary>Refuses, in libvirt's words, a card that such a program has to draw for where the host describes none.</summary>
    /// <param name="machine">The guest's definition.</param>
    /// <param name="descriptors">The paths of the host's descriptors of vhost-user programs.</param>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_FAILED.</exception>
    internal static void Check(DomainDef machine, IEnumerable<string> descriptors)
    {
        if (machine.Devices.Videos.Any(static v => v.Driver is { Name: VideoBackend.VhostUser }) && descriptors.All(static path => ProgramOf(path) is null))
            throw None();
    }

    /// <summary>The host's descriptors.</summary>
    internal static IReadOnlyList<string> OfHost(string? userConfig) => DescriptorFolders.OfHost().Paths(DescriptorFolders.Standard("vhost-user", userConfig));

    /// <summary>Starts the one of a card. What QEMU gets of it waits in the run.</summary>
    internal static async ValueTask StartAsync(StartRun run, Video card, CancellationToken cancel)
    {
        string program = await FindAsync(run.Keeper, card, cancel).ConfigureAwait(false);
        Ids? guest = run.Keeper.Security.ProcessOf(run.Live);
        var (ours, theirs) = UnixSockets.PairOfHandles(run.Keeper.Security.SocketsOf(run.Live));
        run.Gpus[card.Alias!] = ours;
        string[] arguments = Arguments(card);
        run.Log!.Note(run.Keeper.Time.GetUtcNow(), "Starting external device: vhost-user-gpu", program, arguments);
        using (theirs)
        {
            using HostProcess process = await run.Keeper.Processes.StartAsync(new ProcessPlan
            {
                Program = program,
                Arguments = arguments,
                Environment = [new("LC_ALL", "C"), .. CommandLine.StartContext.DaemonsPath],
                ExecLabel = run.Keeper.Security.Confinement?.OfHelper(run.Live),
                User = guest?.User,
                Group = guest?.Group,
                Groups = guest is { } both ? HostUsers.GroupsOf(both.User, both.Group) : null,
                Descriptors = [new(theirs, Number), new(run.Log.Handle, 1), new(run.Log.Handle, 2)],
                Cgroups = run.Cgroup?.Folders ?? [],
            }, cancel).ConfigureAwait(false);
            HelperPrograms.Note(run, process, PidFileOf(run.Keeper.Paths, run.Id, run.Definition.Name, card));
        }
    }

    /// <summary>Its arguments; the connection with QEMU is descriptor 3.</summary>
    internal static string[] Arguments(Video card) =>
    [
        $"--fd={Number}",
        .. card.Model?.Acceleration?.Accel3d is true ? ["--virgl"] : Array.Empty<string>(),
        .. card.Model?.Acceleration?.RenderNode is { } node ? ["--render-node=" + node] : Array.Empty<string>(),
    ];

    /// <summary>Ends those of a run.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, DomainDef live, int id)
    {
        foreach (Video card in live.Devices.Videos.ToList())
            if (card is { Driver.Name: VideoBackend.VhostUser, Alias: not null })
                await HelperPrograms.EndAsync(keeper, PidFileOf(keeper.Paths, id, live.Name, card), $"--fd={Number}").ConfigureAwait(false);
    }

    /// <summary>QEMU's end of the connection with a card's program.</summary>
    internal static SafeFileHandle Take(StartRun run, string alias) => run.Gpus.Remove(alias, out SafeFileHandle? end) ? end
        : throw new InvalidOperationException("a card's program starts before its connection is passed on");

    static string PidFileOf(DriverPaths paths, int id, string name, Video card) => Path.Join(paths.StateDir, $"{DriverPaths.RunName(id, name)}-{card.Alias}-vhost-user-gpu.pid");

    // The first that can do what the card wants.
    static async Task<string> FindAsync(QemuKeeper keeper, Video card, CancellationToken cancel)
    {
        VideoAcceleration? wish = card.Model?.Acceleration;
        foreach (string descriptor in OfHost(keeper.Host.Privileged ? null : StartFlow.UserConfig))
        {
            if (ProgramOf(descriptor) is not { } program)
                continue;
            if (wish is not ({ Accel3d: true } or { RenderNode: not null }))
                return program;
            IReadOnlyList<string> can = Features(await keeper.Answers.AskAsync(program, "--print-capabilities", cancel).ConfigureAwait(false));
            if ((wish.Accel3d is not true || can.Contains("virgl")) && (wish.RenderNode is null || can.Contains("render-node")))
                return program;
        }
        throw None();
    }

    /// <summary>What a program says that it can do; nothing of one that says nothing.</summary>
    internal static IReadOnlyList<string> Features(string? told)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(told ?? "{}");
            return document.RootElement is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("features", out JsonElement list) && list.ValueKind is JsonValueKind.Array
                ? [.. list.EnumerateArray().Where(static one => one.ValueKind is JsonValueKind.String).Select(static one => one.GetString()!)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    static VireoException None() => new(ErrorCode.OperationFailed, ErrorDomain.Qemu, "Unable to find a satisfying vhost-user-gpu");

    static string? ProgramOf(string descriptor)
    {
        try
        {
            return VhostUserDescriptor.Parse(File.ReadAllText(descriptor)) is { Type: "gpu", Binary: var program } && File.Exists(program) ? program : null;
        }
        catch (Exception e) when (e is VireoException or IOException or UnauthorizedAccessException)
        {
            return null;        // whoever cannot be read offers nothing
        }
    }
}
