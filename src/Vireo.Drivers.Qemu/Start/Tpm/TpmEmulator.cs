using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Security;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Host.Users;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Tpm;

/// <summary>
/// swtpm: a process beside QEMU, in the guest's control groups, as a user of its own. What it keeps is below swtpm/UUID, made by
/// swtpm_setup at a guest's first start; what comes with a guest from elsewhere comes by QEMU. It ends by itself when QEMU lets go of it.
/// </summary>
static class TpmEmulator
{
    const int Passing = 0x1c9, OwnerOnly = 0x1c0, WriteOnly = 0x1d8, Both = 0x1f8;

    /// <summary>The socket of a run.</summary>
    internal static string SocketOf(DriverPaths paths, int id, string name) => Path.Join(paths.TpmStateDir, DriverPaths.RunName(id, name) + "-swtpm.sock");

    static string LogOf(DriverPaths paths, string name) => Path.Join(paths.TpmLogDir, name + "-swtpm.log");

    static string PidFileOf(DriverPaths paths, int id, string name) => Path.ChangeExtension(SocketOf(paths, id, name), ".pid");

    /// <summary>What the TPMs of a machine keep.</summary>
    internal static string StorageOf(DriverPaths paths, Uuid uuid) => Path.Join(paths.TpmStorageDir, uuid.ToString());

    // What a TPM cannot be without is in one file; beside it are locks, and what it remembers until it is off.
    static bool IsEmpty(string state) => !Directory.Exists(state) || !Directory.EnumerateFiles(state, "*.permall").Any();

    /// <summary>A TPM whose memory goes with the machine's definition, or its run if it has none.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="isElsewhere">It went on at another host, which has what it remembers.</param>
    internal static bool IsForgotten(DomainDef? machine, bool isElsewhere = false) =>
        machine?.Devices.Tpms.Any(t => t.Backend is TpmBackend.OfEmulator tpm && (isElsewhere || tpm.PersistentState is not true)) ?? false;

    internal static async ValueTask StartAsync(StartRun run, HostStep.StartTpm step, CancellationToken cancel)
    {
        using TpmPassphrase? key = await TpmPassphrase.FetchAsync(run.Keeper, step.SecretUuid, cancel).ConfigureAwait(false);
        string program = ProgramOutput.Find("swtpm") ?? throw QemuErrors.Unsupported("Unable to find 'swtpm' binary in $PATH");
        string setup = ProgramOutput.Find("swtpm_setup") ?? throw QemuErrors.Unsupported("Unable to find 'swtpm_setup' binary in $PATH");
        var paths = run.Keeper.Paths;
        Ids? ids = run.Keeper.Security.Tpms, guest = run.Keeper.Security.ProcessOf(run.Live);
        bool version2 = step.Version is not "1.2";
        string storage = StorageOf(paths, run.Machine.Uuid), state = Path.Join(storage, version2 ? "tpm2" : "tpm1.2");
        string log = LogOf(paths, run.Definition.Name);

        Make(paths.TpmLogDir, Passing, WriteOnly, ids);
        Make(paths.TpmStateDir, Passing, Both, ids is { } own && guest is { } other ? new Ids(other.User, own.Group) : null);
        // What a guest brings along that comes from elsewhere needs nothing made for it, and is kept as soon as all of the guest is there.
        bool comes = run.Wishes.Incoming is not null, isNew = !comes && IsEmpty(state);
        // Set up beside its place: a crash in the middle leaves no half of a TPM.
        string made = isNew ? state + ".new" : state;
        if (isNew) RunFolders.Delete(made);
        Make(made, Passing, OwnerOnly, ids);
        var environment = Environment(run);
        try
        {
            var banks = run.Live.Devices.Tpms.Select(static t => (t.Backend as TpmBackend.OfEmulator)?.ActivePcrBanks).FirstOrDefault(static b => b is not null);
            if (isNew && !System.Environment.IsPrivilegedProcess)       // the host's certificates are root's: a user signs with his own, made at the first time
                await SetUpAsync(run.Keeper, setup, log, ["--create-config-files", "skip-if-exist"], null, environment, ids, cancel).ConfigureAwait(false);
            if (isNew)
                await SetUpAsync(run.Keeper, setup, log, [.. version2 ? ["--tpm2"] : Array.Empty<string>(), "--tpm-state", made,
                    "--vmid", $"{run.Definition.Name}:{run.Machine.Uuid}", "--logfile", log, "--createek", "--create-ek-cert", "--create-platform-cert",
                    "--lock-nvram", "--not-overwrite"], key, environment, ids, cancel).ConfigureAwait(false);
            if (!comes && version2 && banks is not null && Words(banks) is { Length: > 0 } words)
                await SetUpAsync(run.Keeper, setup, log, ["--tpm2", "--tpm-state", made, "--logfile", log, "--pcr-banks", words, "--reconfigure"],
                    key, environment, ids, cancel).ConfigureAwait(false);
            if (isNew)
            {
                RunFolders.Delete(state);       // of a guest that was to come and did not
                Directory.Move(made, state);
            }
        }
        catch when (isNew)
        {
            RunFolders.Delete(storage);
            throw;
        }
        await LaunchAsync(run, step, key, program, state, log, version2, environment, ids, cancel).ConfigureAwait(false);
    }

