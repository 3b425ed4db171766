using Vireo.EndToEnd.Harness;

namespace Vireo.EndToEnd.Clients;

/// <summary>How a client gets to a daemon.</summary>
/// <param name="Transport">unix, tcp, tls or ssh.</param>
/// <param name="Uri">For clients that have libvirt's library.</param>
/// <param name="Raw">For one that has not: what it connects to.</param>
/// <param name="Socket">The daemon's own socket.</param>
/// <param name="Before">What a client has to be started by, to be in the daemon's network.</param>
public sealed record Way(string Transport, string Uri, string Raw, string Socket, IReadOnlyList<string> Before);

/// <summary>The clients of the matrix: scripts, each in the language of its binding, which do what a management program does.</summary>
public static class ClientPrograms
{
    /// <summary>Who logs in by SASL.</summary>
    public const string User = "fred", Password = "secret";

    static readonly string[] all = ["unix", "tcp", "tls", "ssh"];

    /// <summary>A client.</summary>
    /// <param name="Transports">By which it can come.</param>
    /// <param name="Command">What is run, given the way and a folder for what it writes.</param>
    /// <param name="Needed">Tells that it is there: a program, and its arguments.</param>
    public sealed record Client(string[] Transports, Func<Way, string, string[]> Command, params string[] Needed);

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, Client> All { get; } = new Dictionary<string, Client>
    {
        ["virsh"] = new(all, static (way, folder) => ["bash", Data("virsh.sh"), way.Uri, folder, Document], "virsh", "--version"),
        ["python3-libvirt"] = new(all, static (way, _) => Binding("/usr/bin/python3", "python.py", way), "/usr/bin/python3", "-c", "import libvirt"),
        ["Sys::Virt"] = new(all, static (way, _) => Binding("perl", "perl.pl", way), "perl", "-MSys::Virt", "-e", "1"),
        ["ruby-libvirt"] = new(all, static (way, _) => Binding("ruby", "ruby.rb", way), "ruby", "-e", "require 'libvirt'"),
        ["php-libvirt"] = new(all, static (way, _) => Binding("php", "php.php", way), "php", "-r", "exit(extension_loaded('libvirt') ? 0 : 1);"),
        ["libvirt-dbus"] = new(["unix"], static (way, _) => ["bash", Data("dbus.sh"), way.Socket, Data("guest.xml")],
            "/usr/bin/python3", "-c", "import dbus, gi, shutil; assert shutil.which('libvirt-dbus') and shutil.which('dbus-run-session') and shutil.which('qemu-system-x86_64')"),
        ["prometheus-libvirt-exporter"] = new(all, static (way, _) => ["/usr/bin/python3", Data("exporter.py"), way.Uri], "prometheus-libvirt-exporter", "--help"),
        ["go-libvirt"] = new(all, static (way, _) => ["/usr/bin/python3", Data("go.py"), way.Raw, "domains", Document], "/usr/bin/python3", "-c", "1"),
    };

    /// <summary>A file of the scripts' folder.</summary>
    public static string Data(string name) => Path.Join(AppContext.BaseDirectory, "Clients/data", name);

    static string Document => Data("document.xml");

    static string[] Binding(string interpreter, string script, Way way) => [interpreter, Data(script), way.Uri, User, Password, Document];

    /// <summary>Why a client is not there, or null.</summary>
    public static async Task<string?> WhyNotAsync(string name)
    {
        string[] needed = All[name].Needed;
        if (Command.Find(needed[0]) is not { } program)
            return $"{needed[0]} is not installed";
        CommandResult looked = await Command.RunAsync(program, needed[1..]);
        return looked.ExitCode == 0 ? null : $"{name} is not installed: {looked.Error.Trim()}";
    }
}
