using System.Reflection;
using Vireo.Driver;
using Vireo.Shell.Parsing;
using Vireo.Shell.Session;

namespace Vireo.Shell.Commands.Host;

/// <summary>The host, its hypervisor, and the way there.</summary>
static class HostCommands
{
    public static CommandDef[] All { get; } =
    [
        new("capabilities", "show what host and hypervisor can do", Capabilities)
        {
            Description = "Prints the capabilities document of host and hypervisor.",
        },
        Text("hostname", "print the host's name", "failed to get hypervisor hostname", shell =>
            shell.Calls.Read<IConnectionInfo>("virConnectGetHostname").GetHostnameAsync(default)),
        new("nodeinfo", "show the host's processors and memory", NodeInfo)
        {
            Description = "Prints basic facts on the host.",
        },
        Text("sysinfo", "print the host's SMBIOS facts", "failed to get sysinfo", shell =>
            shell.Calls.Read<ISysinfo>("virConnectGetSysinfo").GetSysinfoAsync(0, default), newline: false),
        Text("uri", "print the connection's URI", "failed to get URI", shell =>
            shell.Calls.Read<IConnectionInfo>("virConnectGetURI").GetUriAsync(default)),
        new("version", "show versions", Version, OptionDef.Flag("daemon", "also the daemon's"))
        {
            Description = "Prints the versions of library, API and hypervisor.",
        },
    ];

    /// <summary>What we answer to library version questions, until a later release is whole.</summary>
    const ulong LibraryVersion = 9_000_000;

    /// <summary>Our own version.</summary>
    public static string OwnVersion { get; } =
        typeof(HostCommands).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>What -V prints.</summary>
    public static string LongVersion(string name) => $"""
        {(name is "virsh" ? "Virsh" : "Vireo")} command line tool of Vireo {OwnVersion}, speaks libvirt {Dotted(LibraryVersion)}

        Compiled with support for:
         Hypervisors: QEMU/KVM Test
         Networking: Remote
         Storage: none
         Miscellaneous: Daemon

        """;

    static CommandDef Text(string name, string purpose, string complaint, Func<ShellSession, ValueTask<string>> ask, bool newline = true) =>
        new(name, purpose, async (shell, call) =>
        {
            string text = await Attempt.To(complaint, () => ask(shell));
            shell.Out.Print(newline ? text + "\n" : text);
            return true;
        });

    static async ValueTask<bool> Capabilities(ShellSession shell, CommandCall call)
    {
        string document = await Attempt.To("failed to get capabilities", () =>
            shell.Calls.Read<IHostCapabilities>("virConnectGetCapabilities").GetCapabilitiesAsync(default));
        shell.Out.Line(document);
        return true;
    }

    static async ValueTask<bool> NodeInfo(ShellSession shell, CommandCall call)
    {
        NodeInfo node = await Attempt.To("failed to get node information", () => shell.Calls.Read<INodeInfo>("virNodeGetInfo").GetNodeInfoAsync(default));
        shell.Out.Print($"""
            CPU model:           {node.Model}
            CPU(s):              {node.Cpus}
            CPU frequency:       {node.Mhz} MHz
            CPU socket(s):       {node.Sockets}
            Core(s) per socket:  {node.Cores}
            Thread(s) per core:  {node.Threads}
            NUMA cell(s):        {node.Nodes}
            Memory size:         {node.Memory} KiB

            """);
        return true;
    }

    static async ValueTask<bool> Version(ShellSession shell, CommandCall call)
    {
        var info = shell.Calls.Read<IConnectionInfo>("virConnectGetType");
        string type = await Attempt.To("failed to get hypervisor type", () => info.GetTypeAsync(default));
        shell.Out.Line($"Compiled against library: libvirt {Dotted(LibraryVersion)}");
        shell.Out.Line($"Using library: libvirt {Dotted(LibraryVersion)}");
        shell.Out.Line($"Using API: {type} {Dotted(LibraryVersion)}");
        ulong hypervisor = await Attempt.To("failed to get the hypervisor version", () => info.GetVersionAsync(default));
        shell.Out.Line(hypervisor is 0 ? $"Cannot extract running {type} hypervisor version" : $"Running hypervisor: {type} {Dotted(hypervisor)}");
        if (call.Has("daemon"))
        {
            ulong daemon = await Attempt.To("failed to get the daemon version", () => info.GetLibraryVersionAsync(default));
            shell.Out.Line($"Running against daemon: {Dotted(daemon)}");
        }
        if (!shell.Settings.IsVirsh)
            shell.Out.Line($"Vireo: {OwnVersion}");
        return true;
    }

    static string Dotted(ulong version) => $"{version / 1_000_000}.{version / 1_000 % 1_000}.{version % 1_000}";
}
