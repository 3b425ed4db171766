namespace Vireo.Host;

/// <summary>Where a driver that keeps machines puts its files; the names are libvirt's.</summary>
/// <param name="ConfigDir">Persistent definitions: NAME.xml.</param>
/// <param name="LogDir">A log per machine: NAME.log.</param>
/// <param name="CacheDir">What was probed.</param>
/// <param name="StateDir">Status and pid of what runs: NAME.xml, NAME.pid.</param>
/// <param name="LibDir">A folder per run, and the folders below.</param>
/// <param name="DataDir">What the folders for guests' data hang under (a session keeps them beside its configuration).</param>
/// <param name="TpmLogDir">Logs of TPM emulators.</param>
/// <param name="TpmStateDir">Sockets of TPM emulators.</param>
/// <param name="TpmStorageDir">What the TPMs remember.</param>
public sealed record DriverPaths(
    string ConfigDir, string LogDir, string CacheDir, string StateDir, string LibDir, string DataDir,
    string TpmLogDir, string TpmStateDir, string TpmStorageDir)
{
    /// <summary>Links to the definitions that start by themselves.</summary>
    public string AutostartDir => Path.Join(ConfigDir, "autostart");
    /// <summary>Managed save images.</summary>
    public string SaveFile(string name) => Path.Join(SaveDir, name + ".save");

    /// <summary>Where saved machines are that their next start picks up.</summary>
    public string SaveDir => Path.Join(DataDir, "save");
    /// <summary>Snapshot metadata.</summary>
    public string SnapshotDir => Path.Join(DataDir, "snapshot");
    /// <summary>Checkpoint metadata.</summary>
    public string CheckpointDir => Path.Join(DataDir, "checkpoint");
    /// <summary>Cores after a crash or watchdog.</summary>
    public string DumpDir => Path.Join(DataDir, "dump");
    /// <summary>Firmware variables.</summary>
    public string NvramDir => Path.Join(DataDir, "nvram");
    /// <summary>File-backed guest memory.</summary>
    public string MemoryBackingDir => Path.Join(DataDir, "ram");
    /// <summary>Sockets of channels without a path of their own.</summary>
    public string ChannelTargetDir => Path.Join(DataDir, "channel/target");
    /// <summary>slirp helpers.</summary>
    public string SlirpStateDir => Path.Join(StateDir, "slirp");
    /// <summary>passt processes.</summary>
    public string PasstStateDir => Path.Join(StateDir, "passt");
    /// <summary>Private D-Bus daemons.</summary>
    public string DbusStateDir => Path.Join(StateDir, "dbus");
    /// <summary>Held by the driver as long as it runs.</summary>
    public string LockFile => Path.Join(StateDir, "driver.pid");
    /// <summary>There when autostart has run since boot.</summary>
    public string AutostartedFile => Path.Join(StateDir, "autostarted");

    /// <summary>A machine's persistent definition.</summary>
    public string DefinitionFile(string name) => Path.Join(ConfigDir, name + ".xml");
    /// <summary>The link that makes it start by itself.</summary>
    public string AutostartLink(string name) => Path.Join(AutostartDir, name + ".xml");
    /// <summary>The status of a running machine.</summary>
    public string StatusFile(string name) => Path.Join(StateDir, name + ".xml");
    /// <summary>What a running machine sees of its processor.</summary>
    public string CpuFile(string name) => Path.Join(StateDir, name + ".cpu");
    /// <summary>The pid of a running machine.</summary>
    public string PidFile(string name) => Path.Join(StateDir, name + ".pid");
    /// <summary>The log of a machine.</summary>
    public string LogFile(string name) => Path.Join(LogDir, name + ".log");
    /// <summary>What names of one run start with: "ID-NAME", the name cut to 20 characters.</summary>
    public static string RunName(int id, string name) => $"{id}-{string.Concat(name.EnumerateRunes().Take(20))}";
    /// <summary>The folder of one run.</summary>
    public string RunFolder(int id, string name) => Path.Join(LibDir, "domain-" + RunName(id, name));
    /// <summary>The folder of one run for channels' sockets.</summary>
    public string ChannelFolder(int id, string name) => Path.Join(ChannelTargetDir, "domain-" + RunName(id, name));

    internal static DriverPaths Of(HostPaths host, string driver)
    {
        string Log(string tail) => Path.Join(host.LogDir, tail);
        string config = Path.Join(host.EtcDir, driver);
        if (!host.Privileged)
        {
            string run = Path.Join(host.RunDir, driver, "run"), log = Path.Join(host.LogDir, driver, "log");
            return new DriverPaths(config, log, Path.Join(host.CacheDir, driver, "cache"), run, Path.Join(config, "lib"), config,
                log, Path.Join(run, "swtpm"), Path.Join(config, "swtpm"));
        }
        string lib = Path.Join(host.LibDir, driver), state = Path.Join(host.RunDir, driver);
        string logs = Path.GetDirectoryName(host.LogDir)!;
        return new DriverPaths(config, Log(driver), Path.Join(host.CacheDir, driver), state, lib, lib,
            Path.Join(logs, "swtpm/libvirt", driver), Path.Join(state, "swtpm"), Path.Join(host.LibDir, "swtpm"));
    }
}