    static async Task LaunchAsync(StartRun run, HostStep.StartTpm step, TpmPassphrase? key, string program, string state, string log, bool version2,
        IReadOnlyList<KeyValuePair<string, string>> environment, Ids? ids, CancellationToken cancel)
    {
        File.Delete(step.SocketPath);
        run.Keeper.Security.Confinement?.LabelTree(run.Live, state);
        run.Keeper.Security.Confinement?.LabelTree(run.Live, log);
        using var socket = UnixSockets.Listen(step.SocketPath, run.Keeper.Security.SocketsOf(run.Live));
        _ = FileOwner.Permit(step.SocketPath, 0x180);
        run.Keeper.Security.GiveSocket(run.Live, step.SocketPath);
        var (words, pipes) = key?.ForEmulator() ?? ([], []);
        string[] arguments =
        [
            "socket", "--ctrl", "type=unixio,fd=3", "--tpmstate", $"dir={state},mode=0600", "--log", $"file={log}", "--terminate",
            .. version2 ? ["--tpm2"] : Array.Empty<string>(), .. words,
        ];
        run.Log!.Note(run.Keeper.Time.GetUtcNow(), "Starting external device: TPM Emulator", program, arguments);
        using var process = await run.Keeper.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = arguments,
            Environment = environment,
            ExecLabel = run.Keeper.Security.Confinement?.OfProcess(run.Live),
            Descriptors = [new(socket, 3), new(run.Log.Handle, 2), .. pipes],
            Cgroups = run.Cgroup?.Folders ?? [],
            User = ids?.User,
            Group = ids?.Group,
            Groups = ids is { } one ? HostUsers.GroupsOf(one.User, one.Group) : null,
        }, cancel).ConfigureAwait(false);
        foreach (PassedDescriptor pipe in pipes) pipe.Handle.Dispose();
        HelperPrograms.Note(run, process, PidFileOf(run.Keeper.Paths, run.Id, run.Definition.Name));
    }

    /// <summary>Ends the emulator of a run, if it has one, and takes away what a machine without a definition does not need any more.</summary>
    internal static async ValueTask StopAsync(QemuKeeper keeper, DomainDef live, int id)
    {
        if (!live.Devices.Tpms.Any(static t => t.Backend is TpmBackend.OfEmulator)) return;
        await HelperPrograms.EndAsync(keeper, PidFileOf(keeper.Paths, id, live.Name), $"dir={StorageOf(keeper.Paths, live.Uuid!.Value)}/").ConfigureAwait(false);
        File.Delete(SocketOf(keeper.Paths, id, live.Name));
        keeper.Security.Confinement?.TakeBackTree(live, StorageOf(keeper.Paths, live.Uuid!.Value));
        keeper.Security.Confinement?.TakeBackTree(live, LogOf(keeper.Paths, live.Name));
    }

    static async Task SetUpAsync(QemuKeeper keeper, string program, string log, string[] arguments, TpmPassphrase? key,
        IReadOnlyList<KeyValuePair<string, string>> environment, Ids? ids, CancellationToken cancel)
    {
        var (words, pipes) = key?.ForSetup() ?? ([], []);
        using var process = await keeper.Processes.StartAsync(new ProcessPlan
        {
            Program = program,
            Arguments = [.. arguments, .. words],
            Descriptors = pipes,
            Environment = environment,
            DiesWithDaemon = true,
            User = ids?.User,
            Group = ids?.Group,
            Groups = ids is { } both ? HostUsers.GroupsOf(both.User, both.Group) : null,
        }, cancel).ConfigureAwait(false);
        foreach (PassedDescriptor pipe in pipes) pipe.Handle.Dispose();
        ExitStatus status;
        try
        {
            status = await process.Exited.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(TimeSpan.Zero, keeper.Time, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        if (!status.IsSuccess)
            throw VireoException.Internal(ErrorDomain.Qemu, $"Could not run '{program}'. exitstatus: {status.Code ?? -1}; Check error log '{log}' for details.");
    }

    // HOME names the run: a daemon that comes after a crash finds by it what belongs to the run.
    static IReadOnlyList<KeyValuePair<string, string>> Environment(StartRun run) =>
    [
        .. ProgramEnvironment.Plain, new("HOME", run.Places.Folder),
        .. System.Environment.IsPrivilegedProcess ? [] : UserConfig(),
    ];

    // Not below the run's HOME, which goes with the run.
    static KeyValuePair<string, string>[] UserConfig() =>
        System.Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder ? [new("XDG_CONFIG_HOME", folder)]
        : System.Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? [new("XDG_CONFIG_HOME", Path.Join(home, ".config"))]
        : [];

    static string Words(TpmPcrBanks banks)
    {
        var words = new List<string>();
        if (banks.Sha1) words.Add("sha1");
        if (banks.Sha256) words.Add("sha256");
        if (banks.Sha384) words.Add("sha384");
        if (banks.Sha512) words.Add("sha512");
        return string.Join(',', words);
    }

    static void Make(string folder, int above, int mode, Ids? owner)
    {
        if (Path.GetDirectoryName(folder) is { } parent) AtomicFile.MakeFolder(parent, above);
        StateFolders.MakeOne(folder, mode);
        if (owner is { } ids) StateFolders.GiveFolder(folder, ids);
    }
}
